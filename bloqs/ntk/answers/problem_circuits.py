"""The circuits of a prediction for data that a user brings."""

from math import sqrt
from typing import Any

import numpy as np
from attrs import frozen

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.linear_systems.answers.solvers import SOLVERS, Problem
from bloqs.linear_systems.circuits.matching import MatchingEncoding
from bloqs.ntk.answers.circuits import (
    LABELS,
    SLACK,
    Prediction,
    Sizes,
    Solved,
    encoding_in_sizes,
    memory,
    prediction,
    solved_by,
    window_at,
)
from bloqs.ntk.answers.given import Given
from bloqs.ntk.answers.points import Points
from bloqs.ntk.circuits.class_signs import labels_vector
from bloqs.ntk.circuits.fixed_point import FixedPoint
from bloqs.ntk.model.budget import Budget
from bloqs.ntk.parameters import ALL


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


def circuits_of(given: Given, values: Any) -> Circuits:
    """The parts of a prediction for the point whose shots are the median.

    Raises:
        ValueError: if no bits are enough, or the kernel is not one of correlations where it is to
            be worked out.
    """
    variant, loader = str(values["variant"]), str(values["loader"])
    points = Points.of(given, variant)
    chosen = points.middle
    half = float(values["epsilon"]) / 2
    system, index = given.system, given.system.places.a
    sizes = Sizes(
        index=index,
        bits=bits_of(given, points, chosen, half, str(values["preparation"])),
        norm=float(np.linalg.norm(points.clipped[chosen])),
        slope=1.0 if given.kernel is None else given.kernel.steepest(given.gap) / given.ceiling,
        is_padded=not system.places.is_full,
        preparation=str(values["preparation"]),
        loader=loader,
    )
    labels = labels_of(given, loader)
    if variant == "diagonal" and given.diagonal_is_constant:
        return Circuits(given, points, chosen, sizes, labels)
    alpha, kappa = system.alpha(variant), system.kappa_eff(variant) * SLACK  # type: ignore[arg-type]
    if variant == "diagonal":
        diagonal = np.diagonal(system.matrix)
        alpha, kappa = float(diagonal.max()), float(diagonal.max() / diagonal.min()) * SLACK
    norm = alpha * float(np.linalg.norm(points.solution)) / sqrt(given.train.n)
    colours = len(system.weights(variant))  # type: ignore[arg-type]
    is_pattern = system.mask.offsets is not None and system.places.is_full
    parts = index, half, kappa, loader, is_pattern
    encoding = encoding_in_sizes(alpha, colours, *parts)
    diagonal = np.diagonal(system.matrix)
    ends = float(diagonal.min()), float(diagonal.max())
    problem = Problem(
        encoding=encoding,
        vector=labels,
        condition=max(kappa, 1.0),
        error=half,
        norm=min(max(norm, 1.0), kappa),
        window=window_at(system.masked_row_sum, alpha, *ends),
        is_definite=system.is_definite,
    )
    return Circuits(
        given, points, chosen, sizes, labels, encoding, kappa, norm, problem,
        _perturbation(given, circuits_alpha=alpha, parts=parts, labels=labels, points=points)
        if variant == "weighted" else None,
    )  # fmt: skip


def _perturbation(
    given: Given, circuits_alpha: float, parts: Any, labels: Any, points: Points
) -> Problem | None:
    """1 + E, E encoded apart, where the diagonal is constant and the weights of E below it."""
    system = given.system
    most = float(np.diagonal(system.matrix).max())
    strength = (circuits_alpha - most) / most
    if not given.diagonal_is_constant or not 0 < strength < 1:
        return None
    colours = len(system.weights("weighted")) - 1
    norm = most * float(np.linalg.norm(points.solution)) / sqrt(given.train.n)
    return Problem(
        encoding=encoding_in_sizes(strength, colours, *parts),
        vector=labels,
        condition=(1 + strength) / (1 - strength),
        error=parts[1],
        norm=min(max(norm, 1 / (1 + strength)), 1 / (1 - strength)),
        strength=strength,
        is_definite=True,
    )


def labels_of(given: Given, loader: str) -> Any:
    """The preparation of y: no loading where every row is a point."""
    places = given.system.places
    bits = 24
    kind = memory(loader, places.a - 1, bits), Rotation.BITWISE
    return labels_vector(places.vector(given.system.labels), bits, *kind)


def bits_of(
    given: Given, points: Points, chosen: int, error: float, preparation: str
) -> FixedPoint:
    """All bits of |k_*> from its half of the error.

    Raises:
        ValueError: if no bits are enough, or there is no kernel of correlations.
    """
    attempts = points.overlaps[chosen].attempts
    if given.kernel is None:
        if preparation == "arithmetic":
            raise ValueError(
                "kernels of images are no function of an inner product, so no register works them "
                "out; take --preparation table, whose classical work is Theta(n) per prediction"
            )
        budget = Budget.of(error, attempts, 1.0, given.train.d)
    else:
        largest = float(max(np.abs(given.train.rows).max(), np.abs(given.points).max()))
        slope = given.kernel.steepest(given.gap) / given.ceiling
        budget = Budget.of(error, attempts, slope, given.train.d, min(1.0, largest))
    return FixedPoint.of_budget(budget)


def predictions_of(circuits: Circuits, values: Any, rotation: float) -> list[Prediction]:
    """A prediction by every solver that the problem allows.

    Raises:
        ValueError: if the one that is asked for is not among them, or four swap tests are asked
            for where signs of the solution do not follow the labels.
    """
    wanted, reading = str(values["solver"]), str(values["read_out"])
    points, i = circuits.points, circuits.chosen
    parts = points.parts(i) if reading == "swap" else {}
    if circuits.problem is None:
        solutions = [Solved(name=LABELS, circuit=circuits.labels, success=_certain(circuits))]
    else:
        names = [name for name in SOLVERS if wanted in (ALL, name)]
        solutions = solved_by(circuits.problem, names, rotation)
        if circuits.perturbation is not None and wanted in (ALL, "perturbation"):
            solutions += solved_by(circuits.perturbation, ["perturbation"], rotation)
    if not solutions:
        raise ValueError(f"{wanted} does not solve this system; {why_not(circuits, wanted)}")
    found = []
    for solved in solutions:
        outcome = points.outcomes(solved.success)[i]
        found.append(
            prediction(
                circuits.sizes, solved, outcome, reading, float(values["failure"]), parts, rotation
            )
        )
    return found


def _certain(circuits: Circuits) -> float:
    return float(1 / circuits.labels.alpha**2)


def why_not(circuits: Circuits, name: str) -> str:
    """Why a solver is left out, and what to take."""
    system = circuits.given.system
    if name == "walk-definite" and not system.is_definite:
        return (
            "the mask took definiteness away (its least eigenvalue is "
            f"{system.eigenvalues[0]:.3g}); take walk-general"
        )
    if name == "window":
        return f"a window needs r_S below 1, and it is {system.masked_row_sum:.3g}; go deeper"
    if name == "perturbation":
        return (
            "it needs --variant weighted and weights beside the diagonal that sum to less; "
            "go deeper"
        )
    return "take --solver all for those that do"
