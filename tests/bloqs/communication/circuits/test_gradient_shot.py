"""Derivatives from circuits are those of the model, and their messages those of the state."""

import numpy as np
import pytest

from bloqs.communication.circuits.gradient_reading import GradientReading
from bloqs.communication.circuits.gradient_shot import (
    GradientShot,
    expected_values,
    gradient_shots,
)
from bloqs.communication.circuits.gradient_state import GradientState
from bloqs.communication.circuits.inference_shot import InferenceShot
from bloqs.communication.circuits.pauli_rotation import PauliRotation
from bloqs.communication.model.blocks import Block, DenseBlock, Gate, PartyModel
from bloqs.communication.model.evaluate import flattened, gradients
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.keys import MessageCounts

WAYS = [
    (True, "uncontrolled"),
    (False, "uncontrolled"),
    (True, "controlled"),
    (False, "controlled"),
]


def random_model(rng, qubits, owners, gates=4):
    """Commuting and not, trainable and not, identities too."""
    blocks = []
    for owner in owners:
        letters = ["".join(rng.choice(list("IXYZ"), qubits)) for _ in range(gates)]
        made = [Gate(x, float(rng.uniform(-3, 3)), bool(rng.random() < 0.8)) for x in letters]
        blocks.append(Block(owner, made))
    return PartyModel(qubits, rng.normal(size=2**qubits), blocks)


@pytest.mark.parametrize(("is_grouped", "form"), WAYS)
@pytest.mark.parametrize("qubits", [1, 2, 3, pytest.param(5, marks=pytest.mark.slow)])
def test_gradients_are_those_of_the_model(is_grouped, form, qubits, rng):
    model = random_model(rng, qubits, ("Alice", "Bob", "Alice", "Bob")[: 2 + 2 * (qubits < 4)])
    shots = gradient_shots(model, is_grouped, form)
    found = [expected_values(shot, Runner.of(shot).run(0)) for shot in shots]
    np.testing.assert_allclose(np.concatenate(found), flattened(gradients(model)), atol=1e-9)
    numbers = model.outline.groups if is_grouped else model.outline.parameters
    assert len(shots) == sum(numbers)
    total = sum((cost_by_annotation(x).messages for x in shots), MessageCounts())
    moves = model.outline.group_states(form) if is_grouped else model.outline.parameter_states(form)
    assert total == MessageCounts(moves.qubits, moves.messages)


def test_groups_are_read_together_unless_asked(rng):
    """From states whose blocks are not controlled."""
    model = random_model(rng, 2, ("Alice", "Bob"))
    assert model.outline.groups != model.outline.parameters
    assert gradient_shots(model) == gradient_shots(model, True, "uncontrolled")
    assert len(gradient_shots(model)) == sum(model.outline.groups)


@pytest.mark.parametrize("form", ["uncontrolled", "controlled"])
def test_cost_is_that_of_the_circuit(form, lists_its_steps, rng):
    model = random_model(rng, 2, ("Alice", "Bob"))
    for is_grouped in (True, False):
        for plain in gradient_shots(model, is_grouped, form)[:3]:
            for bloq in (plain, plain.adjoint(), plain.controlled(), plain.controlled().adjoint()):
                assert cost_by_annotation(bloq) == cost_by_counting(bloq)
                assert lists_its_steps(bloq)


def test_what_is_not_read_is_refused():
    gates = (PauliRotation("XI", 0.1), PauliRotation("ZI", 0.2), PauliRotation("IX", 0.2, on=(0,)))
    with pytest.raises(ValueError, match="commute, got XI and ZI"):
        GradientReading(2, gates, (0, 1), is_together=True)
    with pytest.raises(ValueError, match="one branch tells of one parameter, got 2"):
        GradientReading(2, gates, (0, 1))
    with pytest.raises(ValueError, match="without a control"):
        GradientReading(2, gates, (2,))
    with pytest.raises(ValueError, match="of gates from 0 to 2, got"):
        GradientReading(2, gates, (3,))
    block = DenseBlock("Alice", np.eye(2))
    state = GradientState(InferenceShot.of(PartyModel(1, (1.0, 0.0), (block,))))
    with pytest.raises(ValueError, match="parameters of Pauli rotations"):
        GradientShot(state)
    shared = Block("Alice", [Gate("X", 0.1, parameter="a"), Gate("X", 0.2, parameter="a")])
    with pytest.raises(ValueError, match="shares the parameter 'a'"):
        gradient_shots(PartyModel(1, (1.0, 0.0), (shared,)))


def test_a_state_that_is_not_plain_is_refused(rng):
    model = random_model(rng, 1, ("Alice", "Bob"))
    plain = gradient_shots(model)[0].state
    for state in (plain.adjoint(), plain.controlled()):
        with pytest.raises(ValueError, match="reads a plain gradient state"):
            GradientShot(state, (0,))
