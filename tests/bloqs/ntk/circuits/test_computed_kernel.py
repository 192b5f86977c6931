"""Kernel values worked out in a register, gate by gate, and on basis states at 64 pixels."""

import numpy as np
import pytest
from sklearn.datasets import load_digits

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.ntk.circuits.computed_kernel import ComputedKernel
from bloqs.ntk.circuits.fixed_point import FixedPoint, clipped, kernel_slope
from bloqs.ntk.circuits.kernel_turn import KernelTurn
from bloqs.ntk.circuits.point_turn import PointTurn
from bloqs.ntk.model.budget import Budget
from bloqs.simulation.runner import Runner, encoded_vector
from estimator import symbols

KIND = QROMLoader(), Rotation.BITWISE


def deep(rho):
    """Odd, a power series without negative coefficients, one at one."""
    return rho * np.exp(2 * (rho**2 - 1))


KERNEL, SLOPE = clipped(deep, 0.2), kernel_slope(deep, 0.2)


def plane(degrees):
    angles = np.deg2rad(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def rounded(points, point, bits):
    """The kernel in the middle of each point's cell, its arcsine rounded: by whole numbers."""
    levels = np.minimum(np.floor((points + 1) / 2 * 2**bits.word), 2**bits.word - 1)
    odd = 2 * np.minimum(np.floor((point + 1) / 2 * 2**bits.reference), 2**bits.reference - 1)
    odd = odd + 1 - 2**bits.reference
    known = int(((1 - 2**bits.word) * odd).sum())
    total = ((levels @ odd).astype(int) + known // 2 + 2 ** (bits.width - 1)) % 2**bits.width
    step = 2 ** (bits.width - bits.cells)
    middle = total // step * step + (step - 1) / 2
    rho = (2 * (middle - 2 ** (bits.width - 1)) + known % 2) / 2 ** (bits.word + bits.reference)
    turns = np.rint(np.arcsin(KERNEL(np.clip(rho, -1, 1))) * 2**bits.angle / (2 * np.pi))
    return np.sin(2 * np.pi * turns / 2**bits.angle)


@pytest.mark.parametrize("padded", [False, True])
def test_is_the_vector(padded, costs_agree):
    """Two entries of two bits a point: every gate of loading, arithmetic and rotation."""
    points = plane([10, 130, 200, 305])
    if padded:
        points[2] = 0
    point = plane([48])[0]
    bits = FixedPoint(word=2, reference=3, cells=4, angle=5, dimension=2)
    bloq = ComputedKernel.of(points, point, KERNEL, SLOPE, bits, *KIND)
    found = encoded_vector(bloq)
    exact = np.where(np.any(points, axis=1), KERNEL(points @ point), 0)
    wanted = exact / np.linalg.norm(exact)
    assert np.linalg.norm(found - wanted) <= float(bloq.epsilon)
    table = rounded(points, point, bits) * np.any(points, axis=1)
    np.testing.assert_allclose(found * np.linalg.norm(exact) / 2, table / 2, atol=1e-9)
    assert np.linalg.norm(table) > 0.1
    costs_agree(bloq)


@pytest.mark.parametrize("padded", [False, True])
def test_a_control_switches_it(padded, switches):
    points = np.array([[1.0], [0.0 if padded else -1.0]])
    bits = FixedPoint(word=1, reference=1, cells=2, angle=4, dimension=1)
    bloq = ComputedKernel.of(points, np.array([1.0]), KERNEL, SLOPE, bits, *KIND)
    switches(bloq)


def digits(count):
    """The first eights and nines as unit rows, and one more point."""
    images, labels = load_digits(return_X_y=True)
    chosen = [images[labels == digit][: count // 2 + 1] for digit in (8, 9)]
    rows = np.concatenate(chosen) - np.concatenate(chosen).mean()
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows[:count], rows[-1]


def test_arithmetic_of_images_on_basis_states():
    """Every adder on the words of real images: the cell is that of the correlation."""
    points, point = digits(2)
    scale = float(max(np.abs(points).max(), np.abs(point).max()))
    bits = FixedPoint.of_budget(Budget.of(0.05, 16.0, SLOPE, 64, scale))
    bloq = ComputedKernel.of(points, point, KERNEL, SLOPE, bits, *KIND)
    assert float(bloq.epsilon) <= 0.05 * float(bloq.alpha) / 8
    turn, words = bloq.turn.turn, bits.words_of(points)
    circuit = turn.product.decompose_bloq()
    for row, word in zip(points, words, strict=True):
        total = int(circuit.call_classically(point=word, sum=turn.start)[1])
        angle = turn.angles[total >> bits.width - bits.cells] * 2 * np.pi / 2**bits.angle
        off = float(bloq.epsilon) / float(bloq.alpha)
        assert abs(np.sin(angle) - KERNEL(row @ point)) <= off
    fewer = FixedPoint(word=2, reference=2, cells=4, angle=8, dimension=64, scale=scale)
    coarse = ComputedKernel.of(points, point, KERNEL, SLOPE, fewer, *KIND)
    assert float(coarse.epsilon) > 10 * float(bloq.epsilon)


def test_sizes_cost_the_same(substitutes):
    """A million points cost what their sizes say, whatever the points are."""
    points, point = plane([10, 130, 200, 0]), plane([48])[0]
    points[3] = 0
    bits = FixedPoint(word=3, reference=2, cells=4, angle=4, dimension=2)
    concrete = ComputedKernel.of(points, point, KERNEL, SLOPE, bits, *KIND)
    sizes = symbols.N_in, symbols.b, symbols.c, symbols.m, symbols.a, symbols.d
    turn = KernelTurn(None, 0, None, *sizes, *KIND, is_padded=True)
    claimed = ComputedKernel(
        PointTurn(None, symbols.n, turn, QROMLoader()), symbols.norm, symbols.delta
    )
    given = dict(zip(sizes, (2, 3, 2, bits.width, 4, 4), strict=True))
    given |= {symbols.n: 2, symbols.norm: concrete.norm, symbols.delta: concrete.deviation}
    substitutes(claimed, given, concrete)


def test_success_is_the_length():
    points, point = plane([10, 130]), plane([48])[0]
    bits = FixedPoint(word=3, reference=2, cells=4, angle=6, dimension=2)
    bloq = ComputedKernel.of(points, point, KERNEL, SLOPE, bits, *KIND)
    length = np.linalg.norm(Runner.of(bloq).run(0)[::2])
    off = float(bloq.epsilon) / float(bloq.alpha)
    assert length == pytest.approx(1 / float(bloq.alpha), abs=off)


def test_refusals():
    bits = FixedPoint(word=3, reference=3, cells=5, angle=5, dimension=2)
    with pytest.raises(ValueError, match="a power of two >= 2 of rows, got"):
        ComputedKernel.of(plane([1, 2, 3]), plane([4])[0], KERNEL, SLOPE, bits, *KIND)
    with pytest.raises(ValueError, match="all zero has no prediction"):
        ComputedKernel.of(np.zeros((2, 2)), plane([4])[0], KERNEL, SLOPE, bits, *KIND)
    bloq = ComputedKernel.of(plane([1, 2]), plane([4])[0], KERNEL, SLOPE, bits, *KIND)
    with pytest.raises(ValueError, match="neither controlled nor inverted"):
        ComputedKernel(bloq.turn.controlled(), bloq.norm, bloq.deviation)
