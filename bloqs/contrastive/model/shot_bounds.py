"""How far estimates from shots are off, and how many shots a width and an accuracy need."""

import math

from bloqs.contrastive.model.batched_engine import check_shots


def hoeffding(shots: int, delta: float) -> float:
    r"""Error of one output that is exceeded with probability `delta` at most.

    A shot gives +1 or -1, so $P(|\hat z - z| \ge e) \le 2 \exp(-S e^2 / 2)$. [Hoe63] Theorem 2.

    Raises:
        ValueError: if there are no shots, or delta is not above 0 and below 1.
    """
    return union(shots, delta, 1)


def union(shots: int, delta: float, width: int) -> float:
    """The same for the largest error of all W outputs: each gets delta / W."""
    check_shots(shots)
    _check(delta, width)
    return math.sqrt(2 * math.log(2 * width / delta) / shots)


def l2_bound(shots: int, delta: float, width: int) -> float:
    r"""Euclidean error of all W outputs that is exceeded with probability `delta` at most.

    The mean is at most $\sqrt{W / S}$, and one shot moves the error by $2 \sqrt{W} / S$ at most:
    bounded differences. It takes shots as joint strings, whose qubits may depend on each other.
    """
    check_shots(shots)
    _check(delta, width)
    return math.sqrt(width / shots) + math.sqrt(2 * width * math.log(1 / delta) / shots)


def shots_for(epsilon: float, delta: float, width: int) -> int:
    """Shots after which all W outputs are within epsilon, except with probability delta.

    Raises:
        ValueError: if epsilon is not above 0, delta not above 0 and below 1, or W below 1.
    """
    _check(delta, width)
    if not (math.isfinite(epsilon) and epsilon > 0):
        raise ValueError(f"an accuracy must be above 0, got {epsilon}")
    return max(1, math.ceil(2 * math.log(2 * width / delta) / epsilon**2))


def _check(delta: float, width: int) -> None:
    if not 0 < delta < 1:
        raise ValueError(f"a chance of failure must be above 0 and below 1, got {delta}")
    if width < 1:
        raise ValueError(f"there must be an output, got W={width}")
