"""FLOP by layer are those that loops over numbers count."""

import numpy as np
import pytest
from attrs import define
from onnx import helper
from small_models import model

from bloqs.feedforward.rivals.flops import layer_flops

node = helper.make_node


@define
class Counted:
    """A number that counts what is done with it."""

    done: list

    def _one(self, other=None):
        self.done[0] += 1
        return Counted(self.done)

    __add__ = __radd__ = __mul__ = __rmul__ = __sub__ = __truediv__ = _one

    def curve(self):
        return self._one()


def numbers(done, *shape):
    found = np.empty(shape, dtype=object)
    for place in np.ndindex(*shape):
        found[place] = Counted(done)
    return found


def convolution(done, x, kernel, pad, stride, groups=1):
    """Each output pixel that is kept: every tap of its group times what it meets, added up."""
    C_out, inside, D, _ = kernel.shape
    padded = numbers(done, len(x), x.shape[1] + 2 * pad, x.shape[2] + 2 * pad)
    side = (x.shape[1] + 2 * pad - D) // stride + 1
    out = np.empty((C_out, side, side), dtype=object)
    for i, z, y in np.ndindex(C_out, side, side):
        first = i // (C_out // groups) * inside
        total = Counted(done)
        for j, k, l in np.ndindex(inside, D, D):
            total = total + padded[first + j, stride * z + k, stride * y + l] * kernel[i, j, k, l]
        out[i, z, y] = total
    return out


@pytest.mark.parametrize(
    ("stride", "groups", "inside", "pad"), [(1, 1, 2, 1), (2, 1, 2, 1), (2, 2, 1, 1), (1, 1, 2, 0)]
)
def test_convolutions(stride, groups, inside, pad, read, rng):
    """With bias: an addition for each output."""
    weights = {"K": rng.normal(size=(4, inside, 3, 3)), "b": rng.normal(size=4)}
    conv = node("Conv", ["x", "K", "b"], ["y"], pads=[pad] * 4, strides=[stride] * 2, group=groups)
    network = read(model([conv], weights, shape=(1, 2, 8, 8)))
    done = [0]
    out = convolution(done, numbers(done, 2, 8, 8), weights["K"], pad, stride, groups)
    for each in out.ravel():
        each + 1.0
    found = layer_flops(network)
    assert sum(row.flops for row in found if row.kind != "Shift") + out.size == done[0]
    assert sum(row.parameters for row in found) == weights["K"].size + 4


def test_the_rest(read, rng):
    """Means, activations, sums, a dense layer."""
    nodes = [
        node("Relu", ["x"], ["r"]),
        node("Add", ["x", "r"], ["a"]),
        node("GlobalAveragePool", ["a"], ["g"]),
        node("Flatten", ["g"], ["f"]),
        node("Gemm", ["f", "W", "c"], ["y"]),
    ]
    weights = {"W": rng.normal(size=(2, 5)), "c": rng.normal(size=5)}
    found = layer_flops(read(model(nodes, weights, shape=(1, 2, 4, 4))))
    done = [0]
    x = numbers(done, 2, 4, 4)
    a = np.empty_like(x)
    for place in np.ndindex(*x.shape):
        a[place] = x[place] + x[place].curve()
    means = []
    for channel in a:
        total = Counted(done)
        for each in channel.ravel():
            total = total + each
        means.append(total / 16)
    for row in weights["W"].T:
        total = Counted(done)
        for weight, mean in zip(row, means, strict=True):
            total = total + mean * weight
        total + 1.0
    assert sum(row.flops for row in found) == done[0]
    assert sum(row.parameters for row in found) == 15
