"""Grouped convolutions: the operator, against windows added up by hand; alpha, tables, refusals."""

import numpy as np
import pytest

from bloqs.convolution.branches import matrix_by_branches
from bloqs.convolution.grouped import GroupedConvolution
from bloqs.convolution.kernel import Kernel, Padding
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.simulation.runner import encoded_matrix
from estimator.costs.cost import cost_by_annotation

SIZES = [(2, 1, 2, 1), (3, 1, 3, 1), (2, 2, 2, 1), (4, 1, 3, 2), (2, 2, 1, 1), (1, 2, 3, 1)]
"""Groups, channels of a group, kernel side, log2 of the image side."""


def grouped(K, m, b=12, padding=Padding.SAME):
    return GroupedConvolution(Kernel.of(K, padding), m, b, QROMLoader(), Rotation.BITWISE)


def by_hand(K, groups, m, offset):
    """The operator on (channel, column, row), tap by tap; shape (2**c 4**m, 2**c 4**m)."""
    channels, inside, D, _ = K.shape
    c, M = (channels - 1).bit_length(), 2**m
    found = np.zeros((2**c, M, M, 2**c, M, M))
    for i in range(channels):
        for j in range(inside):
            source = i // inside * inside + j
            for k in range(D):
                for l in range(D):
                    for z in range(M):
                        for y in range(M):
                            row, column = z - (k - offset), y - (l - offset)
                            if 0 <= row < M and 0 <= column < M:
                                found[i, y, z, source, column, row] += K[i, j, k, l]
    return found.reshape(2**c * M * M, -1)


@pytest.mark.parametrize(("groups", "inside", "D", "m"), SIZES)
def test_the_operator(groups, inside, D, m, rng):
    """Within epsilon of the sum over taps, and alpha no smaller than its norm."""
    K = rng.normal(size=(groups * inside, inside, D, D))
    conv = grouped(K, m)
    wanted = by_hand(K, groups, m, (D - 1) // 2)
    assert np.linalg.norm(matrix_by_branches(conv) - wanted, ord=2) <= float(conv.epsilon)
    assert np.linalg.norm(wanted, ord=2) <= conv.alpha * (1 + 1e-12)


def test_gate_by_gate(rng):
    """The smallest depthwise one with all its gates."""
    K = rng.normal(size=(2, 1, 2, 2))
    conv = grouped(K, 1, b=5, padding=Padding.TOP_LEFT)
    gap = encoded_matrix(conv) - by_hand(K, 2, 1, 0)
    assert np.linalg.norm(gap, ord=2) <= float(conv.epsilon)


def test_tables_are_shorter_than_with_zeros(rng):
    """By a factor of the groups, about; alpha is the same."""
    K = rng.normal(size=(16, 1, 3, 3))
    whole = np.zeros((16, 16, 3, 3))
    whole[np.arange(16), np.arange(16)] = K[:, 0]
    few = grouped(K, 3)
    many = MultiplexedConvolution(Kernel.of(whole), 3, 12, QROMLoader(), Rotation.BITWISE)
    assert few.alpha == pytest.approx(many.alpha)
    assert cost_by_annotation(few).toffoli * 8 < cost_by_annotation(many).toffoli
    assert many.ancilla_bitsize - few.ancilla_bitsize == 4


@pytest.mark.parametrize("shape", [(6, 3, 1, 1), (3, 2, 3, 3)])
def test_refusals(shape):
    K = np.ones(shape)
    with pytest.raises(ValueError, match="groups need a power of two of channels"):
        grouped(K, 1)
