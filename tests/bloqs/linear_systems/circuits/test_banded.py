"""Diagonals and shifts: the block against NumPy for bands of every kind, alpha, refusals."""

import numpy as np
import pytest
import scipy.sparse

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.linear_systems.circuits.banded import BandedEncoding
from bloqs.simulation.runner import encoded_matrix


def encode(matrix, b=12):
    return BandedEncoding.of(matrix, b, QROMLoader(), Rotation.BITWISE)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 6])
@pytest.mark.parametrize("offsets", [(0,), (-1, 0, 1), (-2, 0, 1), (1,)])
def test_the_block_is_the_matrix(n, offsets, rng, whole):
    """Corners stay empty exactly; alpha is the sum over diagonals of the largest entry."""
    size = 2**n
    offsets = [k for k in offsets if abs(k) < size]
    matrix = np.zeros((size, size))
    for k in offsets:
        matrix += np.diag(rng.normal(size=size - abs(k)), k)
    bloq = encode(matrix)
    if n > 1:
        assert bloq.alpha == pytest.approx(sum(np.abs(matrix.diagonal(k)).max() for k in offsets))
    found = encoded_matrix(bloq, whole)
    assert np.linalg.norm(found - matrix, 2) <= float(bloq.epsilon) <= 0.02 * bloq.alpha
    assert np.abs(found[matrix == 0]).max(initial=0) <= 1e-12


@pytest.mark.parametrize("n", [2, 4])
def test_any_matrix(n, rng, whole):
    """Dense, and sparse without bands."""
    for density in (0.2, 1):
        matrix = scipy.sparse.random(2**n, 2**n, density, random_state=0).toarray()
        matrix[0, -1] = -1.5
        bloq = encode(matrix)
        assert np.linalg.norm(encoded_matrix(bloq, whole) - matrix, 2) <= float(bloq.epsilon)


def test_gate_by_gate():
    matrix = np.array([[2.0, -1.0], [0.5, 1.0]])
    bloq = encode(matrix, 5)
    assert np.linalg.norm(encoded_matrix(bloq) - matrix, 2) <= float(bloq.epsilon)


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        ([[0.0, 0.0], [0.0, 0.0]], "a matrix that is not zero"),
        ([[1.0, float("nan")], [0.0, 1.0]], "finite entries"),
        (np.eye(3), "a square matrix of a power of two"),
    ],
)
def test_refusals(matrix, message):
    with pytest.raises(ValueError, match=message):
        encode(np.array(matrix))
