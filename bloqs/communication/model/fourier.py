r"""Data in phases: the frequencies of a loss, and scales that keep them apart.

$D_\ell(x) = \mathrm{diag}(e^{i \lambda_{\ell m} x})$ between blocks $W_\ell$; the loss is
$\sum_\omega c_\omega e^{i\omega x}$ over $\omega = \sum_\ell (\lambda_{\ell m_\ell} -
\lambda_{\ell m'_\ell})$. L counts layers of data, not those of the model.
"""

from collections.abc import Sequence
from itertools import combinations, count
from typing import Any

import numpy as np


def frequencies(scales: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Every frequency, sorted.

    Args:
        scales: whole numbers lambda of each layer, N of them each.
    """
    sums = {0}
    for scale in scales:
        gaps = {one - two for one in scale for two in scale}
        sums = {total + gap for total in sums for gap in gaps}
    return tuple(sorted(sums))


def most_frequencies(entries: Any, layers: Any) -> Any:
    """(N (N - 1) + 1)**L: every difference of each layer, and no two sums alike."""
    return (entries * (entries - 1) + 1) ** layers


def equal_pauli_frequencies(layers: Any) -> Any:
    """2 L + 1: the same phases on one qubit in every layer."""
    return 2 * layers + 1


def golomb_ruler(entries: int) -> tuple[int, ...]:
    """Marks from 0 whose differences all differ, the shortest for up to 6, by search.

    Raises:
        ValueError: if there are not from 1 to 6 entries.
    """
    if not 1 <= entries <= 6:
        raise ValueError(f"a shortest ruler is searched for 1 to 6 marks, got {entries}")
    if entries == 1:
        return (0,)
    for length in count(entries - 1):
        for inner in combinations(range(1, length), entries - 2):
            marks = (0, *inner, length)
            gaps = [two - one for one, two in combinations(marks, 2)]
            if len(set(gaps)) == len(gaps):
                return marks
    raise AssertionError("there is a ruler of any number of marks")


def separated_scales(entries: int, layers: int) -> tuple[tuple[int, ...], ...]:
    """Scales with the most frequencies: a ruler times powers of 2 length + 1; 3**l for N = 2."""
    ruler = golomb_ruler(entries)
    base = 2 * ruler[-1] + 1
    return tuple(tuple(mark * base**layer for mark in ruler) for layer in range(layers))


def value(blocks: Sequence[Any], scales: Sequence[Sequence[float]], x: float) -> float:
    """The loss <Z> on qubit 0 from the state 0, of L + 1 blocks with data between.

    Args:
        blocks: L + 1 unitaries of shape (N, N).
        scales: of each layer of data, shape (L, N).
        x: the datum.
    """
    if len(blocks) != len(scales) + 1:
        raise ValueError(
            f"{len(scales)} layers of data stand between {len(scales) + 1} blocks, got "
            f"{len(blocks)}"
        )
    state = np.asarray(blocks[0])[:, 0]
    for block, scale in zip(blocks[1:], scales, strict=True):
        state = np.asarray(block) @ (np.exp(1j * np.asarray(scale) * x) * state)
    half = len(state) // 2
    return float(np.sum(np.abs(state[:half]) ** 2) - np.sum(np.abs(state[half:]) ** 2))


def coefficients(blocks: Sequence[Any], scales: Sequence[Sequence[int]]) -> dict[int, complex]:
    """Fourier coefficient of each frequency that is not rounding, by a transform of values."""
    highest = max(map(abs, frequencies(scales)))
    points = 2 * highest + 1
    values = [value(blocks, scales, 2 * np.pi * j / points) for j in range(points)]
    found = np.fft.fft(values) / points
    places = range(-highest, highest + 1)
    return {w: complex(found[w % points]) for w in places if abs(found[w % points]) > 1e-12}
