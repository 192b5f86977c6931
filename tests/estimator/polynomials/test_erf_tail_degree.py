"""The quick degree against the polynomial's true error, and its refusals."""

import numpy as np
import pytest
from scipy.special import ive

from estimator.polynomials.erf import erf_error, erf_minimal_degree
from estimator.polynomials.erf_tail_degree import erf_tail_degree


@pytest.mark.parametrize("slope", [0.8, 1.6, 4.0, 16.0])
@pytest.mark.parametrize("error", [1e-2, 1e-4, 1e-6, 1e-8, 1e-10])
def test_the_degree_is_sufficient_and_hardly_more(slope, error):
    """The supremum of the difference is within the error, and two degrees less are not."""
    degree = erf_tail_degree(slope, error)
    assert erf_error(slope, degree) <= error
    assert erf_minimal_degree(slope, error) >= degree - 2


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


@pytest.mark.parametrize("error", [0.9, 1e-2, 1e-9, 1e-60, 1e-270])
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
