"""Vectors made longer by a factor: vector, error, control, cost, limits."""

import numpy as np
import pytest
import sympy

from bloqs.qsvt.lengthened_vector import LengthenedVector
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import Fidelity, Runner, encoded_vector
from bloqs.simulation.vector_dilation import VectorDilation
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.polynomials.composed_amplification import composed_amplification
from estimator.polynomials.polynomial import Polynomial

FACTORS = [(1.5, 0.02), (2.0, 1e-4), (6.0, 0.01), pytest.param(40.0, 1e-3, marks=pytest.mark.slow)]


def longer(vector, factor, error, margin=0.4):
    found = composed_amplification(factor, margin, error)
    return LengthenedVector.of(vector, found.polynomial, error, factor)


@pytest.mark.parametrize(("factor", "error"), FACTORS)
def test_the_length_is_multiplied(factor, error, rng):
    """At the longest vector, at half of it and at a tenth; the direction stays, phase included."""
    gaps = []
    for part in (1.0, 0.5, 0.1):
        v = rng.normal(size=4) + 1j * rng.normal(size=4)
        v /= np.linalg.norm(v)
        length = 0.6 / factor * part
        bloq = longer(VectorDilation.of_vector(v, 1 / length), factor, error)
        assert Runner.of(bloq, STAND_INS).fidelity is Fidelity.VECTOR
        raw = encoded_vector(bloq, STAND_INS) / float(bloq.alpha)
        gaps.append(np.linalg.norm(raw - factor * length * v))
        assert float(bloq.alpha) == pytest.approx(1 / (factor * length))
        assert gaps[-1] * float(bloq.alpha) <= float(bloq.epsilon) + 1e-9
        assert abs(np.vdot(v, raw)) == pytest.approx(np.linalg.norm(raw))
    assert error / 10 < max(gaps) <= error + 1e-10


def test_gate_by_gate(vector_leaf):
    """The smallest size with all its gates, complex."""
    leaf = vector_leaf(1, 2)
    factor = 0.6 * float(leaf.alpha)
    bloq = longer(leaf, factor, 0.01)
    assert Runner.of(bloq).fidelity is Fidelity.GATE_BY_GATE
    v = leaf.block / np.linalg.norm(leaf.block)
    error = np.linalg.norm(encoded_vector(bloq) - v)
    assert 1e-6 < error <= float(bloq.epsilon) < 0.02


@pytest.mark.parametrize("degree", [1, 3])
def test_control(degree, vector_leaf, switches, rng):
    phases = tuple(rng.uniform(-np.pi, np.pi, degree + 1).tolist())
    bloq = LengthenedVector(vector_leaf(1, 1), phases, degree, 1.0, 1.0)
    switches(bloq)
    switches(bloq.adjoint())


def test_cost(black_box_vector, vector_leaf):
    """d calls; a symbolic degree gives the same; counted gate by gate."""
    bloq = LengthenedVector(black_box_vector(), None, 7, 0.0, 2.0)
    cost = cost_by_annotation(bloq)
    assert cost.queries == {"U": 7}
    assert (cost.rotations, cost.toffoli) == (8, 4 * 2)
    symbolic = LengthenedVector(black_box_vector(), None, symbols.degree, 0.0, 2.0)
    assert cost_by_annotation(symbolic).subs({symbols.degree: 7}) == cost
    real = LengthenedVector(vector_leaf(1, 1), (0.1, 0.2, 0.3, 0.4), 3, 0.0, 1.0)
    for form in (real, real.adjoint(), real.controlled()):
        assert cost_by_annotation(form) == cost_by_counting(form)


def test_error_is_never_exceeded(rng):
    """The polynomial of a vector's length that is off: 200 draws, more than half attained.

    A length off by e / alpha comes out off by gamma e / alpha and the polynomial's own error.
    """
    ratios = []
    for number in range(200):
        factor = [1.5, 2.0, 6.0][number % 3]
        found = composed_amplification(factor, 0.4, 0.01)
        e = 10 ** rng.uniform(-4, -1)
        alpha = factor * (1 + e) / 0.6 * rng.uniform(1, 2)
        psi, step = rng.normal(size=(2, 4)) + 1j * rng.normal(size=(2, 4))
        psi /= np.linalg.norm(psi)
        step = step if number % 2 else psi
        made = (psi + e * step / np.linalg.norm(step)) / alpha
        length = np.linalg.norm(made)
        out = made / length * found.evaluate(np.array([length]))[0]
        vector = VectorDilation.of_vector(psi, alpha, epsilon=e)
        bloq = LengthenedVector(vector, None, found.degree, found.error, factor)
        ratios.append(np.linalg.norm(out * float(bloq.alpha) - psi) / float(bloq.epsilon))
    assert 0.5 < max(ratios) <= 1


def test_error_and_alpha_claimed(black_box_vector):
    vector = black_box_vector(alpha=symbols.kappa, epsilon=symbols.delta)
    bloq = LengthenedVector(vector, None, 3, symbols.epsilon, symbols.gamma)
    shorter = symbols.kappa / symbols.gamma
    assert sympy.simplify(bloq.alpha - shorter) == 0
    assert sympy.simplify(bloq.epsilon - symbols.delta - shorter * symbols.epsilon) == 0


@pytest.mark.parametrize(
    ("coefficients", "message"),
    [
        ([0.5, 0.0, 0.2], "lengthening needs an odd polynomial, got one of even parity"),
        ([0.5, 0.2], "lengthening needs an odd polynomial, got one of mixed parity"),
        ([0.0, 1.5], r"needs sup\|P\| <= 1, got \|P\(1\)\| = 1.5"),
    ],
)
def test_refuses_a_polynomial(coefficients, message, black_box_vector):
    with pytest.raises(ValueError, match=message):
        LengthenedVector.of(black_box_vector(), Polynomial(coefficients), 0.0, 1.0)


@pytest.mark.parametrize(
    ("phases", "degree", "error", "gamma", "message"),
    [
        (None, 0, 0.0, 2.0, "lengthening needs an odd degree >= 1, got 0"),
        (None, 4, 0.0, 2.0, "lengthening needs an odd degree >= 1, got 4"),
        ((0.1, 0.2), 3, 0.0, 2.0, "degree 3 needs 4 phases, got 2"),
        (None, 3, -0.1, 2.0, "lengthening needs error >= 0, got error=-0.1"),
        (None, 3, 0.1, 0.9, "lengthening needs gamma >= 1, got gamma=0.9"),
        (None, 3, 0.1, float("nan"), "lengthening needs gamma >= 1, got gamma=nan"),
        (None, 3, 0.1, 5.0, "lengthening needs gamma <= alpha = 4, got gamma=5"),
    ],
)
def test_refusals(phases, degree, error, gamma, message, black_box_vector):
    with pytest.raises(ValueError, match=message):
        LengthenedVector(black_box_vector(), phases, degree, error, gamma)


def test_refuses_vectors(black_box_vector):
    with pytest.raises(ValueError, match="has no ancilla, so it has length one already"):
        LengthenedVector(black_box_vector(2, 0), None, 3, 0.0, 1.0)
    with pytest.raises(ValueError, match="has a control; control the lengthening instead"):
        LengthenedVector(black_box_vector().controlled(), None, 3, 0.0, 1.0)
    with pytest.raises(ValueError, match="errors >= 0, got epsilon=-1"):
        LengthenedVector(black_box_vector(epsilon=-1), None, 3, 0.0, 1.0)
