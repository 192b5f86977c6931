r"""Diagonal preconditioning: a symmetric matrix with its diagonal scaled to one.

With D the diagonal of A, the system $A x = b$ is $(D^{-1/2} A D^{-1/2}) y = D^{-1/2} b$ with
$x = D^{-1/2} y$. Matrix and right-hand side are worked out classically, entry by entry, before any
encoding is chosen: a product of encodings would have the product of their alphas, and a kappa that
is no smaller.

The state of y errs by at most $\epsilon$, that of $x = D^{-1/2} y$ by at most
$\sqrt{\max d / \min d}$ times as much, relative to its length.

Source: [Saa03] Sec. 9.2 for the symmetric form; [Slu69], [Hig02] Cor. 7.6 for what it can gain.
"""

from functools import cached_property
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from bloqs.linear_systems.model.matrix import LinearProblem, length_of

Reals = NDArray[np.float64]

TOGETHER = 8 * float(np.finfo(float).eps)
"""Relative difference of two entries that rounding explains; they are made equal."""

ENTRY_FLOP, ROW_FLOP = 3, 3
"""Of an entry: a product, a root, a quotient. Of a row: root and quotient for b, quotient for x."""


@frozen(eq=False)
class DiagonalScaling:
    """A system before and after.

    Args:
        before: as it was given.
        after: scaled, which is solved.
        diagonal: d, of shape (unknowns,), positive.
    """

    before: LinearProblem
    after: LinearProblem
    diagonal: Reals = field(repr=False)

    @classmethod
    def of(cls, before: LinearProblem) -> "DiagonalScaling":
        """In as many operations as there are entries that are not zero, but for the checks.

        Raises:
            ValueError: if the matrix is not symmetric, or its diagonal is not positive.
        """
        if not before.is_hermitian:
            raise ValueError(
                "diagonal preconditioning needs a symmetric matrix, and this one is not; take "
                "--precondition none"
            )
        size = before.unknowns
        matrix = before.matrix[:size, :size]
        diagonal = np.diag(matrix).copy()
        if not diagonal.min() > 0:
            at = int(np.argmin(diagonal))
            raise ValueError(
                f"diagonal preconditioning needs a positive diagonal, and entry {at} of this one "
                f"is {diagonal[at]:g}; take --precondition none"
            )
        if diagonal.min() == diagonal.max():
            scaled = matrix / diagonal[0]
        else:
            scaled = _scaled(matrix, diagonal)
        np.fill_diagonal(scaled, 1.0)
        vector = before.vector[:size] / _roots(diagonal)
        return cls(before, LinearProblem.of(scaled, vector), diagonal)

    @property
    def is_constant(self) -> bool:
        """Whether the diagonal has one value, so that nothing changes."""
        return bool(self.diagonal.min() == self.diagonal.max())

    @property
    def growth(self) -> float:
        """sqrt(max d / min d): by how much relative errors of x may exceed those of y."""
        return float(_roots(self.diagonal).max())

    @cached_property
    def growth_here(self) -> float:
        """The same for this right-hand side: |y| / (sqrt(min d) |x|), at most `growth`."""
        y = self.after.solution[: self.after.unknowns]
        return length_of(y) / length_of(self.unscaled(y))

    @property
    def flop(self) -> int:
        """Floating-point operations of scaling matrix and right-hand side, and x back."""
        size = self.before.unknowns
        entries = int(np.count_nonzero(self.before.matrix[:size, :size]))
        return ENTRY_FLOP * entries + ROW_FLOP * size

    def unscaled(self, y: Any) -> Any:
        """sqrt(min d) D^-1/2 y, a multiple of x.

        Args:
            y: of shape (unknowns,), or padded.
        """
        size = len(self.diagonal)
        return y[:size] / _roots(self.diagonal)

    def unscaled_rhs(self, vector: Any) -> Any:
        """(D / min d)^1/2 times a vector on the side of b: a multiple of what it stands for."""
        return vector[: len(self.diagonal)] * _roots(self.diagonal)


def _roots(diagonal: Reals) -> Reals:
    """sqrt(d / min d), where the quotient need not be a number."""
    return np.asarray(np.sqrt(diagonal) / np.sqrt(diagonal.min()), dtype=float)


def _scaled(matrix: Reals, diagonal: Reals) -> Reals:
    """A_ij / sqrt(d_i d_j), symmetric; moduli apart by rounding alone become equal."""
    rows, columns = np.nonzero(matrix)
    roots = np.sqrt(diagonal)
    values = matrix[rows, columns] / (roots[rows] * roots[columns])
    sizes, which = np.unique(np.abs(values), return_inverse=True)
    starts = np.flatnonzero(np.diff(sizes, prepend=-1.0) > TOGETHER * sizes)
    first = sizes[starts][np.searchsorted(starts, np.arange(len(sizes)), side="right") - 1]
    sizes = np.where(sizes - first <= TOGETHER * sizes, first, sizes)
    scaled = np.zeros_like(matrix)
    scaled[rows, columns] = np.sign(values) * sizes[which]
    return scaled


def scaling_bound(entries: Any, condition: Any) -> Any:
    """Largest condition number after diagonal preconditioning of a definite matrix.

    Args:
        entries: of a row that are not zero, at most.
        condition: least one of D A D over all diagonal D.

    Source: [Slu69]; with all entries of a row [Hig02] Cor. 7.6.
    """
    return entries * condition
