"""The smallest degree at which an approximation is good enough."""

from collections.abc import Callable
from itertools import count

_CONFIRMATIONS = 2


def smallest_degree(accepts: Callable[[int], bool], first: int, likely: int) -> int:
    """Smallest degree first, first + 2, ... that `accepts`, for a property kept once reached.

    Doubles and bisects. That the property is kept is not taken on trust: the answer is moved
    down until the two degrees below it fail, and the two above it must hold.

    Args:
        accepts: whether a degree is good enough.
        first: smallest degree to consider; fixes the parity.
        likely: where to start; any degree.

    Raises:
        ArithmeticError: if a degree is accepted and one of the next two is not.
    """
    known: dict[int, bool] = {-1: False}

    def holds(step: int) -> bool:
        if step not in known:
            known[step] = accepts(first + 2 * step)
        return known[step]

    good = max(0, (likely - first) // 2)
    while not holds(good):
        good = 2 * good + 1
    bad = max(step for step, accepted in known.items() if not accepted and step < good)
    while good - bad > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if holds(middle) else (good, middle)
    below = good - 1
    while below >= 0 and below >= good - _CONFIRMATIONS:
        if holds(below):
            good = below
        below -= 1
    for step in range(good + 1, good + 1 + _CONFIRMATIONS):
        if not holds(step):
            raise ArithmeticError(
                f"degree {first + 2 * good} is accepted but {first + 2 * step} is not"
            )
    return first + 2 * good


def first_degree(accepts: Callable[[int], bool], first: int) -> int:
    """Smallest degree first, first + 2, ... that `accepts`, trying one after the other.

    For a property that a larger degree can lose again. Does not end if no degree is accepted.
    """
    return next(degree for degree in count(first, 2) if accepts(degree))


def require_epsilon(epsilon: float) -> None:
    """Accepts an error that an approximation of a function of size 1 can be asked for.

    Raises:
        ValueError: if `epsilon` is not above 0 and below 1.
    """
    if not 0 < epsilon < 1:
        raise ValueError(f"epsilon must be between 0 and 1, got {epsilon}")
