"""Gradients from measured copies of gradient states, drawn from their exact distribution."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from bloqs.communication.model.blocks import Block, PartyModel, Readout
from bloqs.communication.model.evaluate import gradient_state
from bloqs.communication.model.groups import commuting_groups
from bloqs.communication.model.pauli import State
from bloqs.communication.model.shots import gradient_copies

Observable = Callable[[State], State]
"""A reflection, with eigenvalues 1 and -1."""


def overlap_observable(block: Block, place: int) -> Observable:
    r"""$-Y_a \otimes V P V^\dagger$ of one gate, V what follows it inside its block."""

    def turned(half: State) -> State:
        for gate in reversed(block.gates[place + 1 :]):
            half = gate.undo(half)
        half = block.gates[place].generate(half)
        for gate in block.gates[place + 1 :]:
            half = gate.apply(half)
        return half

    def applied(state: State) -> State:
        zero, one = state.reshape(2, -1)
        return np.concatenate([1j * turned(one), -1j * turned(zero)])

    return applied


def sums_of(
    state: State, observables: Sequence[Observable], copies: int, rng: np.random.Generator
) -> Any:
    """Sums of the values of observables that commute, each measured on the same copies.

    Copies are split by the outcome of one observable after the other; each part goes on with the
    state that is left.

    Returns:
        Array of shape (observables,).
    """
    if not observables or copies == 0:
        return np.zeros(len(observables))
    kept = (state + observables[0](state)) / 2
    chance = min(1.0, max(0.0, float(np.vdot(kept, kept).real)))
    up = int(rng.binomial(copies, chance))
    rest = np.zeros(len(observables) - 1)
    if len(observables) > 1:
        for many, part in ((up, kept), (copies - up, state - kept)):
            if many:
                part = part / math.sqrt(float(np.vdot(part, part).real))
                rest = rest + sums_of(part, observables[1:], many, rng)
    return np.concatenate([[2.0 * up - copies], rest])


def grouped_gradients(
    model: PartyModel,
    epsilon: float,
    delta: float,
    rng: np.random.Generator,
    readout: Readout = "Z",
) -> Any:
    """Every gradient, a group of commuting neighbours from the same copies.

    Returns:
        Array of shape (parameters,), in the order of `angles`.

    Raises:
        ValueError: if a trainable gate is shared or controlled.
    """
    model.check_test()
    if not model.parameters:
        return np.zeros(0)
    copies = int(gradient_copies(model.parameters, epsilon, delta, readout))
    found = []
    for k, block in enumerate(model.blocks, 1):
        if not isinstance(block, Block) or not block.trainable:
            continue
        state = gradient_state(model, k)
        for group in commuting_groups(block.gates):
            observables = [overlap_observable(block, place) for place in group]
            found.append(sums_of(state, observables, copies, rng) / copies)
    return np.concatenate(found) * (1.0 if readout == "Z" else 0.5)
