"""A training step by circuits beside its simulation, and what the learned features are worth."""

from typing import Any

from bloqs.contrastive.answers.compare_arms import arm_parts
from bloqs.contrastive.answers.compare_ways import (
    MEASURES,
    Step,
    classical_ways,
    quantum_way,
)
from bloqs.contrastive.parameters import (
    DEFAULT_CIRCUIT_ERROR,
    DEFAULT_PHYSICAL,
    DEFAULT_SPEED,
    NOT_AT_THREE,
    PUBLISHED,
)
from estimator.ask.question import Asked
from estimator.compare.answer import sweep_parts
from estimator.compare.sweep import Axis, Sweep, spread
from estimator.report.model import Report
from estimator.report.parts import Notes
from estimator.report.text import SETTING

HEADING = "W from which on circuits take fewer T gates than FLOP, or fewer seconds"
EXACT = (
    "simulations give exact values and gradients; circuits give them up to the noise of their shots"
)


def training_compared(asked: Asked) -> Report:
    """Costs of a step over W, by rules and by ansaetze, then accuracies.

    Raises:
        ValueError: if a study cannot be read.
    """
    arms = arm_parts(asked.get("study"))  # refuses before any work
    taken: dict[str, Any] = {
        "B": PUBLISHED["B"], "S": PUBLISHED["S"], "circuit_error": DEFAULT_CIRCUIT_ERROR,
        "speed": DEFAULT_SPEED,
    }  # fmt: skip
    found = {name: asked.get(name, known) for name, known in taken.items()}
    step = Step(
        batch=found["B"],
        shots=found["S"],
        layers=asked.get("L"),
        circuit_error=found["circuit_error"],
        speed=found["speed"],
    )
    kinds, rules, stop = asked.values["ansaetze"], asked.values["rules"], asked.values["stop"]
    first, rule = kinds[0], rules[0]
    one, two = f"rules, {first}", f"ansaetze, {rule}"
    ways = [quantum_way(first, each, one, each, step) for each in rules]
    ways += classical_ways(first, one, step)
    ways += [quantum_way(kind, rule, two, kind, step) for kind in kinds]
    ways += classical_ways(first, two, step)
    skipped = [kind for kind in kinds if kind in NOT_AT_THREE]
    sizes = tuple(width for width in range(2, stop + 1) if width != 3 or not skipped)
    axis = Axis(
        name="W", meaning="W, width [qubits]", unit="qubits", searched=sizes, shown=spread(sizes)
    )
    sweep = Sweep(axis, MEASURES, ways, asked.track)
    headings = {one: f"a step by every rule, {first}", two: f"a step of every ansatz, {rule}"}
    settings: dict[str, Any] = {"ansaetze": ", ".join(kinds), "rules": ", ".join(rules)}
    settings |= {"stop": stop, **found}
    if step.layers is not None:
        settings["L"] = step.layers
    return Report(
        title="contrastive compared",
        settings=settings,
        settings_style=SETTING,
        assumed=[name for name in taken if name not in asked.named],
        parts=[
            *sweep_parts(sweep, headings, HEADING),
            *arms,
            Notes(
                key="assumptions", lines=assumed_lines(sweep, step, kinds, skipped), is_section=True
            ),
        ],
    )


def assumed_lines(sweep: Sweep, step: Step, kinds: Any, skipped: Any) -> list[str]:
    """What the numbers rest on."""
    layers = ", ".join(f"{step.layers_of(kind)} of {kind}" for kind in kinds)
    numbers = ", ".join(f"{name} {x:g}" for name, x in DEFAULT_PHYSICAL.items())
    lines = [
        f"layers: {layers}",
        f"T gates by mixed-fallback, all rotations of a circuit within {step.circuit_error:g}",
        f"seconds of circuits: one machine on the surface code, {numbers}",
        f"seconds of simulations: {step.speed:g} operations a second",
        *(f"{way.name}: {way.assumption}" for way in sweep.classical(sweep.groups[0])),
        EXACT,
    ]
    if skipped:
        lines.append(f"{', '.join(skipped)}: no circuit at W = 3, which is left out")
    return lines
