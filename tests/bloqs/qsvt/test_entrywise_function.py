"""Functions without parity of amplitudes: every activation in circuits, error, cost, limits."""

import attrs
import numpy as np
import pytest
from layer_values import CURVES

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.qsvt.entrywise_function import EntrywiseFunction
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import Fidelity, Runner, encoded_vector
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.phases.find import phases_of
from estimator.polynomials.activation import activation_polynomial
from estimator.polynomials.activation_functions import KINDS

PHASES = 1e-9
"""What rounding of the phases adds to an amplitude. Unit: 1."""

SLOPES = {"relu": 1, "relu6": 1, "hard-swish": 1.5, "gelu": 1.13, "gelu-tanh": 1.13, "silu": 1.1,
          "softplus": 1, "sigmoid": 0.25, "tanh": 1, "erf": 1.13}  # fmt: skip
"""Lipschitz constants, rounded up."""


KINKS = ("relu", "relu6", "hard-swish")


def function(kind, x):
    """f(x) - f(0), by formulas of the tests."""
    return CURVES[kind](x) - CURVES[kind](np.zeros(1))


def phases(part, bound, parity):
    return tuple(phases_of(np.array(part) / bound, parity).reflection.tolist()) if bound else ()


def activated(vector, amplitudes, kind, reach, error):
    """f of entries reach * amplitudes."""
    Q = activation_polynomial(kind, reach, reach, error)
    return EntrywiseFunction(
        vector,
        phases(Q.even, Q.even_bound, 0),
        phases(Q.odd, Q.odd_bound, 1),
        Q.degree,
        Q.even_bound,
        Q.odd_bound,
        SLOPES[kind],
        error / reach,
        float(np.linalg.norm(function(kind, reach * amplitudes))) / reach,
    )


def test_there_is_a_function_for_every_kind():
    assert {*SLOPES} == {*KINDS}


@pytest.mark.parametrize("reach", [4.0, pytest.param(9.0, marks=pytest.mark.slow)])
@pytest.mark.parametrize("kind", KINDS)
def test_every_activation(kind, reach, rng):
    """Every amplitude of eight, to the polynomial's error; vector fidelity."""
    psi = rng.normal(size=8)
    psi /= np.linalg.norm(psi)
    amplitudes, error = psi / 1.25, (0.02 if kind in KINKS else 0.004) * reach
    bloq = activated(VectorDilation.of_vector(psi, 1.25), amplitudes, kind, reach, error)
    assert Runner.of(bloq, STAND_INS).fidelity is Fidelity.VECTOR
    found = encoded_vector(bloq, STAND_INS)
    wanted = function(kind, reach * amplitudes) / reach
    norm = np.linalg.norm(wanted)
    gap = np.abs(found * norm - wanted).max()
    assert error / reach / 100 < gap <= error / reach + PHASES
    assert np.linalg.norm(found - wanted / norm) <= float(bloq.epsilon) + 3 * PHASES / norm


@pytest.mark.parametrize(("kind", "error"), [("tanh", 0.03), ("gelu", 0.05), ("relu", 0.3)])
def test_gate_by_gate(kind, error):
    """The smallest size with all its gates: an even polynomial, and two without parity."""
    vector = LoadedVector.of(np.array([1.0, -2.0]), 8, QROMLoader(), Rotation.BITWISE)
    psi = encoded_vector(vector).real
    bloq = activated(vector, psi, kind, 2.0, error)
    assert Runner.of(bloq).fidelity is Fidelity.GATE_BY_GATE
    wanted = function(kind, 2 * psi) / 2
    gap = encoded_vector(bloq) * np.linalg.norm(wanted) - wanted
    assert error / 1000 < np.abs(gap).max() <= error / 2 + PHASES


@pytest.mark.parametrize("form", ["plain", "controlled", "adjoint"])
def test_control_inverse_and_cost(form, vector_leaf, switches):
    """Counted gate by gate; nothing where the control is off."""
    bloq = EntrywiseFunction(vector_leaf(1, 1), (0.2,), (0.1, -0.3), 1, 0.5, 0.25, 1.0, 0.0, 0.1)
    made = {"plain": bloq, "controlled": bloq.controlled(), "adjoint": bloq.adjoint()}[form]
    stated, counted = cost_by_annotation(made), cost_by_counting(made)
    assert attrs.evolve(stated, cnots=counted.cnots, cliffords=counted.cliffords) == counted
    if form != "controlled":
        switches(made)


@pytest.mark.parametrize(
    ("weights", "degree", "flags"),
    [((1.0, 0.0), 4, 3), ((0.0, 1.0), 5, 3), ((0.5, 0.5), 5, 4), ((0.5, 0.5), 6, 4)],
)
def test_queries_and_flags(weights, degree, flags, black_box_vector):
    """One call for the vector itself and one for each degree, however many parts there are."""
    vector = black_box_vector(2, 1, alpha=1)
    bloq = EntrywiseFunction(vector, None, None, degree, *weights, 1.0, 0.1, 0.9)
    assert sum(cost_by_annotation(bloq).queries.values()) == degree + 1
    assert bloq.ancilla_bitsize == 2 * 1 + 2 + flags - 2
    assert float(bloq.alpha) == pytest.approx(sum(weights) / 0.9)


def test_error_is_never_exceeded(rng):
    """The polynomial of a perturbed vector against f of the vector itself: 200 draws."""
    ratios = []
    for number in range(200):
        kind = KINDS[number % len(KINDS)]
        reach, e = 4.0, 10 ** rng.uniform(-4, -0.5)
        alpha = rng.uniform(1, 3)
        psi, step = rng.normal(size=(2, 4))
        psi[0] = abs(psi[0])
        psi /= np.linalg.norm(psi)
        step = psi if number % 3 else step
        made = (psi + e * step / np.linalg.norm(step)) / alpha
        made = made / max(1.0, np.linalg.norm(made))
        e = max(e, np.linalg.norm(alpha * made - psi))
        Q = activation_polynomial(kind, reach, reach, 0.2)
        found = Q.evaluate(reach * made) / reach
        wanted = function(kind, reach * psi / alpha) / reach
        norm = float(np.linalg.norm(wanted))
        vector = VectorDilation.of_vector(psi, alpha, epsilon=e)
        weights = Q.even_bound, Q.odd_bound
        claimed = EntrywiseFunction(
            vector, None, None, max(Q.degree, 2), *weights, SLOPES[kind], 0.2 / reach, norm
        ).epsilon
        ratios.append(np.linalg.norm(found - wanted) / norm / float(claimed))
    assert 0.3 < max(ratios) <= 1


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ((3, -0.1, 1.0, 1.0, 0.0, 0.5), "weights of the parts must not be negative"),
        ((3, 0.0, 0.0, 1.0, 0.0, 0.5), "not both zero"),
        ((3, 0.5, 0.5, 0.0, 0.0, 0.5), "lipschitz must be positive, got 0.0"),
        ((3, 0.5, 0.5, 1.0, 0.0, -1.0), "norm must be positive, got -1.0"),
        ((3, 0.5, 0.5, 1.0, -0.5, 0.5), "needs error >= 0, got error=-0.5"),
        ((3, 0.5, 0.5, 1.0, 0.0, 0.6), "function of amplitudes has a norm of at most 0.5, got 0.6"),
        ((0, 1.0, 0.0, 1.0, 0.0, 0.5), "a transform needs degree >= 1, got 0"),
    ],
)
def test_refusals(numbers, message, black_box_vector):
    with pytest.raises(ValueError, match=message):
        EntrywiseFunction(black_box_vector(2, 1, alpha=2), None, None, *numbers)


def test_refuses_phases_and_vectors(black_box_vector):
    numbers = 3, 0.5, 0.5, 1.0, 0.0, 0.1
    with pytest.raises(ValueError, match="phases"):
        EntrywiseFunction(black_box_vector(), (0.1,), None, *numbers)
    with pytest.raises(ValueError, match="has a control; control the function of amplitudes"):
        EntrywiseFunction(black_box_vector().controlled(), None, None, *numbers)
    with pytest.raises(ValueError, match="errors >= 0, got epsilon=-1"):
        EntrywiseFunction(black_box_vector(epsilon=-1), None, None, *numbers)
