"""Samples have the law of the squares, and every question is counted."""

import numpy as np
from scipy.stats import chisquare

from bloqs.resnet.model.random_network import random_input
from bloqs.resnet.rivals.sampler_access import ColumnAccess, Counts, InputAccess, Memory


def test_input_samples_follow_the_squares(rng):
    psi = random_input(12, rng)
    psi[3] = 0
    psi = psi / np.linalg.norm(psi)
    counts = Counts()
    access = InputAccess(psi, counts, rng)
    seen = np.bincount(access.samples(30_000), minlength=12)
    assert counts.input_samples == 30_000
    assert seen[3] == 0
    keep = psi != 0
    assert chisquare(seen[keep], 30_000 * psi[keep] ** 2).pvalue > 1e-3
    assert access.largest_entry == max(abs(psi))


def test_entries_are_looked_up_once(rng):
    """Repeated positions, in one call or in two, cost one look-up."""
    psi, counts = random_input(8, rng), Counts()
    access = InputAccess(psi, counts, rng)
    positions = np.array([[1, 5], [5, 5]])
    assert np.array_equal(access.entries(positions), psi[positions])
    assert counts.input_entries == 2
    assert access.entries(np.array([5, 6])).tolist() == psi[[5, 6]].tolist()
    assert counts.input_entries == 3


def test_column_samples_follow_the_squares_of_the_column(rng):
    """With the probability that a short column lacks, there is no sample."""
    matrix, counts = rng.normal(size=(5, 3)), Counts()
    access = ColumnAccess(matrix, counts, rng)
    norms = (matrix**2).sum(axis=0)
    for column in range(3):
        rows = access.samples(np.full(20_000, column))
        law = np.append(matrix[:, column] ** 2, norms.max() - norms[column]) / norms.max()
        seen = np.bincount(np.where(rows < 0, 5, rows), minlength=6)
        keep = law > 1e-12
        assert chisquare(seen[keep], 20_000 * law[keep] / law[keep].sum()).pvalue > 1e-3
        assert not seen[~keep].any()
    assert counts.column_samples == 60_000
    mixed = access.samples(np.array([0, 2, 0]))
    assert mixed.shape == (3,)


def test_matrix_entries_are_counted(rng):
    matrix, counts = rng.normal(size=(5, 5)), Counts()
    found = ColumnAccess(matrix, counts, rng).entries(
        np.array([[1], [2]]), np.array([[0, 3, 3], [1, 1, 1]])
    )
    assert found.tolist() == [
        [matrix[1, 0], matrix[1, 3], matrix[1, 3]],
        [matrix[2, 1], matrix[2, 1], matrix[2, 1]],
    ]
    assert counts.matrix_entries == 6


def test_memory_computes_what_is_missing():
    asked = []

    def compute(positions):
        asked.extend(positions.tolist())
        return np.stack([positions, positions**2], axis=1)

    memory = Memory(10, 2, compute)
    assert memory.rows(np.array([3, 1, 3])).tolist() == [[3, 9], [1, 1], [3, 9]]
    assert memory.rows(np.array([4, 3])).tolist() == [[4, 16], [3, 9]]
    assert asked == [1, 3, 4]
