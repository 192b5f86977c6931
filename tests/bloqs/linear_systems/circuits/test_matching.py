"""Matchings: the block against NumPy, Hermitian under rounded angles, alpha, refusals."""

import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.linear_systems.circuits.matching import MatchingEncoding
from bloqs.linear_systems.circuits.neighbour_step import NeighbourStep
from bloqs.simulation.runner import encoded_matrix

BLOCKS = {RotationLevel: as_one_gate}


def sparse(n, rng, density=0.4):
    """A symmetric indefinite matrix with zeros."""
    size = 2**n
    there = np.triu(rng.random((size, size)) < density)
    matrix = np.where(there, rng.normal(size=(size, size)), 0)
    matrix[0, 0] = 1
    return matrix + np.triu(matrix, 1).T


def encode(matrix, b, is_uniform=False, is_pattern=False):
    kind = b, QROMLoader(), Rotation.BITWISE
    return MatchingEncoding.of(matrix, *kind, is_uniform, is_pattern)


@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize("is_uniform", [False, True])
def test_the_block_is_the_matrix(n, is_uniform, rng):
    """Within epsilon; alpha is the sum over colours of the largest entry, of each or of all."""
    matrix = sparse(n, rng)
    bloq = encode(matrix, 9, is_uniform)
    found = encoded_matrix(bloq, BLOCKS)
    assert np.linalg.norm(found - matrix, 2) <= float(bloq.epsilon)
    colours = sum(map(bool, bloq.weights))
    beside = np.count_nonzero(matrix - np.diag(np.diag(matrix)), axis=1).max()
    assert colours <= beside + 2
    if is_uniform:
        assert bloq.alpha == pytest.approx(colours * np.abs(matrix).max())
    assert np.linalg.norm(matrix, 2) <= bloq.alpha * (1 + 1e-12)


@pytest.mark.parametrize("n", [4, 5, 6])
@pytest.mark.parametrize("is_pattern", [False, True])
def test_larger_sparse_matrices(n, is_pattern, rng, whole):
    """A pattern has one colour for each value of i XOR j, whatever the degree."""
    matrix = sparse(n, rng, 3 / 2**n)
    bloq = encode(matrix, 14, is_pattern=is_pattern)
    found = encoded_matrix(bloq, whole)
    assert np.linalg.norm(found - matrix, 2) <= float(bloq.epsilon) <= 0.01 * bloq.alpha
    colours = sum(map(bool, bloq.weights))
    rows, columns = np.nonzero(matrix)
    if is_pattern:
        assert colours == len(set((rows ^ columns).tolist()))
        assert len(bloq.differences) == 2**bloq.c
    else:
        beside = np.count_nonzero(matrix - np.diag(np.diag(matrix)), axis=1).max()
        assert colours <= beside + 2


@pytest.mark.parametrize("b", [4, 5, 6])
def test_coarse_angles_leave_it_hermitian(b, rng):
    """To rounding, although the block is far from the matrix."""
    matrix = sparse(2, rng, 0.7)
    found = encoded_matrix(encode(matrix, b), BLOCKS)
    assert np.abs(found - found.conj().T).max() <= 1e-12
    assert np.linalg.norm(found - matrix, 2) > 1e-3


@pytest.mark.parametrize("is_pattern", [False, True])
def test_gate_by_gate(is_pattern):
    """With the table of neighbours, and with that of offsets; on a path of four."""
    matrix = np.diag([2.0] * 4) + np.diag([-1.0] * 3, 1) + np.diag([-1.0] * 3, -1)
    bloq = encode(matrix, 5, is_pattern=is_pattern)
    assert bloq.alpha == 4
    assert np.linalg.norm(encoded_matrix(bloq) - matrix, 2) <= float(bloq.epsilon)


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        ([[1.0, 2.0], [0.0, 1.0]], "a symmetric matrix, got entries that differ by 2"),
        ([[0.0, 0.0], [0.0, 0.0]], "a matrix that is not zero"),
        ([[1.0, float("inf")], [float("inf"), 1.0]], "finite entries"),
        ([[1.0, 2.0, 3.0]], "a square matrix of a power of two"),
    ],
)
def test_refusals(matrix, message):
    with pytest.raises(ValueError, match=message):
        encode(np.array(matrix), 6)


def test_a_step_that_does_not_come_back_is_refused():
    with pytest.raises(ValueError, match="give involutions"):
        NeighbourStep((1, 2, 0, 0, 0, 0, 0, 0), 1, 2, QROMLoader())
