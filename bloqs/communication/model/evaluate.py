"""Exact loss and gradients of a model, in NumPy; nothing here knows who holds what."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import evolve

from bloqs.communication.model.blocks import Block, DenseBlock, Gate, PartyModel, Readout, scaled
from bloqs.communication.model.pauli import State

Gradients = tuple[tuple[float, ...], ...]
"""For each block, the derivative by each of its trainable gates, in order."""


def encoded_data(model: PartyModel) -> State:
    """The data over their norm; shape (2**n,)."""
    data = scaled(model.data).astype(complex)
    return data / np.linalg.norm(data)


def forward_feature(model: PartyModel, k: int) -> State:
    """|mu_k>, the input of block k from 1; k = K + 1 gives the output of the model."""
    state = encoded_data(model)
    for block in model.blocks[: _number(model, k, extra=1) - 1]:
        state = block.apply(state)
    return state


def output_state(model: PartyModel) -> State:
    """What all blocks make of the data; shape (2**n,)."""
    return forward_feature(model, len(model.blocks) + 1)


def backward_feature(model: PartyModel, k: int) -> State:
    """|nu_k>: Z on qubit 0 of the output, pulled back to the output of block k from 1."""
    state = read_z(output_state(model))
    for block in reversed(model.blocks[_number(model, k) :]):
        state = block.undo(state)
    return state


def _number(model: PartyModel, k: int, extra: int = 0) -> int:
    last = len(model.blocks)
    if not 1 <= k <= last + extra:
        raise ValueError(f"blocks are numbered from 1 to {last}, got {k}")
    return k


def read_z(state: State) -> State:
    """Z on qubit 0 of a state of shape (2**n,)."""
    signed = state.copy()
    signed[len(state) // 2 :] *= -1
    return signed


def probability_of_zero(state: State) -> float:
    """That qubit 0 of a state is found 0."""
    half = len(state) // 2
    return float(np.sum(np.abs(state[:half]) ** 2))


def read(state: State, readout: Readout) -> float:
    """The loss of an output: <Z> on qubit 0, or the probability of 0."""
    if readout == "projector":
        return probability_of_zero(state)
    half = len(state) // 2
    return probability_of_zero(state) - float(np.sum(np.abs(state[half:]) ** 2))


def loss(model: PartyModel, readout: Readout = "Z") -> float:
    """The exact loss."""
    return read(output_state(model), readout)


def gradients(model: PartyModel, readout: Readout = "Z") -> Gradients:
    """Every derivative, by one pass forwards and one backwards through all gates.

    Gates that share a parameter each have a derivative of their own; that of the parameter is
    their sum.
    """
    scale = 1.0 if readout == "Z" else 0.5
    ahead = output_state(model)
    back = read_z(ahead)
    found: list[tuple[float, ...]] = []
    for block in reversed(model.blocks):
        inner: list[float] = []
        if isinstance(block, DenseBlock):
            ahead, back = block.undo(ahead), block.undo(back)
        else:
            for gate in reversed(block.gates):
                if gate.is_trainable:
                    inner.append(scale * float(np.vdot(back, gate.generate(ahead)).imag))
                ahead, back = gate.undo(ahead), gate.undo(back)
        found.append(tuple(reversed(inner)))
    return tuple(reversed(found))


def gradients_by_shift(model: PartyModel, readout: Readout = "Z") -> Gradients:
    """Half the difference of two losses, at angles shifted by a right angle either way.

    Raises:
        ValueError: if a generator is the identity, shared or controlled.
    """
    losses = iter(shifted_losses(model, readout))
    return tuple(
        tuple(float(up - down) / 2 for _, (up, down) in zip(block.trainable, losses, strict=False))
        for block in model.blocks
    )


def shifted_losses(model: PartyModel, readout: Readout = "Z") -> Any:
    """The losses with each angle a right angle more, and less; shape (parameters, 2).

    Raises:
        ValueError: if a generator is the identity, shared or controlled.
    """
    model.check_shift()
    found = [
        [loss(shifted(model, k, j, turn), readout) for turn in (0.5, -0.5)]
        for k, j in _places(model)
    ]
    return np.array(found).reshape(-1, 2)


def gradients_by_overlap(model: PartyModel) -> Gradients:
    r"""Every derivative of the loss in Z as $-\langle Y_a \otimes V P V^\dagger \rangle$.

    On the state $(|0\rangle U_k|\mu_k\rangle + |1\rangle|\nu_k\rangle)/\sqrt2$, where V is what
    follows the gate inside its block: what the test of one parameter measures.
    """
    found: list[list[float]] = [[] for _ in model.blocks]
    for k, j in _places(model):
        block = model.blocks[k]
        assert isinstance(block, Block)
        state = gradient_state(model, k + 1).reshape(2, -1)
        for gate in reversed(block.gates[j + 1 :]):
            state = np.stack([gate.undo(half) for half in state])
        zero, one = (block.gates[j].generate(half) for half in state)
        turned = np.stack([-1j * one, 1j * zero])  # Y on the ancilla
        found[k].append(-float(np.vdot(state, turned).real))
    return tuple(map(tuple, found))


def gradient_state(model: PartyModel, k: int) -> State:
    """(|0> U_k|mu_k> + |1>|nu_k>)/sqrt 2, the ancilla first; shape (2**(n + 1),)."""
    ahead = forward_feature(model, _number(model, k) + 1)
    return np.concatenate([ahead, backward_feature(model, k)]) * complex(math.sqrt(0.5))


def _places(model: PartyModel) -> Iterator[tuple[int, int]]:
    """Block and gate of every parameter, in order, from 0."""
    for k, block in enumerate(model.blocks):
        for j, gate in enumerate(block.gates):
            if gate.is_trainable:
                yield k, j


def shifted(model: PartyModel, k: int, j: int, turn: float) -> PartyModel:
    """The model with one angle larger by `turn` times pi; block and gate are numbered from 0."""
    return _replaced(model, k, j, model.blocks[k].gates[j].angle + turn * math.pi)


def _replaced(model: PartyModel, k: int, j: int, angle: float) -> PartyModel:
    block = model.blocks[k]
    gates: list[Gate] = list(block.gates)
    gates[j] = evolve(gates[j], angle=angle)
    blocks: list[Any] = list(model.blocks)
    blocks[k] = Block(block.owner, tuple(gates))
    return evolve(model, blocks=tuple(blocks))


def angles(model: PartyModel) -> Any:
    """Every trainable angle, block by block; shape (parameters,). Unit: radians."""
    return np.array([gate.angle for block in model.blocks for gate in block.trainable])


def with_angles(model: PartyModel, values: Any) -> PartyModel:
    """The model at other angles, in the order of `angles`."""
    if len(values) != model.parameters:
        raise ValueError(
            f"a model of {model.parameters} parameters needs as many angles, got {len(values)}"
        )
    left = iter(values)
    blocks: list[Block | DenseBlock] = []
    for block in model.blocks:
        if isinstance(block, DenseBlock):
            blocks.append(block)
            continue
        gates = [evolve(x, angle=float(next(left))) if x.is_trainable else x for x in block.gates]
        blocks.append(Block(block.owner, tuple(gates)))
    return evolve(model, blocks=tuple(blocks))


def flattened(found: Gradients) -> Any:
    """The derivatives of all blocks in one array, in the order of `angles`."""
    return np.array([value for block in found for value in block])
