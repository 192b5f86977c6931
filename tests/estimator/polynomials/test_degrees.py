"""Degrees as functions: numbers where there are numbers, expressions where there are not."""

import pytest
import sympy

from estimator.polynomials.degrees import ErfDegree, FixedPointDegree, SignDegree, bounded
from estimator.polynomials.sign import distance_to_one, sign_polynomial
from estimator.symbols import epsilon, nu, x_0


def test_numbers_are_worked_out():
    """The published sign degrees of starts 1/2 and 1/10 at 1e-2, and one of an error function."""
    assert SignDegree(sympy.Rational(1, 2), 1e-2) == 15
    assert SignDegree(sympy.Rational(1, 10), 1e-2) == 75
    assert ErfDegree(sympy.Rational(8, 5), 1e-4) == 11
    assert ErfDegree(0.01, 0.5) == 3


@pytest.mark.parametrize("start", [0.5, 0.1, 0.03])
@pytest.mark.parametrize("error", [1e-2, 1e-4])
def test_a_sign_degree_is_sufficient(start, error):
    degree = int(SignDegree(start, error))
    assert distance_to_one(sign_polynomial(start, error, degree), start) <= error


def test_symbols_stay_and_are_put_in_later():
    """An expression with a degree in it takes numbers as late as one likes."""
    cost = 3 * ErfDegree(nu, epsilon) + SignDegree(x_0, epsilon)
    assert cost.subs({nu: 1.6, epsilon: 1e-2, x_0: 0.5}) == 3 * 5 + 15
    assert ErfDegree(nu, epsilon).is_odd
    assert sympy.expand(cost**2).has(ErfDegree)


@pytest.mark.parametrize(
    ("degree", "size"), [(ErfDegree, 1.6), (SignDegree, 0.1), (FixedPointDegree, 0.1)]
)
@pytest.mark.parametrize("error", [1e-1, 1e-3, 1e-6])
def test_bounds_are_bounds(degree, size, error):
    """The closed form is never below the degree, and has no degree left in it."""
    bound = bounded(2 * degree(nu, epsilon))
    assert not bound.has(degree)
    assert bound.subs({nu: size, epsilon: error}) >= 2 * degree(size, error)
