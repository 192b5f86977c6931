import mpmath
import numpy as np
import pytest
from scipy.optimize import linprog

from estimator.polynomials.inverse import (
    inverse_degree_bound,
    inverse_error,
    inverse_minimal_degree,
    inverse_polynomial,
)
from estimator.polynomials.sup_norm import sup_norm
from estimator.symbols import epsilon, kappa

PUBLISHED = [(10, 1e-2, 69), (10, 1e-4, 115), (100, 1e-6, 1843), (1000, 1e-10, 29_935)]


def _exact(condition, degree, x):
    """The formula with 60 digits, by the three-term recurrence of mpmath."""
    with mpmath.workdps(60):
        a, n, x = 1 / mpmath.mpf(condition), (degree + 1) // 2, mpmath.mpf(float(x))
        r = (1 - a) / (1 + a)

        def combined(z):
            return mpmath.chebyt(n, z) + r * mpmath.chebyt(n - 1, z)

        at_x = combined((2 * x * x - 1 - a * a) / (1 - a * a))
        return (1 - at_x / combined(-(1 + a * a) / (1 - a * a))) / x


@pytest.mark.parametrize(("condition", "error", "degree"), PUBLISHED)
def test_published_degrees(condition, error, degree):
    assert inverse_minimal_degree(condition, error) == degree
    assert inverse_error(condition, degree) <= error < inverse_error(condition, degree - 2)
    expected = (1 - 1 / condition) ** ((degree + 1) // 2) * condition
    expected /= (1 + 1 / condition) ** ((degree - 1) // 2)
    assert inverse_error(condition, degree) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("condition", [1.05, 2, 10, 77.7])
@pytest.mark.parametrize("error", [1e-1, 1e-5])
def test_symbols_give_the_same_degree(condition, error):
    found = int(inverse_degree_bound().subs({kappa: condition, epsilon: error}))
    assert found == inverse_minimal_degree(condition, error)


@pytest.mark.parametrize(("condition", "degree"), [(1.5, 5), (10, 69), (100, 1843)])
def test_values_agree_with_multiple_precision(condition, degree):
    found = inverse_polynomial(condition, degree)
    size = found.maximum().value
    for x in [1e-4, 0.5 / condition, 1 / condition, 0.37, 0.99, 1.0]:
        assert abs(found.evaluate(x) - float(_exact(condition, degree, x))) < 1e-13 * size


@pytest.mark.slow
def test_values_agree_with_multiple_precision_at_degree_29935():
    found = inverse_polynomial(1000, 29_935)
    size = found.maximum().value
    assert size == pytest.approx(2516.18, rel=1e-5)
    for x in [1e-4, 5e-4, 1e-3, 0.37, 0.99, 1.0]:
        assert abs(found.evaluate(x) - float(_exact(1000, 29_935, x))) < 1e-13 * size


@pytest.mark.parametrize(("condition", "degree"), [(1.5, 5), (3, 11), (10, 69), (40, 401)])
def test_measured_error_is_the_closed_form(condition, degree):
    residual = inverse_polynomial(condition, degree).times_x().array
    residual[0] -= 1
    measured = sup_norm(residual, 1 / condition, over_x=True, tolerance=1e-5)
    assert measured.value == pytest.approx(inverse_error(condition, degree), rel=1e-4)


@pytest.mark.parametrize(("condition", "degree"), [(3, 5), (5, 15)])
def test_no_odd_polynomial_is_closer(condition, degree):
    """A linear program on 500 points, which can only find a smaller error, finds the same."""
    x = 1 / condition + (1 - 1 / condition) * (1 - np.cos(np.linspace(0, np.pi, 500))) / 2
    powers = np.polynomial.chebyshev.chebvander(x, degree)[:, 1::2]
    ones = np.ones((len(x), 1))
    rows = np.block([[powers, -ones], [-powers, -ones]])
    weights = np.eye(1, rows.shape[1], rows.shape[1] - 1)[0]
    found = linprog(weights, rows, np.concatenate([1 / x, -1 / x]), bounds=(None, None))
    assert found.fun == pytest.approx(inverse_error(condition, degree), rel=2e-3)


def test_parity():
    assert inverse_polynomial(10, 69).parity == "odd"


@pytest.mark.parametrize("condition", [0.999, 0.5, -3, float("nan"), float("inf")])
def test_refuses_a_condition_number_out_of_range(condition):
    with pytest.raises(ValueError, match="needs kappa >= 1, got kappa="):
        inverse_minimal_degree(condition, 0.1)


def test_refuses_other_arguments_out_of_range():
    with pytest.raises(ValueError, match="odd degree >= 1, got 2"):
        inverse_polynomial(10, 2)
    with pytest.raises(ValueError, match="positive and finite, got 0"):
        inverse_minimal_degree(10, 0)
