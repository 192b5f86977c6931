"""Operators that arrange entries, add some of them up, or make shapes, as ONNX has them."""

from collections.abc import Callable, Sequence

import numpy as np

from estimator.network.linear_functions import Array


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


def _reduction(reduce: Callable[..., Array]) -> Callable[..., Array]:
    """An operator that makes one entry of many; axes come as a tensor, or as an attribute."""

    def reduced(
        x: Array,
        tensor_axes: Array | None = None,
        *,
        keepdims: int = 1,
        axes: Sequence[int] | None = None,
    ) -> Array:
        over = reduced_axes(x.ndim, axes if tensor_axes is None else tensor_axes)
        return reduce(x, axis=over, keepdims=bool(keepdims))

    return reduced


def _l2_norm(x: Array, axis: tuple[int, ...], keepdims: bool) -> Array:
    return np.sqrt(np.sum(x * x, axis=axis, keepdims=keepdims))


def _transpose(x: Array, *, perm: Sequence[int] | None = None) -> Array:
    return x.transpose(perm)


def _squeeze(x: Array, axes: Array | None = None) -> Array:
    return np.squeeze(x, None if axes is None else tuple(int(axis) for axis in axes))


def _unsqueeze(x: Array, axes: Array) -> Array:
    return np.expand_dims(x, tuple(int(axis) for axis in axes))


def _slice(
    x: Array, starts: Array, ends: Array, axes: Array | None = None, steps: Array | None = None
) -> Array:
    names = range(len(starts)) if axes is None else [int(axis) for axis in axes]
    by = [1] * len(starts) if steps is None else [int(step) for step in steps]
    cut = [slice(None)] * x.ndim
    for axis, start, end, step in zip(names, starts, ends, by, strict=True):
        stop = None if step < 0 and end < -x.shape[axis] else int(end)
        cut[axis] = slice(int(start), stop, step)
    return x[tuple(cut)]


def _softmax(x: Array, *, axis: int = -1) -> Array:
    powers = np.exp(x - x.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


ARRANGING: dict[str, Callable[..., Array]] = {
    "Cast": lambda x, *, to: x.astype(np.int64 if to in (6, 7) else np.float64),
    "Concat": lambda *x, axis: np.concatenate(x, axis=axis),
    "Constant": lambda value: value,
    "ConstantOfShape": lambda shape, *, value=0.0: np.full([int(s) for s in shape], value),
    "Dropout": lambda x, *_: x,
    "Expand": lambda x, shape: x * np.ones([int(size) for size in shape], x.dtype),
    "Flatten": _flatten,
    "Gather": lambda x, at, *, axis=0: np.take(x, at.astype(np.int64), axis=axis),
    "Identity": lambda x: x,
    "ReduceL2": _reduction(_l2_norm),
    "ReduceMean": _reduction(np.mean),
    "Reshape": _reshape,
    "Shape": lambda x, *, start=0, end=None: np.array(x.shape[start:end], dtype=np.int64),
    "Slice": _slice,
    "Softmax": _softmax,
    "Squeeze": _squeeze,
    "Transpose": _transpose,
    "Unsqueeze": _unsqueeze,
}
"""Operator name -> what it computes."""
