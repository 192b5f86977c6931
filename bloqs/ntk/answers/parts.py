"""What a prediction is made of."""

from typing import Any

from attrs import frozen

from bloqs.linear_systems.answers.solvers import Problem
from bloqs.linear_systems.circuits.matching import MatchingEncoding
from bloqs.ntk.answers.circuits import Sizes
from bloqs.ntk.answers.given import Given
from bloqs.ntk.answers.points import Points


@frozen(eq=False)
class Circuits:
    """The parts of a prediction.

    Args:
        given: the problem.
        points: that are asked about, against the solution.
        chosen: number of the one that costs are shown for.
        sizes: of |k_*> for that point.
        labels: the preparation of y.
        encoding: of the masked kernel; `None` where the labels are the solution.
        kappa: of the encoding.
        norm: |(K_S/alpha)^-1 y| for unit y.
        problem: the linear system; `None` likewise.
        perturbation: 1 + E with E encoded apart, where that is one.
    """

    given: Given
    points: Points
    chosen: int
    sizes: Sizes
    labels: Any
    encoding: MatchingEncoding | None = None
    kappa: float = 1.0
    norm: float = 1.0
    problem: Problem | None = None
    perturbation: Problem | None = None
