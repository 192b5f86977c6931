"""Trees as the checker reads them: the numbers they are, and where they are none."""

from fractions import Fraction

import pytest
import sympy

from estimator.expressions import tree as shared
from estimator.expressions.parse import parse_expression
from estimator.growth_checker import trees
from estimator.growth_checker.number import WitnessError, symbolic
from estimator.growth_checker.trees import names_of, number_of, with_values
from estimator.symbols import asked

k, m = asked("k"), asked("m")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3/7 - 2", sympy.Rational(-11, 7)),
        ("pi*E", sympy.pi * sympy.E),
        ("log(8, 2)", 3),
        ("(k + 1)**2 - k**2", 2 * k + 1),
        ("sqrt(k)**m", k ** (m / 2)),
        ("(-2)**3/(k + 1)", -8 / (k + 1)),
        ("(k - 2)**2", k**2 - 4 * k + 4),
        ("log(k + 1)**(1/2)", sympy.sqrt(sympy.log(k + 1))),
        ("1/(k**2 - k + 1)", 1 / (k**2 - k + 1)),
        ("(2**k - 1)**m", (2**k - 1) ** m),
        ("Max(k, 2*k) - Min(k, 2*k)", k),
        ("gamma(k)*factorial(m - 1/2)", sympy.gamma(k) * sympy.factorial(m - sympy.S.Half)),
        ("gamma(-1/2)", -2 * sympy.sqrt(sympy.pi)),
        ("binomial(6, 2) + factorial(4)", 39),
        ("ceiling(5/2) + floor(-1/2) + Abs(-3)", 5),
        ("0**k", 0),
    ],
)
def test_a_number_is_what_a_reader_computes(text, value):
    found = symbolic(number_of(parse_expression(text)))
    assert sympy.expand(found - value) == 0


@pytest.mark.parametrize(
    "text",
    [
        "log(k)/log(k)",
        "log(k - 1)",
        "log(log(k))",
        "log(-1)**2",
        "1/(k - 2)",
        "(k - 1)/(k - 1)",
        "1/(log(2)*k - k*log(2))",
        "(k - 1)**m",
        "sqrt(k - 1)**2",
        "(-2)**k",
        "(k - k)**(-1)",
        "gamma(k - 1)",
        "gamma(-2)",
        "factorial(k - 2)",
        "binomial(k, 2)",
        "f(k)",
    ],
)
def test_what_may_be_undefined_is_no_number(text):
    """For some positive k and m; also where SymPy cancels it."""
    with pytest.raises(WitnessError):
        number_of(parse_expression(text))


@pytest.mark.parametrize(
    "tree",
    [
        (),
        ("q",),
        ("q", "2"),
        ("q", Fraction(1), Fraction(2)),
        ("x", 5),
        ("c", "e"),
        ("+", "k"),
        ("^", ("x", "k")),
        ("f", "log"),
        ("f", "log", ("x", "k"), ("x", "k")),
        ("f", "sin", ("x", "k"), ("x", "k")),
        ("g", ("x", "k")),
        ["x", "k"],
    ],
)
def test_malformed_trees_are_refused(tree):
    with pytest.raises((WitnessError, TypeError)):
        number_of(tree)


def test_values_are_put_in_at_once():
    """k for m and m for k is an exchange; names are found wherever they are."""
    tree = parse_expression("Max(k, 1)**m + exp(k*n)")
    swapped = with_values(tree, {"k": ("x", "m"), "m": ("x", "k")})
    assert swapped == parse_expression("Max(m, 1)**k + exp(m*n)")
    assert names_of(swapped) == {"k", "m", "n"}


@pytest.mark.parametrize("name", ["plus", "times", "raised"])
def test_trees_are_made_alike(name):
    """The search's trees and the checker's are compared piece by piece."""
    parts = [trees.ZERO, trees.UNIT, trees.MINUS, ("c", "E"), ("x", "k"), ("+", ("x", "k"))]
    for one in parts:
        for two in parts:
            assert getattr(trees, name)(one, two) == getattr(shared, name)(one, two)
