"""Names for parts of formulas: they fit, and stand for the formula."""

import keyword

import pytest
import sympy

from bloqs.resnet import symbols as own
from bloqs.resnet.model.direction_error import DirectionError
from estimator.report.breakdown import NothingKnown
from estimator.report.formula import formula_text, size
from estimator.report.naming import DEFINITION, Namer, Room, identifier, put
from estimator.symbols import b, beta, c, d, degree, m

ROOM = Room(30)
R_0, total, f = own.calls_of(0), own.sum_over_layers("fs"), own.erf_degree_at
SIZES = (b, c, d, m, 2**c, 2**d, degree)
LONG_SUM = sympy.Add(*((7 * i + 3) * x * y for i, x in enumerate(SIZES) for y in SIZES))
ROOT = sympy.sqrt(sympy.log(2 / own.tau) + b) + 1
FORMULAS = {
    "short": 2 * b + c,
    "sum": LONG_SUM,
    "product": sympy.Mul(*(b + i * c + d**i for i in range(12))),
    "factors": sympy.expand(R_0 * (LONG_SUM + 1) + total * LONG_SUM + 3 * b),
    "functions of a number": sympy.expand(f(own.block) * LONG_SUM + own.calls_at(0) * b),
    "repeats": ROOT**2 * b + sympy.Max(0, ROOT) ** 3 * c + sympy.floor(ROOT * d) + ROOT * m,
    "nested": sympy.log(sympy.exp(LONG_SUM) + sympy.sin(LONG_SUM + b)),
    "maximum": sympy.Max(
        *(2**m + 3 * c * d + i * b + 17 * d**i + (9 - i) * c for i in range(7)), evaluate=False
    ),
    "long arguments": sympy.Max(LONG_SUM, LONG_SUM + b - c**2 * d, evaluate=False),
    "symbol in common": sympy.expand(degree * LONG_SUM + 5 * c),
    "power": (2 + LONG_SUM) ** (b + LONG_SUM),
    "our function": DirectionError(LONG_SUM) + b,
    "sum over layers": sympy.Sum(f(own.block) * LONG_SUM, (own.block, 1, own.blocks)),
}


def put_back(formula, definitions):
    """The formula with every name replaced by what it stands for."""
    for _ in definitions:
        for name in formula.free_symbols & definitions.keys():
            formula = put(formula, name, definitions[name])
    assert not formula.free_symbols & definitions.keys(), "names in a circle"
    return formula


def branches(formula):
    """A form in which equal formulas are equal."""
    if isinstance(formula, sympy.Max):
        return {sympy.expand(branch) for branch in formula.args}
    return sympy.expand(formula)


@pytest.mark.parametrize("name", FORMULAS)
def test_a_short_form_is_the_formula(name):
    """It fits, its definitions fit, they are acyclic, and put back they give the formula."""
    formula = FORMULAS[name]
    namer = Namer(NothingKnown(), set())
    short = namer.short(formula, ROOM, "cost")
    if name != "sum over layers":  # whose terms have a bound symbol
        assert ROOM.has(short)
    assert all(map(DEFINITION.has, namer.definitions.values()))
    whole = put_back(short, namer.definitions)
    assert whole == formula or branches(whole) == branches(formula)
    assert (short == formula) == (name in ("short", "sum over layers"))


def test_names_say_what_they_are_and_mean_nothing_else():
    """Factors after what they belong to, parts by kind; nothing of Python or SymPy, or taken."""
    namer = Namer(NothingKnown(), {"cost_R_0", "sum_1"})
    namer.short(FORMULAS["factors"], ROOM, "cost")
    namer.short(FORMULAS["repeats"], ROOM, "cost")
    names = {symbol.name for symbol in namer.definitions}
    assert {"cost_R_0_2", "cost_sum_Rfs"} <= names
    assert "sum_2" in names
    assert not names & {"cost_R_0", "sum_1"}
    for name in names:
        assert name.isidentifier()
        assert not keyword.iskeyword(name)
        assert not hasattr(sympy, name)
    assert identifier("2nd part, of (all)") == "part_2nd_part_of_all"
    assert identifier("T in all") == "T_in_all"


def test_a_part_is_named_once():
    """A second formula uses the names of the first, and names that the answer has already."""
    size_of_block = sympy.Min(2 * beta, c + 2 * m)
    one = sum(x * 2**size_of_block for x in SIZES) + size_of_block * b
    two = one + sum(size_of_block * x for x in SIZES)
    namer = Namer(NothingKnown(), set(), {b + c * d: own.ancillas_before(2)})
    first = namer.short(one, ROOM, "one")
    second = namer.short(two, ROOM, "two")
    (minimum,) = (x for x, value in namer.definitions.items() if value == size_of_block)
    assert minimum in put_back(first, {}).free_symbols | second.free_symbols
    third = namer.short((b + c * d) * LONG_SUM, ROOM, "three")
    assert own.ancillas_before(2) in third.free_symbols


def test_what_many_have_in_common_is_named_for_all():
    shared = sympy.sqrt(b + c) * 17 + 4 * d * m + 2 * degree * c + 2
    values = [sympy.log(i + 1 / shared) for i in range(1, 5)]
    namer = Namer(NothingKnown(), set())
    short = namer.without_repeated(values)
    assert all(
        len(formula_text(x)) < len(formula_text(y)) for x, y in zip(short, values, strict=True)
    )
    found = [namer.short(value, DEFINITION, "value") for value in short]
    assert [put_back(x, namer.definitions) for x in found] == values
    assert len(namer.definitions) == 1


def test_some_factors_of_a_product_are_a_part_of_it():
    name = own.ancillas_before(1)
    assert put(sympy.Mul(8, b + 1, c + 1, d), (b + 1) * (c + 1), name) == 8 * name * d
    assert put(2**c * b, 2**d * b, name) == 2**c * b
    assert size(3 * b * c + 2**d) == 5
