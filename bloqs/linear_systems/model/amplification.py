r"""Rounds of amplitude amplification that cost least, or none.

With success probability $p = \sin^2\theta$ of one run, r rounds make it $\sin^2((2r + 1)\theta)$
and cost 2 r + 1 runs or their inverses, so a success takes
$(2r + 1)/\sin^2((2r + 1)\theta)$ runs on average. The usual $r = \lceil \pi/4\theta - 1/2
\rceil$ overshoots: at p = .81 it makes three runs that succeed with probability .05.

Source: [BHMT02] Thm. 2 for what r rounds do; the minimum is elementary.
"""

from math import asin, ceil, inf, pi, sin, sqrt


def check_success(success: float) -> None:
    """Refuse what is no success probability.

    Raises:
        ValueError: if it is not above 0 and at most 1.
    """
    if not 0 < success <= 1:
        raise ValueError(f"a success probability lies in (0, 1], got {success}; give one that does")


def amplified_success(success: float, rounds: int) -> float:
    """Success probability after so many rounds.

    Args:
        success: of one run.
        rounds: at least 0.
    """
    check_success(success)
    return sin((2 * rounds + 1) * asin(sqrt(success))) ** 2


def runs_until_success(success: float, rounds: int) -> float:
    """Runs, or their inverses, until the flags are found in zero, on average. Unit: runs."""
    reached = amplified_success(success, rounds)
    return (2 * rounds + 1) / reached if reached > 0 else inf


def best_rounds(success: float) -> int:
    """The rounds that make the expected number of runs smallest; 0 is to repeat.

    Beyond the first maximum of the amplified success more rounds cost more and reach no more, so
    only the rounds up to it are compared. From p = 1/3 on, repeating is best.
    """
    check_success(success)
    most = ceil(pi / (4 * asin(sqrt(success))))
    if most <= 1_000:
        return min(range(most + 1), key=lambda rounds: runs_until_success(success, rounds))
    # (2r + 1)/sin^2((2r + 1) theta) has one minimum below the first maximum: tan u = 2 u
    near = round((1.1655611852072113 / asin(sqrt(success)) - 1) / 2)
    return min(range(near - 2, near + 3), key=lambda rounds: runs_until_success(success, rounds))
