"""Block by block against gate by gate, and each block against its own specification."""

import attrs
import numpy as np
import pytest

from bloqs.convolution import branches as convolution_branches
from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.branches import (
    exchange_blocks,
    matrix_by_branches,
    shift_blocks,
    tree_rows,
)
from bloqs.convolution.channel_exchange import ChannelExchange
from bloqs.convolution.kernel import Kernel, Mode, Padding
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.convolution.shift import Shift
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.simulation.runner import encoded_matrix

BOTH = (AdderConvolution, MultiplexedConvolution)
QROM, BITWISE = QROMLoader(), Rotation.BITWISE


@pytest.mark.parametrize("construction", BOTH)
@pytest.mark.parametrize(
    ("shape", "m", "b", "padding", "mode"),
    [
        ((1, 2, 2, 2), 1, 4, Padding.SAME, Mode.CONVOLUTION),
        ((2, 2, 2, 2), 1, 5, Padding.CIRCULAR, Mode.CORRELATION),
        ((1, 1, 3, 3), 2, 4, Padding.SAME, Mode.CONVOLUTION),
        ((1, 1, 3, 3), 1, 6, Padding.TOP_LEFT, Mode.CORRELATION),
        ((2, 1, 1, 1), 1, 7, Padding.SAME, Mode.CONVOLUTION),
        pytest.param((1, 1, 5, 5), 1, 4, Padding.SAME, Mode.CORRELATION, marks=pytest.mark.slow),
    ],
)
def test_is_what_the_gates_do(construction, shape, m, b, padding, mode, rng):
    """With the error of rounded angles in it, which only the gates decide."""
    K = rng.normal(size=shape)
    conv = construction(Kernel.of(K, padding, mode), m, b, QROM, BITWISE)
    columns = range(min(4, 2**conv.system_bitsize))
    by_gates = encoded_matrix(conv, columns=columns)
    by_branches = matrix_by_branches(conv)
    exact = matrix_by_branches(attrs.evolve(conv, b=48))
    assert np.abs(by_branches[:, columns] - by_gates).max() <= 1e-10
    assert np.abs(by_branches - exact).max() > 1e-4


@pytest.mark.parametrize("construction", BOTH)
def test_way_to_rotate_does_not_matter(construction, rng):
    """Blocks have no gradient register."""
    kernel = Kernel.of(rng.normal(size=(2, 2, 3, 3)))
    conv = construction(kernel, 2, 7, QROM, BITWISE)
    gradient = attrs.evolve(conv, rotation=Rotation.PHASE_GRADIENT)
    assert np.abs(matrix_by_branches(gradient) - matrix_by_branches(conv)).max() <= 1e-12


@pytest.mark.parametrize("direction", [1, -1])
def test_shift_blocks_are_powers_of_the_one_pixel_shift(direction):
    found = shift_blocks(Shift(2, 3, wraps=False, signed=True, direction=direction))
    for place, v in enumerate([0, 1, 2, 3, -4, -3, -2, -1]):
        np.testing.assert_allclose(found[place], np.eye(4, k=-direction * v), atol=1e-7)
    found = shift_blocks(Shift(2, 3, wraps=True, signed=True, direction=direction))
    for v in range(8):
        cyclic = np.roll(np.eye(4), direction * v, axis=0)
        np.testing.assert_allclose(found[v], cyclic, atol=1e-7)


def test_exchange_blocks_are_the_unit_matrices():
    found = exchange_blocks(ChannelExchange(1))
    for i, j, p, q in np.ndindex(found.shape):
        assert found[i, j, p, q] == pytest.approx(float((i, j) == (p, q)), abs=1e-9)


def test_tree_rows_are_the_rows():
    """Normalised, in order, signs kept."""
    rows = ((3.0, 4.0), (-1.0, 1.0))
    found = tree_rows(RotationTree(rows, 1, 1, 48, QROM, BITWISE))
    wanted = [[0.6, 0.8], [-(0.5**0.5), 0.5**0.5]]
    np.testing.assert_allclose(found, wanted, atol=1e-10)


@pytest.mark.parametrize("construction", BOTH)
def test_refuses_what_is_not_plain(construction, rng):
    kernel = Kernel.of(rng.normal(size=(1, 1, 2, 2)))
    conv = construction(kernel, 1, 4, QROM, BITWISE)
    for other in (conv.adjoint(), conv.controlled(), conv.controlled().adjoint()):
        with pytest.raises(ValueError, match="is controlled or adjoint; take its plain form"):
            matrix_by_branches(other)


def test_refuses_a_construction_it_does_not_know(rng, monkeypatch):
    conv = MultiplexedConvolution(Kernel.of(rng.normal(size=(1, 1, 2, 2))), 1, 4, QROM, BITWISE)
    monkeypatch.setattr(convolution_branches, "MultiplexedConvolution", AdderConvolution)
    with pytest.raises(TypeError, match="MultiplexedConvolution has no branches that are known"):
        matrix_by_branches(conv)
