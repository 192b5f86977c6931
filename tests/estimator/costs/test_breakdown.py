"""Names for costs of sub-bloqs: each stands for that cost, and the sums are the whole."""

import pytest
import sympy
from attrs import frozen
from qualtran import Bloq, QUInt, Signature
from qualtran.bloqs.arithmetic import Add
from qualtran.bloqs.basic_gates import MeasureZ, TGate
from qualtran.resource_counting import QECGatesCost, get_cost_value

import quledger
from estimator.costs.breakdown import MOST_PARTS, is_long
from estimator.symbols import b, beta, c, d, m, n

WIDE = b * c + 2 * b * d + 3 * c * d + 4 * m * b + 5 * m * c + 6 * beta * b + n
"""Bits of an adder whose cost is long."""


@frozen
class Calls(Bloq):
    """Calls other bloqs so many times.

    Args:
        what: pairs of a bloq and a number of calls.
        name: of it.
    """

    what: tuple
    name: str = "Calls"

    @property
    def signature(self):
        return Signature([])

    def build_call_graph(self, ssa):
        return dict(self.what)

    def __str__(self):
        return self.name


@frozen
class Wrong(Calls):
    """States a cost that its call graph does not have."""

    def my_static_costs(self, cost_key):
        if isinstance(cost_key, QECGatesCost):
            return 3 * get_cost_value(Calls(self.what), cost_key)
        return NotImplemented


def adder(width):
    return Add(QUInt(width))


def toffolis(bloq):
    gates = get_cost_value(bloq, QECGatesCost())
    return sympy.expand(gates.and_bloq + gates.toffoli)


def breakdown_of(bloq):
    return quledger.cost(bloq).breakdown()


def put_back(formula, known):
    """The formula with the cost of each sub-bloq in place of its name."""
    while names := {x for x in formula.free_symbols if known.value_of(x) is not None}:
        formula = formula.xreplace({name: known.value_of(name) for name in names})
    return sympy.expand(formula)


def test_a_cost_is_the_sum_over_sub_bloqs():
    """Calls times names; what is short has no name; equal sub-bloqs have one."""
    parts = ((adder(WIDE), b + 1), (adder(WIDE + 5), 7), (adder(b), c), (TGate(), 3))
    bloq = Calls(parts)
    known = breakdown_of(bloq)
    whole = known.sum_of(toffolis(bloq))
    names = {str(x) for x in whole.free_symbols - {b, c}}
    assert names == {"Toffoli_Add_1", "Toffoli_Add_2"}
    assert put_back(whole, known) == toffolis(bloq)
    first = next(x for x in whole.free_symbols if x.name == "Toffoli_Add_1")
    assert sympy.expand(known.value_of(first) - toffolis(adder(WIDE))) == 0
    assert known.name_of(toffolis(adder(WIDE))) == first
    said = known.meaning_of(first)
    assert said["Toffoli_..."] == "Toffoli and AND [gates]"
    assert said["..._Add_1"].startswith("of one call of Add")
    assert known.value_of(b) is None
    assert known.meaning_of(b) == {}


def test_rows_of_the_answer_are_used():
    """T in all is made of the rows above it; measurements are those of as many ANDs."""
    bloq = Calls(((adder(WIDE), 2),))
    report = quledger.cost(bloq)
    gates, known = {row.key: row.value for row in report.parts[2].rows}, report.breakdown()
    assert {str(x) for x in known.rows.values()} == {"Toffoli", "measured"}
    assert known.sum_of(gates["t_count"]) == 4 * known.rows["toffoli"]


def test_measurements_are_those_of_the_ands_and_what_else_there_is():
    bloq = Calls(((adder(WIDE), 2), (MeasureZ(), 3 * b)))
    report = quledger.cost(bloq)
    known = report.breakdown()
    measured = get_cost_value(bloq, QECGatesCost()).measurement
    assert sympy.expand(measured - toffolis(bloq)) == 3 * b
    assert known.sum_of(sympy.expand(measured)) == known.rows["toffoli"] + 3 * b


def test_a_bloq_that_adds_nothing_is_passed_over():
    """Its cost has one name, and the sum is that of what it calls."""
    inner = Calls(((adder(WIDE), b), (adder(WIDE + c), 2)), "Inner")
    bloq = Calls(((Calls(((inner, 1),), "Middle"), 5),), "Outer")
    known = breakdown_of(bloq)
    whole = known.sum_of(toffolis(bloq))
    (name,) = whole.free_symbols
    assert (str(name), whole) == ("Toffoli_Middle", 5 * name)
    parts = known.sum_of(toffolis(inner))
    assert {str(x) for x in parts.free_symbols} == {"Toffoli_Add_1", "Toffoli_Add_2", "b"}
    assert put_back(parts, known) == toffolis(inner)


@pytest.mark.parametrize(
    "bloq",
    [
        Wrong(((adder(WIDE), 2),)),
        Calls(tuple((adder(WIDE + i), 1) for i in range(MOST_PARTS + 1))),
        adder(WIDE),
    ],
    ids=["another cost", "too many", "no sub-bloqs with a long cost"],
)
def test_where_there_is_no_such_sum_there_is_none(bloq):
    value = toffolis(bloq)
    assert is_long(value)
    assert breakdown_of(bloq).sum_of(value) is None


def test_an_answer_about_any_bloq_is_short():
    """Of another author, with names in LaTeX: readable, and the sub-bloqs are named."""
    eps, lam = sympy.symbols(r"\epsilon_{PE} \lambda", positive=True)
    wide = sympy.expand(WIDE * (eps + lam)) * sympy.log(b + c) + lam**2
    bloq = Calls(((adder(wide), b), (adder(wide + c), 2)))
    report = quledger.cost(bloq)
    text = report.text()
    assert "Toffoli_Add_1*b + 2*Toffoli_Add_2" in " ".join(text.split())
    assert "epsilon_PE" in text
    assert "\\" not in text
    assert "lambda_" in report["gates"]["toffoli"]
    sympy.sympify(report["gates"]["toffoli"], locals={"beta": beta})
