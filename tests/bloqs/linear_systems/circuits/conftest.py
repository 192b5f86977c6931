"""Steps by a table as one gate each, made of what they say they do and not of their circuits."""

from functools import reduce

import cirq
import numpy as np
import pytest

from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.linear_systems.circuits.neighbour_step import NeighbourStep
from bloqs.linear_systems.circuits.pauli_step import PauliStep
from bloqs.linear_systems.circuits.shift_step import ShiftStep

PAULI = {
    (0, 0): np.eye(2),
    (1, 0): np.array([[0, 1], [1, 0]]),
    (0, 1): np.diag([1, -1]),
    (1, 1): np.array([[0, -1], [1, 0]]),
}
"""X^x Z^z."""


class Chosen(cirq.Gate):
    """A unitary for each value of the first qubits; the identity where a control is zero."""

    def __init__(self, unitaries, is_controlled):
        same = [np.eye(len(unitaries[0]))] * len(unitaries) if is_controlled else []
        self.unitaries = np.array([*same, *unitaries])

    def _num_qubits_(self):
        return int(np.log2(self.unitaries.shape[0] * self.unitaries.shape[1]))

    def _has_unitary_(self):
        return True

    def _apply_unitary_(self, args):
        axes = list(args.axes)
        state = np.moveaxis(args.target_tensor, axes, range(len(axes)))
        flat = state.reshape(*self.unitaries.shape[:2], -1)
        turned = np.einsum("lij,ljk->lik", self.unitaries, flat)
        return np.moveaxis(turned.reshape(state.shape), range(len(axes)), axes)


def permutation(images, signs=1):
    found = np.zeros((len(images), len(images)))
    found[images, np.arange(len(images))] = signs
    return found


def shift_gate(step):
    """Overflow bits first, then the coordinates; each added to modulo twice the side."""
    m, axes, side = step.m, step.axes, 2**step.m
    extra = 0 if step.is_cyclic else axes
    unitaries = []
    for shift, sign in zip(step.shifts, step.signs, strict=True):
        images = []
        for number in range(2 ** (extra + m * axes)):
            bits = [number >> k & 1 for k in reversed(range(extra + m * axes))]
            over, rest, outs, moved = bits[:extra], bits[extra:], [], []
            for axis in range(axes):
                x = int("".join(map(str, rest[axis * m : (axis + 1) * m])), 2)
                x += side * (over[axis] if extra else 0) + shift[axis]
                x %= 2 * side if extra else side
                outs.append(x // side)
                moved.append(x % side)
            image = 0
            for out in outs[:extra]:
                image = 2 * image + out
            for x in moved:
                image = side * image + x
            images.append(image)
        unitaries.append(permutation(images, -1 if sign else 1))
    return Chosen(unitaries, step.is_controlled)


def pauli_gate(step):
    unitaries = []
    for x, z, k in step.strings:
        factors = [PAULI[x >> j & 1, z >> j & 1] for j in reversed(range(step.n))]
        unitaries.append(1j**k * reduce(np.kron, factors))
    return Chosen(unitaries, step.is_controlled)


def neighbour_gate(step):
    places = np.arange(2**step.n)
    table = np.array(step.differences).reshape(2**step.c, -1)
    return Chosen([permutation(places ^ row) for row in table], step.is_controlled)


STEPS = {ShiftStep: shift_gate, PauliStep: pauli_gate, NeighbourStep: neighbour_gate}


@pytest.fixture(scope="session")
def steps():
    """What makes one gate of each step."""
    return STEPS


@pytest.fixture(scope="session")
def whole():
    """The steps and turns by an angle as one gate each."""
    return {RotationLevel: as_one_gate, **STEPS}
