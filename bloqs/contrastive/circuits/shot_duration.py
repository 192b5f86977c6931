"""How long one shot of a routed circuit takes on a device."""

from collections import defaultdict

import cirq

from bloqs.contrastive.circuits.device_routing import Routed
from bloqs.contrastive.circuits.noisy_circuit import duration, elementary
from bloqs.contrastive.model.device_calibration import Calibration


def shot_seconds(found: Routed, calibration: Calibration) -> tuple[float, float]:
    """Gates and readout of a shot, each gate as early as its qubits are free, and the whole shot.

    A qubit that is measured between layers takes its readout there. The delay between two shots,
    where the calibration states one, is in the second number alone.

    Raises:
        ValueError: if gates wait for outcomes, which takes a time that no calibration states.
    """
    if not found.is_whole:
        raise ValueError(
            "gates that wait for outcomes take a time that no calibration states; take the plain "
            "form"
        )
    free: dict[cirq.Qid, float] = defaultdict(float)
    names = cirq.parameter_names(found.circuit)
    circuit = cirq.resolve_parameters(found.circuit, dict.fromkeys(names, 1.0))  # any angle will do
    for op in elementary(circuit):
        start = max(free[each] for each in op.qubits)
        for each in op.qubits:
            free[each] = start + _ns(op, calibration)
    ends = [free[cirq.LineQubit(each)] + calibration.qubits[each].readout_ns for each in found.read]
    busy = max(ends) * 1e-9
    return busy, busy + (calibration.delay_us or 0.0) * 1e-6


def _ns(op: cirq.Operation, calibration: Calibration) -> float:
    if isinstance(op.gate, cirq.PhaseDampingChannel):
        return calibration.qubits[op.qubits[0].x].readout_ns
    return duration(op, calibration)
