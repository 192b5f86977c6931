r"""Which entries of a kernel matrix are kept.

**random**, as published: each row marks a binomial number of columns, on average $2 \ln n$, drawn
with repetition; the lower triangle is mirrored, other classes and the diagonal are put right. On
average $1 + \ln n$ entries of a row are left; the most are $1 + 3.592 \ln n$ with probability
$1 - 1/n$.

**XOR**: row i keeps the columns $i \oplus r_l$, $r_0 = 0$ and $r_l < n/2$: all rows have the same
number, of the same class, and a circuit needs the $r_l$ alone.

**biased**, for kernels that do not die out: of a random mask only large entries are kept, and the
diagonal is made heavier (`published_shift`).

Source: the programs of the authors of [ZNL21]; the XOR mask derived
"""

from math import ceil, log

import numpy as np
from attrs import field, frozen
from numpy.random import Generator
from numpy.typing import NDArray

from bloqs.ntk.model.activation import Reals

Kept = NDArray[np.bool_]

SUBSET = 16
"""Points whose kernels show what is large."""

PERCENTILE = 90.0
"""Of the kernels among these, other classes as zero, above which an entry is large."""


@frozen(eq=False)
class Mask:
    """A symmetric pattern with its diagonal.

    Args:
        name: how it was made.
        kept: shape (n, n).
        offsets: r_l of a XOR mask, zero first; `None` for others.

    Raises:
        ValueError: if it is not square, not symmetric, or lacks the diagonal.
    """

    name: str
    kept: Kept = field()
    offsets: tuple[int, ...] | None = None

    @kept.validator
    def _check(self, _: object, kept: Kept) -> None:
        if kept.ndim != 2 or kept.shape[0] != kept.shape[1]:
            raise ValueError(f"a mask is a square array, got shape {kept.shape}; give (n, n)")
        wrong = np.argwhere(kept != kept.T)
        if wrong.size:
            i, j = (int(x) for x in wrong[0])
            raise ValueError(
                f"a mask is symmetric, and entries ({i}, {j}) and ({j}, {i}) differ; keep both"
            )
        bare = np.flatnonzero(~np.diagonal(kept))
        if bare.size:
            raise ValueError(f"a mask keeps the diagonal, and entry {bare[0]} is left out; keep it")

    @property
    def n(self) -> int:
        """Rows."""
        return len(self.kept)

    @property
    def sparsity(self) -> int:
        """Most entries of a row, the diagonal included."""
        return int(self.kept.sum(axis=1).max())

    @property
    def mean_sparsity(self) -> float:
        """Entries of a row on average."""
        return float(self.kept.sum(axis=1).mean())

    def of_matrix(self, matrix: Reals) -> Reals:
        """The matrix, zero where it is not kept.

        Raises:
            ValueError: if it has another shape.
        """
        if matrix.shape != self.kept.shape:
            raise ValueError(
                f"the mask is of shape {self.kept.shape}, and the kernel of {matrix.shape}; "
                "give one of its shape"
            )
        return np.where(self.kept, matrix, 0.0)


def _same_class(labels: Reals) -> Kept:
    return np.asarray(labels)[:, None] == np.asarray(labels)[None, :]


def random_mask(labels: Reals, rng: Generator) -> Mask:
    """The published mask of points with these labels, shape (n,)."""
    n = len(labels)
    marked = np.zeros((n, n), dtype=bool)
    share = min(2 * log(n) / n, 1.0)
    for i in range(n):
        marked[i, rng.integers(0, n, size=rng.binomial(n, share))] = True
    lower = np.tril(marked, -1)
    kept = (lower | lower.T) & _same_class(labels)
    np.fill_diagonal(kept, True)
    return Mask("random", kept)


def random_offsets(n: int, rng: Generator, terms: int | None = None) -> tuple[int, ...]:
    """Offsets of a XOR mask: zero, then so many different ones below n/2 at random.

    Args:
        n: rows, a power of two.
        rng: source of randomness.
        terms: with zero; 1 + ceil(ln n) without, or n/2 if that is less.
    """
    _check_power(n)
    wanted = min(terms if terms is not None else 1 + ceil(log(n)), n // 2)
    if wanted < 1:
        raise ValueError(f"a mask keeps at least the diagonal, got {terms} terms")
    drawn = rng.choice(np.arange(1, max(n // 2, 2)), size=wanted - 1, replace=False)
    return (0, *sorted(int(r) for r in drawn))


def xor_mask(n: int, offsets: tuple[int, ...]) -> Mask:
    """The mask of entries (i, i XOR r) for rows in order of class, as many of each.

    Raises:
        ValueError: if n is not a power of two, or an offset not below n/2, not new or not zero
            first.
    """
    _check_power(n)
    if offsets[:1] != (0,) or len(set(offsets)) < len(offsets):
        raise ValueError(f"offsets are different and begin with 0, got {offsets}")
    if not all(0 <= r < max(n // 2, 1) for r in offsets):
        raise ValueError(f"offsets below n/2 = {n // 2} stay within a class, got {offsets}")
    kept = np.zeros((n, n), dtype=bool)
    places = np.arange(n)
    for r in offsets:
        kept[places, places ^ r] = True
    return Mask("xor", kept, tuple(int(r) for r in offsets))


def _check_power(n: int) -> None:
    if n < 2 or n & (n - 1):
        raise ValueError(f"a XOR mask needs a power of two rows, got {n}; take the padded system")


def given_mask(kept: NDArray[np.float64] | Kept) -> Mask:
    """A mask of the user: an array of zeros and ones.

    Raises:
        ValueError: if it is no mask.
    """
    if not np.isin(kept, (0, 1)).all():
        raise ValueError("a mask holds 0 and 1 alone; give which entries are kept")
    return Mask("given", np.asarray(kept).astype(bool))


def diagonal_mask(n: int) -> Mask:
    """The diagonal alone."""
    return Mask("diagonal", np.eye(n, dtype=bool), (0,))


def large_threshold(matrix: Reals, labels: Reals, rng: Generator) -> float:
    """What is large: a percentile over the kernels of a few points, other classes as zero."""
    n = len(labels)
    few = rng.choice(n, size=min(SUBSET, n), replace=False)
    part = np.where(_same_class(labels[few]), np.abs(matrix[np.ix_(few, few)]), 0.0)
    return float(np.percentile(part, PERCENTILE))


def biased_mask(matrix: Reals, labels: Reals, rng: Generator) -> Mask:
    """A random mask of which only large entries are kept.

    Args:
        matrix: kernel matrix, shape (n, n).
        labels: shape (n,).
        rng: source of randomness.
    """
    kept = random_mask(labels, rng).kept & (matrix > large_threshold(matrix, labels, rng))
    np.fill_diagonal(kept, True)
    return Mask("biased", kept)


def published_shift(n: int) -> float:
    """What the published preconditioning adds to the diagonal, in terms of it: .76 (ln n)**.9."""
    return 0.76 * log(n) ** 0.9
