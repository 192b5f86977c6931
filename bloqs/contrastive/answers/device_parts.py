"""A circuit on a device: CNOTs after routing, and how long a shot, a step and a run take."""

from typing import Any

from bloqs.contrastive.answers.setting import Setting, is_number
from bloqs.contrastive.circuits.device_routing import Routed, routed
from bloqs.contrastive.circuits.shot_duration import shot_seconds
from bloqs.contrastive.model.device_calibration import Calibration, read_calibration
from bloqs.contrastive.model.shrinkage_law import contraction, depolarising, rescaling_price
from bloqs.contrastive.model.training_circuits import RULES, circuits_of_step
from estimator.ask.question import Asked
from estimator.report.parts import Column, Fact, Facts, Kind, Notes, Part, Table
from estimator.report.text import EXACT, SHORT

MOST_CNOTS = 20_000
"""Of a circuit that is routed; more takes minutes. Unit: gates."""


def device_parts(setting: Setting, asked: Asked) -> list[Part]:
    """What a named calibration adds; nothing without one.

    Raises:
        ValueError: if the calibration is not allowed, has too few qubits, W or L are letters, or
            the circuit is too large to be routed.
    """
    path = asked.get("calibration")
    if path is None:
        return []
    calibration = read_calibration(path)
    width, layers = setting.width, setting.circuit.layers
    if not (is_number(width) and is_number(layers)):
        raise ValueError("a circuit in letters cannot be routed onto a device; name --W and --L")
    calibration.check_width(int(width))
    if setting.sizes.cnots > MOST_CNOTS:
        raise ValueError(
            f"a circuit of at most {MOST_CNOTS} CNOTs is routed onto a device, got "
            f"{setting.sizes.cnots}; take fewer layers or qubits"
        )
    found = routed(setting.circuit, calibration)
    parts: list[Part] = [gate_facts(found, calibration)]
    parts += time_parts(setting, found, calibration) if found.is_whole else [no_time()]
    return [*parts, *law_parts(setting, calibration), Notes(key="device", lines=said(calibration))]


def gate_facts(found: Routed, calibration: Calibration) -> Facts:
    """CNOTs before and after."""
    rows = [
        Fact(key="cnots_before", label="CNOTs of the circuit", value=found.before, unit="gates"),
        Fact(key="cnots_after", label="CNOTs as routed", value=found.after, unit="gates"),
    ]
    heading = f"on {calibration.device}, {calibration.date[:10]}, {len(calibration.qubits)} qubits"
    return Facts(key="routed", rows=rows, heading=heading)


def time_parts(setting: Setting, found: Routed, calibration: Calibration) -> list[Part]:
    """Seconds of a shot, and of a step, an epoch and a run by every rule."""
    busy, shot = shot_seconds(found, calibration)
    rows = [
        _seconds("busy_seconds", "gates and readout of a shot", busy),
        _seconds("shot_seconds", "a shot, with the delay before the next", shot),
        _seconds(
            "probe_seconds",
            "a probe, features made anew",
            shot * setting.shots * setting.schedule.probe_circuits,
        ),
    ]
    return [Facts(key="device_shot", rows=rows), rules_table(setting, shot, calibration)]


def rules_table(setting: Setting, shot: float, calibration: Calibration) -> Table:
    """A row for each rule."""
    columns = [("step", "a step"), ("epoch", "an epoch"), ("run", "a run")]
    rows: list[dict[str, Any]] = []
    for rule in RULES:
        circuits = circuits_of_step(rule, setting.batch, setting.width, setting.sizes)
        step = shot * setting.shots * circuits
        epoch = setting.schedule.steps(setting.batch) * step
        row = {"rule": rule, "step": step, "epoch": epoch, "run": setting.schedule.epochs * epoch}
        if calibration.job_circuits is not None and is_number(circuits):
            row["jobs"] = -(-circuits // calibration.job_circuits)
        rows.append(row)
    has_jobs = all("jobs" in row for row in rows)
    shown = [
        Column(key="rule"),
        *(
            Column(
                key=key,
                label=f"seconds {label}",
                unit="seconds",
                style=SHORT if is_number(rows[0][key]) else EXACT,
                align="right",
                kind=Kind.ESTIMATE,
            )
            for key, label in columns
        ),
    ]
    if has_jobs:
        shown.append(Column(key="jobs", label="jobs a step", unit="jobs", style=EXACT,
                            align="right"))  # fmt: skip
    return Table(key="device_times", columns=shown, rows=rows,
                 heading="time on the device, by the rule that finds gradients")  # fmt: skip


def no_time() -> Notes:
    """Of gates that wait."""
    line = (
        "no time of a shot: gates that wait for outcomes take a time that no calibration states; "
        "CNOTs are of the other gates"
    )
    return Notes(key="no_time", lines=[line])


def law_parts(setting: Setting, calibration: Calibration) -> list[Part]:
    """The shrinkage law of the ring, at the mean errors of the device; nothing for others."""
    circuit = setting.circuit
    if circuit.kind != "ring" or circuit.form != "plain" or circuit.is_half_measured:
        return []
    pair, single, readout = calibration.means
    factor = contraction(int(circuit.layers), depolarising(pair, 2), depolarising(single, 1))
    seen = factor * readout.slope
    rows = [
        _estimate("gates", "outputs shrink by, gates alone", factor),
        _estimate("readout", "and with readout", seen),
    ]
    if seen:
        price = rescaling_price(seen)
        rows.append(_estimate("price", "shots are multiplied by, if rescaled", price))
    heading = "shrinkage law, mean errors of the device, before routing"
    return [Facts(key="shrinkage", rows=rows, heading=heading)]


def said(calibration: Calibration) -> list[str]:
    """Where the figures are from, and what they leave out."""
    lines = [f"{calibration.device}: {calibration.source}"]
    if calibration.delay_us is None:
        lines.append("the calibration states no delay between shots, and none is counted")
    else:
        lines.append(
            f"{calibration.delay_us:g} us between two shots; queues and compiling are not counted"
        )
    return lines


def _seconds(key: str, label: str, value: Any) -> Fact:
    style = SHORT if is_number(value) else EXACT
    return Fact(key=key, label=label, value=value, unit="seconds", style=style, kind=Kind.ESTIMATE)


def _estimate(key: str, label: str, value: float) -> Fact:
    return Fact(key=key, label=label, value=value, style=SHORT, kind=Kind.ESTIMATE)
