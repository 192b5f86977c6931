"""The claims of a question, as the checker and as the search read them."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
import sympy

from estimator.expressions.parse import parse_expression
from estimator.expressions.regime import Regime, parse_regime
from estimator.growth_checker import statement
from estimator.growth_checker.number import WitnessError
from estimator.growth_checker.statement import claimed, openings, variables_of
from estimator.growth_checker.trees import number_of
from estimator.growth_numbers import constants
from estimator.symbols import asked

FILE = Path(__file__).parents[1] / "growth" / "questions.jsonl"
QUESTIONS = [json.loads(line) for line in FILE.read_text().splitlines()]


def test_both_read_every_question_alike():
    """Two codes, one claim; otherwise every witness would be refused."""
    for question in QUESTIONS:
        regime = parse_regime(question["regime"])
        assert list(openings(regime)) == list(constants.openings(regime))
        names = frozenset((*variables_of(regime), *regime.constants, *regime.coupled))
        for side in "fg":
            tree = parse_expression(question[side], names)
            assert claimed(tree, regime) == regime.resolve(tree), question


@pytest.mark.parametrize("read", [statement, constants])
@pytest.mark.parametrize(
    ("regime", "low", "high", "ends"),
    [
        ("k const", 0, sympy.oo, set()),
        ("k>=3/2", sympy.Rational(3, 2), sympy.oo, {Fraction(3, 2)}),
        ("-1<k<=4", -1, 4, {Fraction(4)}),
        ("0<=k<=1/7", 0, sympy.Rational(1, 7), {Fraction(0), Fraction(1, 7)}),
    ],
)
def test_openings_cover_the_interval(read, regime, low, high, ends):
    """What stands for k rises from one end to the other, and the ends that belong to it follow."""
    inside, *rest = (values["k"] for values in read.openings(parse_regime(regime)))
    k, value = asked("k"), sympy.sympify(number_of(inside))
    assert (sympy.limit(value, k, 0), sympy.limit(value, k, sympy.oo)) == (low, high)
    assert sympy.simplify(sympy.diff(value, k)).is_positive
    assert {number_of(end) for end in rest} == ends


@pytest.mark.parametrize("read", [statement, constants])
def test_divided_constants_leave_nothing_out(read):
    """From 0 to r, r itself, and from r on."""
    k, r = asked("k"), sympy.sqrt(2)
    parts = read.divided("k", parse_expression("sqrt(2)"))
    below, at, above = (sympy.sympify(number_of(values["k"])) for values in parts)
    assert (sympy.limit(below, k, 0), sympy.limit(below, k, sympy.oo)) == (0, r)
    assert sympy.simplify(sympy.diff(below, k)).is_positive
    assert (at, above) == (r, r + k)


def regime_of(**changes):
    parts = {"growing": (), "vanishing": (), "constants": {}, "ends": (), "coupled": {}}
    return Regime(**{**parts, **changes})


@pytest.mark.parametrize(
    ("regime", "message"),
    [
        (regime_of(growing=("N",), constants={"N": (Fraction(0), None)}), "two things"),
        (regime_of(growing=("N",), vanishing=("N",)), "two things"),
        (regime_of(growing=("M",)), "does not mention"),
        (regime_of(coupled={"N": ("x", "M"), "M": ("x", "N")}), "circle"),
        (regime_of(growing=("N",), constants={"k": (Fraction(2), Fraction(1))}), "empty"),
    ],
)
def test_regimes_that_say_nothing_sensible_are_refused(regime, message):
    """Whoever made them."""
    with pytest.raises(WitnessError, match=message):
        (variables_of(regime), claimed(("x", "N"), regime), list(openings(regime)))
