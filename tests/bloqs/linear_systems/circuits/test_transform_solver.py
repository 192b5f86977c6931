"""Whole inversions by real encodings, down to gates; many unknowns; encodings that err."""

import attrs
import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.linear_systems.circuits.cks_solver import ChebyshevSolver
from bloqs.linear_systems.circuits.matching import MatchingEncoding
from bloqs.linear_systems.circuits.transform_solver import TransformSolver
from bloqs.linear_systems.model.condition import sine_of
from bloqs.linear_systems.model.inverse import inverse_of
from bloqs.linear_systems.model.window import Window
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import Fidelity, Runner, encoded_matrix, encoded_vector
from bloqs.simulation.vector_dilation import VectorDilation
from proofs.linear_systems.random_systems import random_system

LEVELS = {RotationLevel: as_one_gate}
BLOCKS = {**STAND_INS, **LEVELS}


def encoded(matrix, vector, bits):
    """Matchings and a tree of rotations, kappa and norm of the system in them."""
    given = bits, QROMLoader(), Rotation.BITWISE
    encoding, loaded = MatchingEncoding.of(matrix, *given), LoadedVector.of(vector, *given)
    scaled = matrix / float(encoding.alpha)
    x = np.linalg.solve(scaled, vector)
    condition = float(1 / np.linalg.svd(scaled, compute_uv=False).min())
    return encoding, loaded, condition, x


def inverted(encoding, vector, condition, error):
    """In NumPy: the polynomial of what the parts encode, which their own tests are about."""
    matrix = encoded_matrix(encoding, LEVELS) / float(encoding.alpha)
    left, values, right = np.linalg.svd(matrix)
    outputs = inverse_of("relative", condition, sine_of(error)).bounded().evaluate(values)
    state = encoded_vector(vector, LEVELS)
    return right.conj().T @ (outputs * (left.conj().T @ state))


def paired():
    """Eight unknowns, seven of which are coupled to another one or to none; kappa = 13 / 7."""
    matrix = np.eye(8)
    for row, column in ((0, 5), (1, 2), (3, 4)):
        matrix[row, column] = matrix[column, row] = 0.3
    return matrix


def chain(size):
    """A path with a screened Laplacian; Array of shape (size, size)."""
    beside = np.diag(np.full(size - 1, -1.0), 1)
    return 4 * np.eye(size) + beside + beside.T


def test_eight_unknowns_gate_by_gate():
    """Nine calls of an encoding by matchings, every gate of them, and what is claimed of it."""
    vector = np.arange(1.0, 9.0) * np.tile([1, -1], 4)
    vector /= np.linalg.norm(vector)
    encoding, loaded, condition, x = encoded(paired(), vector, 8)
    bloq = TransformSolver.of(encoding, loaded, condition, np.linalg.norm(x), 0.01)
    assert bloq.degree == 9
    runner = Runner.of(bloq)
    assert runner.fidelity is Fidelity.GATE_BY_GATE
    found = encoded_vector(bloq)
    wanted = inverted(encoding, loaded, condition, 0.01)
    np.testing.assert_allclose(found / float(bloq.alpha), wanted, atol=1e-9)
    away = np.linalg.norm(found - x / np.linalg.norm(x))
    assert away <= float(bloq.epsilon) < 0.4


@pytest.mark.slow
def test_sixteen_unknowns_block_by_block():
    """A rotation by a table and a projector phase are one gate each."""
    vector = np.cos(np.arange(16.0))
    vector /= np.linalg.norm(vector)
    encoding, loaded, condition, x = encoded(chain(16), vector, 12)
    bloq = TransformSolver.of(encoding, loaded, condition, np.linalg.norm(x), 0.01)
    assert Runner.of(bloq, BLOCKS).fidelity is Fidelity.BLOCK_BY_BLOCK
    found = encoded_vector(bloq, BLOCKS)
    wanted = inverted(encoding, loaded, condition, 0.01)
    np.testing.assert_allclose(found / float(bloq.alpha), wanted, atol=1e-9)
    away = np.linalg.norm(found - x / np.linalg.norm(x))
    assert away <= float(bloq.epsilon) < 0.1


@pytest.mark.parametrize("size", [64, pytest.param(256, marks=pytest.mark.slow)])
def test_many_unknowns_dilated(size):
    """Indefinite, the success that NumPy says, and the error that was asked for."""
    system = random_system("indefinite", size, 12.0, size)
    parts = Dilation.of_matrix(system.matrix), VectorDilation.of_vector(system.vector)
    bloq = TransformSolver.of(*parts, 12.0, system.norm, 0.01)
    found = encoded_vector(bloq, BLOCKS) / float(bloq.alpha)
    left, values, right = np.linalg.svd(system.matrix)
    polynomial = inverse_of("relative", 12.0, sine_of(0.01)).bounded()
    outputs = polynomial.evaluate(np.minimum(values, 1))
    wanted = right.conj().T @ (outputs * (left.conj().T @ system.vector))
    assert abs(np.linalg.norm(found) ** 2 - np.linalg.norm(wanted) ** 2) < 1e-9
    away = np.linalg.norm(found / np.linalg.norm(found) - system.direction)
    assert away <= 0.01


def chebyshev(*given):
    return ChebyshevSolver.of(*given, 24, QROMLoader(), Rotation.BITWISE)


@pytest.mark.parametrize("solver", [TransformSolver.of, chebyshev])
@pytest.mark.parametrize("seed", range(3))
def test_encodings_that_err(solver, seed, rng):
    """Matrix and vector off by what they say: the claim holds, and says something."""
    system = random_system("general", 4, 3.0, seed)
    off = rng.normal(size=(4, 4)) + 1j * rng.normal(size=(4, 4))
    matrix = 0.997 * system.matrix + 0.002 * off / np.linalg.norm(off, 2)
    error = float(np.linalg.norm(matrix - system.matrix, 2))
    vector = system.vector + 0.01 * rng.normal(size=4)
    vector /= np.linalg.norm(vector)
    parts = (
        attrs.evolve(Dilation.of_matrix(matrix), epsilon=error),
        attrs.evolve(
            VectorDilation.of_vector(vector), epsilon=float(np.linalg.norm(vector - system.vector))
        ),
    )
    bloq = solver(*parts, 3.0, system.norm, 0.01)
    found = encoded_vector(bloq, BLOCKS)
    assert np.linalg.norm(found - system.direction) <= float(bloq.epsilon) < 0.4
    state = found / np.linalg.norm(found)
    assert np.linalg.norm(state - system.direction) <= float(bloq.state_error)


def test_a_window_that_errs_is_left_on_both_sides():
    """The claim covers singular values that the errors push out of the window, above as below."""
    window, given = Window(0.3, 0.4), np.diag([0.3, 0.4])
    vector = np.array([0.0, 1.0])
    for off in (-0.02, 0.02):
        matrix = Dilation.of_matrix(given + off * np.eye(2))
        parts = attrs.evolve(matrix, epsilon=0.02), VectorDilation.of_vector(vector)
        bloq = TransformSolver.in_window(*parts, window, 2.5, 0.1)
        found = encoded_vector(bloq, BLOCKS)
        assert bloq.largest == 0.4
        assert np.linalg.norm(found - vector) <= float(bloq.epsilon) < 1
