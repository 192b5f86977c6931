"""Inverses on a window: bounded, accurate, and as good as the derived figures say."""

import numpy as np
import pytest

from estimator.polynomials.inverse_window import window_inverse, window_scale


@pytest.mark.parametrize(
    ("lower", "upper", "degree", "error"),
    [
        (0.5, 0.5, 3, 0.1),
        (0.2, 0.3, 15, 1e-2),
        (0.045, 0.055, 57, 1e-2),
        (0.8, 1.0, 7, 1e-3),
        (0.3, 1.0, 9, 0.0998749),
        (0.1, 1.0, 29, 0.0998749),
    ],
)
def test_is_bounded_and_accurate(lower, upper, degree, error):
    """On a grid that the program has not seen."""
    found = window_inverse(lower, upper, degree, error)
    x = np.linspace(-1, 1, 20_001)
    assert np.abs(found.polynomial.evaluate(x)).max() <= 1 + 1e-12
    inside = np.linspace(lower, upper, 2_001)
    residual = inside * found.polynomial.evaluate(inside) / found.scale - 1
    assert np.abs(residual).max() <= found.error <= error
    assert found.polynomial.parity == "odd"


@pytest.mark.parametrize(
    ("sparsity", "row_sum", "error", "degree", "amplitude"),
    [(20, 0.1, 1e-2, 57, 0.853), (20, 0.01, 1e-3, 41, 0.912)],
)
def test_derived_figures(sparsity, row_sum, error, degree, amplitude):
    """Amplitude at the window's middle for the two worked windows, to a quarter of a per cent."""
    lower, upper = (1 - row_sum) / sparsity, (1 + row_sum) / sparsity
    found = window_inverse(lower, upper, degree, error)
    assert found.scale * sparsity == pytest.approx(amplitude, rel=2.5e-3)


def test_the_quick_estimate_is_never_smaller():
    for degree in (5, 11, 17):
        found = window_inverse(0.4, 0.5, degree, 0.05)
        assert found.scale <= window_scale(0.4, 0.5, degree, 0.05) * (1 + 1e-6)


def test_no_polynomial_of_degree_one_serves_a_wide_window():
    assert window_inverse(0.2, 0.9, 1, 0.1) is None


@pytest.mark.parametrize(
    ("lower", "upper", "degree", "error", "message"),
    [
        (0.0, 0.5, 3, 0.1, "0 < lower <= upper <= 1"),
        (0.5, 0.4, 3, 0.1, "0 < lower <= upper <= 1"),
        (0.5, 0.6, 4, 0.1, "odd degree >= 1, got 4"),
        (0.5, 0.6, 3, 1.5, "epsilon must be between 0 and 1"),
        (0.5, 0.6, 999, 0.1, "degree 301 at most, got 999"),
    ],
)
def test_refusals(lower, upper, degree, error, message):
    with pytest.raises(ValueError, match=message):
        window_inverse(lower, upper, degree, error)
