"""Commuting strings become strings of Z, sign included, by matrices."""

import numpy as np
import pytest

from bloqs.communication.model.common_basis import common_basis
from bloqs.communication.model.pauli import commute, pauli_matrix

ONE = {"H": np.array([[1, 1], [1, -1]]) / np.sqrt(2), "S^-1": np.diag([1, -1j])}


def matrix(gate, n):
    name, qubits = gate
    if name == "CNOT":
        control, target = qubits
        letters = ["I"] * n
        letters[target] = "X"
        flip = pauli_matrix("".join(letters))
        on = np.diag([(x >> (n - 1 - control)) & 1 for x in range(2**n)]).astype(float)
        return np.eye(2**n) - on + on @ flip
    out = np.eye(1)
    for q in range(n):
        out = np.kron(out, ONE[name] if q == qubits[0] else np.eye(2))
    return out


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_strings_become_diagonal(n, rng):
    for _ in range(12):
        strings = []
        for _ in range(40):
            new = "".join(rng.choice(list("IXYZ"), n))
            if all(commute(new, old) for old in strings):
                strings.append(new)
        found = common_basis(strings)
        circuit = np.eye(2**n)
        for gate in found.gates:
            circuit = matrix(gate, n) @ circuit
        for string, reads, sign in zip(strings, found.reads, found.signs, strict=True):
            letters = "".join("Z" if q in reads else "I" for q in range(n))
            image = circuit @ pauli_matrix(string) @ circuit.conj().T
            np.testing.assert_allclose(image, sign * pauli_matrix(letters), atol=1e-12)


def test_what_is_not_read_together_is_refused():
    assert common_basis(()).gates == ()
    with pytest.raises(ValueError, match="commute, got XI and ZI"):
        common_basis(("XI", "ZI"))
    with pytest.raises(ValueError, match="one letter for each of the 2 qubits"):
        common_basis(("XI", "Z"))
