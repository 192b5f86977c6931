"""Gradients by a hypothesis that learns the gradient state of each block."""

from typing import Any

import numpy as np
from attrs import frozen

from bloqs.communication.answers.gradient_shots import overlap_observable
from bloqs.communication.circuits.gradient_state import GradientState
from bloqs.communication.circuits.inference_shot import InferenceShot
from bloqs.communication.model.blocks import Block, PartyModel, Readout
from bloqs.communication.model.rounding import check_error
from bloqs.communication.model.shots import on_z_scale
from bloqs.communication.model.tomography import learn, most_updates
from bloqs.simulation.runner import Runner

LEARNED_QUBITS = 5
"""Largest register whose gradient states are learned: a hypothesis of 64 by 64. Unit: qubits."""


@frozen(eq=False)
class LearnedGradients:
    """Where the hypotheses of all blocks ended.

    Args:
        values: every derivative; shape (parameters,).
        updates: of the hypothesis of each block that has parameters.
        most: updates of one block that are possible.
    """

    values: Any
    updates: tuple[int, ...]
    most: int


def learned_gradients(
    model: PartyModel, epsilon: float, rng: np.random.Generator, readout: Readout = "Z"
) -> LearnedGradients:
    """Every derivative within epsilon, from states that circuits prepare.

    The searches err by up to a quarter of epsilon, drawn at random; what copies they take is known
    up to a constant, so none are drawn.

    Args:
        model: with real data.
        epsilon: error of each derivative.
        rng: of the errors of searches.
        readout: what the loss is.

    Raises:
        ValueError: if the register is larger than `LEARNED_QUBITS`, a trainable gate is shared or
            controlled, or epsilon is out of range.
    """
    check_learned(model)
    check_error(epsilon)
    wide = min(1.0, on_z_scale(epsilon, readout))
    shot, values, updates = InferenceShot.of(model), list[Any](), list[int]()
    for k, block in enumerate(model.blocks, 1):
        if not isinstance(block, Block) or not block.trainable:
            continue
        state = Runner.of(GradientState(shot, 1, k)).run(0).astype(np.complex128)
        places = [j for j, gate in enumerate(block.gates) if gate.is_trainable]
        found = learn(state, [_matrix(block, j, len(state)) for j in places], wide, rng)
        values.append(found.estimates)
        updates.append(found.updates)
    total = np.concatenate(values) if values else np.zeros(0)
    most = int(most_updates(2**model.qubits, wide))
    return LearnedGradients(total * (1.0 if readout == "Z" else 0.5), tuple(updates), most)


def check_learned(model: PartyModel) -> None:
    """Refuse models whose gradient states are not learned.

    Raises:
        ValueError: as `learned_gradients`.
    """
    model.check_test()
    if model.qubits > LEARNED_QUBITS:
        raise ValueError(
            f"states are learned on registers of up to {LEARNED_QUBITS} qubits, got "
            f"{model.qubits}; leave tomography out"
        )


def _matrix(block: Block, place: int, size: int) -> Any:
    """The observable of one gate; shape (size, size)."""
    observable = overlap_observable(block, place)
    return np.stack([observable(column) for column in np.eye(size, dtype=complex)], axis=1)
