"""Noise of a device on the flattened circuit of a bloq: the circuit that is counted is noisy."""

from collections.abc import Iterator, Sequence
from typing import Any

import cirq
import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from qualtran import Bloq

from bloqs.contrastive.model.device_calibration import Calibration
from bloqs.contrastive.model.shrinkage_law import depolarising
from estimator.costs.circuit import circuit_of


@frozen(kw_only=True)
class NoiseParts:
    """Which parts of the noise are on; a CNOT's error was measured with its decay in it.

    Args:
        gates: depolarising after every CNOT, every turn about X or Y and every H.
        decay: amplitude and phase damping of every qubit for as long as each layer lasts.
        readout: wrong bits.
    """

    gates: bool = True
    decay: bool = False
    readout: bool = True


def placed_circuit(bloq: Bloq, places: Sequence[int], drops_waiting: bool = False) -> cirq.Circuit:
    """The flattened circuit of a bloq on numbered qubits of a device, packed in layers.

    Measurements at the end are left out, and those in between take out what is off the diagonal.

    Args:
        bloq: whose wires are one register.
        places: device qubit of each wire.
        drops_waiting: whether measurements, and gates that wait for them, are left out: then the
            circuit has the right gates on two qubits, and does not do the same.

    Raises:
        ValueError: if there are not as many different places as wires, or gates wait for outcomes.
    """
    flat = circuit_of(bloq)
    wires = list(flat.inputs)
    if len(places) != len(wires) or len({*places}) != len(wires):
        raise ValueError(f"{len(wires)} wires need as many different qubits, got {list(places)}")
    named = dict(zip(wires, map(cirq.LineQubit, places), strict=True))
    operations = list(flat.operations)
    last = {qubit: k for k, op in enumerate(operations) for qubit in op.qubits}
    kept = []
    for number, op in enumerate(operations):
        is_waiting = isinstance(op.untagged, cirq.ClassicallyControlledOperation)
        if drops_waiting and (is_waiting or cirq.is_measurement(op)):
            continue
        if is_waiting:
            raise ValueError("noise on gates that wait for outcomes is not modelled; take the "
                             "plain form")  # fmt: skip
        if not cirq.is_measurement(op):
            kept.append(op.transform_qubits(named))
        elif last[op.qubits[0]] != number:
            kept.append(cirq.phase_damp(1).on(*(named[each] for each in op.qubits)))
    return cirq.Circuit(kept)


def waits_for_outcomes(bloq: Bloq) -> bool:
    """Whether a gate of the flattened circuit depends on a measured bit."""
    return any(
        isinstance(op.untagged, cirq.ClassicallyControlledOperation)
        for op in circuit_of(bloq).operations
    )


def noisy_circuit(
    circuit: cirq.Circuit, calibration: Calibration, parts: NoiseParts
) -> cirq.Circuit:
    """A circuit on numbered qubits with channels between its gates.

    Raises:
        ValueError: if a CNOT is not on an edge, or a gate acts on more than one qubit and is no
            CNOT or SWAP.
    """
    used = sorted(circuit.all_qubits())
    calibration.check_width(1 + max(each.x for each in used))
    plain = cirq.Circuit(elementary(circuit))
    moments: list[Any] = []
    for moment in plain:
        moments.append(moment)
        if parts.gates:
            channels = [each for op in moment for each in _after(op, calibration)]
            moments.append(cirq.Moment(channels))
        if parts.decay:
            ns = max((duration(op, calibration) for op in moment), default=0.0)
            for k in (0, 1) if ns else ():
                damp = (cirq.amplitude_damp, cirq.phase_damp)[k]
                rates = [calibration.qubits[qubit.x].damping(ns)[k] for qubit in used]
                moments.append(cirq.Moment(damp(r).on(q) for r, q in zip(rates, used, strict=True)))
    return cirq.Circuit(moments)


def elementary(circuit: cirq.Circuit) -> Iterator[cirq.Operation]:
    """The operations with three CNOTs for each SWAP.

    Raises:
        ValueError: if a gate acts on more than one qubit and is no CNOT or SWAP.
    """
    for op in circuit.all_operations():
        if op.gate == cirq.SWAP:
            one, two = op.qubits
            yield from (cirq.CNOT(one, two), cirq.CNOT(two, one), cirq.CNOT(one, two))
        elif len(op.qubits) > 1 and op.gate != cirq.CNOT:
            raise ValueError(f"noise is known for CNOTs, got {op}")
        else:
            yield op


def _is_virtual(op: cirq.Operation) -> bool:
    """Turns about Z are changes of a clock; channels are no gates."""
    return isinstance(op.gate, cirq.ZPowGate) or not cirq.has_unitary(op)


def _after(op: cirq.Operation, calibration: Calibration) -> Iterator[cirq.Operation]:
    if _is_virtual(op):
        return
    if len(op.qubits) == 2:
        rates = calibration.pair(*(qubit.x for qubit in op.qubits))
        weight, number = depolarising(rates.error, 2), 2
    else:
        weight, number = depolarising(calibration.qubits[op.qubits[0].x].single_error, 1), 1
    if weight:
        yield cirq.depolarize(weight * (1 - 0.25**number), number).on(*op.qubits)


def duration(op: cirq.Operation, calibration: Calibration) -> float:
    """How long a gate takes; nothing for turns about Z. Unit: ns."""
    if _is_virtual(op):
        return 0.0
    if len(op.qubits) == 2:
        return calibration.pair(*(qubit.x for qubit in op.qubits)).ns
    return calibration.qubits[op.qubits[0].x].single_ns


def noisy_means(
    circuit: cirq.Circuit,
    read: Sequence[int],
    calibration: Calibration,
    parts: NoiseParts,
) -> NDArray[np.float64]:
    """Mean of Z of some qubits at the end, with noise, for infinitely many shots.

    Args:
        circuit: on numbered qubits, without measurements.
        read: the qubits that are measured, in order.
        calibration: of the device.
        parts: of the noise.
    """
    order = sorted(circuit.all_qubits() | {cirq.LineQubit(each) for each in read})
    noisy = noisy_circuit(circuit, calibration, parts)
    simulator = cirq.DensityMatrixSimulator(dtype=np.complex128)
    chances = np.diag(simulator.simulate(noisy, qubit_order=order).final_density_matrix).real
    strings = np.arange(len(chances))
    means = []
    for number in read:
        bit = strings >> (len(order) - 1 - order.index(cirq.LineQubit(number))) & 1
        mean = float(chances @ (1 - 2 * bit))
        means.append(calibration.qubits[number].readout.noisy(mean) if parts.readout else mean)
    return np.array(means)
