"""Polynomials that are positive for positive unknowns, one for each argument that shows it."""

from fractions import Fraction

import pytest
import sympy

from estimator.growth_checker.orthant import is_positive

x, y, z = UNKNOWNS = sympy.symbols("x y z")


def terms(expression):
    polynomial = sympy.Poly(expression, *UNKNOWNS)
    return {e: Fraction(int(c.p), int(c.q)) for e, c in polynomial.terms()}


@pytest.mark.parametrize(
    "expression",
    [
        x**2 * y + 3 * z,  # no coefficient is negative
        x**3 * y**2,  # one monomial
        x**2 - x * y + y**2,  # times x + y: x**3 + y**3
        x**2 - x + 1,  # Sturm
        x**7 - 7 * x + 7,  # Sturm: the least value is 7 - 6
        100 * x**2 - 199 * x * y + 100 * y**2,  # the discriminant is negative
        x**3 - 3 * x * y + y**3 + 2,  # no stationary value but 1, at x = y = 1
        sympy.expand((x**2 - x + 1) ** 2 * (y**2 - y + 1) * z),  # a product
        x**2 + y**2 + z**2 - x * y - y * z - x * z + sympy.Rational(1, 10),
    ],
)
def test_positive_ones_are_seen(expression):
    assert is_positive(terms(expression))
    assert not is_positive(terms(-expression))


@pytest.mark.parametrize(
    "expression",
    [
        sympy.Integer(0),
        (x - 1) ** 2,
        (x - y) ** 2,
        (x * y - 1) ** 2 * z,
        x**2 * y**4 + x**4 * y**2 + 1 - 3 * x**2 * y**2,  # Motzkin's, zero at (1, 1)
        x**7 - 7 * x + 6,
        (x - 3) * (x**2 + 1),
        x * y - x - y + 1,
        (x**2 + y**2 - 2) ** 2 + (x - y) ** 2,
        (x - 1) ** 2 + (y - 2) ** 2,
        x**2 + y**2 + z**2 - x * y - y * z - x * z,
        (x - 1000) ** 2 * y - 1,
        ((x - 77) ** 2 + sympy.Rational(1, 9)) * y - z,
    ],
)
def test_no_other_is_taken_for_one(expression):
    """Zero somewhere, or of both signs, however little and far out."""
    for side in (1, -1):
        assert not is_positive(terms(sympy.expand(side * expression)))
