"""Shifts: the block against NumPy, wrapped entries left out exactly, Laplacians, alpha."""

from functools import reduce

import numpy as np
import pytest
import scipy.linalg

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.linear_systems.circuits.toeplitz import ToeplitzEncoding
from bloqs.linear_systems.model.structure import laplacian, shifts_of
from bloqs.simulation.runner import Runner, encoded_matrix
from estimator.costs.cost import cost_by_annotation


def encode(shifts, b=12):
    return ToeplitzEncoding.of(shifts, b, QROMLoader(), Rotation.BITWISE)


def distance(bloq, matrix, *blocks):
    return np.linalg.norm(encoded_matrix(bloq, *blocks) - matrix, 2)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 6])
@pytest.mark.parametrize("width", [2, 3, 5])
def test_toeplitz(n, width, rng, whole):
    """Neither symmetric nor definite; nothing wraps around, to rounding of the weights alone."""
    size = 2**n
    column, row = rng.normal(size=(2, size))
    column[width:] = row[width:] = 0
    matrix = scipy.linalg.toeplitz(column, row)
    bloq = encode(shifts_of(matrix, 1, False))
    assert bloq.alpha == pytest.approx(np.abs(column).sum() + np.abs(row[1:]).sum())
    found = encoded_matrix(bloq, whole)
    assert np.linalg.norm(found - matrix, 2) <= float(bloq.epsilon) <= 0.02 * bloq.alpha
    assert np.abs(found[matrix == 0]).max(initial=0) <= 1e-12


@pytest.mark.parametrize("n", [1, 2, 3, 5])
@pytest.mark.parametrize("is_symmetric", [False, True])
def test_circulant(n, is_symmetric, rng, whole):
    column = rng.normal(size=2**n)
    column[3:-1] = 0
    if is_symmetric:
        column[2 ** (n - 1)] = 0.5  # half way round, its own inverse
        column[1:] += column[:0:-1]
    matrix = scipy.linalg.circulant(column)
    bloq = encode(shifts_of(matrix, 1, True))
    assert bloq.is_symmetric == (is_symmetric or n == 1)
    assert bloq.alpha == pytest.approx(np.abs(column).sum())
    assert distance(bloq, matrix, whole) <= float(bloq.epsilon)


@pytest.mark.parametrize(("m", "axes"), [(1, 1), (4, 1), (6, 1), (1, 2), (3, 2), (1, 3), (2, 3)])
def test_laplacian(m, axes, whole):
    """Sums of tensor products of tridiag(-1, 2, -1) over h^2; alpha is 4 axes over h^2."""
    side, h = 2**m, 0.5
    line = 2 * np.eye(side) - np.eye(side, k=1) - np.eye(side, k=-1)
    terms = [
        reduce(np.kron, [line if k == axis else np.eye(side) for k in range(axes)])
        for axis in range(axes)
    ]
    matrix = sum(terms) / h**2
    bloq = encode(laplacian(m, axes, h), 14)
    assert bloq.alpha == pytest.approx(4 * axes / h**2)
    assert distance(bloq, matrix, whole) <= float(bloq.epsilon) <= 0.01 * bloq.alpha


@pytest.mark.parametrize("is_cyclic", [False, True])
def test_a_symmetric_sum_is_its_own_inverse(is_cyclic, rng, whole):
    """As a circuit, and so symmetric under angles of four bits, far from the matrix."""
    column = rng.normal(size=8)
    column[3:] = 0
    matrix = scipy.linalg.toeplitz(column)
    if is_cyclic:
        matrix = scipy.linalg.circulant(column) + scipy.linalg.circulant(column).T
    bloq = encode(shifts_of(matrix, 1, is_cyclic), 4)
    assert bloq.is_symmetric
    assert bloq.adjoint() == bloq
    unitary = Runner.of(bloq, whole).columns(range(2 ** bloq.signature.n_qubits()))
    np.testing.assert_allclose(unitary @ unitary, np.eye(len(unitary)), atol=1e-10)
    found = encoded_matrix(bloq, whole)
    np.testing.assert_allclose(found, found.T, atol=1e-12)
    assert np.linalg.norm(found - matrix, 2) > 1e-3


def test_symmetry_that_does_not_hold_is_refused():
    kind = 1, 2, 1, False, 5, QROMLoader(), Rotation.BITWISE
    for shifts, weights in ((((1,), (1,)), (1.0, 1.0)), (((1,), (-1,)), (1.0, 2.0))):
        with pytest.raises(ValueError, match="each shift beside its inverse, equally heavy"):
            ToeplitzEncoding(shifts, weights, 3.0, *kind, is_symmetric=True)


@pytest.mark.parametrize("axes", [1, 2])
def test_gate_by_gate(axes):
    matrix = 2 * axes * np.eye(2**axes)
    for k in range(axes):
        flip = np.array([[0, 1], [1, 0]])
        matrix -= reduce(np.kron, [flip if j == k else np.eye(2) for j in range(axes)])
    bloq = encode(laplacian(1, axes), 6)
    assert distance(bloq, matrix) <= float(bloq.epsilon)


def test_the_size_enters_by_the_adders_alone():
    """Twice the points cost two T gates for an AND each way, not a longer table."""
    tees = [cost_by_annotation(encode(laplacian(m, 1))).t_count(0) for m in (5, 6, 7, 30)]
    assert tees[1] - tees[0] == tees[2] - tees[1] == (tees[3] - tees[2]) / 23 == 4
