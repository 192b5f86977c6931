"""Rotations that other qubits choose, step by step, and their numbers of gates."""

import numpy as np
import pytest
from qualtran.bloqs.basic_gates import CNOT

from bloqs.communication.circuits.multiplexed import Turn, by_gray_code, chosen, turn_calls
from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.gates.turn_about_y import TurnAboutY

X = np.array([[0, 1], [1, 0]])


def turned(axis, angle):
    """exp(-i angle/2 P)."""
    c, s = np.cos(angle / 2), np.sin(angle / 2)
    return np.array([[c, -s], [s, c]]) if axis == "Y" else np.diag([c - 1j * s, c + 1j * s])


@pytest.mark.parametrize("axis", ["Y", "Z"])
@pytest.mark.parametrize("controls", [0, 1, 2, 3, 4])
def test_the_controls_choose_the_angle(axis, controls, rng):
    """For every value of the controls, the first most significant."""
    angles = rng.uniform(-3, 3, 2**controls)
    steps = by_gray_code(angles)
    assert len(steps) == 2**controls
    for value, angle in enumerate(angles):
        found = np.eye(2)
        for each, place in steps:
            found = turned(axis, each) @ found
            if place is not None and value >> (controls - 1 - place) & 1:
                found = X @ found
        np.testing.assert_allclose(found, turned(axis, angle), atol=1e-12)


def test_places_are_those_of_the_other_qubits():
    found = chosen("Z", [0.1, 0.2, 0.3, 0.4], 1, (5, 7))
    assert {turn.after for turn in found} == {5, 7}
    assert {(turn.axis, turn.qubit) for turn in found} == {("Z", 1)}
    assert [turn.after for turn in found] == [7, 5, 7, 5]
    assert chosen("Y", [0.3], 2, ()) == [Turn("Y", 0.3, 2)]


@pytest.mark.parametrize("is_controlled", [False, True])
def test_gates_by_number(is_controlled):
    """Under a control each rotation is two halves, with a CNOT after each."""
    turns = [Turn("Y", 0.6, 0), Turn("Y", 0.6, 1, 0), Turn("Z", 0.8, 0, 1)]
    found = turn_calls(turns, is_controlled)
    if is_controlled:
        wanted = {TurnAboutY(0.3): 2, TurnAboutY(-0.3): 2, PhaseRotation(0.2): 1,
                  PhaseRotation(-0.2): 1, CNOT(): 2 + 3 * 2}  # fmt: skip
    else:
        wanted = {TurnAboutY(0.6): 2, PhaseRotation(0.4): 1, CNOT(): 2}
    assert found == wanted
    assert turn_calls([Turn("Y", 0.6, 0)], False) == {TurnAboutY(0.6): 1, CNOT(): 0}
