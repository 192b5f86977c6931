"""The sum of a vector and the activation of a linear map of it, beside NumPy."""

import math

import attrs
import numpy as np
import pytest
from scipy.special import erf

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.resnet.circuits.residual_sum import ResidualSum
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import run
from bloqs.simulation.runner import Fidelity, Runner, encoded_matrix, encoded_vector
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.phases.find import phases_of
from estimator.polynomials.erf import erf_error, erf_ratio_polynomial


def loaded(vector, bits=4):
    return LoadedVector.of(np.array(vector), bits, QROMLoader(), Rotation.BITWISE)


def polynomial(x, phases):
    """Real part of the corner of a product of 2 x 2 matrices, which knows no circuit."""
    s = math.sqrt(max(0.0, 1 - x * x))
    product = np.diag(np.exp([1j * phases[0], -1j * phases[0]]))
    for phi in phases[1:]:
        product = product @ np.array([[x, s], [s, -x]]) @ np.diag(np.exp([1j * phi, -1j * phi]))
    return product[0, 0].real


@pytest.fixture
def gates(rng):
    """A sum whose parts are circuits of gates, for two entries."""
    phases = tuple(rng.uniform(-1, 1, 3))
    weights = DiagonalEncoding(loaded([1.0, -2.0]))
    return ResidualSum(loaded([2.0, 1.0]), weights, phases, 3, 1.5, 0.5, 1.2)


def wanted_amplitudes(bloq):
    """The branch without flags, by 2 x 2 matrices, from the parts' own gate-by-gate runs."""
    psi = encoded_vector(bloq.vector).real
    image = encoded_matrix(bloq.weights).real @ psi / float(bloq.weights.alpha)
    gamma = float(bloq.gamma)
    activated = [gamma * polynomial(x, bloq.phases) * x for x in image]
    return (psi + np.array(activated)) / (1 + gamma)


def test_gate_by_gate(gates):
    """Every elementary gate run; the polynomial is that of arbitrary phases."""
    runner = Runner.of(gates)
    assert runner.fidelity is Fidelity.GATE_BY_GATE
    found = encoded_vector(gates)
    wanted = wanted_amplitudes(gates) * float(gates.alpha)
    np.testing.assert_allclose(found, wanted, atol=1e-10, rtol=0)
    activation = wanted * float(gates.norm) - encoded_vector(gates.vector).real
    assert np.abs(activation).max() > 0.1  # there is something beside the skip path


def test_controlled_gate_by_gate(gates):
    """Off is the identity and on is the sum, with the phase between them that of the start."""
    bloq = attrs.evolve(gates, is_controlled=True)
    size = 2 ** gates.signature.n_qubits()
    start = np.zeros(2 * size, dtype=complex)
    start[0], start[size] = 0.6, 0.8
    found = Runner.of(bloq).run(start).reshape(2, size)
    np.testing.assert_allclose(found[0], start[:size], atol=1e-10, rtol=0)
    flags = 2**gates.ancilla_bitsize
    np.testing.assert_allclose(
        found[1].reshape(-1, flags)[:, 0], 0.8 * wanted_amplitudes(gates), atol=1e-10, rtol=0
    )


def erf_sum(psi, W, kappa, degree, vector=None, weights_error=0.0):
    """The sum with the polynomial of erf, weights dilated; and the vector that it should be."""
    slope = 0.8 * kappa
    gamma = 2 * slope / math.sqrt(math.pi) * (1 + 1e-9)
    series = np.array(erf_ratio_polynomial(slope, degree).coefficients)
    phases = tuple(phases_of(series / gamma).reflection)
    wanted = psi + erf(0.8 * W @ psi)
    norm = float(np.linalg.norm(wanted))
    weights = Dilation.of_matrix(W, kappa, weights_error)
    error = erf_error(slope, degree)
    source = VectorDilation.of_vector(psi) if vector is None else vector
    return ResidualSum(source, weights, phases, degree, gamma, error, norm), wanted / norm


@pytest.mark.parametrize(("kappa", "degree"), [(1.0, 5), (1.0, 9), (2.5, 13), (4.0, 21)])
@pytest.mark.parametrize("seed", range(3))
def test_with_the_activation(kappa, degree, seed):
    """Random vectors of four entries: within the error claimed, which is not far above it."""
    rng = np.random.default_rng(seed)
    psi, W = rng.normal(size=4), rng.normal(size=(4, 4))
    psi, W = psi / np.linalg.norm(psi), W / np.linalg.norm(W, 2)
    bloq, wanted = erf_sum(psi, W, kappa, degree)
    found = run(bloq)
    gap = np.linalg.norm(float(bloq.alpha) * found.vector - wanted)
    assert gap <= float(bloq.epsilon) + 1e-10
    assert gap >= 1e-4 * float(bloq.epsilon)
    assert found.calls[VectorDilation] == found.calls[Dilation] == degree


@pytest.mark.parametrize("seed", range(4))
def test_errors_of_the_parts(seed):
    """A wrong vector and wrong weights change the sum by no more than is claimed."""
    rng = np.random.default_rng(seed)
    psi, W = rng.normal(size=4), rng.normal(size=(4, 4))
    psi, W = psi / np.linalg.norm(psi), 0.9 * W / np.linalg.norm(W, 2)
    off, E = rng.normal(size=4), rng.normal(size=(4, 4))
    off, E = 0.05 * off / np.linalg.norm(off), 0.05 * E / np.linalg.norm(E, 2)
    near = (psi + off) / max(1.0, np.linalg.norm(psi + off))
    vector = VectorDilation.of_vector(near, 1.0, float(np.linalg.norm(near - psi)))
    bloq, _ = erf_sum(psi, W, 2.0, 21, vector, 0.05)
    wrong = attrs.evolve(bloq, weights=Dilation.of_matrix(W + E, 2.0, 0.05))
    exact = psi + erf(0.8 * W @ psi)
    gap = np.linalg.norm(float(wrong.alpha) * run(wrong).vector - exact / np.linalg.norm(exact))
    assert 1e-3 < gap <= float(wrong.epsilon)


def test_a_common_phase_stays(rng):
    """The diagonal enters in even powers: a phase of the vector is a phase of the sum."""
    psi, W = np.array([0.6, 0.0, -0.8, 0.0]), 0.5 * np.eye(4)[::-1]
    turned = VectorDilation.of_vector(np.exp(0.7j) * psi)
    plain, wanted = erf_sum(psi, W, 1.0, 9)
    found = run(attrs.evolve(plain, vector=turned)).vector
    np.testing.assert_allclose(found, np.exp(0.7j) * run(plain).vector, atol=1e-10, rtol=0)
    assert np.linalg.norm(float(plain.alpha) * found - wanted) > 0.5


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"vector": VectorDilation.of_vector(np.ones(2) / 2, 1.5)}, "normalised vector, got alpha"),
        ({"erf_degree": 4}, "an odd degree >= 3, got 4"),
        ({"erf_degree": 1}, "an odd degree >= 3, got 1"),
        ({"gamma": 0.0}, "gamma must be positive, got 0"),
        ({"norm": -1.0}, "norm must be positive, got -1"),
        ({"norm": 2.6}, r"norm must be at most 1 \+ gamma = 2.5, got 2.6"),
        ({"phases": (0.1,)}, "degree 2 needs 3 phases, got 1"),
        ({"erf_error": -0.1}, "error"),
    ],
)
def test_refuses(gates, change, text):
    with pytest.raises(ValueError, match=text):
        attrs.evolve(gates, **change)
