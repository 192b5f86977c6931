r"""How often a read-out is repeated so that a sign is wrong with probability delta_f at most.

**Flagged Hadamard test.** A control starts in plus and prepares $|k_*\rangle$ on zero and
$|x\rangle$ on one; after a Hadamard gate on it an outcome is +1 or -1, or 0 where a flag says that
a preparation failed. With success probabilities p and q and overlap o of the states, the mean is
$a = o \sqrt{pq}$ and the second moment $v = (p + q)/2$. A mean of N outcomes has the wrong sign
with probability $(1 - v + \sqrt{v^2 - a^2})^N$ at most. That is below $\delta_f$ for
$N = \lceil 2 \ln(1/\delta_f) (v - a^2 + a/3)/a^2 \rceil$, but for v near one, where some shots more
are taken until it is.

**Against a threshold** t the margin $|a - t|$ takes the place of a: that is Bernstein's inequality.

Source: derived; [BLM13] Sec. 2.2 and Thm. 2.10
"""

from math import ceil, inf, log, sqrt


def check_failure(failure: float) -> None:
    """Refuse what is no failure probability.

    Raises:
        ValueError: if it is not strictly between 0 and 1.
    """
    if not 0 < failure < 1:
        raise ValueError(f"delta_f is a failure probability, in (0, 1), got {failure}; give 0.05")


def check_probability(name: str, value: float) -> None:
    """Refuse a success probability out of (0, 1].

    Raises:
        ValueError: if it is.
    """
    if not 0 < value <= 1:
        raise ValueError(f"{name} is a success probability, in (0, 1], got {value}")


def check_overlap(overlap: float) -> None:
    """Refuse an overlap that has no sign, or is none.

    Raises:
        ValueError: if it is zero or its modulus is above 1.
    """
    if not 0 < abs(overlap) <= 1:
        raise ValueError(
            f"o is the overlap of two unit vectors, not zero, in [-1, 1], got {overlap}; a point "
            "with overlap zero has no class"
        )


def test_mean(overlap: float, p: float, q: float) -> float:
    """a: mean outcome of the flagged test."""
    return overlap * sqrt(p * q)


def test_second_moment(p: float, q: float) -> float:
    """v: mean square of its outcome."""
    return (p + q) / 2


def failure_bound(mean: float, square: float, shots: int) -> float:
    """Bound on the probability that outcomes of this mean and square show another sign, or none."""
    return float(1 - square + sqrt(max(0.0, square**2 - mean**2))) ** shots


def hadamard_shots(overlap: float, p: float, q: float, failure: float) -> int:
    """Repetitions of the flagged Hadamard test. Unit: shots.

    Args:
        overlap: o of the two states.
        p: probability that the flags of the first are found in zero.
        q: of the second.
        failure: delta_f.

    Raises:
        ValueError: if a number is out of its range.
    """
    check_overlap(overlap)
    check_probability("p", p)
    check_probability("q", q)
    check_failure(failure)
    a, v = abs(test_mean(overlap, p, q)), test_second_moment(p, q)
    base = failure_bound(a, v, 1)
    surely = ceil(log(failure) / log(base)) if base > 0 else 1
    return max(surely, ceil(2 * log(1 / failure) * (v - a**2 + a / 3) / a**2))


def threshold_shots(mean: float, threshold: float, square: float, failure: float) -> float:
    """Outcomes after which the side of a threshold is known. Unit: shots.

    Args:
        mean: of an outcome, a.
        threshold: that it is compared with, in units of the outcome.
        square: mean square of an outcome, v.
        failure: delta_f.

    Returns:
        A whole number; infinite if the mean is the threshold.

    Raises:
        ValueError: if the failure is no probability.
    """
    check_failure(failure)
    margin = abs(mean - threshold)
    if margin == 0:
        return inf
    spread = square - mean**2
    return ceil(2 * log(1 / failure) * (spread + margin * (1 + abs(mean)) / 3) / margin**2)


def swap_shots(square: float, error: float, failure: float) -> int:
    """Shots of a swap test that give |<u|v>|**2 to an error, by Hoeffding. Unit: shots.

    Args:
        square: |<u|v>|**2, which is the mean outcome.
        error: allowed, above 0.
        failure: delta_f.
    """
    check_failure(failure)
    if not 0 <= square <= 1 or not error > 0:
        raise ValueError(f"needs a square in [0, 1] and an error above 0, got {square}, {error}")
    return ceil(2 * log(2 / failure) / error**2)
