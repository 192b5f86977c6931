"""The cost of predictions for data that a user brings."""

from math import sqrt
from typing import Any

import attrs
import numpy as np

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.linear_systems.answers.solvers import SOLVERS, Problem
from bloqs.ntk.answers.circuits import (
    LABELS,
    SLACK,
    Prediction,
    Sizes,
    Solved,
    cheapest,
    encoding_in_sizes,
    memory,
    prediction,
    solved_by,
    window_at,
)
from bloqs.ntk.answers.given import Given, as_settings, given_problem
from bloqs.ntk.answers.parts import Circuits
from bloqs.ntk.answers.points import Points
from bloqs.ntk.answers.tables import (
    honesty_notes,
    kernel_facts,
    predictions_table,
    steps_table,
)
from bloqs.ntk.circuits.class_signs import labels_vector
from bloqs.ntk.circuits.fixed_point import FixedPoint
from bloqs.ntk.model.budget import Budget
from bloqs.ntk.parameters import ALL
from estimator.ask.question import Asked
from estimator.costs.answer import cost_report, pricing
from estimator.report.model import Report
from estimator.report.parts import Notes, Part, Tone


def given_cost(asked: Asked) -> Report:
    """Every solver, for the point whose shots are the median.

    Raises:
        ValueError: if the data are no problem, or a solver does not solve it.
    """
    values = asked.values
    given = given_problem(asked)
    circuits = circuits_of(given, values)
    method, error, _ = pricing(asked)
    rotation = float(method.t_count(error))
    found = predictions_of(circuits, values, rotation)
    best = cheapest(found)
    wanted = values["solver"]
    chosen = best if wanted == ALL else found[0]
    shown = [] if wanted == ALL else [f"--solver {wanted}: the others are left out."]
    said, before = honesty_notes(given), kernel_facts(circuits)
    tables = [
        predictions_table(found, best),
        steps_table(circuits, chosen),
    ]
    circuit = chosen.runs[0]
    one = cost_report(
        circuit.bloq,
        asked,
        title=f"ntk, {chosen.solved.name} in detail",
        notes=[*given.notes, *shown, *notes_of(circuits, values)],
        settings=as_settings(given, values),
    )
    parts: list[Part] = [said, *before, *tables]
    parts.append(
        Notes(key="detail", lines=[f"one run of the {circuit.name}, with {chosen.solved.name}:"],
              tone=Tone.STRONG, is_section=True, place="shown")
    )  # fmt: skip
    return attrs.evolve(one, parts=[*parts, *one.parts], assumed=given.assumed)


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
        largest = float(max(np.abs(given.train.rows).max(), np.abs(given.points[chosen]).max()))
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


def notes_of(circuits: Circuits, values: Any) -> list[str]:
    """What a reader should know."""
    system = circuits.given.system
    lines = []
    if circuits.sizes.preparation == "table":
        lines.append(
            f"|k_*> from a table: {system.n} kernels are worked out classically for every "
            "prediction, work of Theta(n) that no gate counts."
        )
    if circuits.encoding is not None:
        lines.append(
            f"angles of the masked kernel are worked out once, {len(system.weights('weighted'))} "
            f"matchings of {system.places.size} rows, and serve every point."
        )
        if not system.is_definite:
            lines.append(
                "the masked kernel is indefinite: solvers that need a definite one are left out."
            )
    if circuits.sizes.is_padded:
        lines.append(
            f"{system.n} points fill {system.places.size} rows; the others have no "
            "kernel and no label."
        )
    if values["threshold"] == "median":
        lines.append(
            "the median is not known beforehand: every point is read out to half of its "
            "distance from it."
        )
    return lines
