"""Formulas as they are printed, where symbols have names that mean something else."""

from fractions import Fraction

import pytest
import sympy

from estimator.expressions.parse import parse_expression
from estimator.expressions.text import Notation, number_text, text_of
from estimator.expressions.tree import to_sympy
from estimator.symbols import asked

TAKEN = frozenset({"E", "pi", "t", "t1", "Y0", "Y_12"})
NOTATION = Notation(frozenset(), TAKEN)


NUMBERS = [
    sympy.E,
    sympy.pi**2 / 3,
    sympy.E**2 + sympy.sqrt(sympy.pi) * asked("k"),
    asked("k") ** sympy.E * sympy.log(sympy.pi),
    sympy.Rational(-7, 3),
]
BESIDE_SYMBOLS = [asked("E") * sympy.E + asked("pi") / sympy.pi, asked("pi") ** sympy.pi]


@pytest.mark.parametrize(
    ("number", "notation"),
    [(x, Notation()) for x in NUMBERS] + [(x, NOTATION) for x in NUMBERS + BESIDE_SYMBOLS],
)
def test_numbers_read_back(number, notation):
    """The same number, with E and pi as symbols where they are."""
    text = number_text(number, notation)
    assert to_sympy(parse_expression(text, notation.taken)) == number
    assert number_text(Fraction(-7, 3), notation) == "-7/3"


def test_trees_read_back():
    """Named numbers of a tree, beside symbols of the same names."""
    tree = ("+", ("*", ("c", "E"), ("x", "E")), ("^", ("c", "pi"), ("x", "pi")))
    found = parse_expression(text_of(tree, 0, NOTATION), TAKEN)
    gap = to_sympy(found) - to_sympy(tree)
    assert gap.subs({asked("E"): 2, asked("pi"): 3}).evalf(30) == 0


def test_other_names_give_way():
    """A curve's parameter and the atoms have names that no symbol has."""
    assert text_of(("x", "#t"), 0, NOTATION) == "t2"
    assert text_of(("x", "#t")) == "t"
    assert (Notation().atom(3), NOTATION.atom(3)) == ("Y3", "Y__3")
