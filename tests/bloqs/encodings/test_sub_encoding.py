"""Sub-encodings: vector for either end of the register, error, control, cost, limits."""

import attrs
import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.deamplified_vector import Deamplified
from bloqs.encodings.sub_encoding import (
    SubEncoding,
    sub_encoding_symbolic_example,
    without_leading_zeros,
)
from bloqs.encodings.tensor_vector import TensorVector
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.simulation.runner import encoded_vector
from estimator import symbols

DRAWS = 400


def left_of(leaf, flags, is_leading):
    """The unit vector of the large register where the flags are zero."""
    whole = leaf.block * leaf.alpha
    return whole[: len(whole) // 2**flags] if is_leading else whole[:: 2**flags]


@pytest.mark.parametrize("is_leading", [False, True])
@pytest.mark.parametrize(("n", "a", "flags"), [(2, 0, 1), (3, 1, 1), (3, 1, 2), (2, 2, 0)])
def test_encodes_what_the_flags_leave(vector_leaf, n, a, flags, is_leading):
    """Gate by gate, complex, with garbage behind the flags and behind the leaf's own ancillas."""
    leaf = vector_leaf(n, a)
    left = left_of(leaf, flags, is_leading)
    beta = max(1.0, 1 / float(np.linalg.norm(left)))
    bloq = SubEncoding(leaf, flags, beta, 0.0, 0.0, is_leading)
    np.testing.assert_allclose(encoded_vector(bloq), left * beta, atol=1e-7)
    assert bloq.alpha == pytest.approx(leaf.alpha * beta)
    assert (bloq.system_bitsize, bloq.ancilla_bitsize) == (n - flags, a + flags)


def test_leading_zeros_are_ancillas():
    """An encoding of |00> psi is one of psi, with alpha and epsilon as they were.

    The leading zeros are loaded, not assumed: the array has zeros beyond its first entries; angles
    are exact in b = 4 bits.
    """
    row = np.array([np.cos(np.pi / 8), -np.sin(np.pi / 8)])
    padded = LoadedVector.of(np.concatenate([row, np.zeros(6)]), 4, QROMLoader(), Rotation.BITWISE)
    bloq = without_leading_zeros(padded, 2)
    np.testing.assert_allclose(encoded_vector(bloq), row, atol=1e-7)
    assert (bloq.alpha, bloq.ancilla_bitsize, bloq.epsilon) == (1, 2, padded.epsilon)


def test_an_encoding_with_flags_is_no_encoding_of_zeros_and_the_vector(vector_leaf):
    """The converse fails: garbage behind the flags is part of the larger vector."""
    leaf = vector_leaf(1, 1)
    seen = encoded_vector(attrs.evolve(leaf, system_bitsize=2, ancilla_bitsize=0))
    padded = np.kron(leaf.block * leaf.alpha, [1, 0])
    assert np.linalg.norm(leaf.alpha * seen - padded) > 0.5


@pytest.mark.parametrize("is_leading", [False, True])
def test_control_decides(vector_leaf, switches, is_leading):
    bloq = SubEncoding(vector_leaf(2, 1), 1, 1.5, 0.0, 0.0, is_leading)
    switches(bloq)
    switches(bloq.adjoint())


def test_claimed_cost_is_counted(vector_leaf, costs_agree):
    costs_agree(SubEncoding(vector_leaf(3, 1), 2, 1.5, 0.0, 0.0))
    costs_agree(SubEncoding(Deamplified(vector_leaf(2, 0), 2.0), 1, 1.5, 0.0, 0.0, is_leading=True))


def test_symbols_stand_for_numbers(substitutes):
    loaded = LoadedVector.of(np.arange(1.0, 9.0), 4, QROMLoader(), Rotation.PHASE_GRADIENT)
    concrete = SubEncoding(TensorVector(UniformVector(2), loaded), 2, 1.5, 0.25, 0.125)
    values = {symbols.n: 3, symbols.b: 4, symbols.c: 2}
    substitutes(sub_encoding_symbolic_example.make(), values, concrete)
    errors = {symbols.kappa: 1.5, symbols.gamma: 0.25, symbols.delta: 0.125}
    found = sub_encoding_symbolic_example.make().epsilon.subs({**values, **errors})
    assert float(found) == pytest.approx(float(concrete.epsilon))


def test_error_is_a_bound(rng, perturbed, numbers):
    """For any directions of the three errors: of phi, of psi and of its encoding."""
    largest, twin = 0.0, 0.0
    for _ in range(DRAWS):
        e, gamma, delta = (float(x) for x in rng.uniform(0, 0.3, 3))
        alpha, beta = (float(x) for x in rng.uniform(1, 4, 2))
        near = rng.normal(size=4)
        near /= np.linalg.norm(near)
        phi = perturbed(near, delta)
        prepared = np.concatenate([near / beta, rng.normal(size=4)])
        psi = prepared + gamma * pushed(near, rng)
        encoded = psi + e * pushed(near, rng)
        bloq = SubEncoding(numbers(alpha, e, 3), 1, beta, gamma, delta, is_leading=True)
        block = encoded[:4] / alpha
        error = np.linalg.norm(phi - bloq.alpha * block)
        largest = max(largest, error / float(bloq.epsilon))
        twin = max(twin, error / (delta + e + gamma))
    assert 0.95 < largest <= 1 + 1e-9
    assert twin > 1.1, "beta multiplies the errors"


def pushed(near, rng):
    """A unit step of the large register: along what the flags leave, against it, or anywhere."""
    step = np.concatenate([near, 0 * near]) * rng.choice([-1, 1])
    step = rng.normal(size=8) if rng.integers(3) == 0 else step
    return step / np.linalg.norm(step)


def test_refuses(vector_leaf):
    leaf = vector_leaf(2, 0)
    with pytest.raises(ValueError, match="sub-encoding needs 0 <= flags < 2, got flags=2"):
        SubEncoding(leaf, 2, 1.0, 0.0, 0.0)
    with pytest.raises(ValueError, match=r"sub-encoding needs beta >= 1, got beta=0\.5"):
        SubEncoding(leaf, 1, 0.5, 0.0, 0.0)
    with pytest.raises(ValueError, match=r"sub-encoding needs gamma >= 0, got -0\.1"):
        SubEncoding(leaf, 1, 1.0, -0.1, 0.0)
    with pytest.raises(ValueError, match="control the sub-encoding instead"):
        SubEncoding(attrs.evolve(leaf, is_controlled=True), 1, 1.0, 0.0, 0.0)
