"""Bits of points and kernels: what is rounded is within what is claimed, whatever the data."""

import numpy as np
import pytest

from bloqs.ntk.circuits.fixed_point import FixedPoint, clipped, kernel_slope
from bloqs.ntk.model.budget import Budget

GIVEN = {"word": 4, "reference": 5, "cells": 6, "angle": 8, "dimension": 3}


def unit_rows(seed, n, d):
    rows = np.random.default_rng(seed).normal(size=(n, d))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def deep(rho):
    """Odd, a power series without negative coefficients, one at one."""
    return rho * np.exp(4 * (rho**2 - 1))


@pytest.mark.parametrize("d", [1, 2, 7, 64])
@pytest.mark.parametrize("bits", [(1, 1), (3, 5), (8, 8)])
def test_sums_stand_for_correlations(d, bits):
    """By the words alone, modulo the range of the sum: the middle of the cell is close enough."""
    points, point = unit_rows(1, 20, d), unit_rows(2, 1, d)[0]
    points[0], points[1] = point, -point
    scale = float(max(np.abs(points).max(), np.abs(point).max()))
    word, reference = bits
    for cells in (1, word + reference):
        fixed = FixedPoint(word=word, reference=reference, cells=cells, angle=4, dimension=d,
                           scale=scale)  # fmt: skip
        known = fixed.reference_of(point)
        middles = fixed.correlations(known)
        for row, number in zip(points, fixed.words_of(points), strict=True):
            entries = [number >> word * (d - 1 - j) & (2**word - 1) for j in range(d)]
            total = fixed.start(known) + sum(u * c for u, c in zip(entries, known, strict=True))
            cell = total % 2**fixed.width >> fixed.width - cells
            assert abs(middles[cell] - row @ point) <= fixed.correlation_error + 1e-12


@pytest.mark.parametrize("error", [0.3, 1e-2, 1e-5])
@pytest.mark.parametrize("d", [2, 64])
def test_bits_of_a_budget_keep_to_it(error, d):
    """Points, cells and angles together, and not with far more bits than that takes."""
    slope, attempts = 20.0, 81.0
    fixed = FixedPoint.of_budget(Budget.of(error, attempts, slope, d, 0.6))
    made = 2 * np.sqrt(attempts) * (slope * fixed.correlation_error + np.pi / 2**fixed.angle)
    assert error / 8 <= made <= error


def test_the_slope_bounds_the_clipped_kernel():
    for gap in (0.3, 0.1, 0.01):
        kernel, slope = clipped(deep, gap), kernel_slope(deep, gap)
        rho = np.linspace(-1, 1, 200_001)
        values = kernel(rho)
        steepest = np.abs(np.diff(values)).max() / (rho[1] - rho[0])
        assert 0.99 * steepest <= slope <= 1.05 * steepest
        assert np.abs(values).max() == 1
        assert values[rho == 0] == pytest.approx(0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"word": 0}, "at least 1"),
        ({"cells": 40}, "has no 40 bits to look up"),
        ({"scale": 0.0}, r"in \(0, 1\], got 0"),
        ({"scale": 1.5}, r"in \(0, 1\], got 1.5"),
    ],
)
def test_refuses_sizes(change, message):
    with pytest.raises(ValueError, match=message):
        FixedPoint(**(GIVEN | change))


def test_refuses_points():
    fixed = FixedPoint(**GIVEN, scale=0.5)
    with pytest.raises(ValueError, match=r"within 0\.5, got 0\.75"):
        fixed.words_of(np.array([[0.75, 0, 0]]))
    with pytest.raises(ValueError, match="have 3 entries, got 2"):
        fixed.reference_of(np.array([0.5, 0.5]))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: clipped(deep, 0.0), r"eps' in \(0, 1\), got 0.0"),
        (lambda: kernel_slope(deep, 1.0), r"eps' in \(0, 1\), got 1.0"),
        (lambda: clipped(lambda rho: -rho, 0.1), "clipped at a positive value, got -0.9 at 0.9"),
    ],
)
def test_refuses_numbers(call, message):
    with pytest.raises(ValueError, match=message):
        call()
