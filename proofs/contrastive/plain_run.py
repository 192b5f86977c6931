"""An ansatz run in plain NumPy from its list of gates, and its outputs."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.contrastive.model.gate_order import Gate

Floats = NDArray[Any]

PAULI: dict[str, Floats] = {
    "X": np.array([[0, 1], [1, 0]]),
    "Y": np.array([[0, -1j], [1j, 0]]),
    "Z": np.diag([1, -1]),
}


def turn(letters: str, angle: float) -> Floats:
    """exp(-i angle P / 2) for a product P of Pauli matrices."""
    product: Floats = np.ones((1, 1))
    for letter in letters:
        product = np.kron(product, PAULI[letter])
    return np.cos(angle / 2) * np.eye(len(product)) - 1j * np.sin(angle / 2) * product


def matrix_of(gate: Gate, angle: float) -> Floats:
    """The matrix of a gate on its own qubits, the first most significant."""
    if gate.name == "CX":
        return np.eye(4)[[0, 1, 3, 2]]
    if gate.name.startswith("CR"):
        found = np.eye(4, dtype=complex)
        found[2:, 2:] = turn(gate.name[2:], angle)
        return found
    return turn(gate.name[1:], angle)


def probabilities(
    gates: Sequence[Gate], width: int, inputs: Iterable[float], angles: Floats
) -> Floats:
    """Joint probabilities of the outcomes, qubit 0 most significant; shape (2**width,)."""
    state: Floats = np.zeros((2,) * width, dtype=complex)
    state[(0,) * width] = 1
    for k, value in enumerate(inputs):
        state = acted(state, turn("X", value), [k])
    for gate in gates:
        angle = 0.0 if gate.angle is None else angles[gate.angle]
        state = acted(state, matrix_of(gate, angle), list(gate.qubits))
    return np.abs(state.reshape(-1)) ** 2


def acted(state: Floats, matrix: Floats, on: list[int]) -> Floats:
    """A state, an axis for each qubit, after a matrix on some of them."""
    size = len(on)
    done = np.tensordot(matrix.reshape((2,) * (2 * size)), state, (range(size, 2 * size), on))
    return np.moveaxis(done, range(size), on)
