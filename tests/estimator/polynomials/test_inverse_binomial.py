from fractions import Fraction
from math import comb

import numpy as np
import pytest

from estimator.polynomials.inverse_binomial import (
    binomial_exponent,
    binomial_inverse_degree,
    binomial_inverse_degree_bound,
    binomial_inverse_polynomial,
)
from estimator.polynomials.sup_norm import sup_norm
from estimator.symbols import epsilon, kappa


def largest_error(condition, error, degree):
    """Upper bound on max |P(x) - 1/x| over [1/condition, 1], that of |(x P - 1) / x|."""
    residual = binomial_inverse_polynomial(condition, error, degree).times_x().array
    residual[0] -= 1
    return sup_norm(residual, 1 / condition, tolerance=1e-4, over_x=True).bound


@pytest.mark.parametrize(
    ("condition", "error", "degree"),
    [
        (10, 1e-4, 287),
        (2, 1e-2, 31),
        (8, 1e-2, 145),
        (20, 1e-2, 415),
        (20, 1e-6, 805),
        (100, 1e-2, 2535),
        (100, 1e-6, 4489),
    ],
)
def test_degrees(condition, error, degree):
    assert binomial_inverse_degree(condition, error) == degree
    found = binomial_inverse_degree_bound().subs({kappa: condition, epsilon: error})
    assert int(found) == degree


@pytest.mark.parametrize(("condition", "error", "fewest"), [(2, 1e-2, 17), (10, 1e-4, 203)])
def test_fewer_terms_would_do(condition, error, fewest):
    """The bound on those left out is not tight: as many as it takes, by the largest error."""
    assert largest_error(condition, error, fewest) <= 2 * error
    assert largest_error(condition, error, fewest - 2) > 2 * error
    assert fewest < binomial_inverse_degree(condition, error)


@pytest.mark.parametrize(("condition", "error"), [(1.05, 0.1), (2, 1e-2), (3, 1e-3)])
def test_coefficients_are_exact_binomial_sums(condition, error):
    b = binomial_exponent(condition, error)
    degree = binomial_inverse_degree(condition, error)
    found = binomial_inverse_polynomial(condition, error, degree)
    for j in range((degree + 1) // 2):
        tail = sum(comb(2 * b, b + i) for i in range(j + 1, b + 1))
        exact = float(Fraction(4 * (-1) ** j * tail, 4**b))
        assert found.coefficients[2 * j + 1] == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize(("condition", "error"), [(2, 1e-2), (10, 1e-4), (20, 1e-6)])
def test_error_is_bounded_and_the_promise_kept(condition, error):
    degree = binomial_inverse_degree(condition, error)
    found = binomial_inverse_polynomial(condition, error, degree)
    x = np.linspace(1 / condition, 1, 20_001)
    sampled = np.abs(found.evaluate(x) - 1 / x).max()
    bound = largest_error(condition, error, degree)
    assert sampled - 1e-13 <= bound <= sampled * 1.001 + 1e-10
    assert bound <= 2 * error
    assert 1 < found.maximum().bound / condition < 3


@pytest.mark.parametrize(("condition", "error"), [(1.05, 1e-2), (1.01, 0.5)])
def test_short_series_are_complete(condition, error):
    """Where j_0 would exceed b the polynomial is (1 - (1 - x^2)^b) / x itself."""
    b = binomial_exponent(condition, error)
    found = binomial_inverse_polynomial(condition, error, 2 * b + 7)
    assert found.degree == 2 * b - 1 >= binomial_inverse_degree(condition, error)
    x = np.linspace(0.1, 1, 50)
    assert np.allclose(found.evaluate(x), (1 - (1 - x**2) ** b) / x, atol=1e-12)


def test_refusals():
    with pytest.raises(ValueError, match="needs kappa >= 1"):
        binomial_inverse_degree(0.9, 0.1)
    with pytest.raises(ValueError, match="epsilon must be between 0 and 1, got 0"):
        binomial_inverse_degree(2, 0)
    with pytest.raises(ValueError, match="odd degree >= 1, got 4"):
        binomial_inverse_polynomial(2, 0.1, 4)
