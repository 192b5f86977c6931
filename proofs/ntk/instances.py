"""Small kernel machines to measure claims on."""

from collections.abc import Sequence
from math import ceil, log

import numpy as np
from numpy.random import Generator

from bloqs.ntk.model.activation import Reals
from bloqs.ntk.model.kernel import Kernel
from bloqs.ntk.model.masks import given_mask, random_offsets, xor_mask
from bloqs.ntk.model.system import MaskedSystem


def random_system(rng: Generator, most: float = 0.95) -> tuple[MaskedSystem, Reals]:
    """A symmetric matrix with a diagonal of one and row sums below one, masked, and a k_*.

    Not only kernels: what is claimed of them holds for these.

    Args:
        rng: source of randomness.
        most: largest row sum.
    """
    n = int(rng.integers(2, 9))
    beside = np.triu(rng.normal(size=(n, n)) * (rng.random((n, n)) < 0.7), 1)
    beside = beside + beside.T
    largest = np.abs(beside).sum(axis=1).max()
    if largest > 0:
        beside *= rng.uniform(0.01, most) / largest
    kept = np.triu(rng.random((n, n)) < 0.5, 1)
    mask = given_mask((kept | kept.T | np.eye(n, dtype=bool)).astype(float))
    labels = rng.permuted(np.resize([1.0, -1.0], n))
    return MaskedSystem.of(np.eye(n) + beside, labels, mask), rng.normal(size=n)


def system_of(beside: Reals, kept: Reals, labels: Sequence[float]) -> MaskedSystem:
    """One with given entries beside the diagonal."""
    n = len(labels)
    mask = given_mask(np.clip(kept + np.eye(n), 0, 1))
    return MaskedSystem.of(np.eye(n) + beside, np.array(labels), mask)


def pairs(*entries: float) -> Reals:
    """Neighbours in pairs, with these entries."""
    found = np.zeros((2 * len(entries),) * 2)
    for i, entry in enumerate(entries):
        found[2 * i, 2 * i + 1] = found[2 * i + 1, 2 * i] = entry
    return found


def sphere(n: int, rng: Generator) -> tuple[Reals, Reals, Reals]:
    """Rows in d = ceil(4 ln n) dimensions at random, labels by a hyperplane, and its normal."""
    d = ceil(4 * log(n))
    rows = rng.normal(size=(n, d))
    rows /= np.linalg.norm(rows, axis=1)[:, None]
    normal = rng.normal(size=d)
    normal /= np.linalg.norm(normal)
    order = np.argsort(rows @ normal)
    labels = np.ones(n)
    labels[order[: n // 2]] = -1
    turned = np.argsort(-labels, kind="stable")
    return rows[turned], labels[turned], normal


def deep_system(n: int, seed: int) -> MaskedSystem:
    """Random directions at the depth where the kernel beside the diagonal is below n**-2."""
    rng = np.random.default_rng(seed)
    rows, labels, _ = sphere(n, rng)
    depth = 1
    while True:
        matrix = Kernel.of("erf", depth).matrix(rows)
        if np.abs(matrix - np.eye(n)).max() <= n**-2:
            break
        depth += 4
    return MaskedSystem.of(matrix, labels, xor_mask(n, random_offsets(n, rng)))
