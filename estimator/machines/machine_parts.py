"""What every model says of one run on a machine, side by side, with what it assumes."""

from collections.abc import Callable, Mapping, Sequence

from attrs import asdict, frozen

from estimator.ask.synthesis import MACHINES
from estimator.machines.beverland import beverland
from estimator.machines.gidney_fowler import MOST_FACTORIES, gidney_fowler
from estimator.machines.logical_counts import (
    Estimate,
    LogicalCounts,
    Machine,
    NoMachineError,
)
from estimator.machines.qdk_estimator import qdk_estimate
from estimator.machines.qdk_qre import qre_estimate
from estimator.report.parts import Column, Fact, Facts, Kind, Notes, Part, Row, Table, Tone
from estimator.report.text import MIXED, TEXT


@frozen(kw_only=True)
class Model:
    """A way from logical counts to a machine.

    Args:
        name: in JSON.
        label: for a reader.
        estimate: what one run takes.
        assumes: in words, from the counts and the machine.
    """

    name: str
    label: str
    estimate: Callable[[LogicalCounts, Machine], Estimate]
    assumes: Callable[[LogicalCounts, Machine], str]


def _of_gidney_fowler(counts: LogicalCounts, machine: Machine) -> str:
    each = f"{machine.t_per_rotation} T for a rotation, whose error is in no failure; "
    return (
        "[GF19], by Qualtran: a logical error of 0.1 (100 p)^((d+1)/2) a cycle, "
        f"{machine.routing_overhead:g} tiles for routing beside each qubit, "
        f"{_rotations(counts, each)}the distances of two levels and 1 to {MOST_FACTORIES} "
        "factories with the fewest qubit-seconds, one T or CCZ at a time, in d cycles; Clifford "
        "gates and measurements free"
    )


def _of_beverland(counts: LogicalCounts, machine: Machine) -> str:
    each = "each rotation in a layer of its own, synthesised to its share; "
    return (
        "[BMST22], by Qualtran: a logical error of 0.03 (100 p)^((d+1)/2) in d cycles, a fast "
        "data block, a third of the budget for each of code, T states and rotations, "
        f"{_rotations(counts, each)}a step of d cycles for each measurement, T and layer of "
        "rotations and three for a Toffoli, as many factories as keep up, 15-to-1 of [Lit19] or "
        "those of [GF19], by the fewest qubits"
    )


def _of_qdk(counts: LogicalCounts, machine: Machine) -> str:
    each = ", each rotation in a layer of its own" if counts.rotations else ""
    return (
        f"[BMST22], by Microsoft: a {machine.hardware.code} code, a third of the budget for each "
        f"of code, T states and rotations{each}; 15-to-1 in up to three rounds{_sixth(machine)}"
    )


def _of_qre(counts: LogicalCounts, machine: Machine) -> str:
    hardware = machine.hardware
    each = ", each rotation in a layer of its own" if counts.rotations else ""
    code = "code of three auxiliary qubits" if hardware.is_majorana else "rotated surface code"
    cycle = (
        ""
        if hardware.is_majorana or hardware.gate_seconds is None
        else (" with a cycle of five gates and a measurement")
    )
    t_error = (
        ""
        if hardware.is_majorana or hardware.t_error == hardware.physical_error
        else ("; T gates fail as others do")
    )
    return (
        f"by Microsoft: a {code}{cycle}, one budget for all{each}; 15-to-1 in up to three rounds, "
        f"by the fewest qubit-seconds{t_error}{_sixth(machine)}"
    )


def _sixth(machine: Machine) -> str:
    """That durations of gates are made up."""
    hardware = machine.hardware
    if hardware.is_majorana or hardware.gate_seconds is not None:
        return ""
    return "; a gate and a measurement take a sixth of a cycle each"


def _rotations(counts: LogicalCounts, text: str) -> str:
    return text if counts.rotations else ""


MODELS = (
    Model(
        name="gidney_fowler",
        label="Gidney-Fowler",
        estimate=gidney_fowler,
        assumes=_of_gidney_fowler,
    ),
    Model(
        name="beverland",
        label="Beverland et al.",
        estimate=beverland,
        assumes=_of_beverland,
    ),
    Model(name="qdk_estimator", label="qdk.estimator", estimate=qdk_estimate, assumes=_of_qdk),
    Model(name="qdk_qre", label="qdk.qre", estimate=qre_estimate, assumes=_of_qre),
)
"""In the order of the columns."""

ROWS = {
    "qubits": "physical qubits",
    "seconds": "seconds",
    "duration": "duration",
    "distance": "code distance",
    "factories": "factories",
    "factory": "each factory",
    "failure": "failure",
    "bound": "time waits for",
}
"""What is said of each model, by its name in JSON."""

UNITS = {"qubits": "physical qubits", "seconds": "seconds", "failure": "1"}

SCALES = (
    (365.25 * 86_400, "years"),
    (86_400, "days"),
    (3600, "hours"),
    (60, "minutes"),
    (1, "seconds"),
    (1e-3, "ms"),
    (1e-6, "us"),
)
"""Names of durations. Unit: seconds."""


def duration_text(seconds: float) -> str:
    """A duration in the largest unit of which it has one."""
    scale, name = next((x for x in SCALES if seconds >= x[0]), SCALES[-1])
    value = seconds / scale
    return f"{value:.3g} {name}" if value < 1e6 else f"{value:.2e} {name}"


def machine_parts(counts: LogicalCounts, machine: Machine) -> list[Part]:
    """The machine, a column for each model, and what each assumes.

    Args:
        counts: of one run.
        machine: on which.

    Raises:
        NoMachineError: if no model meets the failure budget, with the reason of each.
    """
    found: dict[str, Estimate] = {}
    refused: dict[str, str] = {}
    for model in MODELS:
        try:
            found[model.name] = model.estimate(counts, machine)
        except ValueError as problem:
            refused[model.label] = str(problem)
        except ArithmeticError:
            refused[model.label] = "a number is beyond floating point"
    if not found:
        raise NoMachineError("no physical cost: " + "; ".join(dict.fromkeys(refused.values())))
    shown = [model for model in MODELS if model.name in found]
    notes = [f"{model.label}: {model.assumes(counts, machine)}" for model in shown]
    for why in dict.fromkeys(refused.values()):
        labels = ", ".join(label for label, each in refused.items() if each == why)
        notes.append(f"{labels}: none, as {why}")
    return [
        machine_facts(machine),
        *tables(found, shown),
        *(model_facts(model.name, found.get(model.name)) for model in MODELS),
        Notes(key="machine_notes", lines=notes, tone=Tone.QUIET, is_section=True),
    ]


def machine_facts(machine: Machine) -> Facts:
    """The numbers of the machine, assumed unless they were named."""
    hardware = machine.hardware
    rows: list[tuple[str, str, float | None, str]] = [
        ("physical_error", "error of a gate", hardware.physical_error, "1"),
        ("t_error", "error of a T gate", hardware.t_error, "1"),
        ("cycle_seconds", "a cycle", hardware.cycle_seconds, "seconds"),
        ("measurement_seconds", "a measurement", hardware.measurement_seconds, "seconds"),
        ("failure_budget", "failure allowed", machine.failure_budget, "1"),
        ("routing_overhead", "routing", machine.routing_overhead, "of the logical qubits"),
    ]
    facts = [
        Fact(
            key=key,
            label=label,
            value=value,
            unit="" if unit == "1" else unit,
            style=MIXED,
            kind=Kind.EXACT if key in machine.named else Kind.ASSUMED,
            beside="" if key in machine.named else "assumed",
        )
        for key, label, value, unit in rows
    ]
    name = Fact(key="hardware", value=hardware.name, style=TEXT, beside=hardware.source)
    return Facts(key="machine", rows=[name, *facts], heading="on a physical machine")


def model_facts(name: str, found: Estimate | None) -> Facts:
    """The same of one model for tables of many runs; nothing of a model that has no answer."""
    rows = [
        Fact(
            key=key,
            value=None if found is None else getattr(found, key),
            style=MIXED,
            unit=UNITS.get(key, ""),
            kind=Kind.ESTIMATE if key in UNITS else Kind.EXACT,
        )
        for key in ROWS
        if key != "duration"
    ]
    return Facts(key=name, rows=rows, place="data")


def tables(found: Mapping[str, Estimate], models: Sequence[Model]) -> list[Part]:
    """For a reader a column for each model, for a program a row."""
    rows: dict[str, Row] = {
        model.name: {
            "model": model.name,
            **asdict(found[model.name]),
            "duration": duration_text(found[model.name].seconds),
        }
        for model in models
    }
    columns = [
        Column(
            key=key,
            label=label,
            unit=UNITS.get(key, ""),
            style=MIXED,
            kind=Kind.ESTIMATE if key in UNITS else Kind.EXACT,
        )
        for key, label in ROWS.items()
        if key != "duration"
    ]
    across: list[Row] = [
        {"what": label, **{name: row[key] for name, row in rows.items()}}
        for key, label in ROWS.items()
    ]
    heads = [Column(key=model.name, label=model.label, style=MIXED, align="right")
             for model in models]  # fmt: skip
    return [
        Table(
            key=MACHINES,
            columns=[Column(key="model"), *columns],
            rows=list(rows.values()),
            place="data",
        ),
        Table(
            key=MACHINES,
            columns=[Column(key="what", label="one run", wraps=False), *heads],
            rows=across,
            place="shown",
            is_section=True,
        ),
    ]
