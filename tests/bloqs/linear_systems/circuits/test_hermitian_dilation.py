"""Dilations and their corners against NumPy, of encodings that are their own inverse and not."""

import attrs
import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.linear_systems.circuits.banded import BandedEncoding
from bloqs.linear_systems.circuits.hermitian_dilation import CornerEncoding, HermitianDilation
from bloqs.linear_systems.circuits.matching import MatchingEncoding
from bloqs.linear_systems.circuits.row_tree import RowTreeEncoding
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import Runner, encoded_matrix

KIND = 12, QROMLoader(), Rotation.BITWISE


def dilation(A):
    return np.block([[np.zeros((len(A),) * 2), A], [A.conj().T, np.zeros((len(A),) * 2)]])


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_of_any_encoding(n, rng):
    """Exactly that of the block, which is complex here, and Hermitian."""
    A = rng.normal(size=(2**n, 2**n)) + 1j * rng.normal(size=(2**n, 2**n))
    bloq = HermitianDilation(Dilation.of_matrix(A, 2 * np.linalg.norm(A, 2)))
    np.testing.assert_allclose(encoded_matrix(bloq, STAND_INS), dilation(A), atol=1e-12)
    np.testing.assert_allclose(encoded_matrix(CornerEncoding(bloq), STAND_INS), A, atol=1e-12)


@pytest.mark.parametrize("kind", [RowTreeEncoding, BandedEncoding, MatchingEncoding])
def test_of_circuits(kind, rng, whole):
    A = rng.normal(size=(4, 4))
    if kind is MatchingEncoding:
        A = A + A.T
    bloq = HermitianDilation(kind.of(A, *KIND))
    found = encoded_matrix(bloq, whole)
    assert np.linalg.norm(found - dilation(A), 2) <= float(bloq.epsilon)
    assert np.abs(found - found.conj().T).max() <= 1e-12


@pytest.mark.parametrize("shape", [(2, 2), (4, 3), (3, 8), (7, 5), (16, 9), (32, 32)])
def test_matchings_of_any_matrix(shape, rng, whole):
    """The corner of a dilation's matchings: as many as the fullest row or column has entries."""
    sparse = rng.normal(size=shape) * (rng.random(shape) < 3 / max(shape))
    sparse[0, 0] = 1
    size = 2 ** (max(shape) - 1).bit_length()
    A = np.zeros((size, size))
    A[: shape[0], : shape[1]] = sparse
    inner = MatchingEncoding.of(dilation(A), *KIND)
    bloq = CornerEncoding(inner)
    found = encoded_matrix(bloq, whole)
    assert found.shape == A.shape
    assert np.linalg.norm(found - A, 2) <= float(bloq.epsilon) <= 0.05 * bloq.alpha
    degree = max((A != 0).sum(axis=0).max(), (A != 0).sum(axis=1).max())
    assert sum(map(bool, inner.weights)) == degree


@pytest.mark.parametrize("is_hermitian", [False, True])
@pytest.mark.parametrize("kind", [HermitianDilation, CornerEncoding])
def test_gate_by_gate(kind, is_hermitian):
    A = np.array([[2.0, -1.0], [-1.0 if is_hermitian else 0.5, 1.0]])
    made = MatchingEncoding if is_hermitian else BandedEncoding
    inner = HermitianDilation(made.of(A, 5, QROMLoader(), Rotation.BITWISE))
    bloq, wanted = (inner, dilation(A)) if kind is HermitianDilation else (kind(inner), A)
    assert np.linalg.norm(encoded_matrix(bloq) - wanted, 2) <= float(bloq.epsilon)


@pytest.mark.parametrize("kind", [HermitianDilation, CornerEncoding])
def test_under_a_control(kind, rng):
    """Two blocks: the identity where the control is zero."""
    inner = HermitianDilation(Dilation.of_matrix(rng.normal(size=(2, 2)), 5))
    bloq = inner if kind is HermitianDilation else kind(inner)
    plain = Runner.of(bloq, STAND_INS).columns(range(8))
    found = Runner.of(attrs.evolve(bloq, is_controlled=True), STAND_INS).columns(range(16))
    wanted = np.kron(np.diag([1, 0]), np.eye(8)) + np.kron(np.diag([0, 1]), plain)
    np.testing.assert_allclose(found, wanted, atol=1e-12)


def test_refusals():
    with pytest.raises(ValueError, match="at least 2 qubits"):
        CornerEncoding(Dilation.of_matrix(np.eye(2), 2))
    inner = HermitianDilation(Dilation.of_matrix(np.eye(2), 2))
    with pytest.raises(ValueError, match="control the Hermitian dilation instead"):
        HermitianDilation(attrs.evolve(inner, is_controlled=True))
