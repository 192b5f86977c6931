"""An operator times a number: operator, phase under control, error, cost, limits."""

import math

import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.encodings.product_encoding import ProductEncoding
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.encodings.scaled import ScaledEncoding, scaled_encoding_symbolic_example
from bloqs.simulation.runner import encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_counting

FACTORS = pytest.mark.parametrize("factor", [2.5, 0.1, -1.0, -3.0, 1.0j, 1.0 - 2.0j, -0.5 + 0.1j])


@pytest.fixture
def encoding(diagonal):
    """Not Hermitian."""
    return ProductEncoding((diagonal(3.0, 1.0, b=4), ProjectorEncoding(0, 1, 1, swaps=False)))


@FACTORS
def test_encodes_the_multiple(factor, encoding):
    """The phase is there without a control too; the inverse has the conjugate."""
    bloq, wanted = ScaledEncoding(encoding, factor), factor * encoded_matrix(encoding)
    np.testing.assert_allclose(encoded_matrix(bloq), wanted, atol=1e-7)
    np.testing.assert_allclose(encoded_matrix(bloq.adjoint()), wanted.conj().T, atol=1e-7)
    assert float(bloq.alpha) == pytest.approx(abs(factor) * float(encoding.alpha))


@FACTORS
def test_control(factor, encoding, switches):
    """Relative to the identity, the phase is that of the factor."""
    switches(ScaledEncoding(encoding, factor))
    switches(ScaledEncoding(encoding, factor).adjoint())


@FACTORS
def test_cost(factor, encoding, costs_agree):
    """A phase is free, and one rotation on a control unless the factor is real."""
    bloq = ScaledEncoding(encoding, factor)
    costs_agree(bloq)
    assert cost_by_counting(bloq) == cost_by_counting(encoding)
    more = cost_by_counting(bloq.controlled()).rotations
    assert more - cost_by_counting(encoding.controlled()).rotations == (np.imag(factor) != 0)


@pytest.mark.parametrize(("n", "b"), [(3, 4), (3, 6)])
def test_symbolic_cost(n, b, diagonal, substitutes):
    part = diagonal(*np.arange(1.0, 2**n + 1), b=b, rotation=Rotation.PHASE_GRADIENT)
    symbolic = scaled_encoding_symbolic_example.make()
    assert symbolic.alpha == symbols.gamma
    substitutes(symbolic, {symbols.n: n, symbols.b: b}, ScaledEncoding(part, -2.0))


def test_error_is_never_exceeded(stated, random_matrix, rng):
    """It is attained by every draw: scaling scales."""
    for _ in range(300):
        alpha, error = rng.uniform(0.2, 5), rng.uniform(0, 1)
        factor = complex(*rng.normal(size=2))
        bloq = ScaledEncoding(stated(alpha, error), factor)
        A, E = alpha * random_matrix(3, rng.uniform(0, 1)), random_matrix(3, error)
        distance = np.linalg.norm(factor * (A + E) - factor * A, 2)
        assert distance == pytest.approx(float(bloq.epsilon))
        assert np.linalg.norm(factor * A, 2) <= float(bloq.alpha) + 1e-9


@pytest.mark.parametrize("factor", [0, 0.0, 0j, math.nan, complex(1, math.inf)])
def test_refuses_factors(stated, factor):
    with pytest.raises(ValueError, match="finite factor that is not zero, got"):
        ScaledEncoding(stated(1, 0), factor)


def test_refuses_parts(stated, diagonal):
    with pytest.raises(ValueError, match="has a control; control the scaled encoding instead"):
        ScaledEncoding(diagonal(1.0, 2.0).controlled(), 2.0)
    with pytest.raises(ValueError, match="errors >= 0, got epsilon=-1"):
        ScaledEncoding(stated(1, -1), 2.0)
