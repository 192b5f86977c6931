"""The golden instance of eight points on a circle, and images of two digits."""

import numpy as np
import pytest

from bloqs.ntk.model.kernel import Kernel
from bloqs.ntk.model.masks import random_mask, xor_mask
from bloqs.ntk.model.sources import read
from bloqs.ntk.model.system import MaskedSystem


@pytest.fixture(scope="session")
def golden():
    """`golden(depth)`: a masked system, and the kernel values of its new point over their top."""
    angles = np.deg2rad([10, 32, 55, 78, 280, 302, 325, 348])
    rows = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    point = np.array([np.cos(np.deg2rad(50)), np.sin(np.deg2rad(50))])
    labels = np.array([1.0] * 4 + [-1.0] * 4)

    def make(depth):
        kernel = Kernel.of("erf", depth)
        system = MaskedSystem.of(kernel.matrix(rows), labels, xor_mask(8, (0, 1, 2)))
        k = kernel.vector(rows, point)
        return system, k / np.abs(k).max()

    return make


@pytest.fixture(scope="session")
def digits():
    """`digits(n, depth)`: eights and nines, masked at random, and kernel values of four others."""

    def make(n, depth):
        given = read("digits:8v9", n)
        assert given.test is not None
        rows, labels = given.train.rows, given.train.labels
        kernel = Kernel.of("erf", depth)
        mask = random_mask(labels, np.random.default_rng(n))
        system = MaskedSystem.of(kernel.matrix(rows), labels, mask)
        some = [0, 1, -2, -1]
        return system, kernel.between(rows, given.test.rows[some]).T

    return make
