r"""The kernel of the published convolutional network, between images.

[3x3 convolution that keeps the size, ReLU] three times over with 2x2 averages between, one average
more, a flat dense layer, erf, a dense layer; all weights have variance 2 over what comes in, no
biases. Averages mix positions, so a covariance of two images is kept for *each pair* of positions;
beyond the edge is zero.

Correlations do not die out: all kernels share a large constant, which a heavier diagonal and a
threshold at the median answer.

Source: the programs of the authors of [ZNL21]; [ADHLSW19] for the recursion
"""

from collections.abc import Iterable

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from bloqs.ntk.model.activation import Reals
from bloqs.ntk.model.kernel import Track, check_depth

BLOCKS = 3
"""Runs of convolutions."""

POOL = 2
"""Side of an average. Unit: pixels."""

SCALE = 2.0
"""Variance of weights times what comes in."""

ALIKE = 1e-15
"""How far a correlation of patches may be from one that still counts as rounding: slopes there are
off by its root, and patches of a background are alike."""

TOGETHER = 2**19
"""Numbers of one strip of pairs: what is in memory at a time, and about a second of work."""


@frozen
class ConvolutionKernel:
    """Kernel of that network with ReLU layers in three equal runs.

    Args:
        depth: convolutions, a multiple of three; 96 as published.

    Raises:
        ValueError: if it is not.
    """

    depth: int = field(default=96)

    @depth.validator
    def _check(self, _: object, depth: int) -> None:
        check_depth(depth)
        if depth % BLOCKS:
            raise ValueError(
                f"the convolutional network has {BLOCKS} equal runs, so its depth is a multiple of "
                f"{BLOCKS}, got {depth}; give 96"
            )

    def matrix(self, images: Reals, track: Track | None = None) -> Reals:
        """Between images (n, side, side) or (n, side, side, channels): shape (n, n)."""
        images = _images(images)
        return self._matrix(images, self._lengths(images, track), track)

    def between(self, images: Reals, points: Reals, track: Track | None = None) -> Reals:
        """Between images (n, ...) and other images (m, ...): shape (n, m)."""
        images, points = _images(images), _images(points)
        lengths = self._lengths(images, track), self._lengths(points, track)
        return self._between(images, points, lengths, track)

    def with_points(
        self, images: Reals, points: Reals, track: Track | None = None
    ) -> tuple[Reals, Reals]:
        """`matrix` and `between`; what the images are by themselves is worked out once."""
        images, points = _images(images), _images(points)
        own = self._lengths(images, track)
        matrix = self._matrix(images, own, track)
        return matrix, self._between(images, points, (own, self._lengths(points, track)), track)

    def _matrix(self, images: Reals, own: list[Reals], track: Track | None) -> Reals:
        i, j = np.triu_indices(len(images))
        found = self._pairs(images, images, i, j, (own, own), track)
        matrix = np.empty((len(images),) * 2)
        matrix[i, j] = found
        matrix[j, i] = found
        return matrix

    def _between(
        self,
        images: Reals,
        points: Reals,
        lengths: tuple[list[Reals], list[Reals]],
        track: Track | None,
    ) -> Reals:
        shape = len(images), len(points)
        i, j = np.indices(shape).reshape(2, -1)
        return self._pairs(images, points, i, j, lengths, track).reshape(shape)

    def _pairs(
        self,
        one: Reals,
        other: Reals,
        i: NDArray[np.int64],
        j: NDArray[np.int64],
        lengths: tuple[list[Reals], list[Reals]],
        track: Track | None,
    ) -> Reals:
        found = np.empty(len(i))
        for part in _strips(one, len(i), "kernels of images", track):
            rows, columns = i[part.start : part.stop], j[part.start : part.stop]
            own = ([v[rows] for v in lengths[0]], [v[columns] for v in lengths[1]])
            covariance = _covariance(one[rows], other[columns])
            found[part.start : part.stop] = self._kernels(covariance, *own)
        return found

    def _lengths(self, images: Reals, track: Track | None) -> list[Reals]:
        """Variances of all positions before each ReLU, then of the flat layer: shape (n, ...)."""
        parts = []
        for strip in _strips(images, len(images), "variances of images", track):
            part = images[strip.start : strip.stop]
            kept: list[Reals] = []
            self._kernels(_covariance(part, part), kept, kept, is_own=True)
            parts.append(kept)
        return [np.concatenate(each) for each in zip(*parts, strict=True)]

    def _kernels(
        self, covariance: Reals, first: list[Reals], second: list[Reals], is_own: bool = False
    ) -> Reals:
        """One kernel for each pair.

        Args:
            covariance: of the inputs, shape (pairs, side, side, side, side).
            first: variances of the first images before each ReLU and before erf.
            second: of the second ones.
            is_own: the pairs are of images with themselves: what they are is appended to `first`.
        """
        kernel = np.zeros_like(covariance)
        layer = 0
        for block in range(BLOCKS):
            for _ in range(self.depth // BLOCKS):
                covariance = SCALE * _moved(covariance)
                kernel = covariance + SCALE * _moved(kernel)
                if is_own:
                    first.append(np.maximum(np.einsum("pabab->pab", covariance), 0))
                covariance, slope = _relu(covariance, first[layer], second[layer])
                kernel = kernel * slope
                layer += 1
            for _ in range(2 if block == BLOCKS - 1 else 1):
                covariance, kernel = _pooled(covariance), _pooled(kernel)
        flat, trained = (np.einsum("pabab->p", each) for each in (covariance, kernel))
        positions = covariance.shape[1] ** 2
        flat, trained = SCALE * flat / positions, SCALE * trained / positions
        trained = flat + trained
        if is_own:
            first.append(flat)
        whole = (1 + 2 * first[layer]) * (1 + 2 * second[layer])
        image = 2 / np.pi * np.arcsin(2 * flat / np.sqrt(whole))
        slope = 4 / np.pi / np.sqrt(whole - 4 * flat**2)
        return np.asarray(SCALE * (image + trained * slope))


def _strips(images: Reals, count: int, label: str, track: Track | None) -> Iterable[range]:
    """So many pairs in parts of `TOGETHER` numbers."""
    strip = max(1, TOGETHER // images.shape[1] ** 4)
    parts = [range(k, min(k + strip, count)) for k in range(0, count, strip)]
    return track(parts, label) if track else parts


def _images(images: Reals) -> Reals:
    """As (n, side, side, channels).

    Raises:
        ValueError: if they are no square images whose side four averages divide.
    """
    images = np.asarray(images, dtype=float)
    if images.ndim == 3:
        images = images[..., None]
    side, least = images.shape[1:2], POOL ** (BLOCKS + 1)
    if images.ndim != 4 or images.shape[1] != images.shape[2] or side[0] % least:
        raise ValueError(
            f"the convolutional network takes square images whose side is a multiple of {least} "
            f"pixels, as four averages of {POOL} x {POOL} divide it, got shape {images.shape}; "
            f"repeat pixels"
        )
    dark = np.flatnonzero(~images.reshape(len(images), -1).any(axis=1))
    if dark.size:
        raise ValueError(f"image {dark[0]} is zero and has no direction; remove it")
    return images


def _covariance(one: Reals, other: Reals) -> Reals:
    """Of all positions, averaged over channels."""
    return np.asarray(np.einsum("pabc,pdec->pabde", one, other) / one.shape[-1])


def _moved(covariance: Reals) -> Reals:
    """Sum over the nine common shifts of both positions, over nine; zero beyond the edge."""
    found = covariance
    for first, second in ((1, 3), (2, 4)):
        total = found.copy()
        for sign in (1, -1):
            into, out = [slice(None)] * 5, [slice(None)] * 5
            for axis in (first, second):
                into[axis], out[axis] = (slice(1, None), slice(None, -1))[::sign]
            total[tuple(into)] += found[tuple(out)]
        found = total
    return found / 9


def _relu(covariance: Reals, one: Reals, other: Reals) -> tuple[Reals, Reals]:
    """Covariance after max(z, 0) and the mean product of slopes, from variances at positions."""
    lengths = np.sqrt(one[:, :, :, None, None] * other[:, None, None, :, :])
    with np.errstate(invalid="ignore", divide="ignore"):
        cosine = np.clip(np.where(lengths > 0, covariance / lengths, 0.0), -1, 1)
    cosine = np.where(np.abs(cosine) > 1 - ALIKE, np.sign(cosine), cosine)
    slope = 0.5 - np.arccos(cosine) / (2 * np.pi)
    return lengths * np.sqrt(1 - cosine**2) / (2 * np.pi) + slope * covariance, slope


def _pooled(covariance: Reals) -> Reals:
    """Averages over squares of both positions."""
    pairs, side = covariance.shape[0], covariance.shape[1] // POOL
    split = covariance.reshape(pairs, side, POOL, side, POOL, side, POOL, side, POOL)
    return np.asarray(split.mean(axis=(2, 4, 6, 8)))


def repeated(images: Reals, times: int) -> Reals:
    """Each pixel as a square of equal ones: (n, side, side) to (n, times side, times side)."""
    return np.repeat(np.repeat(images, times, axis=1), times, axis=2)
