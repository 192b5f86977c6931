"""Tensor products of vectors: vector, error, control, cost, limits."""

import attrs
import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.tensor_vector import (
    TensorVector,
    channel_padding,
    tensor_vector_symbolic_example,
)
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.simulation.runner import encoded_vector
from estimator import symbols
from estimator.costs.cost import cost_by_counting

DRAWS = 400


@pytest.mark.parametrize(("n", "a", "m", "b"), [(1, 0, 2, 0), (2, 1, 1, 0), (1, 1, 1, 2)])
def test_encodes_the_tensor_product(vector_leaf, n, a, m, b):
    """Gate by gate, complex; the index of psi is the more significant one."""
    psi, phi = vector_leaf(n, a), vector_leaf(m, b)
    bloq = TensorVector(psi, phi)
    wanted = np.kron(psi.block, phi.block) * psi.alpha * phi.alpha
    np.testing.assert_allclose(encoded_vector(bloq), wanted, atol=1e-7)
    assert (bloq.system_bitsize, bloq.ancilla_bitsize) == (n + m, a + b)
    assert bloq.alpha == pytest.approx(psi.alpha * phi.alpha)


def test_encodes_loaded_vectors():
    """With angles exact in b = 4 bits."""
    rows = [np.array([np.cos(t), np.sin(t)]) for t in (np.pi / 8, -3 * np.pi / 8)]
    parts = [LoadedVector.of(row, 4, QROMLoader(), Rotation.BITWISE) for row in rows]
    np.testing.assert_allclose(encoded_vector(TensorVector(*parts)), np.kron(*rows), atol=1e-7)


def test_control_decides(vector_leaf, switches):
    bloq = TensorVector(vector_leaf(1, 1), vector_leaf(1, 1))
    switches(bloq)
    switches(bloq.adjoint())


def test_claimed_cost_is_counted(vector_leaf, costs_agree):
    """Also for two equal parts, which are one bloq called twice."""
    psi = vector_leaf(1, 1)
    costs_agree(TensorVector(psi, vector_leaf(2, 1)))
    costs_agree(TensorVector(psi, psi))


def test_symbols_stand_for_numbers(substitutes):
    loaded = LoadedVector.of(np.arange(1.0, 9.0), 4, QROMLoader(), Rotation.PHASE_GRADIENT)
    values = {symbols.n: 3, symbols.b: 4, symbols.c: 2}
    substitutes(
        tensor_vector_symbolic_example.make(), values, TensorVector(UniformVector(2), loaded)
    )


def test_error_is_a_bound(rng, perturbed, numbers):
    """For any directions of the two errors; attained when both lengthen their vectors."""
    largest, twin = 0.0, 0.0
    for _ in range(DRAWS):
        psi, phi = (x / np.linalg.norm(x) for x in rng.normal(size=(2, 4)))
        errors = [float(x) for x in rng.uniform(0, 0.5, 2)]
        bloq = TensorVector(*(numbers(1.0, error) for error in errors))
        encoded = np.kron(perturbed(psi, errors[0]), perturbed(phi, errors[1]))
        error = np.linalg.norm(encoded - np.kron(psi, phi))
        largest = max(largest, error / float(bloq.epsilon))
        twin = max(twin, error / sum(errors))
    assert 0.99 < largest <= 1 + 1e-9
    assert twin > 1.1, "without the product of the errors it is no bound"


def test_refuses(vector_leaf):
    psi = vector_leaf(1, 0)
    with pytest.raises(ValueError, match="has a control; control the tensor product instead"):
        TensorVector(psi, attrs.evolve(psi, is_controlled=True))
    with pytest.raises(ValueError, match=r"tensor product needs errors >= 0, got epsilon=-0\.1"):
        TensorVector(psi, attrs.evolve(psi, epsilon=-0.1))


@pytest.mark.parametrize("c", [1, 2])
def test_repeats_the_vector(vector_leaf, c):
    """Every copy has weight 2**(-c/2): no length is lost and no ancilla needed."""
    leaf = vector_leaf(2, 0)
    bloq = channel_padding(leaf, c)
    wanted = np.concatenate([leaf.block] * 2**c) / 2 ** (c / 2)
    np.testing.assert_allclose(encoded_vector(bloq), wanted, atol=1e-7)
    assert (bloq.alpha, bloq.ancilla_bitsize, bloq.epsilon) == (1, 0, 0)


def test_costs_hadamard_gates_alone(vector_leaf):
    """Two Hadamard gates beside the vector for four channels; nothing else."""
    leaf = vector_leaf(1, 0)
    padded, bare = cost_by_counting(channel_padding(leaf, 2)), cost_by_counting(leaf)
    assert padded.cliffords - bare.cliffords == 2
    assert (padded.t, padded.toffoli, padded.rotations) == (0, 0, bare.rotations)


def test_keeps_ancillas_and_error(vector_leaf):
    leaf = vector_leaf(1, 2, 0.125)
    bloq = channel_padding(leaf, 2)
    assert (bloq.alpha, bloq.ancilla_bitsize, bloq.epsilon) == (leaf.alpha, 2, 0.125)
