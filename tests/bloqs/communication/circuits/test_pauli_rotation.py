"""Pauli rotations: the action of their gates, and what they cost."""

import numpy as np
import pytest

from bloqs.communication.circuits.pauli_rotation import PauliRotation
from bloqs.communication.model.blocks import Gate
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation, cost_by_counting

GATES = [
    *(("X", None), ("Y", None), ("Z", None), ("I", None), ("XY", None), ("ZIY", None)),
    *(("YXZ", None), ("II", None), ("IX", 0), ("ZIY", 1), ("II", 1)),
]


def random_state(rng, qubits):
    state = rng.normal(size=2**qubits) + 1j * rng.normal(size=2**qubits)
    return state / np.linalg.norm(state)


@pytest.mark.parametrize(("letters", "on"), GATES)
def test_the_gates_do_what_the_model_says(letters, on, rng):
    """Phase included; the inverse undoes it; a control decides."""
    gate, n = Gate(letters, 0.7, control=on), len(letters)
    bloq, state = PauliRotation.of(gate), random_state(rng, n)
    np.testing.assert_allclose(Runner.of(bloq).run(state), gate.apply(state), atol=1e-12)
    np.testing.assert_allclose(Runner.of(bloq.adjoint()).run(gate.apply(state)), state, atol=1e-12)
    both = random_state(rng, n + 1)
    wanted = np.concatenate([both[: 2**n], gate.apply(both[2**n :])])
    np.testing.assert_allclose(Runner.of(bloq.controlled()).run(both), wanted, atol=1e-12)


@pytest.mark.parametrize(("letters", "cnots"), [("ZIZ", 2), ("ZZZ", 4), ("IIZ", 0)])
def test_cost_by_hand(letters, cnots):
    bloq = PauliRotation(letters, 0.7)
    found = cost_by_counting(bloq)
    assert (found.rotations, found.cliffords) == (1, cnots)
    once = bloq.controlled()
    assert (cost_by_counting(once).rotations, cost_by_counting(once).cliffords) == (2, cnots + 2)
    assert cost_by_annotation(once) == cost_by_counting(once)


@pytest.mark.parametrize(
    ("match", "given"),
    [
        ("letters I, X, Y and Z, got 'A'", lambda: PauliRotation("XA", 0.3)),
        ("one letter for each", lambda: PauliRotation("", 0.3)),
        ("finite number of radians, got nan", lambda: PauliRotation("X", float("nan"))),
        (
            "control is a qubit on which the string has an I",
            lambda: PauliRotation("X", 0.3, on=(0,)),
        ),
    ],
)
def test_what_is_no_rotation_is_refused(match, given):
    with pytest.raises(ValueError, match=match):
        given()
