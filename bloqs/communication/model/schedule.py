r"""How often a model is updated until its gradients are small, and the runs that show it.

With angles of Pauli rotations, first and second derivatives of the loss in Z are at most 1 in
size, and the loss lies in [-1, 1].
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import sympy
from attrs import frozen

from bloqs.communication.model.rounding import (
    ceiling,
    check_between,
    floor,
    is_symbolic,
    ln,
    smallest,
)

Oracle = Callable[[Any], Any]
"""Angles -> estimated gradients, both of shape (parameters,)."""

BEST_SHARE = 0.2113
"""Error of a gradient over kappa with which tests need the fewest copies."""


def greedy_updates(kappa: Any) -> Any:
    r"""$\lfloor 64/(3\kappa^2) \rfloor$: each gains $3\kappa^2/32$ if gradients err by kappa/4."""
    check_between("kappa, the gradient at which training stops,", kappa, 0, 1, is_open=False)
    if is_symbolic(kappa):
        return floor(sympy.Rational(64, 3) / kappa**2)
    return floor(64 / (3 * kappa**2))


def greedy_updates_with(share: Any, kappa: Any) -> Any:
    r"""$4/((1 - c)(1 - 3c)\kappa^2)$ updates if gradients err by c kappa, c below a third."""
    check_between("the error of a gradient over kappa", share, 0, 1 / 3)
    return 4 / ((1 - share) * (1 - 3 * share) * kappa**2)


def mirror_error(kappa: Any, radius: Any) -> Any:
    """kappa/(4R), which every gradient may be off; at most 1, since no gradient is larger."""
    check_between("kappa, the gap at which training stops,", kappa, 0, np.inf)
    check_between("R, the l1 norm of the parameters,", radius, 0, np.inf)
    error = kappa / (4 * radius)
    return smallest(1, error)


def mirror_updates(kappa: Any, radius: Any, parameters: Any, slope: Any = 1) -> Any:
    r"""$\lceil 8 R^2 (G + \epsilon)^2 \ln(2D)/\kappa^2 \rceil$ with $\epsilon = \kappa/4R$.

    The gap of the mean iterate is at most $R(G + \epsilon)\sqrt{2 \ln(2D)/T} + 2R\epsilon$. With
    $G + \kappa$ in its place, as is also written, it fails for R below a quarter.
    """
    error = mirror_error(kappa, radius)
    return ceiling(8 * radius**2 * (slope + error) ** 2 * ln(2 * parameters) / kappa**2)


@frozen
class Trained:
    """Where training ended.

    Args:
        angles: found; shape (parameters,).
        updates: how many were made.
        losses: before each update and at the end, if a loss was given.
    """

    angles: Any
    updates: int
    losses: tuple[float, ...]


def run_greedy(
    oracle: Oracle,
    start: Any,
    kappa: float,
    error: float | None = None,
    loss: Callable[[Any], float] | None = None,
) -> Trained:
    """Turn the angle with the largest gradient by minus it, until none is above kappa - error.

    Args:
        oracle: every gradient off by at most `error`.
        start: angles; shape (parameters,).
        kappa: no gradient is above it at the end.
        error: of a gradient; kappa/4 if not given.
        loss: recorded if given.

    Raises:
        ArithmeticError: if the bound on updates is passed, so that a gradient was off by more.
    """
    allowed = kappa / 4 if error is None else error
    most = int(greedy_updates_with(allowed / kappa, kappa))
    theta, losses = np.array(start, dtype=float), []
    for update in range(most + 1):
        if loss is not None:
            losses.append(loss(theta))
        found = np.asarray(oracle(theta))
        largest = int(np.argmax(np.abs(found)))
        if abs(found[largest]) <= kappa - allowed:
            return Trained(theta, update, tuple(losses))
        theta[largest] -= found[largest]
    raise ArithmeticError(
        f"after {most} updates a gradient is still above {kappa}: some gradient was off by more "
        f"than {allowed}"
    )


def run_mirror(oracle: Oracle, parameters: int, kappa: float, radius: float) -> Trained:
    """Entropic mirror descent on the l1 ball: the mean of all iterates.

    Args:
        oracle: every gradient at most 1, off by at most `mirror_error`.
        parameters: D.
        kappa: gap of the mean to the least loss in the ball, for a convex loss.
        radius: R, of the ball.
    """
    times = int(mirror_updates(kappa, radius, parameters))
    error = mirror_error(kappa, radius)
    rate = np.sqrt(2 * np.log(2 * parameters) / times) / (radius * (1 + error))
    sums, total = np.zeros(parameters), np.zeros(parameters)
    for _ in range(times):
        ends = np.concatenate([-sums, sums]) * rate * radius
        weights = np.exp(ends - ends.max())
        weights /= weights.sum()
        theta = radius * (weights[:parameters] - weights[parameters:])
        total += theta
        sums += np.asarray(oracle(theta))
    return Trained(total / times, times, ())
