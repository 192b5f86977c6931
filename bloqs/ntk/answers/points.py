"""What is read out for each point that is asked about, and the one that costs are shown for."""

from functools import cached_property
from math import isfinite, sqrt

import numpy as np
from attrs import frozen

from bloqs.ntk.answers.given import Given
from bloqs.ntk.answers.reading import Outcome
from bloqs.ntk.model.activation import Reals
from bloqs.ntk.model.readout import Overlap, check_four, clip, signed_parts


@frozen(eq=False)
class Points:
    """The points of a problem against one solution.

    Args:
        given: the problem.
        solution: K_S^-1 y, or y over the diagonal, shape (n,).
    """

    given: Given
    solution: Reals

    @classmethod
    def of(cls, given: Given, variant: str) -> "Points":
        """Of the solution that a variant inverts for."""
        system = given.system
        if variant == "diagonal":
            return cls(given, np.asarray(system.labels / np.diagonal(system.matrix)))
        return cls(given, system.solution)

    @cached_property
    def clipped(self) -> Reals:
        """Kernels over the ceiling, cut off, shape (m, n)."""
        return np.array([clip(k, self.given.ceiling) for k in self.given.vectors])

    @cached_property
    def overlaps(self) -> list[Overlap]:
        """Of every point, over the padded rows."""
        places = self.given.system.places
        solution = places.vector(self.solution)
        return [Overlap.of(places.vector(k), solution) for k in self.clipped]

    def outcomes(self, success: float) -> list[Outcome]:
        """What is read out, for a solution with this probability of success."""
        is_batch = self.given.honesty.threshold == "median"
        means = np.array([each.overlap * sqrt(each.success) for each in self.overlaps])
        threshold = self.given.threshold(means) * sqrt(success)
        return [
            Outcome(overlap=each.overlap, p=each.success, q=success, threshold=threshold,
                    is_batch=is_batch)
            for each in self.overlaps
        ]  # fmt: skip

    @cached_property
    def ranks(self) -> list[int]:
        """The points by shots of the Hadamard test at success one, fewest first; those at the
        threshold left out."""
        shots = np.array([each.shots(0.05) for each in self.outcomes(1.0)])
        order = np.argsort(shots, kind="stable")
        return [int(i) for i in order if isfinite(shots[i])]

    @property
    def middle(self) -> int:
        """The point whose shots are the median.

        Raises:
            ValueError: if every point is at the threshold.
        """
        if not self.ranks:
            raise ValueError(
                "every point asked about is at the threshold and has no class; give other points, "
                "or --threshold zero"
            )
        return self.ranks[(len(self.ranks) - 1) // 2]

    def parts(self, i: int) -> dict[tuple[int, int], tuple[float, float, float]]:
        """For the four swap tests of a point: by signs of its kernels and of the labels, length of
        the kernels' part over the root of the rows, that of the solution's, |<k|x>|**2.

        Raises:
            ValueError: if an entry of the solution has not the sign of its label.
        """
        check_four(self.solution, self.given.system.labels)
        rows = self.given.system.places.size
        x = self.solution / np.linalg.norm(self.solution)
        found = {}
        for s, k in zip((1, -1), signed_parts(self.clipped[i]), strict=True):
            for t, y in zip((1, -1), signed_parts(x), strict=True):
                lengths = float(np.linalg.norm(k)), float(np.linalg.norm(y))
                if lengths[0]:
                    square = float(k @ y / lengths[0] / lengths[1]) ** 2
                    found[s, t] = (lengths[0] / sqrt(rows), lengths[1], min(1.0, square))
        return found

    @property
    def spread(self) -> dict[str, tuple[float, float]]:
        """Median and worst of n/P and 1/o**2 over the points."""
        attempts = np.array([each.attempts for each in self.overlaps])
        with np.errstate(divide="ignore"):
            shots = 1 / np.array([each.overlap for each in self.overlaps]) ** 2
        return {
            "attempts": (float(np.median(attempts)), float(attempts.max())),
            "shots": (float(np.median(shots)), float(shots.max())),
        }
