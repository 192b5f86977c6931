"""The rectangle is what it says outside its transition, and its series is within its error."""

import numpy as np
import pytest
from scipy.special import erf, erfcinv

from estimator.polynomials.rectangle import smooth_rectangle

SHAPES = [(0.5, 0.1), (0.3, 0.3), (0.5, 0.5), (0.2, 0.05), (0.9, 0.1)]


@pytest.mark.parametrize(("edge", "half_width"), SHAPES)
@pytest.mark.parametrize("error", [1e-2, 1e-4, 1e-8])
def test_series_keep_the_promise_from_the_degree_on_that_is_named(edge, half_width, error):
    """With one quarter of the error for the series and one for the scale that keeps it below 1."""
    smooth = smooth_rectangle(edge, half_width, error)
    sufficient = smooth.minimal_degree(error / 4)
    for degree in (sufficient, sufficient + 2, sufficient + 30):
        found = smooth.truncation(degree).scaled(1 - error / 4)
        assert found.parity == "even"
        assert np.abs(found.evaluate(np.linspace(0, 1, 4001))).max() <= 1
        inside = found.evaluate(np.linspace(0, edge - half_width, 2001))
        outside = found.evaluate(np.linspace(edge + half_width, 1, 2001))
        assert max(np.abs(inside - 1).max(), np.abs(outside).max()) <= error, f"{degree=}"


@pytest.mark.parametrize(
    ("edge", "half_width", "error"), [(0.2, 0.2, 1e-8), (0.1, 0.1, 1e-10), (0.25, 0.125, 1e-8)]
)
def test_an_error_that_rises_again_with_the_degree_is_waited_for(edge, half_width, error):
    """Coefficients beat: the error of the series is small enough, then not, then for good."""
    smooth = smooth_rectangle(edge, half_width, error)
    sufficient = smooth.minimal_degree(error / 4)
    x = np.cos(np.linspace(0, np.pi, 8001))
    exact = smooth.function(x)
    found = [
        np.abs(smooth.truncation(degree).evaluate(x) - exact).max() <= error / 4
        for degree in range(sufficient - 12, sufficient + 60, 2)
    ]
    assert any(found[:5])
    assert found[5:] == [False] + [True] * 30


def test_modulus_bounds_the_function_on_its_ellipse():
    """The trusted bound, checked at complex points with the error function of SciPy."""

    smooth = smooth_rectangle(0.4, 0.2, 1e-4)
    on_circle = smooth.rho * np.exp(2j * np.pi * np.arange(400) / 400)
    ellipse = (on_circle + 1 / on_circle) / 2
    k = erfcinv(1e-4 / 2) / 0.2
    values = (erf(k * (ellipse + 0.4)) - erf(k * (ellipse - 0.4))) / 2
    assert np.abs(values).max() <= smooth.modulus


@pytest.mark.parametrize(("edge", "half_width"), [(0.5, 0.6), (0.9, 0.2), (0.5, 0), (0.5, -0.1)])
def test_refuses_an_edge_out_of_range(edge, half_width):
    with pytest.raises(ValueError, match=r"0 < half-width <= edge <= 1 - half-width"):
        smooth_rectangle(edge, half_width, 0.1)


def test_refuses_an_error_out_of_range():
    with pytest.raises(ValueError, match="epsilon must be between 0 and 1, got 0"):
        smooth_rectangle(0.5, 0.1, 0)
