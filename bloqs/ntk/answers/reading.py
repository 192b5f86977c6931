"""How often a circuit is run until the class of a point is known, for each way of reading out.

Outcomes of the flagged Hadamard test have mean $a = o \\sqrt{p q}$; a class is the side of a
threshold t, in the same unit, that a is on. Where t is the median of a batch, it is not known
either: every point of the batch is read out to half of its distance from it.

Source: [ZNL21] App. A.3; the counts derived
"""

from collections.abc import Mapping
from math import ceil, inf, log, pi, sqrt

from attrs import frozen

from bloqs.ntk.model.shots import hadamard_shots, swap_shots, threshold_shots
from bloqs.readout.estimates import amplitude_bits

CONFIDENCE = 8 / pi**2
"""Least probability that an estimate by a clock keeps its error."""


@frozen(kw_only=True)
class Outcome:
    """What is read out for one point.

    Args:
        overlap: o of the unit states.
        p: probability that the flags of |k_*> are found in zero.
        q: of the solution.
        threshold: what o is compared with, times the lengths: t in the unit of a.
        is_batch: whether the threshold is the median of a batch.
    """

    overlap: float
    p: float
    q: float
    threshold: float = 0.0
    is_batch: bool = False

    @property
    def mean(self) -> float:
        """a."""
        return self.overlap * sqrt(self.p * self.q)

    @property
    def square(self) -> float:
        """v."""
        return (self.p + self.q) / 2

    @property
    def margin(self) -> float:
        """How far the mean is from what it is compared with; half of it for a median."""
        apart = abs(self.mean - self.threshold)
        return apart / 2 if self.is_batch else apart

    @property
    def overlap_margin(self) -> float:
        """The same in the unit of o."""
        return self.margin / sqrt(self.p * self.q)

    def shots(self, failure: float) -> float:
        """Of the flagged Hadamard test; infinite at the threshold. Unit: shots."""
        if self.margin == 0:
            return inf
        if not self.is_batch and self.threshold == 0:
            return float(hadamard_shots(self.overlap, self.p, self.q, failure))
        near = self.mean - self.margin
        return threshold_shots(self.mean, near, self.square, failure)

    def clock(self, failure: float) -> "Clock | None":
        """Amplitude estimation of the outcomes +1 and -1, each to half of the margin, whose
        difference is the mean; `None` at the threshold."""
        if self.margin == 0:
            return None
        sides = [self.square / 2 + sign * self.mean / 2 for sign in (1, -1)]
        bits = max(amplitude_bits(min(0.5, max(0.0, side)), self.margin / 2) for side in sides)
        repeats = ceil(log(2 / failure) / (2 * (CONFIDENCE - 0.5) ** 2))
        return Clock(bits=bits, repeats=repeats + 1 - repeats % 2)


@frozen(kw_only=True)
class Clock:
    """How amplitude estimation is done.

    Args:
        bits: of the clock. Unit: qubits.
        repeats: estimates of each outcome, of which the median counts.
    """

    bits: int
    repeats: int

    @property
    def runs(self) -> int:
        """Runs of the whole estimation."""
        return 2 * self.repeats

    @property
    def calls(self) -> int:
        """Calls of the test and its inverse in all runs."""
        return int(self.runs * (2 ** (self.bits + 1) - 1))


def swap_counts(
    outcome: Outcome, failure: float, parts: Mapping[tuple[int, int], tuple[float, float, float]]
) -> dict[tuple[int, int], float]:
    """Swap tests whose flags are in zero, by signs: each to its share of the margin; infinite at
    the threshold.

    Args:
        outcome: what is read out.
        failure: delta_f.
        parts: by signs s and t, length of k^s up to a factor, that of x^t for a unit solution, and
            |<k^s|x^t>|**2 of unit vectors.
    """
    whole = sqrt(sum({s: k * k for (s, _), (k, _, _) in parts.items()}.values()))
    error = outcome.overlap_margin / sum(k / whole * x for k, x, _ in parts.values())
    if error == 0:
        return dict.fromkeys(parts, inf)
    each = failure / len(parts)
    return {
        signs: float(swap_shots(square, square_error(square, error), each))
        for signs, (_, _, square) in parts.items()
    }


def square_error(square: float, error: float) -> float:
    """How well |o|**2 must be known so that |o| is known to an error."""
    return max(error * sqrt(square), error**2)
