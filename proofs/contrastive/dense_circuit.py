"""A representation circuit as products of whole matrices, with derivatives by the product rule."""

from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.contrastive.model.gate_order import Gate, gate_order

Array = NDArray[Any]

PAULI: dict[str, Array] = {
    "I": np.eye(2),
    "X": np.array([[0, 1], [1, 0]]),
    "Y": np.array([[0, -1j], [1j, 0]]),
    "Z": np.diag([1, -1]),
    "1": np.diag([0, 1]),
}
"""Matrices on one qubit; "1" is the projector on one."""

WORDS = {
    "RX": "X", "RY": "Y", "RZ": "Z", "CRX": "1X", "CRZ": "1Z", "RXX": "XX", "RZX": "ZX",
}  # fmt: skip
"""Generator G of each gate exp(-i t G / 2), on its qubits in order."""


def on(word: str, qubits: tuple[int, ...], width: int) -> Array:
    """A product of matrices on some qubits, qubit 0 the first factor; shape (2**W, 2**W)."""
    letters = ["I"] * width
    for letter, qubit in zip(word, qubits, strict=True):
        letters[qubit] = letter
    return reduce(np.kron, (PAULI[letter] for letter in letters))


def gate_matrix(gate: Gate, angle: float, width: int) -> Array:
    """The whole matrix of a gate."""
    if gate.name == "CX":
        flip = on("1X", gate.qubits, width)
        return np.eye(2**width) - on("1", gate.qubits[:1], width) + flip
    G = on(WORDS[gate.name], gate.qubits, width)
    space = G @ G  # where the gate is not the identity
    rest = np.eye(2**width) - space
    return rest + np.cos(angle / 2) * space - 1j * np.sin(angle / 2) * G


def dense_values(kind: str, width: int, layers: int, settings: Array) -> tuple[Array, Array]:
    """Outputs of one sample, and their derivatives by every angle.

    Args:
        kind: of the ansatz.
        width: W.
        layers: L.
        settings: inputs, then angles; shape (W + P,).

    Returns:
        Shapes (W,) and (W, W + P).
    """
    gates = [Gate("RX", (k,), k) for k in range(width)]
    gates += [
        Gate(g.name, g.qubits, None if g.angle is None else g.angle + width)
        for g in gate_order(kind, width, layers)
    ]
    state = np.eye(2**width)[0] + 0j
    slopes: dict[int, Array] = {}
    for gate in gates:
        matrix = gate_matrix(gate, 0.0 if gate.angle is None else settings[gate.angle], width)
        state = matrix @ state
        slopes = {angle: matrix @ each for angle, each in slopes.items()}
        if gate.angle is not None:
            slopes[gate.angle] = -0.5j * on(WORDS[gate.name], gate.qubits, width) @ state
    observables = [on("Z", (k,), width) for k in range(width)]
    values = np.array([(state.conj() @ Z @ state).real for Z in observables])
    by_angles = np.array(
        [
            [2 * (state.conj() @ Z @ slopes[k]).real for k in range(len(settings))]
            for Z in observables
        ]
    )
    return values, by_angles


def some_settings(kind: str, width: int, layers: int, seed: int) -> Array:
    """Inputs from 0 to pi, then angles from -pi to pi; shape (W + P,)."""
    rng = np.random.default_rng(seed)
    gates = gate_order(kind, width, layers)
    number = sum(gate.angle is not None for gate in gates)
    return np.concatenate([rng.uniform(0, np.pi, width), rng.uniform(-np.pi, np.pi, number)])
