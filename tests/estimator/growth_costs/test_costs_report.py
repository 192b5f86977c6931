"""The table of how costs grow."""

import pytest

from estimator.ask.grown import Growth, Published, StandsFor
from estimator.ask.question import COST, Question
from estimator.growth_costs.costs_report import costs_growth
from estimator.report.model import Report
from estimator.report.parts import Fact, Facts
from estimator.report.terminal import text
from estimator.symbols import asked

N, d = asked("N"), asked("d")


def report(**gates):
    return Report(
        title="toy",
        settings={"k": 2},
        parts=[Facts(key="gates", rows=[Fact(key=key, value=x) for key, x in gates.items()])],
    )


GROWTH = Growth(
    regime="N->oo",
    stands=(StandsFor(names=("d",), at_most="log(N)", says="a degree"),),
    published={"Toffoli and AND": Published(formula="N", source="[AG26] Sec. 1", origin="printed")},
    notes=("N: of a toy",),
)
QUESTION = Question(verb=COST, name="toy", says="A toy.", source="ours", answer="a:b",
                    growth=GROWTH)  # fmt: skip


def test_a_line_for_each_cost():
    """What is not printed has an empty cell, and the table says how each cost is to its term."""
    found = costs_growth(report(toffoli=3 * N, t=d * N, cswap=0, rotations=5), None, QUESTION)
    plain = found.plain()
    assert plain["settings"] == {"k": 2}
    assert plain["Toffoli and AND"] == {
        "cost": "3*N",
        "regime": "N->oo, d=log(N)",
        "leading": "3*N",
        "exact": True,
        "relation": "~",
        "published": "O(N)",
        "source": "[AG26] Sec. 1",
        "origin": "printed",
        "within": "HOLDS",
    }
    assert plain["T gates"]["relation"] == "O"
    assert "published" not in plain["T gates"]
    shown = text(found, 100).splitlines()
    assert shown[2] == "as N->oo, d=log(N)"
    rows = [line.split() for line in shown]
    assert ["T", "gates", "O", "N*log(N)"] in rows
    assert ["Toffoli", "and", "AND", "~", "3*N", "N", "HOLDS"] in rows
    notes = found["growth_notes"]
    assert notes == [
        "~ the quotient goes to one; O the cost is at most a multiple of it",
        "stays the same: rotations 5",
        "zero: CSWAP",
        "published: [AG26] Sec. 1, printed (Toffoli and AND)",
        "d: a degree; at most a multiple of log(N)",
        "N: of a toy",
    ]


def test_where_a_paper_prints_nothing():
    """No column for it, and a line that says so."""
    silent = Question(verb=COST, name="toy", says="A toy.", source="ours", answer="a:b",
                      growth=Growth(regime="N->oo"))  # fmt: skip
    found = costs_growth(report(t=N), None, silent)
    assert (
        "published: nothing about these costs is quoted of the paper here" in found["growth_notes"]
    )
    assert "within" not in text(found, 80)


def test_a_regime_that_is_named():
    """What is printed is left out, as it is about another one."""
    found = costs_growth(report(toffoli=3 * N), "N const", QUESTION).plain()
    assert found["Toffoli and AND"]["leading"] == "3*N"
    assert "published" not in found["Toffoli and AND"]


def test_without_a_declaration():
    found = costs_growth(report(t=N), "N->oo").plain()
    assert found["settings"] == {"regime": "N->oo"}
    with pytest.raises(ValueError, match="got nothing for N"):
        costs_growth(report(t=N), "M->oo")


@pytest.mark.parametrize(
    ("gates", "problem"),
    [({}, "toy names no cost that could grow"), ({"t": 3}, "all costs of toy are numbers")],
)
def test_what_cannot_grow(gates, problem):
    with pytest.raises(ValueError, match=problem):
        costs_growth(report(**gates))
