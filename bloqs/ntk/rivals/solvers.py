"""f of a test point by solving for the whole vector, counted as it is done.

Source: [GVL13] Algs. 4.2.1, 3.1.1, 3.1.2 for the dense one; [Saa03] Eq. (6.128) and Sec. 4.1
"""

from math import ceil, log

import numpy as np
from attrs import frozen

from bloqs.linear_systems.model.condition import check_error
from bloqs.ntk.model.activation import Reals
from bloqs.ntk.rivals.memory import PointMemory, Work

MOST_STEPS = 1_000_000
"""Steps of gradient descent after which a run gives up."""


@frozen(kw_only=True)
class Answer:
    """What an algorithm gave.

    Args:
        value: prediction, or an estimate of it.
        work: what it took.
        steps: iterations, or samples; 1 for a direct solution.
    """

    value: float
    work: Work
    steps: int


def dense_solve(memory: PointMemory, point: Reals) -> Answer:
    """f by a Cholesky factor of K and two substitutions.

    Raises:
        ValueError: if K is not definite in floating point.
    """
    matrix = memory.whole()
    everything = np.arange(memory.n)
    lower = cholesky(matrix, memory.work)
    half = substituted(lower, memory.labels(everything), memory.work)
    x = substituted(lower.T[::-1, ::-1], half[::-1], memory.work)[::-1]
    return Answer(value=_product(memory, point, x), work=memory.work, steps=1)


def cholesky(matrix: Reals, work: Work) -> Reals:
    """The lower factor of a definite matrix (n, n), column by column.

    Raises:
        ValueError: if a pivot is not above zero.
    """
    n = len(matrix)
    lower = np.zeros((n, n))
    for j in range(n):
        column = matrix[j:, j] - lower[j:, :j] @ lower[j, :j]
        work.flop += 2 * (n - j) * j
        if not column[0] > 0:
            raise ValueError(
                f"the kernel is not definite in floating point at row {j}; go deeper, or take "
                "conjugate gradients"
            )
        lower[j, j] = np.sqrt(column[0])
        lower[j + 1 :, j] = column[1:] / lower[j, j]
        work.flop += n - j
    return lower


def substituted(lower: Reals, right: Reals, work: Work) -> Reals:
    """x with lower x = right, for a lower triangle (n, n)."""
    x = np.zeros(len(right))
    for i in range(len(right)):
        x[i] = (right[i] - lower[i, :i] @ x[:i]) / lower[i, i]
        work.flop += 2 * i + 1
    return x


def _product(memory: PointMemory, point: Reals, x: Reals) -> float:
    """k_* . x: a kernel, a product and a sum for each point."""
    memory.work.flop += 2 * memory.n
    return float(memory.with_point(np.arange(memory.n), point) @ x)


def conjugate_gradient_solve(memory: PointMemory, point: Reals, error: float) -> Answer:
    """f by conjugate gradients on K, until the residual is small.

    Args:
        memory: the data.
        point: unit test point, shape (d,).
        error: of |y - K x| / |y|, in (0, 1).

    Raises:
        ValueError: if ten steps for each point are not enough in floating point.
    """
    check_error(error)
    matrix, work, n = memory.whole(), memory.work, memory.n
    residual = memory.labels(np.arange(n))
    x, search, square = np.zeros(n), residual, float(residual @ residual)
    start = square
    work.flop += 2 * n
    for steps in range(1, 10 * n + 1):
        image = matrix @ search
        work.flop += 2 * n * n
        length = square / float(search @ image)
        x = x + length * search
        residual = residual - length * image
        now = float(residual @ residual)
        work.flop += 8 * n + 1
        if now <= error**2 * start:
            return Answer(value=_product(memory, point, x), work=work, steps=steps)
        search, square = residual + now / square * search, now
        work.flop += 2 * n + 1
    raise ValueError(
        f"conjugate gradients do not reach a residual of {error:g}; ask for a larger one"
    )


def descent_steps(row_sum: float, error: float) -> int:
    """Steps of gradient descent that are enough, for a row sum below one: the residual shrinks by
    2 r/(1 + r) at least in each.

    Raises:
        ValueError: if the row sum is not below one, or the error not in (0, 1).
    """
    check_error(error)
    if not 0 <= row_sum < 1:
        raise ValueError(f"steps are known for a row sum below 1, got {row_sum:g}; go deeper")
    rate = 2 * row_sum / (1 + row_sum)
    return max(1, ceil(log(1 / error) / log(1 / rate))) if rate else 1


def gradient_descent(memory: PointMemory, point: Reals, error: float) -> Answer:
    """f by gradient descent on the squared error, step 1/(1 + r), until the residual is small.

    Args:
        memory: the data.
        point: unit test point, shape (d,).
        error: of |y - K x| / |y|, in (0, 1).

    Raises:
        ValueError: if `MOST_STEPS` are not enough.
    """
    check_error(error)
    matrix, work, n = memory.whole(), memory.work, memory.n
    labels = memory.labels(np.arange(n))
    step = 1 / float(np.abs(matrix).sum(axis=1).max())
    work.flop += n * (n - 1) + 1
    x = np.zeros(n)
    for steps in range(1, MOST_STEPS + 1):
        residual = labels - matrix @ x
        work.flop += 2 * n * n
        size = float(residual @ residual)
        work.flop += 2 * n
        if size <= error**2 * n:
            return Answer(value=_product(memory, point, x), work=work, steps=steps)
        x = x + step * residual
        work.flop += 2 * n
    raise ValueError(f"gradient descent takes more than {MOST_STEPS} steps; go deeper")
