r"""Conjugate gradients: what a classical computer pays for the same direction.

A definite matrix is solved by the method itself, any other by Craig's form of it on
$A A^\dagger y = b$, $x = A^\dagger y$, which keeps the error of x smallest. Both start at zero and
stop when the *direction* of x errs by no more than asked, seen with the exact solution in hand: no
honest stopping rule is better. The count of operations is that of the loop below.

Bounds: after k steps the error has shrunk by $2 \rho^k$ with $\rho = (\sqrt\kappa - 1)/
(\sqrt\kappa + 1)$ in the norm of A, hence by $2\sqrt\kappa \rho^k$ in the l2 norm; by $2 \rho^k$
with $\rho = (\kappa - 1)/(\kappa + 1)$ in Craig's form. Here kappa is the condition number of the
matrix, which no encoding makes larger.

Source: [Saa03] Eq. (6.128) and Sec. 8.3.2
"""

from math import acosh, ceil, log, sqrt
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from bloqs.linear_systems.model.condition import check_condition, check_error

MOST_STEPS = 1_000_000
"""Steps after which a run gives up: rounding keeps it from the error asked for."""

NOTHING = 1e-30
"""Square of a residual, in terms of that at the start, below which steps are rounding alone."""

VECTOR_FLOP = 10
"""FLOP for each entry and step beside the products: two inner products, three updates of 2."""


@frozen(kw_only=True)
class Run:
    """One solution by conjugate gradients.

    Args:
        steps: iterations.
        products: products with the matrix or its transpose.
        flop: floating-point operations.
        residual: |b - A x| / |b| at the end.
        error: of the direction of x at the end (l2 norm).
    """

    steps: int
    products: int
    flop: int
    residual: float
    error: float


def flop_of(steps: Any, entries: Any, rows: Any, is_definite: bool) -> Any:
    """Floating-point operations of so many steps, numbers or symbols.

    Args:
        steps: iterations.
        entries: of the matrix that are not zero.
        rows: of the matrix.
        is_definite: whether one product a step is enough.
    """
    products = 1 if is_definite else 2
    return steps * (2 * products * entries + VECTOR_FLOP * rows)


def steps_bound(condition: float, error: float, is_definite: bool) -> int:
    """Iterations that are enough for every right-hand side.

    Args:
        condition: of the matrix, at least 1.
        error: of the solution, relative (l2 norm), in (0, 1).
        is_definite: whether the matrix is.

    Raises:
        ValueError: if a number is out of its range.
    """
    check_condition(condition)
    check_error(error)
    if condition == 1:
        return 1
    if is_definite:
        rate = acosh((condition + 1) / (condition - 1))
        return max(1, ceil(log(2 * sqrt(condition) / error) / rate))
    return max(1, ceil(log(2 / error) / log((condition + 1) / (condition - 1))))


def run(
    matrix: Any, rhs: NDArray[Any], exact: NDArray[Any], error: float, is_definite: bool
) -> Run:
    """Solve until the direction is good enough.

    Args:
        matrix: NumPy array or SciPy sparse matrix of shape (N, N).
        rhs: of shape (N,), not zero.
        exact: the solution, of shape (N,).
        error: of the direction (l2 norm).
        is_definite: whether the matrix is Hermitian and positive definite.

    Raises:
        ValueError: if `MOST_STEPS` are not enough.
    """
    check_error(error)
    direction = exact / np.linalg.norm(exact)
    adjoint = None if is_definite else matrix.conj().T
    x = np.zeros_like(exact)
    residual = rhs.astype(exact.dtype)
    start = float(np.vdot(residual, residual).real)
    search = residual if adjoint is None else adjoint @ residual
    square = start
    for step in range(1, MOST_STEPS + 1):
        if adjoint is None:
            image = matrix @ search
            length = square / float(np.vdot(search, image).real)
        else:
            image = matrix @ search
            length = square / float(np.vdot(search, search).real)
        x = x + length * search
        residual = residual - length * image
        missed = float(np.linalg.norm(x / np.linalg.norm(x) - direction))
        if missed <= error:
            entries = (
                int(np.count_nonzero(matrix)) if isinstance(matrix, np.ndarray) else matrix.nnz
            )
            return Run(
                steps=step,
                products=step * (1 if is_definite else 2),
                flop=flop_of(step, entries, len(rhs), is_definite),
                residual=float(np.linalg.norm(rhs - matrix @ x) / np.linalg.norm(rhs)),
                error=missed,
            )
        now = float(np.vdot(residual, residual).real)
        gradient = residual if adjoint is None else adjoint @ residual
        search = gradient + now / square * search
        square = now
        if square <= NOTHING * start:
            break
    raise ValueError(
        f"conjugate gradients do not reach an error of {error:g} in floating point; ask for a "
        "larger one"
    )
