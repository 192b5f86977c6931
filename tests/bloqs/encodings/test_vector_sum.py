"""Sums of encoded vectors: vector, shared ancillas, error, control, cost, limits, printed forms."""

import attrs
import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.vector_sum import VectorSum, vector_sum_symbolic_example
from bloqs.simulation.runner import encoded_vector
from estimator import symbols

DRAWS = 400


def combined(psi, phi, tau):
    """The sum before normalisation: blocks are unit vectors divided by alpha already."""
    return tau * psi.block + (1 - tau) * phi.block


def sum_of(psi, phi, tau):
    return VectorSum(psi, phi, tau, float(np.linalg.norm(combined(psi, phi, tau))))


@pytest.mark.parametrize(("a", "b"), [(0, 0), (2, 1), (0, 2), (1, 1)])
@pytest.mark.parametrize("tau", [0.0, 0.3, 0.5, 1.0])
def test_encodes_the_weighted_sum(vector_leaf, a, b, tau):
    """Gate by gate, complex, each part with garbage in the ancillas that the other one uses."""
    psi, phi = vector_leaf(2, a), vector_leaf(2, b)
    bloq = sum_of(psi, phi, tau)
    wanted = combined(psi, phi, tau)
    np.testing.assert_allclose(encoded_vector(bloq), wanted / np.linalg.norm(wanted), atol=1e-7)
    assert bloq.ancilla_bitsize == max(a, b) + 1
    assert bloq.alpha == pytest.approx(1 / np.linalg.norm(wanted))


def test_encodes_loaded_vectors():
    """With angles that are exact in b = 4 bits, so that only the sum is at stake."""
    step = np.pi / 8
    psi, phi = (
        LoadedVector.of(np.array([np.cos(t), np.sin(t)]), 4, QROMLoader(), Rotation.BITWISE)
        for t in (step, -3 * step)
    )
    wanted = 0.25 * np.array([np.cos(step), np.sin(step)])
    wanted += 0.75 * np.array([np.cos(3 * step), -np.sin(3 * step)])
    bloq = VectorSum(psi, phi, 0.25, float(np.linalg.norm(wanted)))
    np.testing.assert_allclose(encoded_vector(bloq), wanted / np.linalg.norm(wanted), atol=1e-7)


def test_control_decides(vector_leaf, switches):
    """Off, the flag's two turns cancel and neither part runs, whatever the ancillas hold."""
    bloq = sum_of(vector_leaf(1, 2), vector_leaf(1, 1), 0.3)
    switches(bloq)
    switches(bloq.adjoint())


@pytest.mark.parametrize("tau", [0.0, 0.4, 1.0])
def test_claimed_cost_is_counted(vector_leaf, costs_agree, tau):
    """Also for equal parts, and for an angle of zero, whose turns are one bloq."""
    psi = vector_leaf(1, 1)
    costs_agree(sum_of(psi, vector_leaf(1, 2), tau))
    costs_agree(sum_of(psi, psi, tau))


def test_symbols_stand_for_numbers(substitutes):
    """The symbolic example becomes the counted cost of a sum of two loaded vectors."""
    vector = np.arange(1.0, 9.0)
    loaded = LoadedVector.of(vector, 4, QROMLoader(), Rotation.PHASE_GRADIENT)
    concrete = VectorSum(loaded, loaded, 0.5, 1.0)
    substitutes(vector_sum_symbolic_example.make(), {symbols.n: 3, symbols.b: 4}, concrete)


def test_error_is_a_bound(rng, numbers, perturbed):
    """Parts that err by e_0 and e_1 in any direction never make the sum err by more."""
    largest = 0.0
    for _ in range(DRAWS):
        psi, phi = (x / np.linalg.norm(x) for x in rng.normal(size=(2, 4)))
        alpha, beta, tau = (float(x) for x in (*rng.uniform(1, 5, 2), rng.uniform()))
        errors = [float(x) for x in rng.uniform(0, 0.5, 2)]
        exact = tau * psi / alpha + (1 - tau) * phi / beta
        norm = float(np.linalg.norm(exact))
        bloq = VectorSum(numbers(alpha, errors[0]), numbers(beta, errors[1]), tau, norm)
        first = perturbed(psi, errors[0])
        second = perturbed(phi, errors[1], along=first - psi)
        encoded = tau * first / alpha + (1 - tau) * second / beta
        error = np.linalg.norm((encoded - exact) / norm)
        largest = max(largest, error / float(bloq.epsilon))
    assert 0.99 < largest <= 1 + 1e-9


def test_printed_error_is_larger_than_needed(vector_leaf):
    """The stated (e_0 / alpha + e_1 / beta) / N is a bound as well, up to 1 / tau looser."""
    psi, phi = vector_leaf(1, 1, 0.1), vector_leaf(1, 1, 0.0)
    bloq = sum_of(psi, phi, 0.25)
    printed = (psi.epsilon / psi.alpha + phi.epsilon / phi.alpha) / bloq.norm
    assert float(bloq.epsilon) == pytest.approx(printed / 4)


def test_printed_polarity_of_the_figure_exchanges_the_weights(vector_leaf):
    """psi on flag one, phi on flag zero, as drawn, is the sum with weights 1 - tau and tau."""
    psi, phi = vector_leaf(1, 1), vector_leaf(1, 1)
    tau = 0.2
    drawn = encoded_vector(sum_of(phi, psi, tau))
    text = combined(psi, phi, tau) / np.linalg.norm(combined(psi, phi, tau))
    exchanged = combined(psi, phi, 1 - tau) / np.linalg.norm(combined(psi, phi, 1 - tau))
    np.testing.assert_allclose(drawn, exchanged, atol=1e-7)
    assert np.linalg.norm(drawn - text) > 0.1


def test_printed_ancillas_of_the_proof_are_more_than_needed(vector_leaf):
    """1 + a + b in the proof's last line, where the statement's max(a, b) + 1 is enough."""
    bloq = sum_of(vector_leaf(1, 2), vector_leaf(1, 1), 0.5)
    assert (bloq.ancilla_bitsize, 1 + 2 + 1) == (3, 4)


def test_refuses(vector_leaf):
    psi, phi = vector_leaf(1, 0), vector_leaf(1, 0)
    with pytest.raises(ValueError, match=r"0 <= tau <= 1, got tau=1\.5"):
        VectorSum(psi, phi, 1.5, 1.0)
    with pytest.raises(ValueError, match=r"sum has a norm of at most 1\.0, got 1\.1"):
        VectorSum(psi, phi, 0.5, 1.1)
    with pytest.raises(ValueError, match=r"sum needs a norm > 0, got 0\.0"):
        VectorSum(psi, phi, 0.5, 0.0)
    with pytest.raises(ValueError, match="parts of equal size, got 1 and 2 system qubits"):
        VectorSum(psi, vector_leaf(2, 0), 0.5, 1.0)
    with pytest.raises(ValueError, match="has a control; control the sum instead"):
        VectorSum(psi, attrs.evolve(phi, is_controlled=True), 0.5, 1.0)
    with pytest.raises(ValueError, match=r"sum needs errors >= 0, got epsilon=-0\.1"):
        VectorSum(psi, attrs.evolve(phi, epsilon=-0.1), 0.5, 1.0)
