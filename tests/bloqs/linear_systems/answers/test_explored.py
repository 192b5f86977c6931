"""What a page shows beside a run of a solver is what `compare qlss` has."""

import pytest
import sympy

from bloqs.linear_systems.answers.compare_ways import Prices, bound_way, dense_way, solved
from bloqs.linear_systems.answers.cost import problem_of
from bloqs.linear_systems.answers.explored import rivals
from bloqs.linear_systems.parameters import EXPLORED_SOLVERS
from bloqs.linear_systems.system import SYSTEM
from estimator.ask.question import answer_to, asked_of
from estimator.grid.columns import cells

GIVEN = {"kappa": 10.0, "epsilon": 0.01, "N": 64, "ancillas": 3}


def columns(solver):
    asked = asked_of(SYSTEM.questions[0], {**GIVEN, "solver": solver}, None, SYSTEM.home)
    known = cells(answer_to(SYSTEM, SYSTEM.questions[0], asked))
    put = {name.rpartition(".")[2]: value for name, value in known.items()}
    return {
        x.key: sympy.sympify(x.value).subs({s: put[s.name] for s in
                                            sympy.sympify(x.value).free_symbols})
        for x in rivals(asked)
    }  # fmt: skip


@pytest.mark.parametrize("solver", EXPLORED_SOLVERS)
def test_runs_until_success(solver):
    found = columns(solver)
    expected = solved(problem_of({**GIVEN, "alpha": 1.0}, 1.0), Prices(rotation=23.0), 64)[solver]
    assert float(found["rival.t"]) == pytest.approx(expected.costs["t"])
    assert float(found["rival.calls"]) == pytest.approx(expected.costs["calls"])


def test_classical_solvers():
    found = columns("shortcut")
    gradients = bound_way(True, 3 * 64, 64, lambda _: (10.0, 0.01)).at(1)
    assert found["rival.gradients"] == gradients["t"]
    assert found["rival.products"] == gradients["calls"]
    assert found["rival.elimination"] == dense_way(64).at(1)["t"]
