"""Degrees as functions: numbers where there are numbers, expressions where there are not."""

import pytest
import sympy
from scipy.optimize import OptimizeResult

from estimator.polynomials.amplification import (
    amplification_degree_bound,
    amplification_error,
    amplification_polynomial,
    amplification_sufficient_degree,
)
from estimator.polynomials.degrees import (
    ErfDegree,
    FixedPointDegree,
    SignDegree,
    amplification_degree,
    bounded,
)
from estimator.polynomials.minimax import minimax_amplification
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


@pytest.mark.parametrize(
    ("factor", "margin", "error"),
    [(3.0, 0.1, 1e-6), (9.0, 1 / 6, 1e-4), (6.0, 0.05, 1e-3)],
)
def test_an_amplification_degree_is_sufficient_where_programs_fail(factor, margin, error):
    """A polynomial of that degree is as near as asked: found, or the closed-form series."""
    degree = amplification_degree(factor, margin, error)
    most = int(amplification_degree_bound(*map(sympy.Float, (factor, margin, error))))
    assert degree % 2 == 1
    assert factor <= degree <= most
    if degree < 300:
        best = minimax_amplification(factor, margin, degree)
        assert best.error <= error
    else:
        found = amplification_polynomial(factor, margin, error, degree)
        assert amplification_error(found, factor, margin) <= error


def test_a_program_that_fails_is_no_traceback(monkeypatch):
    """The next method is asked, and where none answers the closed-form series is."""
    amplification_degree.cache_clear()
    asked = []

    def fails(*_, method, **__):
        asked.append(method)
        return OptimizeResult(x=None, status=4, message="no")

    monkeypatch.setattr("estimator.polynomials.minimax.linprog", fails)
    found = amplification_degree(2.0, 0.5, 1e-3)
    assert found == amplification_sufficient_degree(2.0, 0.5, 1e-3)
    assert {"highs", "highs-ipm"} == set(asked)
    amplification_degree.cache_clear()


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
