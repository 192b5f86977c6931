"""Strings of Pauli matrices, applied to states of qubits; the first letter is on qubit 0."""

import math
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

State = NDArray[np.complex128]
LETTERS = "IXYZ"


def check_letters(letters: object, qubits: int) -> str:
    """The string, if it is one of Pauli letters, one for each qubit.

    Raises:
        ValueError: if it is not.
    """
    if not isinstance(letters, str) or len(letters) != qubits:
        raise ValueError(
            f"a Pauli string has one letter for each of the {qubits} qubits, got {letters!r}"
        )
    if wrong := sorted(set(letters) - set(LETTERS)):
        raise ValueError(f"a Pauli string has letters I, X, Y and Z, got {wrong[0]!r} in {letters}")
    return letters


@cache
def _action(letters: str) -> tuple[NDArray[np.int64], State]:
    """P|x> is phases[x] |moved[x]>; both arrays of shape (2**n,)."""
    n = len(letters)
    x = np.arange(2**n)
    moved, phases = x.copy(), np.ones(2**n, dtype=complex)
    for qubit, letter in enumerate(letters):
        place = n - 1 - qubit
        signs = 1 - 2 * ((x >> place) & 1)
        if letter in "XY":
            moved ^= 1 << place
        if letter == "Z":
            phases *= signs
        if letter == "Y":
            phases *= 1j * signs
    return moved, phases


def apply_pauli(letters: str, state: State) -> State:
    """P applied to a state of shape (2**n,)."""
    moved, phases = _action(letters)
    out = np.empty(len(state), dtype=complex)
    out[moved] = phases * state
    return out


def apply_rotation(letters: str, angle: float, state: State) -> State:
    r"""$e^{-i \theta P/2}$ applied to a state of shape (2**n,)."""
    half = angle / 2
    return math.cos(half) * state - 1j * math.sin(half) * apply_pauli(letters, state)


def pauli_matrix(letters: str) -> State:
    """P as an array of shape (2**n, 2**n), from Kronecker products."""
    one: dict[str, Any] = {
        "I": np.eye(2),
        "X": np.array([[0, 1], [1, 0]]),
        "Y": np.array([[0, -1j], [1j, 0]]),
        "Z": np.diag([1, -1]),
    }
    out = np.eye(1, dtype=complex)
    for letter in letters:
        out = np.kron(out, one[letter])
    return out


def commute(one: str, two: str) -> bool:
    """Whether two strings of equal length commute: they clash on an even number of qubits."""
    clashes = sum(a != b and "I" not in (a, b) for a, b in zip(one, two, strict=True))
    return clashes % 2 == 0
