"""The encoding that each step without a polynomial makes of those before it."""

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np
from attrs import evolve

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from bloqs.convolution.grouped import GroupedConvolution
from bloqs.convolution.kernel import Kernel
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.encodings.matrix_vector import MatrixVector
from bloqs.encodings.sub_encoding import SubEncoding
from bloqs.encodings.tensor_vector import TensorVector
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.encodings.vector_sum import VectorSum
from bloqs.feedforward.circuits.dense_encoding import DenseEncoding
from bloqs.feedforward.circuits.held import Held, Settings
from bloqs.feedforward.circuits.image_window import ImageWindow
from bloqs.feedforward.circuits.negated_vector import NegatedVector
from bloqs.feedforward.circuits.pooled_vector import PooledVector
from bloqs.feedforward.circuits.widened_vector import WidenedVector
from bloqs.feedforward.model.register import Values
from bloqs.feedforward.model.steps import (
    AbstractStep,
    Add,
    Convolve,
    Cut,
    Multiply,
    Narrow,
    Pool,
    Rescale,
    Sum,
    Widen,
)
from estimator import symbols

Encoded: TypeAlias = tuple[AbstractVectorEncoding, float]
"""An encoding, and what one amplitude of it stands for."""


def encoded(step: Any, inputs: Sequence[Held], norm: float, settings: Settings) -> Encoded:
    """What a step makes.

    Args:
        step: not a `Curve`.
        inputs: what it consumes.
        norm: l2 norm of what it makes, at the first image.
        settings: how circuits are made.
    """
    return ENCODERS[type(step)](step, inputs, norm, settings)


def angle_bits(angles: int, worst: float, settings: Settings) -> int:
    """Bits of an angle that keep an error within a quarter of the share.

    Args:
        angles: that are rounded one after another.
        worst: what an error of one radian makes of the result, relative.
        settings: with that share.
    """
    return max(4, math.ceil(math.log2(4 * angles * math.pi * worst / settings.angles)))


def loaded(vector: Values, n: int, settings: Settings) -> LoadedVector:
    """A vector of 2**n entries from memory."""
    b = angle_bits(n, 1.0, settings)
    if settings.runs:
        return LoadedVector.of(vector, b, settings.loader, settings.rotation)
    return LoadedVector(RotationTree(None, 0, n, b, settings.loader, settings.rotation))


def _widened(step: Widen, inputs: Sequence[Held], norm: float, settings: Settings) -> Encoded:
    vector: Any = inputs[0].bloq
    return WidenedVector(vector, step.after.n - vector.system_bitsize), inputs[0].reach


def _narrowed(step: Narrow, inputs: Sequence[Held], norm: float, settings: Settings) -> Encoded:
    vector: Any = inputs[0].bloq
    flags = vector.system_bitsize - step.after.n
    return SubEncoding(vector, flags, 1, 0, 0, is_leading=True), inputs[0].reach


def _convolved(step: Convolve, inputs: Sequence[Held], norm: float, settings: Settings) -> Encoded:
    inside = step.kernel.shape[1]
    is_grouped = step.groups > 1 and step.has_even_groups and inside * step.kernel.shape[3] > 1
    taps = (step.kernel if is_grouped else step.expanded)[:, :, ::-1, ::-1]
    C_out, C_in, D, _ = taps.shape
    offset, m = D - 1 - step.pad_begin, step.before.m
    rows, columns = step.sums
    norms = ((symbols.s_r, rows), (symbols.s_c, columns))
    entries = tuple(map(float, taps.ravel())) if settings.runs else None
    kernel = Kernel(entries, C_out, C_in, D, offset, False, () if entries else norms)
    ratio = norm / inputs[0].norm
    make = GroupedConvolution if is_grouped else MultiplexedConvolution
    plain = make(kernel, m, 4, settings.loader, settings.rotation)
    b = angle_bits(2 * (plain.tree_size + 1), float(plain.alpha) / ratio, settings)
    return _product(evolve(plain, b=b), inputs[0], ratio)


def _multiplied(step: Multiply, inputs: Sequence[Held], norm: float, settings: Settings) -> Encoded:
    n, alpha = step.before.n, float(np.linalg.norm(step.matrix))
    ratio = norm / inputs[0].norm
    b = angle_bits(2 * n, alpha / ratio, settings)
    if settings.runs:
        whole = np.zeros((2**n, 2**n))
        whole[: len(step.matrix)] = step.matrix
        dense = DenseEncoding.of(whole, b, settings.loader, settings.rotation)
    else:
        tree = RotationTree(None, n, n, b, settings.loader, settings.rotation)
        dense = DenseEncoding(tree, evolve(tree, s=0), alpha)
    return _product(dense, inputs[0], ratio)


def _cut(step: Cut, inputs: Sequence[Held], norm: float, settings: Settings) -> Encoded:
    window = ImageWindow(step.side, step.before.c, step.before.m)
    return _product(window, inputs[0], min(1.0, norm / inputs[0].norm))


def _product(matrix: AbstractBlockEncoding, held: Held, ratio: float) -> Encoded:
    alpha: Any = matrix.alpha
    return MatrixVector(matrix, held.bloq, ratio), held.reach * float(alpha)


def _added(step: Add, inputs: Sequence[Held], norm: float, settings: Settings) -> Encoded:
    constant, register = step.whole, step.after
    bias: AbstractVectorEncoding
    if not step.is_by_channel:
        bias = loaded(constant.ravel(), register.n, settings)
    elif register.c == 0:
        bias = UniformVector(2 * register.m)
        bias = NegatedVector(bias) if step.constant[0] < 0 else bias
    else:
        channels = loaded(step.constant, register.c, settings)
        bias = TensorVector(channels, UniformVector(2 * register.m))
    size = float(np.linalg.norm(constant))
    return _weighed((inputs[0].bloq, bias), (inputs[0].reach, size), norm)


def _summed(step: Sum, inputs: Sequence[Held], norm: float, settings: Settings) -> Encoded:
    first, second = (
        NegatedVector(one.bloq) if weight < 0 else one.bloq
        for one, weight in zip(inputs, step.weights, strict=True)
    )
    before, other = (abs(w) * one.reach for one, w in zip(inputs, step.weights, strict=True))
    return _weighed((first, second), (before, other), norm)


def _weighed(
    vectors: tuple[AbstractVectorEncoding, AbstractVectorEncoding],
    reaches: tuple[float, float],
    norm: float,
) -> Encoded:
    """The sum of two vectors of which an amplitude stands for so much."""
    both = sum(reaches)
    return VectorSum(*vectors, reaches[0] / both, norm / both), both


def _pooled(step: Pool, inputs: Sequence[Held], norm: float, settings: Settings) -> Encoded:
    scale = step.factor / 2**step.bits if step.averages else 1.0
    left = min(1.0, norm / scale / inputs[0].norm)
    bloq = PooledVector(inputs[0].bloq, step.before.m, step.bits, step.averages, left)
    return bloq, inputs[0].reach * scale


def _rescaled(step: Rescale, inputs: Sequence[Held], norm: float, settings: Settings) -> Encoded:
    vector = inputs[0].bloq
    bloq = NegatedVector(vector) if step.factor < 0 else vector
    return bloq, inputs[0].reach * abs(step.factor)


ENCODERS: dict[type[AbstractStep], Callable[..., Encoded]] = {
    Add: _added,
    Convolve: _convolved,
    Cut: _cut,
    Multiply: _multiplied,
    Narrow: _narrowed,
    Pool: _pooled,
    Rescale: _rescaled,
    Sum: _summed,
    Widen: _widened,
}
"""Kind of step -> what makes its encoding."""
