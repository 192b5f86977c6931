"""Pauli sums: the block against NumPy, real and complex, alpha, Hermitian under rounded angles."""

from functools import reduce

import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.linear_systems.circuits.pauli_sum import PauliSumEncoding
from bloqs.simulation.runner import encoded_matrix

LETTERS = {
    "1": np.eye(2),
    "X": np.array([[0, 1], [1, 0]]),
    "Y": np.array([[0, -1j], [1j, 0]]),
    "Z": np.diag([1, -1]),
}


def encode(matrix, b=12):
    return PauliSumEncoding.of(matrix, b, QROMLoader(), Rotation.BITWISE)


@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize("kind", ["real", "symmetric", "Hermitian"])
def test_any_matrix(n, kind, rng, whole):
    """The l1 norm is that of traces with strings of letters, worked out one by one."""
    matrix = rng.normal(size=(2**n, 2**n))
    if kind == "symmetric":
        matrix = matrix + matrix.T
    if kind == "Hermitian":
        matrix = matrix + 1j * rng.normal(size=matrix.shape)
        matrix = matrix + matrix.conj().T
    bloq = encode(matrix)
    found = encoded_matrix(bloq, whole)
    assert np.linalg.norm(found - matrix, 2) <= float(bloq.epsilon) <= 0.05 * bloq.alpha
    norm = 0.0
    for word in np.ndindex(*(4,) * n):
        string = reduce(np.kron, [LETTERS["1XYZ"[k]] for k in word])
        norm += abs(np.trace(string @ matrix)) / 2**n
    assert bloq.alpha == pytest.approx(norm)
    assert bloq.is_hermitian == (kind != "real")
    if kind != "real":
        coarse = encoded_matrix(encode(matrix, 4), whole)
        assert np.abs(coarse - coarse.conj().T).max() <= 1e-12


@pytest.mark.parametrize("n", [4, 6])
def test_few_strings_on_many_qubits(n, rng, whole):
    """An Ising chain in a field: 2 n - 1 strings, found again in the dense matrix."""
    matrix, weights = np.zeros((2**n, 2**n)), rng.normal(size=2 * n - 1)
    words = ["1" * k + "X" + "1" * (n - k - 1) for k in range(n)]
    words += ["1" * k + "ZZ" + "1" * (n - k - 2) for k in range(n - 1)]
    for weight, word in zip(weights, words, strict=True):
        matrix += weight * reduce(np.kron, [LETTERS[letter] for letter in word])
    bloq = encode(matrix)
    assert sum(map(bool, bloq.weights)) == len(words)
    assert bloq.alpha == pytest.approx(np.abs(weights).sum())
    assert np.linalg.norm(encoded_matrix(bloq, whole) - matrix, 2) <= float(bloq.epsilon)


@pytest.mark.parametrize("matrix", [[[2.0, 1 - 1j], [1 + 1j, 0.5]], [[1.0, -2.0], [0.5, 0.0]]])
def test_gate_by_gate(matrix):
    bloq = encode(np.array(matrix), 5)
    assert np.linalg.norm(encoded_matrix(bloq) - matrix, 2) <= float(bloq.epsilon)


def test_refusals():
    with pytest.raises(ValueError, match="a real matrix or a Hermitian one"):
        encode(np.array([[1j, 1.0], [0.0, 1.0]]))
    kind = 1.0, 1, 1, 5, QROMLoader(), Rotation.BITWISE
    with pytest.raises(ValueError, match="not all zero; signs are in k"):
        PauliSumEncoding(((0, 0, 0), (0, 1, 0)), (1.0, -1.0), *kind)
