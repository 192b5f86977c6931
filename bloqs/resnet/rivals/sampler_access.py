"""What a classical sampler may ask of its data, and how often it did.

The same access that a quantum circuit has: a tree of partial sums of squares over the input and
over each column of the output matrix gives single entries, norms, and samples of an index with
probability proportional to the square of the entry.
"""

from collections.abc import Callable

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from estimator.network.layers import Matrix

Positions = NDArray[np.int64]
"""Indices into a vector of the network."""


@define
class Counts:
    """Work done so far.

    Args:
        input_entries: different entries of the input looked up; once found, they are kept.
        input_samples: indices drawn from the input. Unit: samples.
        column_samples: indices drawn from columns of the output matrix. Unit: samples.
        matrix_entries: entries of the output matrix looked up.
        steps: candidates proposed by each residual block. Unit: candidates.
        neurons: different neurons evaluated in each residual block.
        candidates: entries of the output vector that were evaluated and accepted or not.
        flops: additions, multiplications, divisions, square roots and values of erf; random
            numbers and look-ups are not among them.
    """

    input_entries: int = 0
    input_samples: int = 0
    column_samples: int = 0
    matrix_entries: int = 0
    steps: list[int] = field(factory=list)
    neurons: list[int] = field(factory=list)
    candidates: int = 0
    flops: int = 0

    def lookups(self, N: int) -> int:
        """Reads of the data: entries, and the ways down a tree of squares to each index drawn.

        Args:
            N: length of the vectors; a tree over N squares is ceil(log2 N) reads deep.
        """
        ways = (self.input_samples + self.column_samples) * (N - 1).bit_length()
        return self.input_entries + self.matrix_entries + ways


class Memory:
    """Rows of numbers by position, each computed when first asked for.

    The arrays stand for a hash table: a row is never read before it was asked for.
    """

    def __init__(self, size: int, width: int, compute: Callable[[Positions], Matrix]) -> None:
        self._rows = np.empty((size, width))
        self._known = np.zeros(size, dtype=bool)
        self._compute = compute

    def rows(self, positions: Positions) -> Matrix:
        """Shape (*positions.shape, width)."""
        missing = np.unique(positions[~self._known[positions]])
        if missing.size:
            self._rows[missing] = self._compute(missing)
            self._known[missing] = True
        return self._rows[positions]


class InputAccess:
    """Entries of, and samples from, a real unit vector.

    Args:
        psi: shape (N,), l2 norm 1.
        counts: where the questions are counted.
        rng: source of randomness.
    """

    def __init__(self, psi: Matrix, counts: Counts, rng: np.random.Generator) -> None:
        self._psi = psi
        self._counts = counts
        self._rng = rng
        self._cumulative = np.cumsum(psi**2)
        self._memory = Memory(len(psi), 1, self._look_up)
        self.largest_entry = float(np.abs(psi).max())
        """Kept at the root of the tree, like the norm."""

    def _look_up(self, positions: Positions) -> Matrix:
        self._counts.input_entries += len(positions)
        return self._psi[positions, None]

    def entries(self, positions: Positions) -> Matrix:
        """The entries, of the shape of `positions`."""
        return self._memory.rows(positions)[..., 0]

    def samples(self, count: int) -> Positions:
        """Indices, shape (count,), each with probability psi**2."""
        self._counts.input_samples += count
        return _drawn(self._cumulative, self._rng.random(count))


class ColumnAccess:
    """Entries of, samples from and norms of the columns of the output matrix.

    Args:
        matrix: shape (N, N).
        counts: where the questions are counted.
        rng: source of randomness.
    """

    def __init__(self, matrix: Matrix, counts: Counts, rng: np.random.Generator) -> None:
        self._matrix = matrix
        self._counts = counts
        self._rng = rng
        self._cumulative = np.cumsum(matrix**2, axis=0)
        self.largest_norm = float(np.sqrt(self._cumulative[-1].max()))
        """The largest l2 norm of a column."""

    def entries(self, rows: Positions, columns: Positions) -> Matrix:
        """The entries, of the shape of `rows` and `columns` broadcast together."""
        found = self._matrix[rows, columns]
        self._counts.matrix_entries += found.size
        return found

    def samples(self, columns: Positions) -> Positions:
        """A row for each column with probability entry**2 / largest_norm**2, else -1."""
        self._counts.column_samples += len(columns)
        drawn = self._rng.random(len(columns)) * self.largest_norm**2
        rows = np.empty(len(columns), dtype=np.int64)
        for column in np.unique(columns):
            here = columns == column
            rows[here] = np.searchsorted(self._cumulative[:, column], drawn[here], side="right")
        rows[rows >= len(self._matrix)] = -1
        return rows


def _drawn(cumulative: Matrix, uniform: Matrix) -> Positions:
    """Indices with probability proportional to the steps of `cumulative`."""
    found = np.searchsorted(cumulative, uniform * cumulative[-1], side="right")
    return np.minimum(found, len(cumulative) - 1)
