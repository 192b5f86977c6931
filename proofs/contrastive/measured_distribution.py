"""Measuring the last ring qubit by qubit, with feedback, changes no joint probability."""

from itertools import product
from typing import Any

import cirq
import numpy as np
from numpy.typing import NDArray

from bloqs.contrastive.circuits.representation_circuit import RepresentationCircuit
from bloqs.contrastive.model.gate_order import gate_order
from estimator.costs.circuit import Circuit, circuit_of
from proofs.claim import Measurement
from proofs.contrastive.plain_run import probabilities
from proofs.forms import ROUNDING
from proofs.operator_claim import OperatorClaim

Floats = NDArray[Any]


def _numbers(width: int, layers: int) -> tuple[Floats, Floats]:
    """Inputs and angles of an instance, at random."""
    rng = np.random.default_rng([width, layers])
    return rng.uniform(0, np.pi, width), rng.uniform(-np.pi, np.pi, 2 * width * layers)


def specification(width: int, layers: int) -> Floats:
    """Joint probabilities of the outcomes of the ring, measured at the end."""
    inputs, angles = _numbers(width, layers)
    return probabilities(gate_order("ring", width, layers), width, inputs, angles)


def independent(width: int, layers: int) -> Floats:
    """Probabilities of single qubits alone, multiplied."""
    joint = specification(width, layers).reshape((2,) * width)
    found = np.ones(1)
    for k in range(width):
        single = joint.sum(axis=tuple(j for j in range(width) if j != k))
        found = np.kron(found, single)
    return found


def simulate(width: int, layers: int) -> tuple[Floats, Measurement]:
    """Every branch of the measured circuit, gate by gate."""
    inputs, angles = _numbers(width, layers)
    bloq = RepresentationCircuit(
        "ring", width, layers, tuple(inputs), tuple(angles), form="measured"
    )
    circuit = circuit_of(bloq)
    found = np.array([_branch(circuit, bits) for bits in product((0, 1), repeat=width)])
    gates = len(circuit.operations)
    return found, Measurement(value=0.0, qubits=width, gates=gates, fidelity="gate by gate")


def _branch(circuit: Circuit, bits: tuple[int, ...]) -> float:
    """Probability that the qubits are measured with these outcomes."""
    width = len(circuit.inputs)
    place = {qubit: k for k, qubit in enumerate(circuit.inputs)}
    state = np.zeros((2,) * width, dtype=complex)
    state[(0,) * width] = 1
    known: dict[str, int] = {}
    for operation in circuit.operations:
        on = [place[qubit] for qubit in operation.qubits]
        gate: Any = operation.without_classical_controls().gate
        if hasattr(gate, "mkey"):
            known[str(gate.mkey)] = bits[on[0]]
            state = np.moveaxis(state, on[0], 0).copy()
            state[1 - bits[on[0]]] = 0
            state = np.moveaxis(state, 0, on[0])
            continue
        keys = [str(k) for x in operation.classical_controls for k in x.keys]
        if all(known[key] for key in keys):
            state = turned(state, gate, on)
    return float(np.sum(np.abs(state) ** 2))


def turned(state: Floats, gate: Any, on: list[int]) -> Floats:
    """A state after a gate of Cirq."""
    matrix = cirq.unitary(gate).reshape((2,) * (2 * len(on)))
    done = np.tensordot(matrix, state, axes=(range(len(on), 2 * len(on)), on))
    return np.moveaxis(done, range(len(on)), on)


THEOREM = OperatorClaim(
    says="Measuring each qubit of the last ring before the turn that it controls, which its bit "
    "then decides, leaves the joint probabilities of all outcomes as they are.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        {"width": width, "layers": layers}
        for width, layers in ((2, 1), (2, 2), (3, 1), (3, 2), (4, 2), (5, 1))
    ),
    false_twin=independent,
    twin_says="The outcomes are independent of each other.",
    bound=lambda **_: ROUNDING,
    norm="l2",
    source="ours; deferred measurement",
)
