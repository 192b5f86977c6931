"""Distances that algebraic numbers keep from zero, and zeros that are seen by them."""

from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from estimator.growth_checker.number import side_of_number
from estimator.growth_checker.separation import separation

sqrt, root, cos, pi = sympy.sqrt, sympy.root, sympy.cos, sympy.pi


@pytest.mark.parametrize(
    ("value", "polynomial"),
    [
        (sqrt(2) - Fraction(99, 70), "4900*x**2 + 13860*x + 1"),
        (sqrt(2) + sqrt(3) - Fraction(22, 7), None),
        (root(2, 3) - Fraction(63, 50), None),
        (cos(2 * pi / 7) - Fraction(5, 8), None),
        (1 / (sqrt(2) - 1) - Fraction(12, 5), None),
        (sqrt(1 + sqrt(2)) - Fraction(14, 9), None),
    ],
)
def test_no_number_is_nearer_than_its_distance(value, polynomial):
    """2**-b is below the number itself."""
    bits = separation(sympy.sympify(value))
    assert abs(sympy.N(value, 60)) > sympy.Rational(1, 2) ** bits
    if polynomial is not None:
        x = sympy.Symbol("x")
        assert sympy.expand(sympy.minimal_polynomial(value, x) - sympy.sympify(polynomial)) == 0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(-6, 6), min_size=4, max_size=4),
    st.lists(st.integers(-6, 6), min_size=4, max_size=4),
)
def test_norms_are_zero_where_they_should_be(one, two):
    """Products of a + b sqrt(2) + c sqrt(3) + d sqrt(6) under a root of their square."""
    left, right = (a + b * sqrt(2) + c * sqrt(3) + d * sqrt(6) for a, b, c, d in (one, two))
    gap = sqrt(sympy.expand(left**2)) - sqrt(sympy.expand(right**2))
    expected = sympy.sign(abs(sympy.N(left, 50)) - abs(sympy.N(right, 50)))
    same = [abs(sympy.expand(left - right)), abs(sympy.expand(left + right))]
    assert side_of_number(gap) == (0 if 0 in same else expected)


@pytest.mark.parametrize("value", [pi, sympy.E - 2, sympy.log(2), 2 ** sqrt(2)])
def test_nothing_is_said_of_other_numbers(value):
    assert separation(value) is None
