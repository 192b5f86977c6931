"""Amplification by parts: error and bound on grids, degrees, growth, phases, limits."""

from itertools import product

import numpy as np
import pytest

from estimator.phases.find import phases_of
from estimator.polynomials.composed_amplification import CLOSEST, composed_amplification
from estimator.polynomials.minimax import minimax_polynomial
from estimator.polynomials.polynomial import Polynomial
from estimator.polynomials.sup_norm import sup_norm

FACTORS = [1.2, 2.0, 3.5, 7.0, 20.0, 150.0]
GRID = np.concatenate([np.sin(np.linspace(-np.pi / 2, np.pi / 2, 20_001)), [0.0]])


@pytest.mark.parametrize("factor", FACTORS)
def test_promises_hold(factor):
    """Odd, bounded by 1, and within the error up to the margin; the error is not much larger."""
    for margin, error in product((0.2, 0.5), (0.1, 1e-3)):
        found = composed_amplification(factor, margin, error)
        assert found.error <= error
        values = found.evaluate(GRID)
        assert np.abs(values).max() <= 1 + 1e-9
        np.testing.assert_allclose(found.evaluate(-GRID), -values, atol=1e-9)
        x = (1 - margin) / factor * np.linspace(0, 1, 4001)
        sampled = np.abs(found.evaluate(x) - factor * x).max()
        assert sampled <= found.error + 1e-12, f"{margin=}, {error=}"
        assert found.error <= 1.05 * sampled + 1e-9, f"{margin=}, {error=}"


@pytest.mark.parametrize("factor", FACTORS)
def test_is_a_polynomial_of_its_degree(factor):
    """Its Chebyshev series has the values, and no smaller degree."""
    found = composed_amplification(factor, 0.4, 0.01)
    series = found.polynomial
    assert (series.degree, series.parity) == (found.degree, "odd")
    np.testing.assert_allclose(series.evaluate(GRID), found.evaluate(GRID), atol=1e-9)
    assert found.degree % 2 == 1
    assert found.degree == found.steps * found.outer.degree


@pytest.mark.parametrize("factor", [3.0, 24.6, 90.0, 246.0])
@pytest.mark.parametrize("error", [2.0**-8, 2.0**-13])
def test_the_series_stays_below_one_and_within_its_error(factor, error):
    found = composed_amplification(factor, 0.4, error)
    series = found.polynomial.array
    assert sup_norm(series).value <= 1
    x = np.linspace(0, 0.6 / factor, 1001)
    gap = np.abs(np.polynomial.chebyshev.chebval(x, series) - factor * x).max()
    assert gap <= found.error <= error


@pytest.mark.parametrize(("factor", "margin", "error"), [(2, 0.5, 1e-2), (3, 0.4, 1e-3)])
def test_one_part_is_the_best_polynomial(factor, margin, error):
    """Small factors: a linear program; two degrees less are not enough."""
    found = composed_amplification(factor, margin, error)
    assert found.steps == 1
    line, end = Polynomial([0.0, factor]), (1 - margin) / factor
    best, below = (minimax_polynomial(line, 0.0, end, found.degree - k).error for k in (0, 2))
    assert best <= error < below


@pytest.mark.parametrize(("factor", "steps"), [(10.5, 3), (16.0, 5)])
def test_parts_cost_little(factor, steps):
    """Of the degree of the best polynomial, at most half as much again."""
    margin, error = 0.5, 1e-2
    found = composed_amplification(factor, margin, error)
    assert found.steps == steps
    line, degree = Polynomial([0.0, factor]), 1
    while minimax_polynomial(line, 0.0, (1 - margin) / factor, degree).error > error:
        degree += 2
    assert degree <= found.degree <= 1.5 * degree


@pytest.mark.parametrize("error", [0.05, 1e-3])
def test_degree_grows_with_the_factor(error):
    """In proportion, over four orders of magnitude: the ratio settles within a few percent."""
    ratios = [composed_amplification(f, 0.4, error).degree / f for f in (20, 1e2, 1e3, 1e4, 1e5)]
    assert max(ratios) <= 1.25 * min(ratios)
    assert ratios[-1] == pytest.approx(ratios[-2], rel=0.05)


@pytest.mark.parametrize("factor", [1.2, 2.0, 7.0, 20.0])
def test_its_phases_are_found(factor):
    """A product of 2 x 2 matrices for each x gives the polynomial."""
    found = composed_amplification(factor, 0.4, 0.01)
    phases = phases_of(found.polynomial.array).reflection
    for x in (0.0, 0.3 / factor, 0.6 / factor, 0.77, 1.0):
        s = np.sqrt(1 - x * x)
        product_ = np.eye(2, dtype=complex)
        for k, phi in enumerate(phases):
            product_ = product_ @ np.diag(np.exp([1j * phi, -1j * phi]))
            if k < len(phases) - 1:
                product_ = product_ @ np.array([[x, s], [s, -x]])
        wanted = float(found.evaluate(np.array([x]))[0])
        assert product_[0, 0].real == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize(
    ("factor", "margin", "error", "message"),
    [
        (1.0, 0.5, 0.1, "needs gamma > 1, got gamma=1"),
        (float("inf"), 0.5, 0.1, "needs gamma > 1, got gamma=inf"),
        (2.0, 0.0, 0.1, "needs 0 < delta < 1, got delta=0"),
        (2.0, 1.0, 0.1, "needs 0 < delta < 1, got delta=1"),
        (2.0, 0.5, 0.0, "epsilon must be between 0 and 1, got 0"),
        (2.0, 0.5, CLOSEST / 2, "amplification by parts needs epsilon >= 1e-07, got 5e-08"),
    ],
)
def test_refusals(factor, margin, error, message):
    with pytest.raises(ValueError, match=message):
        composed_amplification(factor, margin, error)


def test_gives_up_before_large_programs():
    """So narrow a margin takes some thousand terms, which is said at once."""
    with pytest.raises(ArithmeticError, match="of degree 300 or less is that close"):
        composed_amplification(3.0, 1e-3, 1e-4)
