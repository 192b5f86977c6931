import mpmath
import numpy as np
import pytest

from estimator.polynomials.series import (
    ROUNDING,
    coefficients_of,
    series_values,
    values_on_grid,
)


def _exact(coefficients, x):
    """Clenshaw's recurrence with 40 digits."""
    with mpmath.workdps(40):
        x, later, last = mpmath.mpf(float(x)), mpmath.mpf(0), mpmath.mpf(0)
        for c in coefficients[:0:-1]:
            last, later = 2 * x * last - later + mpmath.mpf(float(c)), last
        return x * last - later + mpmath.mpf(float(coefficients[0]))


@pytest.mark.parametrize("degree", [0, 1, 2, 7, 100, 3000])
def test_values_agree_with_multiple_precision(degree, rng):
    """At random points, near zero, and at and near the ends.

    Up to one rounding of the angle, at which a cosine sum has a slope of at most degree times
    its maximum.
    """
    series = rng.normal(size=degree + 1)
    points = np.array([*rng.uniform(-1, 1, 5), 0.0, 1e-9, 1.0, -1.0, 1 - 1e-12])
    found = series_values(series, points)
    for x, value in zip(points, found, strict=True):
        slope = degree * np.abs(found).max()
        assert abs(_exact(series, x) - value) < 1e-15 * np.abs(series).sum() + 1.2e-16 * slope


@pytest.mark.parametrize("degree", [29_999, 30_000])
def test_high_orders_lose_nothing_but_the_rounding_of_the_angle(degree, rng):
    """T_k at sin(phi) is Re((-i)^k exp(i k phi)), at the phi of double precision."""
    points = rng.uniform(-1, 1, 20)
    found = series_values(np.eye(1, degree + 1, degree)[0], points)
    with mpmath.workdps(40):
        for x, value in zip(points, found, strict=True):
            phi = mpmath.mpf(float(np.arcsin(x)))
            exact = mpmath.re(mpmath.mpc(0, -1) ** degree * mpmath.expj(degree * phi))
            assert abs(exact - value) < 2e-15


@pytest.mark.slow
def test_values_at_degree_thirty_thousand(rng):
    """For a smooth polynomial the rounding of the angle does not matter either."""
    series = rng.normal(size=30_001) / (1 + np.arange(30_001)) ** 2
    points = rng.uniform(-1, 1, 3)
    for x, value in zip(points, series_values(series, points), strict=True):
        assert abs(_exact(series, x) - value) < ROUNDING * np.abs(series).sum()


def test_shape_is_kept_and_interpolation_inverts_evaluation(rng):
    series = rng.normal(size=40)
    assert series_values(series, np.zeros((2, 3))).shape == (2, 3)
    assert np.allclose(coefficients_of(lambda x: series_values(series, x), 39), series, atol=1e-14)


@pytest.mark.parametrize("degree", [0, 1, 2, 35])
def test_values_on_a_grid(degree, rng):
    """At least so many Chebyshev points as are asked for, from one down."""
    coefficients = rng.normal(size=degree + 1)
    for oversampling in (1, 16):
        values, x = values_on_grid(coefficients, oversampling)
        assert len(x) > oversampling * degree
        assert (np.diff(x) < 0).all()
        assert np.allclose(values, series_values(coefficients, x), rtol=0, atol=1e-12)
