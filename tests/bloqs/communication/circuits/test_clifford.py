"""Named gates under a control are what they are controlled, by matrices."""

import numpy as np
import pytest
from qualtran.bloqs.basic_gates import CNOT, CZ, Hadamard, SGate, TGate, Toffoli, XGate

from bloqs.communication.circuits.clifford import PLAIN, clifford_calls, expanded

ONE = {
    "X": np.array([[0, 1], [1, 0]]),
    "Z": np.diag([1, -1]),
    "H": np.array([[1, 1], [1, -1]]) / np.sqrt(2),
    "S": np.diag([1, 1j]),
    "S^-1": np.diag([1, -1j]),
    "CNOT": np.array([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]),
    "CZ": np.diag([1, 1, 1, -1]),
}
"""Textbook matrices, a control first."""

WIRES = ("c", "a", "b")


def matrix(placed):
    """Of gates on three wires, the first most significant."""
    state = np.eye(8, dtype=complex).reshape(2, 2, 2, 8)
    for bloq, wires in placed:
        at = [WIRES.index(wire) for wire in wires]
        gate = bloq.tensor_contract().reshape((2,) * (2 * len(at)))
        state = np.tensordot(gate, state, (range(len(at), 2 * len(at)), at))
        state = np.moveaxis(state, range(len(at)), at)
    return state.reshape(8, 8)


def wires_of(name):
    return ("a", "b") if name in ("CNOT", "CZ") else ("b",)


@pytest.mark.parametrize("name", PLAIN)
def test_each_gate_plain_and_controlled(name):
    """A control of one, exactly, phases too."""
    wires = wires_of(name)
    small = ONE[name] if len(wires) == 2 else np.kron(np.eye(2), ONE[name])
    plain = matrix(expanded([(name, wires)]))
    np.testing.assert_allclose(plain, np.kron(np.eye(2), small), atol=1e-12)
    wanted = np.eye(8, dtype=complex)
    wanted[4:, 4:] = small
    found = matrix(expanded([(name, wires)], ["c"]))
    np.testing.assert_allclose(found, wanted, atol=1e-12)


@pytest.mark.parametrize(
    ("name", "calls"),
    [
        ("X", {CNOT(): 1}),
        ("Z", {CZ(): 1}),
        ("H", {SGate(): 1, SGate(True): 1, Hadamard(): 2, TGate(): 1, TGate(True): 1, CNOT(): 1}),
        ("S", {TGate(): 2, TGate(True): 1, CNOT(): 2}),
        ("S^-1", {TGate(): 1, TGate(True): 2, CNOT(): 2}),
        ("CNOT", {Toffoli(): 1}),
        ("CZ", {Toffoli(): 1, Hadamard(): 2}),
    ],
)
def test_gates_by_number(name, calls):
    gates = [(name, wires_of(name))]
    assert clifford_calls(gates, True) == calls
    assert clifford_calls(gates * 3, False) == {PLAIN[name]: 3}
    assert clifford_calls([], True) == {}


def test_gates_keep_their_order():
    found = expanded([("X", ("a",)), ("H", ("a",))])
    assert found == [(XGate(), ("a",)), (Hadamard(), ("a",))]
