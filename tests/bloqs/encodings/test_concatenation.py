"""Concatenated vectors: vector, published form, error, control, cost, limits, printed use."""

import attrs
import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.concatenation import Concatenation, concatenation_symbolic_example
from bloqs.encodings.tensor_vector import channel_padding
from bloqs.simulation.runner import Runner, encoded_vector
from estimator import symbols

DRAWS = 400


def parts_of(vector_leaf, d, ancillas=(0, 2, 1, 1)):
    return tuple(vector_leaf(1, ancillas[j % len(ancillas)]) for j in range(2**d))


@pytest.mark.parametrize("is_published", [False, True])
@pytest.mark.parametrize("d", [1, 2, 3])
def test_encodes_all_parts(vector_leaf, d, is_published):
    """Gate by gate, complex, each part weighed by its length, with garbage in shared ancillas."""
    parts = parts_of(vector_leaf, d)
    bloq = Concatenation(parts, is_published)
    wanted = np.concatenate([part.block for part in parts])
    norm = np.linalg.norm(wanted)
    np.testing.assert_allclose(encoded_vector(bloq), wanted / norm, atol=1e-7)
    size = 2**d
    assert float(bloq.alpha) == pytest.approx((size if is_published else size**0.5) / norm)
    assert bloq.ancilla_bitsize == 2 + (d if is_published else 0)
    assert float(bloq.norm) == pytest.approx(norm)


def test_encodes_loaded_vectors():
    """With angles exact in b = 4 bits."""
    rows = [np.array([np.cos(t), np.sin(t)]) for t in (np.pi / 8, -3 * np.pi / 8)]
    parts = tuple(LoadedVector.of(row, 4, QROMLoader(), Rotation.BITWISE) for row in rows)
    wanted = np.concatenate(rows) / 2**0.5
    np.testing.assert_allclose(encoded_vector(Concatenation(parts)), wanted, atol=1e-7)


@pytest.mark.parametrize("is_published", [False, True])
@pytest.mark.parametrize("d", [1, 2])
def test_control_decides(vector_leaf, switches, d, is_published):
    bloq = Concatenation(parts_of(vector_leaf, d, (0, 1)), is_published)
    switches(bloq)
    switches(bloq.adjoint())


@pytest.mark.parametrize("is_published", [False, True])
@pytest.mark.parametrize("d", [1, 2, pytest.param(3, marks=pytest.mark.slow)])
def test_claimed_cost_is_counted(vector_leaf, costs_agree, d, is_published):
    """Also for equal parts, which are one bloq called several times."""
    costs_agree(Concatenation(parts_of(vector_leaf, d), is_published))
    costs_agree(Concatenation((vector_leaf(1, 1),) * 2**d, is_published))


def test_symbols_stand_for_numbers(substitutes):
    loaded = LoadedVector.of(np.arange(1.0, 9.0), 4, QROMLoader(), Rotation.PHASE_GRADIENT)
    values = {symbols.n: 3, symbols.b: 4}
    substitutes(concatenation_symbolic_example.make(), values, Concatenation((loaded,) * 4))


def test_error_is_a_bound(rng, perturbed, numbers):
    """For any directions of the parts' errors; never above the largest of them, as published."""
    largest = 0.0
    for _ in range(DRAWS):
        errors = [float(x) for x in rng.uniform(0, 0.5, 4)]
        parts = tuple(numbers(float(rng.uniform(1, 4)), error) for error in errors)
        exact, encoded = [], []
        for part in parts:
            psi = rng.normal(size=2)
            psi /= np.linalg.norm(psi)
            exact.append(psi / part.alpha)
            encoded.append(perturbed(psi, part.epsilon) / part.alpha)
        bloq = Concatenation(parts)
        difference = np.concatenate(encoded) - np.concatenate(exact)
        error = np.linalg.norm(difference) / float(bloq.norm)
        largest = max(largest, error / float(bloq.epsilon))
        assert bloq.epsilon <= max(errors) * (1 + 1e-9)
    assert 0.99 < largest <= 1 + 1e-9


def test_printed_use_for_channels_loses_half_the_length(vector_leaf):
    """Four copies of one exact vector: alpha = 1 is claimed, the lemma's circuit has D / N = 2.

    The length that is left where the ancillas are zero is 1/2, so that with alpha = 1 the vector
    would be off by 1/2; without the held index, and by two Hadamard gates, alpha is 1.
    """
    leaf = vector_leaf(1, 0)
    wanted = np.concatenate([leaf.block] * 4) / 2
    printed = Concatenation((leaf,) * 4, is_published=True)
    left = Runner.of(printed).run()[:: 2**printed.ancilla_bitsize]
    assert (float(printed.alpha), printed.ancilla_bitsize) == (2.0, 2)
    assert np.linalg.norm(left) == pytest.approx(0.5)
    assert np.linalg.norm(wanted - 1 * left) == pytest.approx(0.5)
    for tight in (Concatenation((leaf,) * 4), channel_padding(leaf, 2)):
        assert (float(tight.alpha), tight.ancilla_bitsize) == (1.0, 0)
        np.testing.assert_allclose(encoded_vector(tight), wanted, atol=1e-7)


def test_refuses(vector_leaf):
    leaf = vector_leaf(1, 0)
    with pytest.raises(ValueError, match=r"concatenation needs 2, 4, 8, \.\.\. vectors, got 3"):
        Concatenation((leaf,) * 3)
    with pytest.raises(ValueError, match="got 1"):
        Concatenation((leaf,))
    with pytest.raises(ValueError, match="parts of equal size, got 1 and 2 system qubits"):
        Concatenation((leaf, vector_leaf(2, 0)))
    with pytest.raises(ValueError, match="control the concatenation instead"):
        Concatenation((leaf, attrs.evolve(leaf, is_controlled=True)))
    with pytest.raises(ValueError, match=r"concatenation needs errors >= 0, got epsilon=-0\.1"):
        Concatenation((leaf, attrs.evolve(leaf, epsilon=-0.1)))
