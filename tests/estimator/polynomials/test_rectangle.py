from itertools import product

import numpy as np
import pytest
from scipy.special import erf, erfcinv

from estimator.polynomials.rectangle import (
    rectangle_degree_bound,
    rectangle_error,
    rectangle_minimal_degree,
    rectangle_polynomial,
    rectangle_sufficient_degree,
    smooth_rectangle,
)
from estimator.symbols import delta, epsilon

SHAPES = [(0.5, 0.1), (0.3, 0.3), (0.5, 0.5), (0.2, 0.05), (0.9, 0.1)]


@pytest.mark.parametrize(("edge", "half_width"), SHAPES)
def test_promises_hold_from_the_sufficient_degree_on(edge, half_width):
    for error, extra in product((1e-2, 1e-4, 1e-8), (0, 2, 30)):
        degree = rectangle_sufficient_degree(edge, half_width, error) + extra
        found = rectangle_polynomial(edge, half_width, error, degree)
        found.require_bounded()
        assert found.parity == "even", f"{error=}, {extra=}"
        bound = rectangle_error(found, edge, half_width)
        inside = found.evaluate(np.linspace(0, edge - half_width, 2001))
        outside = found.evaluate(np.linspace(edge + half_width, 1, 2001))
        sampled = max(np.abs(inside - 1).max(), np.abs(outside).max())
        assert sampled <= bound + 1e-15, f"{error=}, {extra=}"
        assert bound <= min(error, sampled * 1.001 + 1e-12), f"{error=}, {extra=}"


@pytest.mark.parametrize(
    ("edge", "half_width", "error"), [(0.2, 0.2, 1e-8), (0.1, 0.1, 1e-10), (0.25, 0.125, 1e-8)]
)
def test_an_error_that_rises_again_with_the_degree_is_waited_for(edge, half_width, error):
    """Coefficients beat: the error of the series is small enough, then not, then for good."""
    sufficient = rectangle_sufficient_degree(edge, half_width, error)
    smooth = smooth_rectangle(edge, half_width, error)
    x = np.cos(np.linspace(0, np.pi, 8001))
    exact = smooth.function(x)
    found = [
        np.abs(smooth.truncation(degree).evaluate(x) - exact).max() <= error / 4
        for degree in range(sufficient - 12, sufficient + 60, 2)
    ]
    assert any(found[:5])
    assert found[5:] == [False] + [True] * 30


@pytest.mark.parametrize(("edge", "half_width"), SHAPES)
def test_degrees_are_ordered(edge, half_width):
    """Minimal <= sufficient <= closed form, at most six times as large up to 1e-2."""
    for error in [0.3, 1e-2, 1e-4, 1e-8]:
        sufficient = rectangle_sufficient_degree(edge, half_width, error)
        bound = int(rectangle_degree_bound().subs({delta: half_width, epsilon: error}))
        assert rectangle_minimal_degree(edge, half_width, error) <= sufficient <= bound
        assert error > 1e-2 or bound <= 6 * sufficient


def test_minimal_degrees():
    found = [rectangle_minimal_degree(0.5, 0.1, error) for error in (1e-2, 1e-4, 1e-8)]
    assert found == [56, 124, 278]


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
        rectangle_minimal_degree(edge, half_width, 0.1)


def test_refuses_other_arguments_out_of_range():
    with pytest.raises(ValueError, match="even degree, got 3"):
        rectangle_polynomial(0.5, 0.1, 0.1, 3)
    with pytest.raises(ValueError, match="epsilon must be between 0 and 1, got 0"):
        rectangle_sufficient_degree(0.5, 0.1, 0)
