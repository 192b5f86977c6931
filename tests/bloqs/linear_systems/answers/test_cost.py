"""The table of solvers: derived totals, closed forms, refusals, sizes nobody simulates."""

import pytest
import sympy

import quledger
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.circuits.walk_solver import WalkSolver
from bloqs.linear_systems.model.amplification import best_rounds, runs_until_success
from bloqs.linear_systems.model.walk import PRACTICAL, lengths_for
from estimator.costs.cost import cost_by_annotation

TOTALS = [  # kappa, error, then cks best and worst, qsvt relative best and worst, shortcut, guessed
    (1.05, 1e-2, 38, 40, 3.39, 3.74, 4, None),
    (2, 1e-2, 110, 229, 11.0, 27.7, 12, 24),
    (8, 1e-2, 578, 4.7e3, 55.2, 538, 46, 150),
    (20, 1e-2, 1.8e3, 3.6e4, 130, 3.2e3, 114, 446),
    (20, 1e-6, 5.1e3, 1.0e5, 893, 1.4e4, 298, 642),
    (100, 1e-2, 1.3e4, 1.2e6, 657, 8.1e4, 566, 2.9e3),
    (100, 1e-6, 3.0e4, 3.0e6, 4.5e3, 3.5e5, 1486, 3.9e3),
]


def rows(report, key):
    return {row["solver"]: row for row in report[key]}


@pytest.mark.parametrize(
    ("kappa", "error", "cks_best", "cks_worst", "qsvt_best", "qsvt_worst", "shortcut", "guessed"),
    TOTALS,
)
def test_totals_of_the_derived_table(
    kappa, error, cks_best, cks_worst, qsvt_best, qsvt_worst, shortcut, guessed
):
    """Two digits of it; the right-hand side is the best and the worst there is."""
    report = quledger.cost("qlss", kappa=kappa, epsilon=error, N=8, ancillas=2)
    best, worst = rows(report, "solvers_best"), rows(report, "solvers_worst")
    assert best["cks"]["matrix_calls"] == pytest.approx(cks_best, rel=0.05)
    assert worst["cks"]["matrix_calls"] == pytest.approx(cks_worst, rel=0.05)
    assert best["qsvt-relative"]["matrix_calls"] == pytest.approx(qsvt_best, rel=0.05)
    assert worst["qsvt-relative"]["matrix_calls"] == pytest.approx(qsvt_worst, rel=0.05)
    for found in (best, worst):
        assert found["shortcut"]["matrix_run"] == found["shortcut"]["vector_run"] == shortcut
        published = found["guessed-published"]["matrix_calls"]
        assert guessed is None or published == pytest.approx(guessed, rel=0.05)


def test_expected_gates_are_those_of_the_runs():
    """Queries of the amplified circuit over its success are the expected calls."""
    given = {"kappa": 20, "epsilon": 0.01, "norm": 3, "N": 64, "ancillas": 2}
    report = quledger.cost("qlss", solver="qsvt-relative", **given)
    row = rows(report, "solvers")["qsvt-relative"]
    assert report["title"].startswith("qlss, qsvt-relative")
    success = report["facts"]["success of a run"]
    assert report["queries"]["matrix"] / success == pytest.approx(row["matrix_calls"])
    assert report["queries"]["right-hand side"] / success == pytest.approx(row["vector_calls"])
    assert report["gates"]["t_count"] / success == pytest.approx(row["t"])
    assert row["rounds"] == best_rounds(row["success"])
    assert row["matrix_calls"] == pytest.approx(
        row["degree"] * runs_until_success(row["success"], row["rounds"])
    )


def test_promises_bring_their_solvers():
    """A window needs both ends; the identity and a small part need beta."""
    report = quledger.cost("qlss", kappa=20, epsilon=0.01, lower=0.05, upper=0.06, norm=18)
    found = rows(report, "solvers")
    assert found["window"]["matrix_calls"] < found["qsvt-relative"]["matrix_calls"] / 2
    near = rows(quledger.cost("qlss", kappa=1.3, epsilon=0.01, beta=0.1), "solvers_worst")
    assert list(near) == ["perturbation"]
    assert near["perturbation"]["degree"] == 1


def test_kappa_one_is_degree_one():
    report = quledger.cost("qlss", kappa=1, epsilon=1e-3, N=4, ancillas=1)
    found = rows(report, "solvers_worst")
    assert found["qsvt-relative"]["degree"] == found["qsvt-absolute"]["degree"] == 1


def test_symbols_become_the_numbers():
    """Degrees and T of a run, with numbers put in for the symbols."""
    report = quledger.cost("qlss")
    found = rows(report, "solvers")
    at = {"kappa": 20, "alpha": 1, "epsilon": sympy.Rational(1, 100)}
    numbers = rows(quledger.cost("qlss", kappa=20, epsilon=0.01, norm=20, N=64, ancillas=2),
                   "solvers")  # fmt: skip
    for kind in ("relative", "absolute", "binomial"):
        formula = sympy.sympify(report["degrees"][f"d_{kind}"])
        degree = int(formula.subs({x: at[x.name] for x in formula.free_symbols}))
        row = numbers[f"qsvt-{kind}"]
        assert degree == row["degree"]
        run = sympy.sympify(found[f"qsvt-{kind}"]["t"])
        values = {f"d_{kind}": degree, "a": 2, "n": 6}
        counted = int(run.subs({x: values[x.name] for x in run.free_symbols}))
        assert counted == pytest.approx(row["t"] * row["success"])


def in_numbers(report, at):
    """What the definitions of a symbolic answer come to, those of others put in."""
    at, known = dict(at), report["degrees"]
    while len(at) < len(known) + 5:
        for name, text in known.items():
            formula = sympy.sympify(text)
            if name not in at and {x.name for x in formula.free_symbols} <= at.keys():
                at[name] = sympy.N(formula.subs({x: at[x.name] for x in formula.free_symbols}), 30)
    return at


def test_all_closed_forms_become_the_numbers():
    """Calls, T and qubits of each solver's run, and the success, in symbols and in numbers."""
    given = {"kappa": 20, "epsilon": sympy.Rational(1, 100), "norm": 7}
    report = quledger.cost("qlss")
    at = in_numbers(report, given | {"alpha": 1, "a": 2, "n": 6}) | {"M": 1}
    found = rows(report, "solvers")

    def value(cell):
        formula = sympy.sympify(cell)
        return float(formula.subs({x: at[x.name] for x in formula.free_symbols}))

    numbers = rows(quledger.cost("qlss", kappa=20, epsilon=0.01, norm=7, N=64, ancillas=2),
                   "solvers")  # fmt: skip
    for name in ("qsvt-relative", "qsvt-absolute", "qsvt-binomial", "cks", "shortcut"):
        for key in ("matrix_run", "vector_run"):
            assert value(found[name][key]) == numbers[name][key]
    for name, least in (("cks", 0), ("shortcut", 0.003)):
        assert -1e-12 <= numbers[name]["success"] - value(found[name]["success"]) <= least + 1e-12
    assert value(found["shortcut"]["qubits"]) == numbers["shortcut"]["qubits"]
    a_run = numbers["shortcut"]["t"] * numbers["shortcut"]["success"]
    assert value(found["shortcut"]["t"]) == pytest.approx(a_run)
    for shape in ("definite", "general"):
        constant = PRACTICAL[shape].value
        steps = int(at[f"T_{shape}"])
        lengths = lengths_for(20, 0.01, constant, steps)
        assert lengths.distance <= 0.5
        assert int(at["d_filter"]) - lengths.degree in (0, 2)
        parts = MatrixOracle(6, 2, is_hermitian=shape == "definite"), VectorOracle(6, 0)
        bloq = WalkSolver(*parts, 20, 7, None, int(at["d_filter"]), steps=steps, distance=0.5,
                          shape=shape)  # fmt: skip
        cost = cost_by_annotation(bloq)
        row = found[f"walk-{shape}"]
        assert value(row["matrix_run"]) == cost.queries["matrix"]
        assert value(row["vector_run"]) == cost.queries["vector"]
        assert value(row["t"]) == float(cost.t_count(23))
        assert value(row["qubits"]) == float(cost.qubits)
        assert row["basis"] == "practical"


def test_sizes_beyond_any_simulation():
    report = quledger.cost("qlss", kappa=1e6, epsilon=1e-2, norm=1e6, N=2**30, ancillas=3)
    assert rows(report, "solvers")["qsvt-relative"]["degree"] == 5_298_305


@pytest.mark.parametrize("kappa", [1e9, 1e12])
@pytest.mark.parametrize("epsilon", [0.1, 1e-12])
def test_numbers_at_the_edges_of_floating_point(kappa, epsilon):
    """Nothing overflows or cancels, and no success is more than certain."""
    report = quledger.cost("qlss", kappa=kappa, epsilon=epsilon, N=2**64, ancillas=3)
    for case in ("worst", "best"):
        for row in report[f"solvers_{case}"]:
            assert 0 < row["matrix_calls"] < float("inf")
            assert row["success"] is None or 0 < row["success"] <= 1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"kappa": 0.5, "epsilon": 0.1}, "kappa must be a number >= 1"),
        ({"kappa": 2, "epsilon": 1.0}, "epsilon must be a number >= 1e-12 and < 1"),
        ({"kappa": 2, "epsilon": 0.1, "norm": 3}, r"between 1 and kappa=2, got 3"),
        ({"kappa": 2, "epsilon": 0.1, "lower": 0.5}, "give --lower and --upper together"),
        ({"kappa": 4, "epsilon": 0.1, "lower": 0.5, "upper": 0.4}, "0 < lower <= upper <= 1"),
        ({"kappa": 4, "epsilon": 0.1, "lower": 0.2, "upper": 0.4}, "at 1/kappa = 0.25, or above"),
        ({"kappa": 2, "epsilon": 0.1, "solver": "window"}, "window does not solve this"),
        ({"solver": "window"}, "window has no closed form"),
        ({"epsilon": 0.1, "beta": 0.5}, "no closed form with beta: give --kappa and --epsilon"),
        ({"kappa": 4, "lower": 0.3, "upper": 0.4}, "no closed form with lower and upper: give"),
    ],
)
def test_refusals(given, message):
    with pytest.raises(ValueError, match=message):
        quledger.cost("qlss", **given)


def test_a_solver_without_rounds_is_left_out():
    """One for which the error is too large does not keep the others from being priced."""
    asked = {"kappa": 2, "epsilon": 0.9, "ancillas": 3, "norm": 1.2, "N": 8}
    report = quledger.cost("qlss", solver="cks", **asked)
    assert any(line.startswith("left out: shortcut, 2 rounds") for line in report["notes"])
    assert "shortcut" not in {row["solver"] for row in report["solvers"]}
    with pytest.raises(ValueError, match="2 rounds turn the state beyond"):
        quledger.cost("qlss", solver="shortcut", **asked)
