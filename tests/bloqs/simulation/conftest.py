"""Circuits on a line of qubits, without a bloq."""

from collections.abc import Callable, Iterable, Sequence

import cirq
import numpy as np
import pytest

from estimator.costs.circuit import Circuit
from estimator.costs.script import Placed

LINE = cirq.LineQubit.range(6)


@pytest.fixture
def circuit_on() -> Callable[..., Circuit]:
    """`circuit_on(operations, inputs)`: on these qubits; all others are work qubits."""

    def make(operations: Iterable[cirq.Operation], inputs: Sequence[cirq.Qid] = LINE) -> Circuit:
        placed = tuple(map(Placed.of, operations))
        work = tuple(sorted({qubit for each in placed for qubit in each.qubits} - set(inputs)))
        return Circuit(placed, tuple(inputs), tuple(inputs), work, 0)

    return make


@pytest.fixture
def drawn(rng) -> Callable[..., list[cirq.Operation]]:
    """`drawn(gates, number)`: that many of these gates, on random qubits of the line."""

    def draw(gates: Sequence[cirq.Gate], number: int) -> list[cirq.Operation]:
        chosen = [gates[k] for k in rng.integers(len(gates), size=number)]
        places = [rng.permutation(len(LINE))[: cirq.num_qubits(gate)] for gate in chosen]
        pairs = zip(chosen, places, strict=True)
        return [gate.on(*(LINE[k] for k in place)) for gate, place in pairs]

    return draw


@pytest.fixture
def states(rng) -> Callable[[int], np.ndarray]:
    """`states(columns)`: random states of the line, shape (64, columns)."""

    def draw(columns: int) -> np.ndarray:
        found = rng.normal(size=(64, columns)) + 1j * rng.normal(size=(64, columns))
        return found / np.linalg.norm(found, axis=0)

    return draw


@pytest.fixture
def feedback() -> Callable[..., list[cirq.Operation]]:
    """`feedback(qubit, work)`: copy a qubit and take the copy away by measurement."""

    def make(qubit: cirq.Qid, work: cirq.Qid) -> list[cirq.Operation]:
        return [
            cirq.CNOT(qubit, work),
            cirq.H(work),
            cirq.measure(work, key=f"{work}", invert_mask=(True,)),
            cirq.reset(work),
            cirq.Z(qubit).with_classical_controls(f"{work}"),
            cirq.Z(qubit),
        ]

    return make
