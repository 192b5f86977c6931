import mpmath
import numpy as np
import pytest
from scipy.special import erf, ive

from estimator.polynomials.erf import (
    erf_degree_bound,
    erf_error,
    erf_minimal_degree,
    erf_polynomial,
    erf_ratio_maximum,
    erf_ratio_polynomial,
    erf_tail_degree,
)
from estimator.symbols import epsilon, nu

ERRORS = [1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12]
DEGREES = {
    0.8: [3, 7, 9, 11, 13, 15],
    1.6: [5, 11, 13, 17, 21, 23],
    4.0: [13, 21, 29, 35, 39, 45],
    16.0: [49, 81, 103, 123, 141, 157],
}


@pytest.mark.parametrize("slope", DEGREES)
def test_minimal_degrees(slope):
    assert [erf_minimal_degree(slope, error) for error in ERRORS] == DEGREES[slope]


@pytest.mark.parametrize("slope", [0.01, 0.3, 0.8, 1.6, 4.0, 16.0, 40.0])
def test_closed_form_is_an_upper_bound(slope):
    for error in [0.5, *ERRORS]:
        bound = int(erf_degree_bound().subs({nu: slope, epsilon: error}))
        minimal = erf_minimal_degree(slope, error)
        assert minimal <= bound
        assert error > 0.01 or slope < 0.8 or bound <= 3 * minimal


@pytest.mark.parametrize(("slope", "degree"), [(0.8, 5), (4.0, 21), (16.0, 103)])
def test_error_bounds_the_distance_to_the_error_function(slope, degree):
    """Tight against a dense sample of SciPy's error function."""
    x = np.linspace(0, 1, 20_001)
    sampled = np.abs(erf_polynomial(slope, degree).evaluate(x) - erf(slope * x)).max()
    assert sampled - 1e-15 <= erf_error(slope, degree) <= sampled * (1 + 1e-3) + 1e-15


def test_error_far_below_double_precision():
    """Against 60 digits of the error function."""
    slope, degree = 0.8, 27
    with mpmath.workdps(60):
        z = mpmath.mpf(slope) ** 2 / 2
        scale = 2 * mpmath.mpf(slope) / mpmath.sqrt(mpmath.pi) * mpmath.exp(-z)

        def rest(x):
            total = scale * mpmath.besseli(0, z) * x
            for j in range(1, (degree - 1) // 2 + 1):
                pair = mpmath.chebyt(2 * j + 1, x) / (2 * j + 1)
                pair -= mpmath.chebyt(2 * j - 1, x) / (2 * j - 1)
                total += scale * (-1) ** j * mpmath.besseli(j, z) * pair
            return abs(total - mpmath.erf(mpmath.mpf(slope) * x))

        sampled = float(max(rest(mpmath.cos(mpmath.pi * k / 400)) for k in range(201)))
    assert sampled < 1e-23
    assert sampled <= erf_error(slope, degree) <= sampled * 1.01


@pytest.mark.parametrize(("slope", "degree"), [(0.8, 3), (1.6, 11), (16.0, 49), (16.0, 157)])
def test_ratio_is_largest_at_zero_and_below_the_limit(slope, degree):
    """sup |P / x| is P'(0), less than 2 nu / sqrt(pi)."""
    ratio = erf_ratio_polynomial(slope, degree)
    exact = erf_ratio_maximum(slope, degree)
    assert ratio.parity == "even"
    assert ratio.degree == degree - 1
    assert exact <= ratio.maximum().bound <= exact * (1 + 1e-12)
    assert exact < 2 * slope / np.pi**0.5 * (1 + 1e-15)
    x = np.linspace(0.01, 1, 50)
    assert np.allclose(ratio.evaluate(x) * x, erf_polynomial(slope, degree).evaluate(x), atol=1e-13)


@pytest.mark.slow
def test_degree_thirty_thousand():
    """The polynomial is the error function to rounding."""
    x = np.linspace(-1, 1, 2001)
    found = erf_polynomial(1420.0, 30_001).evaluate(x)
    assert np.abs(found - erf(1420 * x)).max() < 1e-13


@pytest.mark.parametrize("slope", [0, -1.0, float("nan"), float("inf")])
def test_refuses_a_slope_out_of_range(slope):
    with pytest.raises(ValueError, match="finite nu > 0, got nu="):
        erf_minimal_degree(slope, 0.1)


def test_refuses_other_arguments_out_of_range():
    with pytest.raises(ValueError, match="odd degree >= 1, got 4"):
        erf_polynomial(1.0, 4)
    with pytest.raises(ValueError, match="epsilon must be between 0 and 1, got 0"):
        erf_minimal_degree(1.0, 0)


@pytest.mark.parametrize("slope", [0.8, 1.6, 4.0, 16.0])
def test_the_degree_is_sufficient_and_hardly_more(slope):
    """The supremum of the difference is within the error, and two degrees less are not."""
    for error in (1e-2, 1e-4, 1e-6, 1e-8, 1e-10):
        degree = erf_tail_degree(slope, error)
        assert erf_error(slope, degree) <= error, f"{error=}"
        assert erf_minimal_degree(slope, error) >= degree - 2, f"{error=}"


def test_the_tabulated_degrees():
    """Published table for nu = 0.8, 1.6, 4, 16 and errors from 1e-2 to 1e-12."""
    table = {
        0.8: [3, 7, 9, 11, 13, 15],
        1.6: [5, 11, 13, 17, 21, 23],
        4: [13, 21, 29, 35, 39, 45],
        16: [49, 81, 103, 123, 141, 157],
    }
    for slope, degrees in table.items():
        assert [erf_tail_degree(slope, 10.0**-k) for k in range(2, 13, 2)] == degrees


@pytest.mark.parametrize(
    ("slope", "error", "problem"),
    [
        (0, 0.1, "finite nu > 0, got nu=0"),
        (float("inf"), 0.1, "finite nu > 0"),
        (1, 0.0, "between 0 and 1"),
        (1, 1e-290, "at least 1e-280"),
    ],
)
def test_refusals(slope, error, problem):
    with pytest.raises(ValueError, match=problem):
        erf_tail_degree(slope, error)


@pytest.mark.parametrize(
    "error", [0.9, 1e-9, 1e-270, *(pytest.param(e, marks=pytest.mark.slow) for e in (1e-2, 1e-60))]
)
@pytest.mark.parametrize("slope", [3e4, 4.2e4])
def test_a_steep_error_function_has_the_degree_of_its_series(slope, error):
    """The limit is above the tail summed here, by less than two in a thousand."""
    n = (erf_tail_degree(slope, error) + 1) // 2
    j = np.arange(1, n + 40 * int(slope))
    sizes = ive(j, slope**2 / 2) * (1 / (2 * j + 1) + 1 / (2 * j - 1))
    tails = 2 * slope / np.sqrt(np.pi) * np.cumsum(sizes[::-1])[::-1]
    assert np.isfinite(tails).all()
    assert tails[n - 1] <= error
    assert tails[int(0.998 * n) - 2] > error


def test_degrees_grow_with_the_slope():
    """Also where the method changes, and far beyond what weights can be computed for."""
    slopes = [10.0**power for power in np.arange(0, 15, 0.25)]
    degrees = [erf_tail_degree(slope, 1e-3) for slope in slopes]
    assert degrees == sorted(degrees)
    for slope, degree in zip(slopes[20:], degrees[20:], strict=True):
        assert degree / slope == pytest.approx(degrees[20] / slopes[20], rel=1e-3)
