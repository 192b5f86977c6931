"""De-amplified vectors: vector, ancillas, error, control, cost, limits."""

import attrs
import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.deamplified_vector import Deamplified, deamplified_symbolic_example
from bloqs.simulation.runner import Runner, encoded_vector
from estimator import symbols

DRAWS = 300


@pytest.mark.parametrize("a", [0, 2])
@pytest.mark.parametrize("tau", [1.0, 1.5, 7.0])
def test_encodes_the_same_vector_shorter(vector_leaf, a, tau):
    """Gate by gate, complex; what is left where the ancillas are zero is the vector over tau."""
    leaf = vector_leaf(2, a)
    bloq = Deamplified(leaf, tau)
    np.testing.assert_allclose(encoded_vector(bloq), leaf.block * leaf.alpha, atol=1e-7)
    left = Runner.of(bloq).run()[:: 2 ** (a + 1)]
    np.testing.assert_allclose(left, leaf.block / tau, atol=1e-7)
    assert bloq.alpha == pytest.approx(tau * leaf.alpha)


def test_shortens_a_loaded_vector():
    """With angles exact in b = 4 bits."""
    row = np.array([np.cos(np.pi / 8), -np.sin(np.pi / 8)])
    loaded = LoadedVector.of(row, 4, QROMLoader(), Rotation.BITWISE)
    np.testing.assert_allclose(encoded_vector(Deamplified(loaded, 2.0)), row, atol=1e-7)


def test_control_decides(vector_leaf, switches):
    bloq = Deamplified(vector_leaf(1, 1), 1.7)
    switches(bloq)
    switches(bloq.adjoint())


@pytest.mark.parametrize("tau", [1, 1.7])
def test_claimed_cost_is_counted(vector_leaf, costs_agree, tau):
    """Also for an angle of zero."""
    costs_agree(Deamplified(vector_leaf(1, 1), tau))


def test_symbols_stand_for_numbers(substitutes):
    loaded = LoadedVector.of(np.arange(1.0, 9.0), 4, QROMLoader(), Rotation.PHASE_GRADIENT)
    values = {symbols.n: 3, symbols.b: 4}
    substitutes(deamplified_symbolic_example.make(), values, Deamplified(loaded, 2.0))


def test_error_is_a_bound(rng, perturbed, numbers):
    """The error of the shorter vector, times its larger alpha, is that of the vector."""
    largest = 0.0
    for _ in range(DRAWS):
        psi = rng.normal(size=4)
        psi /= np.linalg.norm(psi)
        tau, error = float(rng.uniform(1, 9)), float(rng.uniform(0, 0.5))
        bloq = Deamplified(numbers(float(rng.uniform(1, 4)), error), tau)
        alpha = bloq.vector.alpha
        block = np.cos(bloq.theta) * perturbed(psi, error) / alpha
        largest = max(largest, np.linalg.norm(psi - bloq.alpha * block) / bloq.epsilon)
    assert 0.99 < largest <= 1 + 1e-9


def test_printed_ancillas_are_more_than_needed(vector_leaf):
    """a + 2 with a multi-controlled X, where a + 1 and one rotation encode the same."""
    leaf = vector_leaf(1, 3)
    bloq = Deamplified(leaf, 2.0)
    np.testing.assert_allclose(encoded_vector(bloq), leaf.block * leaf.alpha, atol=1e-7)
    assert bloq.ancilla_bitsize == 3 + 1


def test_refuses(vector_leaf):
    leaf = vector_leaf(1, 0)
    with pytest.raises(ValueError, match=r"needs a factor tau >= 1, got tau=0\.9"):
        Deamplified(leaf, 0.9)
    with pytest.raises(ValueError, match="control the de-amplified vector instead"):
        Deamplified(attrs.evolve(leaf, is_controlled=True), 2.0)
