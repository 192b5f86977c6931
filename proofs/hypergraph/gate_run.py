"""How likely a record is, from the gates of a sentence's circuit."""

import cirq
import numpy as np

from bloqs.hypergraph.circuits.cell import HRNNCell
from bloqs.hypergraph.circuits.sentence import HRNNSentence
from bloqs.hypergraph.model.sentence import Sentence
from bloqs.hypergraph.model.tokens import (
    EdgeToken,
    FlipToken,
    IdleToken,
    PauliToken,
    Token,
    WriteToken,
)
from estimator.costs.circuit import circuit_of
from proofs.claim import Measurement


def cell(n: int, token: Token) -> HRNNCell:
    """The circuit of a token on plain qubits."""
    match token:
        case WriteToken(edge, _, angle):
            if angle is None:
                return HRNNCell(n, "W", edge)
            return HRNNCell(n, "W", edge, theta=angle, is_trainable=True)
        case PauliToken(letters):
            places = tuple(place for (place, _), _ in letters)
            return HRNNCell(n, "MP", places, "".join(letter for _, letter in letters))
        case EdgeToken(center, rest):
            return HRNNCell(n, "MK", (center[0], *(place for place, _ in rest)))
        case FlipToken(controls, target):
            return HRNNCell(n, "CX", (*(place for place, _ in controls), target[0]))
        case IdleToken():
            return HRNNCell(n, "I", ())


def gate_probability(sentence: Sentence, said: str) -> Measurement:
    """Of the answers "0" and "1" that are said, one after another; later reads are not run.

    Measurements inside a circuit fall as they may: what they leave does not depend on them.
    """
    cells = tuple(cell(sentence.modes, token) for token in sentence.tokens)
    circuit = circuit_of(HRNNSentence(sentence.modes, cells))
    order = [*circuit.inputs, *circuit.work]
    simulator = cirq.Simulator(seed=0, dtype=np.complex128)
    gates: list[cirq.Operation] = [cirq.H(qubit) for qubit in circuit.inputs]
    state: np.ndarray = np.eye(1, 2 ** len(order), dtype=complex)[0]
    chance, answers = 1.0, iter(said)
    for operation in circuit.operations:
        if not any(key.startswith("read") for key in cirq.measurement_key_names(operation)):
            gates.append(operation)
            continue
        answer = next(answers, None)
        if answer is None:
            break
        state = simulator.simulate(
            cirq.Circuit(gates), qubit_order=order, initial_state=state
        ).final_state_vector
        (ancilla,) = operation.qubits
        wide = state.reshape((2,) * len(order)).copy()
        wide[(slice(None),) * order.index(ancilla) + (1 - int(answer),)] = 0
        left = float(np.vdot(wide, wide).real)
        chance *= left
        if left < 1e-12:
            break
        state, gates = wide.ravel() / left**0.5, []
    return Measurement(
        value=chance,
        qubits=len(order),
        gates=len(circuit.operations),
        fidelity="gate by gate",
    )
