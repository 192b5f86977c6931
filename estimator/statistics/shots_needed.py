r"""How many runs a device that only samples classes needs to name the most probable one.

The device is run R times and the most frequent class is returned. With $p_1$ the largest
probability, the answer is right unless some class $c$ is seen at least as often as class 1.
"""

import math
from collections.abc import Callable

import numpy as np
import scipy
from attrs import frozen

from estimator.network.layers import Matrix

EXACT_RUNS = 10**8
"""Runs up to which the exact probabilities are summed; a sum has about 16 sqrt(runs) terms."""

UNLIKELY = 1e-9
"""Chernoff bound of one rival below which its exact probability is not worth computing."""

NEGLIGIBLE = 1e-15
"""Probability of counts that an exact sum may leave out; it is added to the result."""


@frozen
class ShotsNeeded:
    """Numbers of runs that suffice, by method; each is an upper bound on what is needed.

    Args:
        margin: difference of the two largest probabilities.
        hoeffding: from the margin alone.
        chernoff: from all probabilities.
        pairwise: from the exact probability that one class ties with or beats the first, summed
            over classes; `None` if `chernoff` is above `EXACT_RUNS`. Holds at this number of runs
            and fails at one fewer.
    """

    margin: float
    hoeffding: int
    chernoff: int
    pairwise: int | None


def margin(probabilities: Matrix) -> float:
    """Difference of the two largest probabilities.

    Raises:
        ValueError: if they are not at least two probabilities that sum to 1.
    """
    best, rivals = _ranked(probabilities)
    return best - float(rivals[0])


def shots_needed(probabilities: Matrix, failure: float, distance: float) -> ShotsNeeded:
    r"""Runs after which the most frequent class is the most probable one, except with `failure`.

    A sampler off by `distance` has, at worst, $p_1 - t$ and $p_c + t$; this worst case is taken
    for every class at once.

    Args:
        probabilities: of the classes, exact; shape (classes,).
        failure: probability allowed for a wrong answer, above 0 and below 1.
        distance: total variation distance of the sampler's law from the exact one; at most the
            l2 error of the state that is measured.

    Raises:
        ValueError: if a value is out of range, or the margin is at most twice the distance.
    """
    best, rivals = _ranked(probabilities)
    if not 0 < failure < 1:
        raise ValueError(f"failure must be above 0 and below 1, got {failure:.6g}")
    if not 0 <= distance < 1:
        raise ValueError(f"distance must be from 0 to below 1, got {distance:.6g}")
    gap = best - float(rivals[0])
    if gap <= 2 * distance:
        raise ValueError(
            f"a margin of {gap:.3g} between the two best classes is lost in a sampler that is "
            f"off by {distance:.3g}; the margin must exceed twice that"
        )
    best, rivals = best - distance, rivals + distance
    hoeffding = 2 * math.log(len(rivals) / failure) / (gap - 2 * distance) ** 2
    chernoff = _smallest(lambda R: chernoff_bound(best, rivals, R) <= failure)
    pairwise = None
    if chernoff <= EXACT_RUNS:
        pairwise = _smallest(lambda R: pairwise_bound(best, rivals, R) <= failure)
    return ShotsNeeded(gap, math.ceil(hoeffding), chernoff, pairwise)


def chernoff_bound(best: float, rivals: Matrix, runs: int) -> float:
    r"""Bound on the probability that a rival is seen as often as the best class, or more often.

    $\sum_c (1 - (\sqrt{p_1} - \sqrt{p_c})^2)^R$: each run moves the difference of two counts by
    +1, -1 or 0, and $\min_z E z^{X_c - X_1}$ over one run is that base, at
    $z = \sqrt{p_1/p_c}$.

    Args:
        best: the largest probability.
        rivals: the others, each below `best`.
        runs: R.
    """
    return float(_chernoff_terms(best, rivals, runs).sum())


def _chernoff_terms(best: float, rivals: Matrix, runs: int) -> Matrix:
    difference = (best - rivals) / (math.sqrt(best) + np.sqrt(rivals))
    with np.errstate(divide="ignore"):  # a certain class has no rival: log(0), probability 0
        return np.exp(runs * np.log1p(-(difference**2)))


def pairwise_bound(best: float, rivals: Matrix, runs: int) -> float:
    """`tie_probability` summed over the rivals, at most 1; the Chernoff bound where it is tiny.

    Args:
        best: the largest probability.
        rivals: the others, each below `best`, largest first.
        runs: R.
    """
    terms = _chernoff_terms(best, rivals, runs)
    total = float(terms[terms < UNLIKELY].sum())
    for rival in rivals[terms >= UNLIKELY]:
        if total >= 1:
            return 1.0
        total += tie_probability(best, float(rival), runs)
    return min(1.0, total)


def tie_probability(best: float, rival: float, runs: int) -> float:
    """Probability that the rival is seen at least as often as the best class, up to 1e-15 above.

    Both together are seen n times, n binomial; of these the rival has a binomial share.

    Args:
        best: probability of one class.
        rival: probability of the other.
        runs: R.
    """
    both = best + rival
    low = int(scipy.stats.binom.ppf(NEGLIGIBLE / 2, runs, min(both, 1.0)))
    high = int(scipy.stats.binom.ppf(1 - NEGLIGIBLE / 2, runs, min(both, 1.0)))
    n = np.arange(max(low, 0), high + 1)
    lost = scipy.stats.binom.sf((n + 1) // 2 - 1, n, rival / both)
    return float(scipy.stats.binom.pmf(n, runs, min(both, 1.0)) @ lost + NEGLIGIBLE)


def _ranked(probabilities: Matrix) -> tuple[float, Matrix]:
    """The largest and the others, falling."""
    p = np.asarray(probabilities, dtype=np.float64)
    if p.ndim != 1 or len(p) < 2 or not (p >= 0).all() or not abs(p.sum() - 1) < 1e-6:
        raise ValueError(
            f"needs at least two probabilities that sum to 1, got shape {p.shape} and sum "
            f"{p.sum():.6g}"
        )
    falling = np.sort(p)[::-1]
    return float(falling[0]), falling[1:]


def _smallest(enough: Callable[[int], bool]) -> int:
    """A number of runs that is enough while one fewer is not, by doubling and bisection."""
    high = 1
    while not enough(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
