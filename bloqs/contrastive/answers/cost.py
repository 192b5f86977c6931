"""What a circuit, a training step, a run and a probe take."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
import sympy

from bloqs.contrastive.answers.device_parts import device_parts
from bloqs.contrastive.answers.setting import Setting, as_text, exact, is_number, setting_of, tidy
from bloqs.contrastive.answers.shot_parts import shot_parts
from bloqs.contrastive.answers.surface_parts import surface_parts
from bloqs.contrastive.model.classical_work import engine_flop, network_flop, network_parameters
from bloqs.contrastive.model.training_circuits import RULES, circuits_of_step
from bloqs.contrastive.parameters import DEFAULT_BOUNDS, DEFAULT_PHYSICAL, PUBLISHED
from bloqs.contrastive.symbols import GLOSSARY
from estimator.ask.question import Asked
from estimator.ask.synthesis import HARDWARE, PRICING
from estimator.costs.answer import cost_report
from estimator.costs.budget import Synthesis
from estimator.costs.known import one_question
from estimator.costs.simplify import free_symbols
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Kind, Notes, Part, Table
from estimator.report.text import EXACT

ONE_CIRCUIT = "one circuit of one shot in detail, with the layer of the inputs and the measurements"
NO_DEVICE = "no time on a device, as no --calibration is named; ibmq_paris is packaged"


@one_question()
def training_cost(asked: Asked) -> Report:
    """Gates and depths, T, circuits, shots and times by every rule, and the same without qubits.

    Raises:
        ValueError: as `setting_of` and `device_parts` do.
    """
    setting = setting_of(asked)
    report = cost_report(
        setting.circuit, asked, title="contrastive", settings=settings_of(setting, asked)
    )
    parts = [
        *ansatz_parts(setting),
        *rule_parts(setting),
        probe_facts(setting),
        *shot_parts(setting, asked),
        *synthesis_parts(setting),
        *surface_parts(setting, asked),
        *device_parts(setting, asked),
        classical_facts(setting),
        Notes(key="assumptions", lines=notes_of(setting, asked), is_section=True),
        Notes(key="detail", lines=[ONE_CIRCUIT], is_section=True, place="shown"),
    ]
    used = {s.name: GLOSSARY[s] for s in free_symbols(_values(parts)) if s in GLOSSARY}
    return attrs.evolve(
        report,
        parts=[*parts, *report.parts],
        glossary=dict(sorted({**report.glossary, **used}.items())),
    )


def settings_of(setting: Setting, asked: Asked) -> dict[str, Any]:
    """What went in, with what was taken where nothing was named; no prices."""
    priced = {each.name for each in PRICING}
    given = {
        k: str(x) if isinstance(x, Path) else x
        for k, x in asked.values.items()
        if k not in priced and x is not None
    }
    return {**given, **{name: x for name, x in setting.assumed.items() if is_number(x)}}


def notes_of(setting: Setting, asked: Asked) -> list[str]:
    """What was taken where nothing was named, and what a reader should know."""
    said = [
        f"{name} {value}" for name, value in setting.assumed.items() if name in PUBLISHED
        and is_number(value)
    ]  # fmt: skip
    lines = [f"as published, since not named: {', '.join(said)}"] if said else []
    more = {name: x for name, x in DEFAULT_BOUNDS.items() if name not in asked.named}
    if "circuit_error" in setting.assumed:
        more = {"circuit_error": setting.circuit_error, **more}
    is_named = bool(asked.named & {"physical_error", HARDWARE.name})
    if not is_named and is_number(setting.sizes.rotations):
        more |= DEFAULT_PHYSICAL
    if more:
        listed = ", ".join(f"{name} {as_text(x)}" for name, x in more.items())
        lines.append(f"assumed, since not named: {listed}")
    if setting.circuit.kind == "farhi":
        lines.append(
            "of the angles of farhi, outputs see 2 (W - 1) directions with one layer and 2 W - 1 "
            "with more, by the rank of the Jacobian at W = 2 to 5"
        )
    if setting.sizes.controlled_angles != 0:
        lines.append("two terms of the shift rule are exact on turns of a qubit or a pair alone")
    return lines if asked.get("calibration") else [*lines, NO_DEVICE]


def ansatz_parts(setting: Setting) -> list[Part]:
    """Angles and depths."""
    sizes = setting.sizes
    rows = [
        Fact(key="angles", label="trained angles", value=sizes.angles, unit="angles"),
        Fact(
            key="angles_that_matter",
            label="angles that matter",
            value=sizes.angles_that_matter,
            unit="angles",
        ),
        Fact(
            key="controlled_angles",
            label="angles of controlled turns",
            value=sizes.controlled_angles,
            unit="angles",
        ),
        Fact(key="depth", label="depth, all gates", value=sizes.depth, unit="layers"),
        Fact(key="two_qubit_depth", label="two-qubit depth", value=sizes.pair_depth, unit="layers"),
        Fact(key="cnot_depth", label="CNOT depth", value=sizes.cnot_depth, unit="layers"),
    ]
    heading = f"ansatz {setting.circuit.kind}"
    return [Facts(key="ansatz", rows=rows, heading=heading, grows="")]


def rule_parts(setting: Setting) -> list[Part]:
    """Circuits and shots by every rule: a table if all is numbers, else a formula a line.

    JSON has both alike, as rows of `rules`.
    """
    rows = [rule_row(setting, rule) for rule in RULES]
    numbers = [x for row in rows for key, x in row.items() if key not in ("rule", "gradient")]
    has_letters = not all(map(is_number, numbers))
    units = {
        "circuits": "circuits",
        "shots": "shots",
        "circuits_of_epoch": "circuits",
        "circuits_of_run": "circuits",
        "shots_of_run": "shots",
    }
    labels = {
        "circuits": "circuits a step",
        "shots": "shots a step",
        "circuits_of_epoch": "circuits an epoch",
        "circuits_of_run": "circuits a run",
        "shots_of_run": "shots a run",
    }
    columns = [
        Column(key="rule"),
        *(
            Column(key=key, label=labels[key], unit=unit, style=EXACT, align="right")
            for key, unit in units.items()
        ),
        Column(key="gradient"),
    ]
    parts: list[Part] = [
        Table(
            key="rules",
            columns=columns,
            rows=rows,
            heading="circuits and shots, by the rule that finds gradients",
            keeps_words=True,
            place="data" if has_letters else "everywhere",
        )
    ]
    if has_letters:
        facts = [
            Fact(
                key=f"circuits {row['rule']}",
                label=row["rule"],
                value=row["circuits"],
                unit="circuits of a step",
                beside=row["gradient"],
            )
            for row in rows
        ]
        heading = "circuits of a step, by the rule that finds gradients"
        parts.append(
            Facts(
                key="shown rules",
                rows=facts,
                heading=heading,
                place="shown",
                grows="circuits of a step, ",
            )
        )
    return parts


def rule_row(setting: Setting, rule: str) -> dict[str, Any]:
    """Circuits and shots of a step, an epoch and a run by a rule."""
    sizes, schedule, shots = setting.sizes, setting.schedule, setting.shots
    circuits = circuits_of_step(rule, setting.batch, setting.width, sizes)
    epoch = schedule.steps(setting.batch) * circuits
    run = schedule.epochs * epoch
    says = "exact" if rule in EXACT_WITHOUT and sizes.controlled_angles == 0 else RULES[rule][0]
    return {
        "rule": rule,
        "circuits": tidy(circuits),
        "shots": tidy(shots * circuits),
        "circuits_of_epoch": tidy(epoch),
        "circuits_of_run": tidy(run),
        "shots_of_run": tidy(shots * run),
        "gradient": says,
    }


EXACT_WITHOUT = ("two-term", "light-cone", "decomposed")
"""Rules that say "exact", and no more, where no turn is controlled."""


def probe_facts(setting: Setting) -> Facts:
    """Steps of an epoch, and circuits of the linear probe."""
    schedule = setting.schedule
    rows = [
        Fact(
            key="steps",
            label="steps of an epoch",
            value=tidy(schedule.steps(setting.batch)),
            unit="steps",
        ),
        Fact(
            key="probe",
            label="a probe, features made anew",
            value=schedule.probe_circuits,
            unit="circuits",
        ),
        Fact(
            key="cached_probe",
            label="a probe, features kept",
            value=schedule.cached_probe_circuits,
            unit="circuits",
        ),
    ]
    return Facts(key="probe", rows=rows, heading="linear probe of one checkpoint")


def synthesis_row(setting: Setting, synthesis: Synthesis) -> dict[str, Any]:
    """T gates of a rotation, a circuit and a step by the two-term rule."""
    rotations = sympy.sympify(setting.sizes.rotations)
    circuits = circuits_of_step("two-term", setting.batch, setting.width, setting.sizes)
    one = synthesis.t_count(exact(setting.circuit_error) / rotations)
    return {
        "synthesis": synthesis.label,
        "rotation": tidy(one),
        "circuit": tidy(one * rotations),
        "step": tidy(one * rotations * circuits * setting.shots),
    }


def synthesis_parts(setting: Setting) -> list[Part]:
    """T gates by every synthesis, at one error of the whole circuit."""
    rows = [synthesis_row(setting, each) for each in Synthesis]
    allowed = as_text(setting.circuit_error)
    heading = f"T gates if all rotations of a circuit may err by {allowed} together"
    has_letters = not all(is_number(x) for row in rows for x in list(row.values())[1:])
    columns = [
        Column(key="synthesis"),
        *(
            Column(key=key, label=label, unit="T", style=EXACT, align="right")
            for key, label in (
                ("rotation", "a rotation"),
                ("circuit", "a circuit"),
                ("step", "a step, two-term"),
            )
        ),
    ]
    table = Table(
        key="syntheses",
        columns=columns,
        rows=rows,
        heading=heading,
        place="data" if has_letters else "everywhere",
    )
    if not has_letters:
        return [table]
    facts = [
        Fact(
            key=f"T {row['synthesis']}",
            label=row["synthesis"],
            value=row["circuit"],
            unit="T of a circuit",
            kind=Kind.ESTIMATE,
        )
        for row in rows
    ]
    return [
        table,
        Facts(
            key="shown syntheses",
            rows=facts,
            heading=heading,
            place="shown",
            grows="T of a circuit, ",
        ),
    ]


def classical_facts(setting: Setting) -> Facts:
    """The same step in floating-point operations."""
    batch, width, sizes = setting.batch, setting.width, setting.sizes
    rows = [
        ("engine", "exact values and gradients, our engine", engine_flop(batch, width, sizes)),
        ("network", "classical network of that width", network_flop(batch, width)),
    ]
    facts = [
        Fact(key=key, label=label, value=tidy(x), unit="flop", kind=Kind.ESTIMATE)
        for key, label, x in rows
    ]
    weights = Fact(
        key="network_parameters",
        label="its weights",
        value=tidy(network_parameters(width)),
        unit="parameters",
    )
    heading = "the same step without a quantum computer"
    return Facts(key="classical", rows=[*facts, weights], heading=heading, grows="without qubits, ")


def _values(parts: Sequence[Part]) -> list[Any]:
    """Every value of facts and tables that is no text."""
    found: list[Any] = []
    for part in parts:
        if isinstance(part, Facts):
            found += [row.value for row in part.rows]
        if isinstance(part, Table):
            found += [x for row in part.rows for x in row.values()]
    return [each for each in found if not isinstance(each, str)]
