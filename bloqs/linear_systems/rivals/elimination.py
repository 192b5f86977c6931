r"""Gaussian elimination: what a classical computer pays for all of x at once.

It neither iterates nor depends on kappa, so that small or banded systems are solved by it for less
than by conjugate gradients. A definite matrix needs no pivots and half of the updates, any other
is pivoted by its rows. Entries that are zero cost nothing; no order of the unknowns is looked for.
The count of operations is that of the loop below.

Source: [GVL13] Algs. 3.1.2, 3.4.1 and 4.2.1
"""

from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

SAID = (
    "elimination in the given order of unknowns, zeros skipped, gives all of x up to rounding, "
    "whatever epsilon is"
)
"""What its FLOP assume."""


@frozen(kw_only=True)
class Elimination:
    """One solution by elimination.

    Args:
        flop: floating-point operations.
        solution: x, of shape (N,).
    """

    flop: int
    solution: NDArray[np.float64] = field(repr=False, eq=False)


def dense_flop(rows: Any) -> Any:
    """FLOP at most for a square matrix of so many rows, a number or a symbol."""
    return (rows - 1) * rows * (2 * rows - 1) / 3 + 5 * rows * (rows - 1) / 2 + rows


def run(matrix: NDArray[np.float64], rhs: NDArray[np.float64], is_definite: bool) -> Elimination:
    """Solve A x = b.

    Args:
        matrix: of shape (M, N), of full column rank.
        rhs: of shape (M,); A x = b has a solution.
        is_definite: whether the matrix is symmetric and positive definite.
    """
    A, b = np.array(matrix, dtype=float), np.array(rhs, dtype=float)
    columns, flop = A.shape[1], 0
    for k in range(columns):
        if not is_definite:
            pivot = k + int(np.argmax(np.abs(A[k:, k])))
            A[[k, pivot]], b[[k, pivot]] = A[[pivot, k]], b[[pivot, k]]
        below = k + 1 + np.flatnonzero(A[k + 1 :, k])
        right = k + 1 + np.flatnonzero(A[k, k + 1 :])
        factors = A[below, k] / A[k, k]
        A[np.ix_(below, right)] -= np.outer(factors, A[k, right])
        A[below, k] = 0
        b[below] -= factors * b[k]
        rows = len(below)
        updated = rows * (rows + 1) // 2 if is_definite else rows * len(right)
        flop += rows + 2 * updated + 2 * rows
    x = np.zeros(columns)
    for k in reversed(range(columns)):
        right = k + 1 + np.flatnonzero(A[k, k + 1 :])
        x[k] = (b[k] - A[k, right] @ x[right]) / A[k, k]
        flop += 2 * len(right) + 1
    return Elimination(flop=flop, solution=x)
