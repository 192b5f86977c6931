"""The learner stays within its bound; a number needs a constant that somebody names."""

import numpy as np
import pytest
import sympy

from bloqs.communication.model.evaluate import flattened, gradient_state, gradients
from bloqs.communication.model.pauli import pauli_matrix
from bloqs.communication.model.tomography import (
    TomographyCost,
    UnknownConstantError,
    learn,
    most_updates,
)
from bloqs.communication.symbols import N, P, c_search, delta, epsilon


def observables(model, k):
    """-Y x V P V^+ of every gate of a block, dense."""
    size, made = 2**model.qubits, []
    block = model.blocks[k - 1]
    for j, gate in enumerate(block.gates):
        if gate.is_trainable:
            after = np.eye(size, dtype=complex)
            for each in block.gates[j + 1 :]:
                after = np.stack([each.apply(column) for column in after.T], axis=1)
            turned = after @ pauli_matrix(gate.letters) @ after.conj().T
            made.append(-np.kron(pauli_matrix("Y"), turned))
    return made


@pytest.mark.parametrize(("qubits", "errors"), [(1, None), (2, 5), (3, 6)])
def test_learner(model_of, qubits, errors):
    """Gradients of a block within epsilon, in at most 16 ln(2N)/epsilon^2 corrections."""
    model = model_of(qubits, qubits=qubits, blocks=2, gates=12, fixed=0)
    rng = None if errors is None else np.random.default_rng(errors)
    found = learn(gradient_state(model, 1), observables(model, 1), 0.3, rng)
    true = flattened(gradients(model)[:1])
    assert np.abs(found.estimates - true).max() <= 0.3
    assert found.updates <= most_updates(2**qubits, 0.3)
    assert np.trace(found.hypothesis).real == pytest.approx(1)


def test_it_corrects_itself():
    """Far from the first hypothesis there is something to correct."""
    found = learn(np.eye(1, 4)[0], [np.diag([1, 1, -1, -1])], 0.2)
    assert 1 <= found.updates <= 16 * np.log(4) / 0.04
    with pytest.raises(ValueError, match="norms up to 1, got 2"):
        learn(np.eye(1, 2)[0], [2 * np.diag([1, -1])], 0.1)


@pytest.mark.parametrize(
    ("true", "epsilon", "updates"), [(0.9, 0.2, 20), (-0.9, 0.2, 20), (0.5, 0.1, 19), (0.1, 0.2, 0)]
)
def test_steps_of_the_weights(true, epsilon, updates):
    """Of one qubit: m corrections lead to tanh(m epsilon/4), until it is 3 epsilon/4 off."""
    state = np.array([np.sqrt((1 + true) / 2), np.sqrt((1 - true) / 2)])
    found = learn(state, [np.diag([1.0, -1.0])], epsilon)
    assert found.updates == updates
    wanted = np.sign(true) * np.tanh(updates * epsilon / 4)
    assert found.estimates[0] == pytest.approx(wanted, abs=1e-12)
    assert np.diag(found.hypothesis) == pytest.approx([(1 + wanted) / 2, (1 - wanted) / 2])


class Adversary:
    """Draws one end of every interval."""

    def __init__(self, end):
        self.end = end

    def uniform(self, low, high, size):
        return np.full(size, high if self.end else low)


@pytest.mark.parametrize("end", [0, 1])
@pytest.mark.parametrize("true", [-0.9, 0.9])
def test_searches_that_err_one_way(true, end):
    """By a quarter of the error at most; what is left is within it."""
    state = np.array([np.sqrt((1 + true) / 2), np.sqrt((1 - true) / 2)])
    found = learn(state, [np.diag([1.0, -1.0])], 0.2, Adversary(end))
    away = true < 0, end == 1  # values seem nearer to the first hypothesis, or further off
    least = 0.2 if away[0] == away[1] else 0.1
    assert abs(found.estimates[0] - true) <= 0.2
    assert abs(found.estimates[0] - true) == pytest.approx(least, abs=0.02)


def test_constant():
    """Unknown unless it is named."""
    cost = TomographyCost(entries=1024, parameters=1000, epsilon=0.1, delta=0.05)
    with pytest.raises(UnknownConstantError, match="no source states"):
        cost.copies_for()
    with pytest.raises(ValueError, match="positive, got -1"):
        cost.copies_for(-1)
    assert cost.copies_for(2.0) == pytest.approx(2 * cost.form)
    assert cost.updates == 12199
    letters = TomographyCost(entries=N, parameters=P, epsilon=epsilon, delta=delta)
    assert c_search in letters.copies.free_symbols
    at = {N: 1024, P: 1000, epsilon: sympy.Rational(1, 10), delta: sympy.Rational(1, 20)}
    assert float(letters.copies_for(2).subs(at)) == pytest.approx(cost.copies_for(2.0))


@pytest.mark.parametrize(
    ("qubits", "error", "binary"), [(10, 0.3, 1.3e7), (10, 0.1, 1.6e8), (40, 0.1, 7.4e8)]
)
def test_crossovers_at_unit_constants(qubits, error, binary):
    """Against a test of each of 4P parameters; natural logarithms about halve them."""
    cost = TomographyCost(entries=2**qubits, parameters=1, epsilon=error, delta=0.05 / 4)
    found = cost.unit_crossovers(lambda many: 2 * np.log(8 * many / 0.05) / error**2)
    assert found == pytest.approx((binary / 2, binary), rel=0.2)
    assert found[0] < found[1]
    steps = 100 * np.log10(found)  # hundredths of a decade
    assert steps == pytest.approx(np.round(steps), abs=1e-6)
    assert cost.unit_crossovers(lambda many: 0) == (np.inf, np.inf)
