"""Tests of observed frequencies against probabilities."""

import math

import numpy as np
import scipy
from numpy.typing import NDArray

FEWEST = 5
"""Observations expected of a class below which a chi-square counts it together with its like."""

UNLUCKY = 1e-6
"""Probability that exact samples are further off than `sampling_noise`. Unit: 1."""


def chi_square_p_value(counts: NDArray[np.int64], probabilities: NDArray[np.float64]) -> float:
    """Probability of a chi-square at least as large, if the probabilities held.

    Classes in which fewer than `FEWEST` observations are expected count as one, together with the
    next rarest ones if so many are not expected of all of them: of less, a chi-square is no law.

    Args:
        counts: observations of each class, shape (classes,).
        probabilities: of the classes, up to a factor; same shape.
    """
    expected = int(counts.sum()) * probabilities / probabilities.sum()
    order = np.argsort(expected)
    rare = int((expected < FEWEST).sum())
    if rare:
        rare = max(rare, int(np.searchsorted(np.cumsum(expected[order]), FEWEST)) + 1)
    together, alone = order[:rare], order[rare:]
    groups = [*zip(expected[alone], counts[alone], strict=True)]
    if rare:
        groups.append((expected[together].sum(), counts[together].sum()))
    if len(groups) < 2:
        return 1.0
    statistic = sum((found - wanted) ** 2 / max(wanted, 1e-300) for wanted, found in groups)
    return float(scipy.stats.chi2.sf(statistic, len(groups) - 1))


def total_variation(one: NDArray[np.float64], two: NDArray[np.float64]) -> float:
    """Half the l1 distance of two laws, each of shape (classes,)."""
    return float(np.abs(one - two).sum() / 2)


def sampling_noise(classes: int, count: int) -> float:
    """Total variation that frequencies of exact samples stay below, except with `UNLUCKY`.

    Their mean distance is at most sqrt(classes / count) / 2, and one sample moves it by at most
    1 / count: the bounded-differences inequality.

    Args:
        classes: possible values.
        count: samples.
    """
    return math.sqrt(classes / count) / 2 + math.sqrt(math.log(1 / UNLUCKY) / (2 * count))


def share_interval(count: int, total: int, level: float = 0.95) -> tuple[float, float]:
    """The share of Clopper and Pearson that is covered with at least a probability.

    Args:
        count: times that something was seen.
        total: times that it was looked for, at least one.
        level: the probability.
    """
    found = scipy.stats.binomtest(count, total).proportion_ci(level, "exact")
    return float(found.low), float(found.high)
