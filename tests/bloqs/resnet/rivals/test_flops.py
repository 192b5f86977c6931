"""The closed form against operations counted one by one in plain loops."""

import math

import numpy as np
import pytest
from attrs import evolve

from bloqs.resnet import symbols as own
from bloqs.resnet.model.random_network import random_input, random_network
from bloqs.resnet.rivals.flops import ResidualShape
from estimator import symbols


class Counted:
    """A float that counts what is done to any of its kind."""

    done = 0

    def __init__(self, value):
        self.value = float(value)

    def _made(self, value):
        Counted.done += 1
        return Counted(value)

    def __add__(self, other):
        return self._made(self.value + other.value)

    def __mul__(self, other):
        return self._made(self.value * other.value)

    def __truediv__(self, other):
        return self._made(self.value / other.value)

    def sqrt(self):
        return self._made(math.sqrt(self.value))

    def erf(self):
        return self._made(math.erf(self.value))


def dot(left, right):
    total = Counted(0)
    for x, y in zip(left, right, strict=True):
        total = total + x * y
    return total


def normalised(x):
    size = dot(x, x).sqrt()
    return [each / size for each in x]


def class_probabilities(network, psi):
    """The network in loops over Counted numbers; image entries outside are Counted zeros."""
    C, M = network.C, network.M
    x = normalised([Counted(value) for value in psi])
    for block in network.blocks:
        D, p = block.kernel.shape[2], block.pad_begin
        f = []
        for i, y, z in np.ndindex(C, M, M):
            taps, pixels = [], []
            for j, k, l in np.ndindex(C, D, D):
                row, column = z + k - p, y + l - p
                inside = 0 <= row < M and 0 <= column < M
                pixels.append(x[(j * M + column) * M + row] if inside else Counted(0))
                taps.append(Counted(block.kernel[i, j, k, l]))
            f.append((Counted(network.slope) * dot(taps, pixels)).erf())
        x = normalised([a + b for a, b in zip(x, f, strict=True)])
    if network.output is not None:
        tau, rest = Counted(network.output.tau), Counted(1 - network.output.tau)
        squares = [each * each for each in x]
        rows = [[Counted(w) for w in row] for row in network.output.matrix]
        mean = [dot(row, squares) for row in rows]
        x = normalised([tau * a + rest * b for a, b in zip(x, mean, strict=True)])
    probabilities = [Counted(0) for _ in range(network.classes)]
    for each, bin_ in zip(x, network.bins, strict=True):
        probabilities[bin_] = probabilities[bin_] + each * each
    return [each.value for each in probabilities]


@pytest.mark.parametrize(
    ("C", "D", "M", "k", "has_matrix"),
    [(2, 3, 4, 2, True), (1, 2, 5, 1, False), (3, 3, 2, 3, True), (2, 1, 3, 1, True)],
)
def test_closed_form_is_what_loops_do(C, D, M, k, has_matrix, rng):
    """Exactly, and the loops compute the network."""
    network = random_network(C, D, M, k, C, has_matrix, rng)
    psi = random_input(network.N, rng)
    Counted.done = 0
    found = class_probabilities(network, psi)
    assert Counted.done == ResidualShape.of(network).flops
    np.testing.assert_allclose(found, network.probabilities(psi), rtol=0, atol=1e-12)


def test_every_block_has_its_own_kernel_side(rng):
    """5 and 3: not twice the larger one."""
    larger, smaller = (random_network(2, D, 4, 1, 4, False, rng) for D in (5, 3))
    network = evolve(larger, blocks=larger.blocks + smaller.blocks)
    Counted.done = 0
    class_probabilities(network, random_input(network.N, rng))
    assert Counted.done == ResidualShape.of(network).flops
    assert Counted.done < ResidualShape(2, 5, 4, 2, False).flops
    assert ResidualShape(2, (3, 3), 4, 2, True).flops == ResidualShape(2, 3, 4, 2, True).flops


def test_published_layer_is_4_7_million():
    """16 channels, 3 x 3, 32 x 32 pixels: 2 * 2304 * 1024 for the convolution alone."""
    shape = ResidualShape(16, 3, 32, 1, False)
    assert shape.blocks_flops == 2 * 2304 * 1024 + 6 * 16384 + 1


def test_symbols_agree_with_numbers():
    """Substituting sizes in the symbolic count gives the count at those sizes."""
    s = symbols
    symbolic = ResidualShape(own.channels, s.D, s.M, own.blocks, True)
    sizes = {own.channels: 4, s.D: 3, s.M: 8, own.blocks: 5}
    assert symbolic.flops.subs(sizes) == ResidualShape(4, 3, 8, 5, True).flops
    assert own.channels * s.M**2 == symbolic.N


@pytest.mark.parametrize(
    ("sizes", "text"),
    [
        ((0, 3, 4, 1), "needs C_out >= 1, got 0"),
        ((2, 3, 4, 0), "whole number k >= 1, got 0"),
        ((2, (3, 0), 4, 2), "needs D >= 1, got 0"),
        ((2, (3, 3), 4, 3), "k = 3 kernel sides, got 2"),
    ],
)
def test_impossible_sizes_are_refused(sizes, text):
    with pytest.raises(ValueError, match=text):
        ResidualShape(*sizes, False)
