"""Vectors lifted to length one: error at the tabulated degrees, phase, control, cost, limits."""

import numpy as np
import pytest
import sympy

from bloqs.qsvt.normalised_vector import NormalisedVector
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import Fidelity, Runner, encoded_vector
from bloqs.simulation.vector_dilation import VectorDilation
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.polynomials.polynomial import Polynomial
from estimator.polynomials.sign import sign_error, sign_polynomial

ERRORS = [1e-2, 1e-4, 1e-6]
DEGREES = {
    2: [15, 33, 51],
    3.6: [27, 57, 89],
    10: [75, 157, 243],
    37: [271, 575, 895],
    400: [2931, 6217, 9657],
}
"""By alpha and error, as tabulated for the real sign polynomial."""


TABLE = [(alpha, e, d) for alpha in DEGREES for e, d in zip(ERRORS, DEGREES[alpha], strict=True)]
RUN = [(2, 1e-2), (3.6, 1e-6), (10, 1e-4)]
"""Alphas and errors that are run each time, smallest degree to largest."""


@pytest.fixture
def short(rng):
    """`short(size, length)`: a random complex unit vector, and its encoding with that length."""

    def make(size, length):
        v = rng.normal(size=size) + 1j * rng.normal(size=size)
        v /= np.linalg.norm(v)
        return v, VectorDilation.of_vector(v, 1 / length)

    return make


def normalised(vector, alpha, error, degree):
    start = 1 / alpha
    polynomial = sign_polynomial(start, error, degree)
    return NormalisedVector.of(vector, polynomial, sign_error(start, error, degree))


@pytest.mark.parametrize(
    ("alpha", "error", "degree"),
    [
        pytest.param(
            *row, marks=() if row[:2] in RUN else pytest.mark.slow, id=f"{row[0]}-{row[1]}"
        )
        for row in TABLE
    ],
)
def test_error_at_the_tabulated_degrees(alpha, error, degree, short):
    """Vector fidelity: the circuit but for the vector's own.

    At the smallest length, where it is worst, and at a larger one; phase included.
    """
    gaps = []
    for length in (1 / alpha, 1.7 / alpha):
        v, vector = short(4, length)
        bloq = normalised(vector, alpha, error, degree)
        assert Runner.of(bloq, STAND_INS).fidelity is Fidelity.VECTOR
        gaps.append(np.linalg.norm(encoded_vector(bloq, STAND_INS) - v))
        assert gaps[-1] <= float(bloq.epsilon) + 1e-10
    assert max(gaps) <= error
    assert gaps[0] > error / 4  # so a claim of a quarter would fail


def test_gate_by_gate(vector_leaf):
    """The smallest size with all its gates, complex; the vector is of length 0.6."""
    leaf = vector_leaf(1, 1)
    v = leaf.block / np.linalg.norm(leaf.block)
    bloq = normalised(leaf, float(leaf.alpha) * 1.001, 1e-2, 15)
    assert Runner.of(bloq).fidelity is Fidelity.GATE_BY_GATE
    assert np.linalg.norm(encoded_vector(bloq) - v) <= float(bloq.epsilon) < 2e-2


@pytest.mark.parametrize("degree", [1, 3, 7])
def test_applies_the_polynomial_to_the_length(degree, short, rng):
    """Any odd polynomial, not only one near the sign: to 1e-9."""
    series = np.zeros(degree + 1)
    series[1::2] = rng.normal(size=(degree + 1) // 2)
    series /= 1.01 * np.abs(series).sum()
    v, vector = short(8, 0.37)
    bloq = NormalisedVector.of(vector, Polynomial(series), 1.0)
    wanted = float(Polynomial(series).evaluate(0.37)) * v
    np.testing.assert_allclose(encoded_vector(bloq, STAND_INS), wanted, atol=1e-9)


@pytest.mark.parametrize("keeps_phase", [False, True])
@pytest.mark.parametrize("degree", [1, 3])
def test_control(degree, keeps_phase, vector_leaf, random_state, rng):
    """Off, the identity on every state; on, the same with its phase."""
    phases = tuple(rng.uniform(-np.pi, np.pi, degree + 1).tolist())
    bloq = NormalisedVector(vector_leaf(1, 1), phases, degree, 1.0, keeps_phase)
    size = 2 ** (bloq.system_bitsize + bloq.ancilla_bitsize)
    off, on = random_state(size), random_state(size)
    start = np.concatenate([0.6 * off, 0.8 * on])
    wanted = np.concatenate([0.6 * off, 0.8 * Runner.of(bloq).run(on)])
    np.testing.assert_allclose(Runner.of(bloq.controlled()).run(start), wanted, atol=1e-9)
    back = Runner.of(bloq.controlled().adjoint()).run(wanted)
    np.testing.assert_allclose(back, start, atol=1e-9)


@pytest.mark.parametrize("keeps_phase", [False, True])
def test_cost(keeps_phase, black_box_vector, vector_leaf):
    """d calls; phases on three flags and on one in turn; a symbolic degree gives the same."""
    bloq = NormalisedVector(black_box_vector(), None, 7, 0.0, keeps_phase)
    cost = cost_by_annotation(bloq)
    assert cost.queries == {"U": 7}
    assert (cost.rotations, cost.toffoli) == (8, 4 * 2)
    symbolic = NormalisedVector(black_box_vector(), None, symbols.degree, 0.0, keeps_phase)
    assert cost_by_annotation(symbolic).subs({symbols.degree: 7}) == cost
    real = NormalisedVector(vector_leaf(1, 1), (0.1, 0.2, 0.3, 0.4), 3, 0.0, keeps_phase)
    for form in (real, real.adjoint(), real.controlled()):
        assert cost_by_annotation(form) == cost_by_counting(form)


def test_error_is_never_exceeded(rng):
    """2 e for the direction and the polynomial's own: 300 draws, up to half of the bound and more.

    A vector of length 1 / alpha and error e / alpha is normalised by a polynomial that is off by
    `error` at the length that occurs.
    """
    ratios = []
    for _ in range(300):
        alpha, e, error = rng.uniform(1, 5), 10 ** rng.uniform(-4, -0.5), 10 ** rng.uniform(-4, -1)
        psi = rng.normal(size=4) + 1j * rng.normal(size=4)
        psi /= np.linalg.norm(psi)
        step = rng.normal(size=4) + 1j * rng.normal(size=4)
        if rng.integers(2):
            step = step - np.vdot(psi, step) * psi
        made = (psi + e * step / np.linalg.norm(step)) / alpha
        out = made / np.linalg.norm(made) * (1 + error * rng.choice([-1, 0]))
        ratios.append(np.linalg.norm(out - psi) / (2 * e + error))
    assert 0.4 < max(ratios) <= 1


def test_error_claimed(black_box_vector):
    vector = black_box_vector(epsilon=symbols.delta)
    bloq = NormalisedVector(vector, None, 3, symbols.epsilon)
    assert sympy.simplify(bloq.epsilon - 2 * symbols.delta - symbols.epsilon) == 0


@pytest.mark.parametrize(
    ("coefficients", "message"),
    [
        ([0.5, 0.0, 0.2], "normalisation needs an odd polynomial, got one of even parity"),
        ([0.5, 0.2], "normalisation needs an odd polynomial, got one of mixed parity"),
        ([0.0, 1.5], r"needs sup\|P\| <= 1, got \|P\(1\)\| = 1.5"),
    ],
)
def test_refuses_a_polynomial(coefficients, message, black_box_vector):
    with pytest.raises(ValueError, match=message):
        NormalisedVector.of(black_box_vector(), Polynomial(coefficients), 0.0)


@pytest.mark.parametrize(
    ("phases", "degree", "error", "message"),
    [
        (None, 0, 0.0, "normalisation needs an odd degree >= 1, got 0"),
        (None, 4, 0.0, "normalisation needs an odd degree >= 1, got 4"),
        ((0.1, 0.2), 3, 0.0, "degree 3 needs 4 phases, got 2"),
        (None, 3, -0.1, "normalisation needs error >= 0, got error=-0.1"),
        (None, 3, np.nan, "normalisation needs error >= 0, got error=nan"),
        (None, 1.5, 0.0, "normalisation needs a whole number as its degree, got 1.5"),
        ((0.1, np.nan), 1, 0.0, "normalisation needs finite real phases, got nan for number 1"),
    ],
)
def test_refuses_phases_that_do_not_fit(phases, degree, error, message, black_box_vector):
    with pytest.raises(ValueError, match=message):
        NormalisedVector(black_box_vector(), phases, degree, error)


def test_refuses_vectors(black_box_vector):
    with pytest.raises(ValueError, match="has no ancilla, so it has length one already"):
        NormalisedVector(black_box_vector(2, 0), None, 3, 0.0)
    with pytest.raises(ValueError, match="has a control; control the normalisation instead"):
        NormalisedVector(black_box_vector().controlled(), None, 3, 0.0)
    with pytest.raises(ValueError, match="errors >= 0, got epsilon=-1"):
        NormalisedVector(black_box_vector(epsilon=-1), None, 3, 0.0)
