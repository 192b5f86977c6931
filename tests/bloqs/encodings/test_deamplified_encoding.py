"""A larger alpha for the same operator: operator, control, error, cost, limits."""

import math

import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.encodings.deamplified_encoding import (
    DeamplifiedEncoding,
    deamplified_encoding_symbolic_example,
)
from bloqs.encodings.product_encoding import ProductEncoding
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.simulation.runner import Runner, encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_counting

FACTORS = pytest.mark.parametrize("tau", [1, 1.0, 1.5, 2, 40.0])


@pytest.fixture
def encoding(diagonal):
    """Not Hermitian."""
    return ProductEncoding((diagonal(3.0, 1.0, b=4), ProjectorEncoding(0, 1, 1, swaps=False)))


@FACTORS
def test_encodes_the_same_operator(tau, encoding):
    """With tau alpha, which is to say that the circuit's block is smaller by tau."""
    bloq, wanted = DeamplifiedEncoding(encoding, tau), encoded_matrix(encoding)
    assert float(bloq.alpha) == pytest.approx(tau * float(encoding.alpha))
    np.testing.assert_allclose(encoded_matrix(bloq), wanted, atol=1e-6)
    np.testing.assert_allclose(encoded_matrix(bloq.adjoint()), wanted.conj().T, atol=1e-6)
    block = Runner.of(bloq).run(2**bloq.ancilla_bitsize)[:: 2**bloq.ancilla_bitsize]
    np.testing.assert_allclose(tau * block, wanted[:, 1] / float(encoding.alpha), atol=1e-6)


@FACTORS
def test_control(tau, encoding, switches):
    switches(DeamplifiedEncoding(encoding, tau))


@FACTORS
def test_cost(tau, encoding, costs_agree):
    """One rotation and one ancilla, whatever the factor; two rotations under control."""
    bloq = DeamplifiedEncoding(encoding, tau)
    costs_agree(bloq)
    for forms, more in (((bloq, encoding), 1), ((bloq.controlled(), encoding.controlled()), 2)):
        ours, theirs = map(cost_by_counting, forms)
        assert ours.rotations == theirs.rotations + more
        assert ours.toffoli == theirs.toffoli
    assert bloq.ancilla_bitsize == encoding.ancilla_bitsize + 1


@pytest.mark.parametrize(("n", "b"), [(3, 4), (3, 6)])
def test_symbolic_cost(n, b, diagonal, substitutes):
    part = diagonal(*np.arange(1.0, 2**n + 1), b=b, rotation=Rotation.PHASE_GRADIENT)
    symbolic = deamplified_encoding_symbolic_example.make()
    assert symbolic.alpha == symbols.gamma
    values = {symbols.n: n, symbols.b: b, symbols.gamma: 2.5}
    substitutes(symbolic, values, DeamplifiedEncoding(part, 2.5))


def test_error_is_never_exceeded(stated, random_matrix, rng):
    """The error shrinks with the block and grows with alpha: it stays, in 300 draws."""
    for _ in range(300):
        alpha, error, tau = rng.uniform(0.2, 5), rng.uniform(0, 1), rng.uniform(1, 9)
        bloq = DeamplifiedEncoding(stated(alpha, error), tau)
        block, E = random_matrix(3, rng.uniform(0, 1)), random_matrix(3, error)
        distance = np.linalg.norm(alpha * block + E - float(bloq.alpha) * (block / tau), 2)
        assert distance <= float(bloq.epsilon) + 1e-9


@pytest.mark.parametrize("tau", [0.999, 0, -2.0, math.nan])
def test_refuses_to_make_alpha_smaller(stated, tau):
    """Below one, alpha could be less than the norm."""
    with pytest.raises(ValueError, match=f"needs tau >= 1, got tau={tau}"):
        DeamplifiedEncoding(stated(1, 0), tau)


def test_refuses_parts(stated, diagonal):
    with pytest.raises(ValueError, match="control the de-amplified encoding instead"):
        DeamplifiedEncoding(diagonal(1.0, 2.0).controlled(), 2.0)
    with pytest.raises(ValueError, match="errors >= 0, got epsilon=-1"):
        DeamplifiedEncoding(stated(1, -1), 2.0)
