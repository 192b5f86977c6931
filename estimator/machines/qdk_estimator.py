"""The first estimator of Microsoft's `qdk`, by its logical counts."""

import json
from typing import Any

from estimator.ask.hardware_presets import Hardware
from estimator.machines.logical_counts import Estimate, LogicalCounts, Machine
from estimator.machines.qdk_package import counts_for_qdk, module_of_qdk, whole_nanoseconds

MOST_QUBITS = 10**9
"""Unit: logical qubits."""


TIMES = {1: "once", 2: "twice", 3: "thrice"}
"""Rounds of distillation in words."""


def qdk_estimate(counts: LogicalCounts, machine: Machine) -> Estimate:
    """Physical cost by `qdk.estimator`, whose default splits the budget in three.

    Raises:
        ValueError: if the package is not there, or finds nothing.

    Source: [BMST22]
    """
    module = module_of_qdk("estimator")
    hardware = machine.hardware
    if counts.qubits > MOST_QUBITS:
        raise ValueError(f"qdk.estimator is asked up to {MOST_QUBITS:,} logical qubits")
    parameters = {
        "qubitParams": qubit_parameters(hardware),
        "qecScheme": code_parameters(hardware),
        "errorBudget": machine.failure_budget,
    }
    try:
        result = module.LogicalCounts(counts_for_qdk(counts, hardware)).estimate(parameters)
        found = json.loads(result.json)
    except module.EstimatorError as problem:
        why = " ".join(str(problem.message).split()).rpartition(": ")[2]
        raise ValueError(f"qdk.estimator finds nothing: {why}") from None
    estimate = _estimate(found, bool(counts.rotations))
    if not estimate.failure <= machine.failure_budget * (1 + 1e-9):
        raise ValueError(
            f"the numbers of qdk.estimator fail with {estimate.failure:.1e}, more than "
            f"failure_budget {machine.failure_budget:g}"
        )
    return estimate


def qubit_parameters(hardware: Hardware) -> dict[str, Any]:
    """The machine as the package is told of it; durations in ns."""
    error, t_error = hardware.physical_error, hardware.t_error
    if hardware.is_majorana:
        assert hardware.measurement_seconds is not None
        time = _time(hardware.measurement_seconds)
        return {
            "instructionSet": "Majorana",
            "oneQubitMeasurementTime": time,
            "twoQubitJointMeasurementTime": time,
            "tGateTime": time,
            "oneQubitMeasurementErrorRate": error,
            "twoQubitJointMeasurementErrorRate": error,
            "tGateErrorRate": t_error,
            "idleErrorRate": error,
        }
    gate, measurement = hardware.durations
    return {
        "instructionSet": "GateBased",
        "oneQubitMeasurementTime": _time(measurement),
        "oneQubitGateTime": _time(gate),
        "twoQubitGateTime": _time(gate),
        "tGateTime": _time(gate),
        "oneQubitMeasurementErrorRate": error,
        "oneQubitGateErrorRate": error,
        "twoQubitGateErrorRate": error,
        "tGateErrorRate": t_error,
        "idleErrorRate": error,
    }


def code_parameters(hardware: Hardware) -> dict[str, Any]:
    """The code, with the duration of a cycle of ours if there is one."""
    code: dict[str, Any] = {"name": f"{hardware.code}_code"}
    if hardware.cycle_seconds is not None:
        code["logicalCycleTime"] = f"{whole_nanoseconds(hardware.cycle_seconds)} * codeDistance"
    return code


def _time(seconds: float) -> str:
    return f"{whole_nanoseconds(seconds)} ns"


def _estimate(found: dict[str, Any], has_rotations: bool) -> Estimate:
    """What the package says, in our words."""
    counts = found["physicalCounts"]
    details, code = counts["breakdown"], found["logicalQubit"]
    factory = found["tfactory"]
    steps, least = details["logicalDepth"], details["algorithmicLogicalDepth"]
    failure = details["algorithmicLogicalQubits"] * steps * code["logicalErrorRate"]
    rounds = 0
    if factory is not None:
        failure += details["numTstates"] * factory["logicalErrorRate"]
        rounds = factory["numRounds"]
    if has_rotations:
        failure += found["errorBudget"]["rotations"]
    return Estimate(
        qubits=counts["physicalQubits"],
        seconds=counts["runtime"] * 1e-9,
        distance=code["codeDistance"],
        factories=details["numTfactories"],
        factory=f"15-to-1 {TIMES.get(rounds, rounds)}" if rounds else "none",
        failure=failure,
        bound="factories" if steps > least else "steps",
    )
