"""A classical network as an operator graph, and its evaluation with NumPy and SciPy alone.

`FUNCTIONS` is the whole vocabulary: an operator that is not a key of it is not read.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray
from scipy.special import erf, expit

Array = NDArray[Any]
"""float64 values, or int64 where an operator takes a shape or axes."""


@frozen
class Operator:
    """One node of the graph; semantics as in ONNX, opset 13 or later.

    Args:
        kind: a key of `FUNCTIONS`.
        name: for messages.
        inputs: names of the tensors consumed; "" for an omitted optional one.
        output: name of the tensor produced.
        attributes: as in ONNX, except that a Conv has explicit `pads` (row begin, column begin,
            row end, column end) and neither strides nor dilations nor groups.
    """

    kind: str
    name: str
    inputs: tuple[str, ...]
    output: str
    attributes: Mapping[str, Any] = field(eq=False, factory=dict)

    def __str__(self) -> str:
        return f"operator {self.kind} (node '{self.name or self.output}')"


def evaluate(operators: Sequence[Operator], known: Mapping[str, Array]) -> dict[str, Array]:
    """Every tensor of the graph, given the input and the constants.

    Returns:
        `known` plus one entry per operator, keyed by the name of its output. An entry may be
        infinite or NaN; whoever needs finite numbers checks.

    Raises:
        ValueError: if an operator's inputs have shapes that do not fit.
    """
    values = dict(known)
    for operator in operators:
        inputs = [values[name] if name else None for name in operator.inputs]
        try:
            with np.errstate(all="ignore"):
                values[operator.output] = FUNCTIONS[operator.kind](*inputs, **operator.attributes)
        except (ValueError, IndexError) as error:
            shapes = [value.shape for value in inputs if value is not None]
            raise ValueError(f"{operator} needs inputs that fit, got shapes {shapes}") from error
    return values


def cross_correlation(image: Array, kernel: Array, pads: Sequence[int]) -> Array:
    """Slide `kernel` over the zero-padded `image`, as an ONNX Conv without bias does.

    Args:
        image: shape (batch, input channel, row, column).
        kernel: shape (output channel, input channel, row, column).
        pads: zeros added at row begin, column begin, row end, column end.

    Returns:
        Array of shape (batch, output channel, row, column).
    """
    top, left, bottom, right = pads
    padded = np.pad(image, ((0, 0), (0, 0), (top, bottom), (left, right)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape[2:], axis=(2, 3))
    return np.einsum("bjzykl,ijkl->bizy", windows, kernel, optimize=True)


def _conv(x: Array, kernel: Array, bias: Array | None = None, *, pads: Sequence[int]) -> Array:
    out = cross_correlation(x, kernel, pads)
    return out if bias is None else out + bias[:, None, None]


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


def _flatten(x: Array, *, axis: int = 1) -> Array:
    axis += x.ndim if axis < 0 else 0
    return x.reshape(int(np.prod(x.shape[:axis])), -1)


def _reshape(x: Array, shape: Array, *, allowzero: int = 0) -> Array:
    sizes = [int(size) for size in shape]
    if not allowzero:
        sizes = [size or x.shape[axis] for axis, size in enumerate(sizes)]
    return x.reshape(sizes)


def reduced_axes(ndim: int, axes: Sequence[int] | Array | None) -> tuple[int, ...]:
    """The axes a reduction sums over, counted from the front; none named means all."""
    named = [] if axes is None else [int(axis) for axis in axes]
    return tuple(sorted(axis % ndim for axis in named)) or tuple(range(ndim))


def _reduce_l2(
    x: Array,
    tensor_axes: Array | None = None,
    *,
    keepdims: int = 1,
    axes: Sequence[int] | None = None,
) -> Array:
    over = reduced_axes(x.ndim, axes if tensor_axes is None else tensor_axes)
    return np.sqrt(np.sum(x * x, axis=over, keepdims=bool(keepdims)))


FUNCTIONS: dict[str, Callable[..., Array]] = {
    "Conv": _conv,
    "Mul": np.multiply,
    "Erf": erf,
    "Relu": lambda x: np.maximum(x, 0.0),
    "Sigmoid": expit,
    "Add": np.add,
    "ReduceL2": _reduce_l2,
    "Div": np.divide,
    "Pow": np.power,
    "Gemm": _gemm,
    "MatMul": np.matmul,
    "Flatten": _flatten,
    "Reshape": _reshape,
    "Constant": lambda value: value,
    "Identity": lambda x: x,
}
"""Operator name -> what it computes. Exactly the operators that are read."""
