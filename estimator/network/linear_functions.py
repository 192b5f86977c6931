"""Convolutions, pools, normalisations by constants and products of matrices, as ONNX has them."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
"""float64 values, or int64 where an operator takes a shape or axes."""


def cross_correlation(image: Array, kernel: Array, pads: Sequence[int]) -> Array:
    """Slide `kernel` over the zero-padded `image`, as an ONNX Conv without bias does.

    Args:
        image: shape (batch, input channel, row, column).
        kernel: shape (output channel, input channel, row, column).
        pads: zeros added at row begin, column begin, row end, column end.

    Returns:
        Array of shape (batch, output channel, row, column).
    """
    windows = _windows(image, kernel.shape[2:], pads, (1, 1), (1, 1))
    return np.einsum("bjzykl,ijkl->bizy", windows, kernel, optimize=True)


def convolve(
    x: Array,
    kernel: Array,
    bias: Array | None = None,
    *,
    pads: Sequence[int],
    strides: Sequence[int] = (1, 1),
    dilations: Sequence[int] = (1, 1),
    group: int = 1,
) -> Array:
    """An ONNX Conv with explicit pads.

    Args:
        x: shape (batch, input channel, row, column).
        kernel: shape (output channel, input channel / group, row, column).
        bias: shape (output channel,).
        pads: zeros added at row begin, column begin, row end, column end.
        strides: rows and columns the kernel moves at a time.
        dilations: rows and columns between neighbouring entries of the kernel.
        group: parts into which the channels are divided.
    """
    windows = _windows(x, kernel.shape[2:], pads, strides, dilations)
    if group == 1:
        out = np.einsum("bjzykl,ijkl->bizy", windows, kernel, optimize=True)
    else:
        batch, channels, *sides = windows.shape
        parts = windows.reshape(batch, group, channels // group, *sides)
        kernels = kernel.reshape(group, -1, *kernel.shape[1:])
        out = np.einsum("bgjzykl,gijkl->bgizy", parts, kernels, optimize=True)
        out = out.reshape(batch, kernel.shape[0], *sides[:2])
    return out if bias is None else out + bias[:, None, None]


def _windows(
    x: Array,
    sides: Sequence[int],
    pads: Sequence[int],
    strides: Sequence[int],
    dilations: Sequence[int],
) -> Array:
    """What the kernel meets at each place: shape (batch, channel, row, column, *sides)."""
    top, left, bottom, right = pads
    padded = np.pad(x, ((0, 0), (0, 0), (top, bottom), (left, right)))
    reach = [step * (side - 1) + 1 for step, side in zip(dilations, sides, strict=True)]
    windows = np.lib.stride_tricks.sliding_window_view(padded, reach, axis=(2, 3))
    (down, across), (apart, beside) = strides, dilations
    return windows[:, :, ::down, ::across, ::apart, ::beside]


def _average_pool(
    x: Array,
    *,
    kernel_shape: Sequence[int],
    pads: Sequence[int],
    strides: Sequence[int] = (1, 1),
    count_include_pad: int = 0,
) -> Array:
    windows = _windows(x, kernel_shape, pads, strides, (1, 1))
    if count_include_pad:
        return windows.mean(axis=(4, 5))
    inside = _windows(np.ones_like(x[:1, :1]), kernel_shape, pads, strides, (1, 1))
    return windows.sum(axis=(4, 5)) / inside.sum(axis=(4, 5))


def normalising_terms(constants: Sequence[Array], epsilon: float) -> tuple[Array, Array]:
    """Factor and summand of each channel of an ONNX BatchNormalization in inference.

    Args:
        constants: scale, shift, mean and variance, each of shape (channels,).
        epsilon: added to the variances.
    """
    scale, shift, mean, variance = constants
    factor = scale / np.sqrt(variance + epsilon)
    return factor, shift - factor * mean


def _batch_normalization(x: Array, *constants: Array, epsilon: float = 1e-5) -> Array:
    factor, summand = normalising_terms(constants, epsilon)
    shape = (-1,) + (1,) * (x.ndim - 2)
    return factor.reshape(shape) * x + summand.reshape(shape)


def _gemm(
    a: Array,
    b: Array,
    c: Array | None = None,
    *,
    alpha: float = 1.0,
    beta: float = 1.0,
    transA: int = 0,
    transB: int = 0,
) -> Array:
    product = alpha * (a.T if transA else a) @ (b.T if transB else b)
    return product if c is None else product + beta * c


LINEAR: dict[str, Callable[..., Array]] = {
    "Conv": convolve,
    "AveragePool": _average_pool,
    "GlobalAveragePool": lambda x: x.mean(axis=tuple(range(2, x.ndim)), keepdims=True),
    "BatchNormalization": _batch_normalization,
    "Gemm": _gemm,
    "MatMul": np.matmul,
}
"""Operator name -> what it computes: linear maps and shifts of images and vectors."""
