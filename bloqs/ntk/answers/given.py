"""Data that a user brings, with the kernel, the mask and the points that are asked about."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from attrs import frozen

from bloqs.ntk.model.activation import Activation, Reals
from bloqs.ntk.model.convolution import ConvolutionKernel, repeated
from bloqs.ntk.model.data import Labelled, unit_rows
from bloqs.ntk.model.depths import exact_depth
from bloqs.ntk.model.honesty import Honesty, threshold_of
from bloqs.ntk.model.kernel import Kernel, check_depth
from bloqs.ntk.model.masks import (
    Mask,
    biased_mask,
    diagonal_mask,
    given_mask,
    published_shift,
    random_mask,
    random_offsets,
    xor_mask,
)
from bloqs.ntk.model.padding import Places
from bloqs.ntk.model.readout import ceiling_at
from bloqs.ntk.model.sources import read
from bloqs.ntk.model.system import MaskedSystem
from bloqs.ntk.parameters import MOST_POINTS
from estimator.ask.numbers import number_of
from estimator.ask.question import Asked
from estimator.network.array_file import UNREADABLE

PUBLISHED_DEPTH = 96
"""Layers where correlations do not die out, so that no depth is enough."""

CONVOLUTION = "convolution"
"""Name of the network with convolutions."""

SIDE = 16
"""Pixels of a side that images of the convolutional network are brought to."""


@frozen(eq=False)
class Given:
    """A user's problem.

    Args:
        train: what is learned from.
        points: unit points that are asked about, shape (m, d).
        network: its name.
        depth: hidden layers.
        kernel: of correlations; `None` for the convolutional network.
        delta: separability, as the activation sees it.
        system: kernel matrix, labels and mask.
        vectors: kernels of the points with the data, in the system's unit, shape (m, n).
        ceiling: where they are cut off.
        gap: eps', which the ceiling is from where there is a kernel of correlations.
        honesty: whether inversion changes a class.
        notes: what was done or assumed, one sentence each.
        assumed: names of parameters that nobody named and that were settled.
    """

    train: Labelled
    points: Reals
    network: str
    depth: int
    kernel: Kernel | None
    delta: float
    system: MaskedSystem
    vectors: Reals
    ceiling: float
    gap: float
    honesty: Honesty
    notes: tuple[str, ...]
    assumed: tuple[str, ...]

    @property
    def diagonal_is_constant(self) -> bool:
        """Whether the labels over the diagonal are the labels."""
        diagonal = np.diagonal(self.system.matrix)
        return bool(np.ptp(diagonal) <= 1e-12 * diagonal.max())

    def threshold(self, f: Reals) -> float:
        """What predictions f (m,) are compared with."""
        return threshold_of(f, self.honesty.threshold)


def given_problem(asked: Asked, check: Callable[[int], None] | None = None) -> Given:
    """The problem of a question that names data.

    Args:
        asked: the question.
        check: refuses a number of rows, before any work.

    Raises:
        ValueError: if data, mask and depth are no problem, in one sentence.
    """
    values = asked.values
    for name in ("d",):
        if values.get(name) is not None:
            raise ValueError(f"data say what {name} is; leave --{name} out")
    network, depth = str(values["network"]), depth_of(values["depth"])
    activation = Activation.of("critical-relu" if network == CONVOLUTION else network)
    seed = int(values["seed"])
    n = None if values.get("n") is None else int(values["n"])
    train, points, notes = _points(str(values["data"]), n, seed, int(values["test_points"]))
    if train.n > MOST_POINTS:
        raise ValueError(
            f"a kernel matrix is made of at most {MOST_POINTS} points, got {train.n}; give a "
            "smaller --n, or leave --data out for the cost of more"
        )
    if check is not None:
        check(Places.of(train.labels).size)
    delta = train.check_apart(activation)
    if depth is None:
        variance = 1.0 if network == CONVOLUTION else float(values["input_variance"])
        depth = automatic_depth(train.n, delta, activation, variance)
    rng = np.random.default_rng(seed)
    mask_of(str(values["mask"]), train, None, rng)  # refuses before the work
    kernel = None if network == CONVOLUTION else _kernel(network, depth, values)
    matrix, vectors, scale = _kernels(kernel, depth, train.rows, points, asked.track)
    mask = mask_of(str(values["mask"]), train, matrix, np.random.default_rng(seed))
    shift, assumed = _shift(values, mask, train.n)
    system = MaskedSystem.of(matrix, train.labels, mask, shift)
    gap = float(values["clip"])
    if kernel is not None:
        ceiling = ceiling_at(kernel, gap)
    else:
        ceiling = system.largest
        notes += ("kernels of images are cut off at the largest of the training points.",)
    zero = np.flatnonzero(~vectors.any(axis=1))
    if zero.size:
        raise ValueError(
            f"k_* of point {zero[0]} that is asked about is zero in floating point: it is "
            f"orthogonal to all data at depth {depth}; go less deep, or leave the point out"
        )
    honesty = Honesty.of(system, vectors / scale, values["threshold"])
    return Given(
        train=train,
        points=points,
        network=network,
        depth=depth,
        kernel=kernel,
        delta=delta,
        system=system,
        vectors=vectors / scale,
        ceiling=ceiling,
        gap=gap,
        honesty=honesty,
        notes=notes,
        assumed=assumed,
    )


def depth_of(text: str) -> int | None:
    """The number of layers that was typed, or `None` for auto.

    Raises:
        ValueError: if it is neither.
    """
    if text == "auto":
        return None
    read = number_of(text, whole=True)
    depth: Any = text if read is None else read
    check_depth(depth)
    return int(depth)


def automatic_depth(n: int, delta: float, activation: Activation, variance: float) -> int:
    """As few layers as make k_L(1 - delta) at most 1/n**2; the published number if none do."""
    if not activation.is_centred:
        return PUBLISHED_DEPTH
    return exact_depth(n, min(1.0, delta), activation.name, input_variance=variance)


def _kernel(network: str, depth: int, values: Mapping[str, Any]) -> Kernel:
    return Kernel.of(network, depth, float(values["input_variance"]))


def _points(
    source: str, n: int | None, seed: int, most: int
) -> tuple[Labelled, Reals, tuple[str, ...]]:
    """What is learned from, unit points that are asked about, and what was done."""
    split = read(source, n, seed)
    train, notes = split.train, split.train.notes
    if split.points is not None:
        points, more = _unit(split.points, train.d)
        return train, points[:most], notes + more
    if split.test is None:
        raise ValueError(
            f"no points of {source} are left to be asked about; give an --n below the "
            f"{train.n} that there are, or a field X_test"
        )
    order = np.random.default_rng(seed).permutation(split.test.n)
    return train, split.test.rows[np.sort(order[:most])], notes


def _unit(points: Reals, d: int) -> tuple[Reals, tuple[str, ...]]:
    if points.ndim != 2 or points.shape[1:] != (d,) or not len(points):
        raise ValueError(f"X_test has a point of {d} entries in each row, got {points.shape}")
    if points.dtype.kind not in "fiub" or not np.isfinite(points).all():
        raise ValueError("X_test holds finite real numbers; remove what is none")
    zero = np.flatnonzero(~points.any(axis=1))
    if zero.size:
        raise ValueError(f"row {zero[0]} of X_test is zero and has no direction; remove it")
    units, lengths = unit_rows(points.astype(float))
    off = int(np.sum(np.abs(lengths - 1) > 1e-9))
    said = (f"{off} of {len(points)} rows of X_test were divided by their length.",)
    return units, said if off else ()


def mask_of(name: str, train: Labelled, matrix: Reals | None, rng: np.random.Generator) -> Mask:
    """The mask by name or file; without a matrix only what can be refused is.

    Raises:
        ValueError: if there is none, or it is not for these data.
    """
    labels = train.labels
    if name == "random":
        return random_mask(labels, rng)
    if name == "biased":
        return random_mask(labels, rng) if matrix is None else biased_mask(matrix, labels, rng)
    if name == "diagonal":
        return diagonal_mask(train.n)
    if name == "xor":
        if not train.is_balanced or train.n & (train.n - 1):
            raise ValueError(
                f"an XOR mask needs a power of two points, as many of each class, got {train.n} "
                f"with {int((labels > 0).sum())} of class +1; take --mask random"
            )
        return xor_mask(train.n, random_offsets(train.n, rng))
    path = Path(name)
    if path.suffix != ".npy":
        raise ValueError(
            f"mask is one of random, xor, biased, diagonal, or a file .npy, got {name!r}"
        )
    if not path.is_file():
        raise ValueError(f"there is no file {name!r}; give one with an array of zeros and ones")
    try:
        kept = np.load(path, allow_pickle=False)
    except UNREADABLE as broken:
        raise ValueError(f"{name!r} is no array as numpy.save writes it") from broken
    if not isinstance(kept, np.ndarray):
        raise ValueError(f"{name!r} holds several arrays; give one as numpy.save writes it")
    if kept.shape != (train.n, train.n):
        raise ValueError(
            f"a mask of {train.n} points has shape {(train.n, train.n)}, got {kept.shape}; give "
            "one of that shape, its rows those of the data, class +1 first"
        )
    return given_mask(kept)


def _shift(values: Mapping[str, Any], mask: Mask, n: int) -> tuple[float, tuple[str, ...]]:
    if values.get("shift") is not None:
        return float(values["shift"]), ()
    return (published_shift(n) if mask.name == "biased" else 0.0), ("shift",)


def _kernels(
    kernel: Kernel | None,
    depth: int,
    rows: Reals,
    points: Reals,
    track: Callable[[Iterable[Any], str], Iterable[Any]],
) -> tuple[Reals, Reals, float]:
    """Kernel matrix (n, n), kernels of the points with the data (m, n), largest diagonal entry."""
    if kernel is not None:
        return kernel.matrix(rows, track), kernel.between(points, rows, track), 1.0
    images = ConvolutionKernel(depth)
    both = [images_of(part) for part in (rows, points)]
    matrix, between = images.with_points(both[0], both[1], track)
    return matrix, between.T, float(np.diagonal(matrix).max())


def images_of(rows: Reals) -> Reals:
    """Rows of side**2 pixels as square images, each pixel repeated up to `SIDE` at least.

    Raises:
        ValueError: if a row is no square image that can be.
    """
    n, d = rows.shape
    side = round(d**0.5)
    if side * side != d or (side % SIDE and SIDE % side):
        raise ValueError(
            f"the convolutional network takes square images whose side divides {SIDE} or is a "
            f"multiple of it, got rows of {d} entries; give images of 8 x 8 or 16 x 16"
        )
    return repeated(rows.reshape(n, side, side), max(1, SIDE // side))


def as_settings(given: Given, values: Mapping[str, Any]) -> dict[str, Any]:
    """What went in, the depth as a number."""
    kept = ("data", "network", "mask", "variant", "preparation", "clip", "epsilon", "failure",
            "threshold", "read_out", "loader", "seed")  # fmt: skip
    found = {name: values[name] for name in kept if values.get(name) is not None}
    shown: dict[str, Any] = {"n": given.train.n, "d": given.train.d, "depth": given.depth}
    if given.system.shift:
        shown["shift"] = given.system.shift
    return {"data": found.pop("data"), **shown, **found}
