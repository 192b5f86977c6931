import numpy as np
import pytest
from numpy.polynomial.chebyshev import chebval

from estimator.polynomials.sup_norm import sup_norm


@pytest.mark.parametrize("degree", [1, 2, 9, 60, 400])
@pytest.mark.parametrize(("lower", "upper"), [(-1.0, 1.0), (0.3, 1.0), (-0.2, -0.19)])
def test_bound_is_tight_and_never_below_a_dense_sample(degree, lower, upper, rng):
    series = rng.normal(size=degree + 1)
    peak = sup_norm(series, lower, upper)
    sampled = np.abs(chebval(np.linspace(lower, upper, 200_001), series)).max()
    assert sampled <= peak.bound * (1 + 1e-14)
    assert peak.bound <= peak.value * (1 + 2e-13) + 2e-15 * np.abs(series).sum()
    assert peak.value <= sampled * (1 + 1e-6)
    assert lower <= peak.point <= upper
    assert abs(chebval(peak.point, series)) == pytest.approx(peak.value, rel=1e-12)


def test_maximum_between_grid_points_is_found():
    """x (1 - x^2) has its maximum 2 / sqrt(27) at 1 / sqrt(3)."""
    peak = sup_norm(np.array([0, 0.25, 0, -0.25]))
    assert peak.value == pytest.approx(2 / 27**0.5, rel=1e-14)
    assert abs(peak.point) == pytest.approx(3**-0.5, abs=1e-6)


@pytest.mark.parametrize("degree", [1, 4, 101, 4000])
def test_equal_peaks_cost_no_accuracy(degree):
    """|T_d| reaches 1 at d + 1 points."""
    peak = sup_norm(np.eye(1, degree + 1, degree)[0])
    assert 1 <= peak.bound < 1 + 2e-13


def test_quotient_by_x():
    """|(3 - x^2) / x| = 3/x - x on [1/2, 1] is 11/2, at 1/2."""
    peak = sup_norm(np.array([2.5, 0, -0.5]), 0.5, 1.0, over_x=True, tolerance=1e-6)
    assert peak.value == pytest.approx(5.5, rel=1e-12)
    assert peak.point == pytest.approx(0.5)
    assert 5.5 <= peak.bound < 5.5 * (1 + 2e-6)


def test_quotient_by_x_never_below_a_dense_sample(rng):
    series = rng.normal(size=31)
    x = np.linspace(0.05, 1, 100_001)
    sampled = np.abs(chebval(x, series) / x).max()
    peak = sup_norm(series, 0.05, 1.0, over_x=True, tolerance=1e-4)
    assert sampled <= peak.bound <= sampled * 1.001


def test_zero_has_norm_zero():
    assert sup_norm(np.zeros(3)).bound == 0


@pytest.mark.parametrize(("lower", "upper"), [(0.5, 0.5), (-1.1, 0.0), (0.0, 1.1)])
def test_refuses_an_interval_outside(lower, upper):
    with pytest.raises(ValueError, match="needs -1 <= lower < upper <= 1, got"):
        sup_norm(np.ones(2), lower, upper)


def test_refuses_division_by_zero():
    with pytest.raises(ValueError, match=r"needs lower > 0, got lower=0.0"):
        sup_norm(np.ones(2), 0.0, 1.0, over_x=True)
