"""Qubits and seconds of a shot and a step on the surface code, with every synthesis."""

import math
from typing import Any

import sympy

from bloqs.contrastive.answers.setting import Setting, is_number, tidy
from bloqs.contrastive.model.training_circuits import circuits_of_step
from bloqs.contrastive.parameters import DEFAULT_PHYSICAL
from estimator.ask.question import Asked
from estimator.ask.synthesis import HARDWARE
from estimator.costs.budget import Synthesis
from estimator.costs.cost import cost_by_annotation
from estimator.costs.physical import physical_cost
from estimator.machines.logical_counts import machine_of
from estimator.report.parts import Column, Kind, Notes, Part, Table
from estimator.report.text import EXACT, SHORT


def surface_parts(setting: Setting, asked: Asked) -> list[Part]:
    """A row for each synthesis; nothing where the size is in letters.

    T gates are those of `circuit_error`; the four numbers of the surface code are those named, or
    those of the machine, or `DEFAULT_PHYSICAL`.
    """
    rotations = sympy.sympify(setting.sizes.rotations)
    if not is_number(rotations):
        return []
    given = surface_numbers(asked)
    if given["cycle_seconds"] is None:
        line = f"no surface code on {asked.get(HARDWARE.name)}, which has measurements alone"
        return [Notes(key="no_surface_code", lines=[line], is_section=True)]
    cost = cost_by_annotation(setting.circuit)
    error = sympy.Rational(str(setting.circuit_error)) / rotations
    shots = setting.shots * circuits_of_step(
        "two-term", setting.batch, setting.width, setting.sizes
    )
    rows: list[dict[str, Any]] = []
    for each in Synthesis:
        try:
            found = physical_cost(cost, int(each.t_count(error)), **given)
        except ValueError as why:
            if asked.named & {"physical_error", HARDWARE.name}:
                raise
            line = f"no surface code: {why}"
            return [Notes(key="no_surface_code", lines=[line], is_section=True)]
        step = found.seconds * shots
        rows.append(
            {
                "synthesis": each.label,
                "qubits": found.qubits,
                "shot_seconds": found.seconds,
                "step_seconds": step if isinstance(step, float) else tidy(step),
                "step_days": step / 86_400,
            }
        )
    is_whole = all(
        is_number(x) and math.isfinite(x) for row in rows for x in list(row.values())[1:]
    )
    style = SHORT if is_whole else EXACT
    columns = [
        Column(key="synthesis"),
        Column(key="qubits", label="physical qubits", style=EXACT, align="right"),
        *(
            Column(key=key, label=label, unit=unit, style=style, align="right", kind=Kind.ESTIMATE)
            for key, label, unit in (
                ("shot_seconds", "seconds a shot", "seconds"),
                ("step_seconds", "seconds a step, two-term", "seconds"),
                ("step_days", "days a step", "days"),
            )
        ),
    ]
    numbers = ", ".join(f"{name} {x:g}" for name, x in given.items())
    heading = f"on the surface code, {numbers}"
    return [Table(key="surface_code", columns=columns, rows=rows, heading=heading)]


def surface_numbers(asked: Asked) -> dict[str, Any]:
    """The four numbers of the surface code, by name; no cycle on a machine without gates.

    Raises:
        ValueError: if the machine is not allowed.
    """
    known: dict[str, Any] = dict(DEFAULT_PHYSICAL)
    if asked.get(HARDWARE.name) is not None:
        machine = machine_of(asked.values, asked.named, 0)
        known = {
            "physical_error": machine.hardware.physical_error,
            "cycle_seconds": machine.hardware.cycle_seconds,
            "failure_budget": machine.failure_budget,
            "routing_overhead": machine.routing_overhead,
        }
    return {name: asked.get(name, value) for name, value in known.items()}
