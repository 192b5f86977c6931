"""Differences of groups of runs: intervals, permutations, Holm's correction, and a verdict."""

import math
from collections.abc import Mapping, Sequence
from itertools import combinations, product
from typing import Any

import numpy as np
import scipy
from attrs import evolve, field, frozen
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEVEL = 0.05
"""Significance of every test; intervals are at 1 - LEVEL."""

MOST_ENTRIES = 4_000_000
"""Permutations times runs up to which all are made; beyond, so many are drawn, from a fixed
stream, and the one that was seen is among them."""

SUPPORTED, OPPOSITE = "supported", "opposite"
EQUIVALENT, UNDECIDED = "equivalent within the margin", "not distinguishable"
VERDICTS = (SUPPORTED, OPPOSITE, EQUIVALENT, UNDECIDED)


@frozen(kw_only=True)
class Difference:
    """One arm less the one it is compared with.

    Args:
        arm: name.
        mean: difference of the means.
        error: its standard error.
        interval: by t, at 1 - `LEVEL`.
        p_value: of t, two-sided, not corrected.
        permuted: p of all permutations of labels, or changes of sign of pairs.
        permuted_interval: differences that permutations do not reject.
        margin_p_value: the larger p of the two one-sided tests of the margin.
        holm: the p of t after Holm's correction; without it if the record does not correct.
        verdict: one of `VERDICTS`.
    """

    arm: str
    mean: float
    error: float
    interval: tuple[float, float]
    p_value: float
    permuted: float
    permuted_interval: tuple[float, float]
    margin_p_value: float
    holm: float = math.nan
    verdict: str = ""


@frozen(kw_only=True)
class Record:
    """Runs of several arms, and the rules by which they are judged.

    Args:
        data: where the numbers come from.
        quantity: what each number is, with its unit.
        runs: by arm, one number a run; of paired arms in the order of the pairs.
        against: the arm that all others are compared with.
        margin: difference within which two arms count as the same. Unit: that of the quantity.
        is_paired: whether run k of an arm belongs with run k of the other.
        is_corrected: whether p is corrected for the number of arms.

    Raises:
        ValueError: if an arm has too few runs, is missing, is not paired, or holds what is no
            number, or the margin is not above 0.
    """

    data: str
    quantity: str
    runs: Mapping[str, Sequence[float]] = field(repr=False)
    against: str
    margin: float
    is_paired: bool = False
    is_corrected: bool = True

    def __attrs_post_init__(self) -> None:
        if self.against not in self.runs or len(self.runs) < 2:
            raise ValueError(
                f"a record compares arms with {self.against!r}, got {', '.join(self.runs)}"
            )
        if not (math.isfinite(self.margin) and self.margin > 0):
            raise ValueError(f"a margin must be above 0, got {self.margin}")
        for arm, values in self.runs.items():
            if len(values) < 2:
                raise ValueError(f"an arm needs at least 2 runs, {arm} has {len(values)}")
            if not np.isfinite(np.asarray(values, float)).all():
                raise ValueError(f"a run must be a finite number, {arm} has {list(values)}")
            if self.is_paired and len(values) != len(self.runs[self.against]):
                raise ValueError(f"pairs need equal numbers of runs, {arm} has {len(values)}")

    def with_swapped(self, one: str, other: str) -> "Record":
        """The record with the labels of two arms swapped."""
        runs = dict(self.runs)
        runs[one], runs[other] = runs[other], runs[one]
        return evolve(self, runs=runs)

    def judged(self) -> dict[str, Difference]:
        """Each other arm with its verdict."""
        arms = [arm for arm in self.runs if arm != self.against]
        found = [self._compared(arm) for arm in arms]
        plain = [each.p_value for each in found]
        corrected = holm(plain) if self.is_corrected else plain
        return {
            each.arm: evolve(each, holm=p, verdict=verdict_of(each, p))
            for each, p in zip(found, corrected, strict=True)
        }

    def _compared(self, arm: str) -> Difference:
        one, two = (np.asarray(self.runs[name], float) for name in (arm, self.against))
        if self.is_paired:
            gaps = one - two
            mean, error, freedom = spread_of(gaps)
            signs = sign_changes(len(gaps))

            def permuted(shift: float) -> float:
                return share_beyond(signs @ (gaps - shift) / len(gaps), (gaps - shift).mean())

        else:
            mean = float(one.mean() - two.mean())
            error, freedom = welch(one, two)
            labels = relabellings(len(one), len(two))

            def permuted(shift: float) -> float:
                pooled = np.concatenate([one - shift, two])
                return share_beyond(labels @ pooled, (one - shift).mean() - two.mean())

        half = float(scipy.stats.t.ppf(1 - LEVEL / 2, freedom)) * error
        return Difference(
            arm=arm,
            mean=mean,
            error=error,
            interval=(mean - half, mean + half),
            p_value=two_sided(mean, error, freedom),
            permuted=permuted(0.0),
            permuted_interval=_interval(permuted, mean, 10 * half + 1e-9),
            margin_p_value=margin_test(mean, error, freedom, self.margin),
        )


def verdict_of(found: Difference, corrected: float) -> str:
    """Supported or opposite by the corrected p; else equivalent if both margins are excluded."""
    if corrected <= LEVEL and found.mean:
        return SUPPORTED if found.mean > 0 else OPPOSITE
    return EQUIVALENT if found.margin_p_value <= LEVEL else UNDECIDED


def holm(p_values: Sequence[float]) -> list[float]:
    """p corrected for the number of tests, step by step from the smallest."""
    found, largest = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda k: p_values[k])):
        largest = max(largest, min(1.0, (len(p_values) - rank) * p_values[place]))
        found[place] = largest
    return found


def spread_of(gaps: Floats) -> tuple[float, float, float]:
    """Mean of paired differences, its standard error, and degrees of freedom."""
    return float(gaps.mean()), float(gaps.std(ddof=1)) / math.sqrt(len(gaps)), len(gaps) - 1.0


def welch(one: Floats, two: Floats) -> tuple[float, float]:
    """Standard error of a difference of means, and degrees of freedom, without equal variances."""
    parts = [each.var(ddof=1) / len(each) for each in (one, two)]
    total = sum(parts)
    if not total:
        return 0.0, float(len(one) + len(two) - 2)
    below = sum(part**2 / (len(x) - 1) for part, x in zip(parts, (one, two), strict=True))
    return math.sqrt(total), float(total**2 / below)


def two_sided(mean: float, error: float, freedom: float) -> float:
    """The p of t; without any spread 0, but 1 if there is no difference either."""
    if not error:
        return 0.0 if mean else 1.0
    return 2 * float(scipy.stats.t.sf(abs(mean) / error, freedom))


def margin_test(mean: float, error: float, freedom: float, margin: float) -> float:
    """The larger p of the two one-sided tests that a difference is within a margin."""
    if not error:
        return 0.0 if abs(mean) < margin else 1.0
    return float(scipy.stats.t.sf((margin - abs(mean)) / error, freedom))


def relabellings(ones: int, twos: int) -> Floats:
    """Weights that give the difference of means for each way to label the runs."""
    total = ones + twos
    if math.comb(total, ones) * total <= MOST_ENTRIES:
        chosen = np.array(list(combinations(range(total), ones)))
    else:
        rng = np.random.default_rng(0)
        order = rng.permuted(np.tile(np.arange(total), (MOST_ENTRIES // total, 1)), axis=1)
        order[0] = np.arange(total)
        chosen = order[:, :ones]
    weights = np.full((len(chosen), total), -1 / twos)
    np.put_along_axis(weights, chosen, 1 / ones, axis=1)
    return weights


def sign_changes(pairs: int) -> Floats:
    """Every way to swap the two of each pair."""
    if 2**pairs * pairs <= MOST_ENTRIES:
        return np.array(list(product((1.0, -1.0), repeat=pairs)))
    signs = np.random.default_rng(0).choice([-1.0, 1.0], size=(MOST_ENTRIES // pairs, pairs))
    signs[0] = 1
    return signs


def share_beyond(found: Floats, seen: float) -> float:
    """Share of differences at least as far from zero as the one that was seen."""
    return float(np.mean(np.abs(found) >= abs(seen) - 1e-12 * (1 + abs(seen))))


def _interval(permuted: Any, middle: float, reach: float) -> tuple[float, float]:
    """Shifts about the middle that are not rejected; infinite if the runs are too few to reject."""
    ends = []
    for sign in (-1, 1):
        near, far = 0.0, reach
        if permuted(middle + sign * far) > LEVEL:
            ends.append(sign * math.inf)
            continue
        for _ in range(40):
            half = (near + far) / 2
            near, far = (half, far) if permuted(middle + sign * half) > LEVEL else (near, half)
        ends.append(middle + sign * far)
    return ends[0], ends[1]
