"""The smallest degree at which an approximation is good enough."""

from collections.abc import Callable
from functools import cache
from itertools import count

_CONFIRMATIONS = 2


def smallest_degree(accepts: Callable[[int], bool], first: int, likely: int) -> int:
    """Smallest degree first, first + 2, ... that `accepts`, for a property kept once reached.

    Searches as `likely_degree`. That the property is kept is not taken on trust: the answer is
    moved down until the two degrees below it fail, and the two above it must hold.

    Args:
        accepts: whether a degree is good enough.
        first: smallest degree to consider; fixes the parity.
        likely: where to start; any degree.

    Raises:
        ArithmeticError: if a degree is accepted and one of the next two is not.
    """
    holds = cache(accepts)
    good = likely_degree(holds, first, likely)
    below = good - 2
    while below >= first and below >= good - 2 * _CONFIRMATIONS:
        if holds(below):
            good = below
        below -= 2
    for degree in range(good + 2, good + 2 + 2 * _CONFIRMATIONS, 2):
        if not holds(degree):
            raise ArithmeticError(f"degree {good} is accepted but {degree} is not")
    return good


def likely_degree(accepts: Callable[[int], bool], first: int, likely: int) -> int:
    """A degree first, first + 2, ... that `accepts`, where the one before does not.

    Steps up from where it starts, twice as far each time, and bisects. For what is nearly kept
    once it is reached, the smallest is near.

    Args:
        accepts: whether a degree is good enough.
        first: smallest degree to consider; fixes the parity.
        likely: where to start; any degree.
    """
    bad, good, further = -1, max(0, (likely - first) // 2), 1
    while not accepts(first + 2 * good):
        bad, good, further = good, good + further, 2 * further
    while good - bad > 1:
        middle = (good + bad) // 2
        bad, good = (bad, middle) if accepts(first + 2 * middle) else (middle, good)
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
