"""The cost of predictions for data that a user brings."""

from typing import Any

import attrs

from bloqs.ntk.answers.circuits import (
    cheapest,
)
from bloqs.ntk.answers.given import as_settings, given_problem
from bloqs.ntk.answers.problem_circuits import Circuits, circuits_of, predictions_of
from bloqs.ntk.answers.tables import (
    honesty_notes,
    kernel_facts,
    points_table,
    predictions_table,
    sentence_first,
    steps_table,
)
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
        points_table(circuits),
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
    return sentence_first(attrs.evolve(one, parts=[*parts, *one.parts], assumed=given.assumed))


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
            "kernel and no label, and n/P counts rows."
        )
    if values["threshold"] == "median":
        lines.append(
            "the median is not known beforehand: every point is read out to half of its "
            "distance from it."
        )
    return lines
