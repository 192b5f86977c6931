import mpmath
import numpy as np
import pytest

from estimator.polynomials.inverse_relative import (
    relative_inverse_degree_bound,
    relative_inverse_error,
    relative_inverse_minimal_degree,
    relative_inverse_polynomial,
)
from estimator.polynomials.sup_norm import sup_norm
from estimator.symbols import epsilon, kappa

SIZES = {1e-1: 0.90, 1e-2: 1.11, 1e-3: 1.30, 1e-4: 1.47, 1e-6: 1.76, 1e-8: 2.01, 1e-10: 2.23}
"""Relative error -> maximum over kappa, for large kappa."""


@pytest.mark.parametrize(
    ("condition", "error", "degree"),
    [
        (10, 1e-4, 99),
        (1.05, 1e-2, 3),
        (2, 1e-2, 9),
        (8, 1e-2, 43),
        (20, 1e-2, 105),
        (20, 1e-6, 289),
        (100, 1e-2, 529),
        (100, 1e-6, 1451),
    ],
)
def test_degrees(condition, error, degree):
    assert relative_inverse_minimal_degree(condition, error) == degree
    assert relative_inverse_error(condition, degree) <= error
    assert relative_inverse_error(condition, degree - 2) > error
    found = relative_inverse_degree_bound().subs({kappa: condition, epsilon: error})
    assert int(found) == degree


@pytest.mark.parametrize("error", SIZES)
def test_maximum(error):
    degree = relative_inverse_minimal_degree(100, error)
    found = relative_inverse_polynomial(100, degree).maximum()
    assert found.bound / 100 == pytest.approx(SIZES[error], abs=0.006)


@pytest.mark.parametrize(("condition", "degree"), [(1.2, 3), (2, 9), (10, 99), (100, 529)])
def test_measured_error_is_the_closed_form(condition, degree):
    """Of x P - 1, which alternates; the closed form by mpmath's Chebyshev polynomials."""
    residual = relative_inverse_polynomial(condition, degree).times_x().array
    residual[0] -= 1
    measured = sup_norm(residual, 1 / condition)
    w0 = (1 + 1 / mpmath.mpf(condition) ** 2) / (1 - 1 / mpmath.mpf(condition) ** 2)
    expected = float(1 / mpmath.chebyt((degree + 1) // 2, w0))
    assert measured.value == pytest.approx(expected, rel=1e-9)
    assert relative_inverse_error(condition, degree) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("condition", "degree"), [(2, 9), (100, 529)])
def test_values_agree_with_multiple_precision(condition, degree):
    found = relative_inverse_polynomial(condition, degree)
    assert found.parity == "odd"
    with mpmath.workdps(40):
        a, t = 1 / mpmath.mpf(condition), (degree + 1) // 2

        def mapped(x):
            return mpmath.chebyt(t, (1 + a * a - 2 * x * x) / (1 - a * a))

        for x in [1e-3, 0.5 / condition, 0.2, 0.9, 1.0]:
            expected = float((1 - mapped(mpmath.mpf(x)) / mapped(0)) / mpmath.mpf(x))
            assert abs(found.evaluate(x) - expected) < 1e-13 * condition


def test_degree_is_about_kappa_log():
    """d -> kappa ln(2 / epsilon)."""
    assert relative_inverse_minimal_degree(1e4, 1e-6) == pytest.approx(1e4 * np.log(2e6), rel=1e-4)


def test_refusals():
    with pytest.raises(ValueError, match="needs kappa >= 1"):
        relative_inverse_minimal_degree(0.9, 0.1)
    with pytest.raises(ValueError, match="epsilon must be between 0 and 1, got 0"):
        relative_inverse_minimal_degree(2, 0)
    with pytest.raises(ValueError, match="odd degree >= 1, got 4"):
        relative_inverse_polynomial(2, 4)
