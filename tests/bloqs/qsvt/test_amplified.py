"""Amplification of singular values: operator, error, control, cost, limits."""

import math

import numpy as np
import pytest
import sympy

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.encodings.deamplified_encoding import DeamplifiedEncoding
from bloqs.encodings.product_encoding import ProductEncoding
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.qsvt.amplified import AmplifiedEncoding, amplified_encoding_symbolic_example
from bloqs.simulation.runner import encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_counting

PHASES = (0.0, math.pi / 2, math.pi / 2, 0.0)
"""Of 3 x - 4 x^3, which is 3 x up to 4 x_0^3 on [-x_0, x_0]."""


def amplified(encoding, norm, **more):
    error = 4 * float(norm / encoding.alpha) ** 3
    return AmplifiedEncoding(encoding, PHASES, 3, gamma=3, norm=norm, error=error, **more)


@pytest.fixture
def small(diagonal):
    """Of norm one, with alpha = 10; not Hermitian."""
    inner = ProductEncoding((diagonal(3.0, 1.0, b=4), ProjectorEncoding(0, 1, 1, swaps=False)))
    return DeamplifiedEncoding(inner, 10)


def test_encodes_nearly_the_same_operator(small):
    """Gate by gate: alpha P(A / alpha_A), and A within epsilon; alpha is a third."""
    A, bloq = encoded_matrix(small), amplified(small, 1)
    B = A / 10
    wanted = 10 / 3 * (3 * B - 4 * B @ B.conj().T @ B)
    found = encoded_matrix(bloq)
    np.testing.assert_allclose(found, wanted, atol=1e-6)
    np.testing.assert_allclose(encoded_matrix(bloq.adjoint()), wanted.conj().T, atol=1e-6)
    assert float(bloq.alpha) == pytest.approx(10 / 3)
    distance = np.linalg.norm(found - A, 2)
    assert 1e-3 < distance <= 10 / 3 * 4 * 0.1**3 <= float(bloq.epsilon)


def test_control(small, switches):
    switches(amplified(small, 1))
    switches(amplified(small, 1).adjoint())


def test_cost(small, costs_agree):
    """Three calls, one of them controlled under control; four phases."""
    bloq = amplified(small, 1)
    costs_agree(bloq)
    one, controlled = cost_by_counting(small), cost_by_counting(small.controlled())
    assert cost_by_counting(bloq).rotations == 3 * one.rotations + 4
    wanted = controlled.rotations + 2 * one.rotations + 8
    assert cost_by_counting(bloq.controlled()).rotations == wanted


@pytest.mark.parametrize(("n", "b"), [(3, 4), (3, 5)])
def test_symbolic_cost(n, b, diagonal, substitutes):
    """The odd degree 2 k + 1 stays in symbols, also under control."""
    part = diagonal(*np.arange(1.0, 2**n + 1), b=b, rotation=Rotation.PHASE_GRADIENT)
    concrete = AmplifiedEncoding(part, PHASES, 3, gamma=1, norm=1, error=1.0)
    values = {symbols.n: n, symbols.b: b, symbols.degree: 1}
    substitutes(amplified_encoding_symbolic_example.make(), values, concrete)


def test_error_is_never_exceeded(stated, random_matrix, rng):
    """The polynomial's error and that of the encoding together, 300 draws."""
    ratios = []
    for _ in range(300):
        alpha, size = rng.uniform(1, 9), rng.uniform(0.01, 1 / 3)
        error = alpha * 10 ** rng.uniform(-7, -2)
        A, E = random_matrix(3, size * alpha), random_matrix(3, error)
        B = (A + E) / alpha
        bloq = amplified(stated(alpha, error), size * alpha)
        encoded = float(bloq.alpha) * (3 * B - 4 * B @ B.conj().T @ B)
        ratios.append(np.linalg.norm(encoded - A, 2) / float(bloq.epsilon))
        assert np.linalg.norm(A, 2) <= float(bloq.alpha) + 1e-9
    print("max ratio", max(ratios))
    assert 0.5 < max(ratios) <= 1


def test_epsilon_in_numbers(stated):
    """alpha = 8 / 2, polynomial .01, encoding .08 / 8: 4 (.01 + 4 * 3 * .1)."""
    bloq = AmplifiedEncoding(stated(8, 0.08), None, 3, gamma=2, norm=1, error=0.01)
    assert float(bloq.epsilon) == pytest.approx(4 * (0.01 + 12 * 0.1))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"degree": 2, "phases": None}, "needs an odd degree, got 2"),
        ({"degree": symbols.degree, "phases": None}, "needs an odd degree, got degree"),
        ({"degree": 5}, "degree 5 needs 6 phases, got 4"),
        ({"degree": -1, "phases": None}, "a transform needs degree >= 1, got -1"),
        ({"gamma": 0.5}, "needs gamma >= 1, got gamma=0.5"),
        ({"gamma": math.nan}, "needs gamma >= 1, got gamma=nan"),
        ({"error": -0.1}, "needs error >= 0, got error=-0.1"),
        ({"norm": -1.0}, "needs norm >= 0, got norm=-1.0"),
        ({"norm": math.nan}, "needs norm >= 0, got norm=nan"),
        ({"norm": 2.1}, "needs alpha / gamma >= norm, got 2 and 2.1"),
    ],
)
def test_refuses(stated, changes, message):
    given = {"phases": PHASES, "degree": 3, "gamma": 2, "norm": 1, "error": 0.1}
    with pytest.raises(ValueError, match=message):
        AmplifiedEncoding(stated(4, 0), **{**given, **changes})


def test_refuses_an_alpha_below_the_norm_that_is_exact(stated):
    """Also where alpha is a number of SymPy, not of Python."""
    with pytest.raises(ValueError, match=r"needs alpha / gamma >= norm, got 1 and 1\.5"):
        AmplifiedEncoding(stated(sympy.sqrt(4), 0), PHASES, 3, gamma=2, norm=1.5, error=0.1)


def test_refuses_parts(stated, diagonal):
    with pytest.raises(ValueError, match="has no ancilla"):
        amplified(stated(4, 0, 1, 0), 1)
    with pytest.raises(ValueError, match="has a control; control the amplification instead"):
        amplified(diagonal(1.0, 2.0).controlled(), 1)
    with pytest.raises(ValueError, match="errors >= 0, got epsilon=-1"):
        amplified(stated(1, -1), 1)
