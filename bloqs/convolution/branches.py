"""The operator a convolution encodes, block by block: for images too large to run whole.

Every branch of SELECT is a product of one step from channel to channel and two shifts. Each of
these is run gate by gate on its own; the preparations are run with each rotation level as one
gate; the branches are then added up with the amplitudes found.
"""

from functools import cache

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from bloqs.abstract import AbstractBlockEncoding
from bloqs.convolution.abstract_convolution import AbstractConvolution
from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.channel_exchange import ChannelExchange
from bloqs.convolution.grouped import GroupedConvolution
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.convolution.published import PublishedConvolution
from bloqs.convolution.shift import Shift
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.simulation.array_state import State
from bloqs.simulation.runner import Runner, encoded_matrix


def matrix_by_branches(conv: AbstractConvolution) -> State:
    """The operator `conv` encodes, alpha included.

    Args:
        conv: of concrete size, neither controlled nor adjoint.

    Returns:
        Array of shape (2**(c + 2 m), 2**(c + 2 m)), rows and columns ordered as `system`.

    Raises:
        ValueError: if `conv` is controlled or adjoint.
    """
    if conv.is_controlled or conv.is_adjoint:
        raise ValueError(f"{conv} is controlled or adjoint; take its plain form")
    c, M = conv.kernel.c, 2**conv.m
    weights = _weights(conv)
    shifts = _shift_blocks(conv)
    pixels = np.einsum("ijkl,lyb,kza->ijyzba", weights, shifts, shifts, optimize=True)
    channels = _channel_blocks(conv)
    matrix = np.einsum("ijpq,ijyzba->pyzqba", channels, pixels, optimize=True)
    return float(conv.alpha) * matrix.reshape(2**c * M * M, 2**c * M * M)


def _weights(conv: AbstractConvolution) -> State:
    """Amplitude of every branch; Array of shape (2**c, 2**c, 2**d, 2**d), index (i, j, k, l)."""
    c, d = conv.kernel.c, conv.kernel.d
    if isinstance(conv, AdderConvolution):
        prepare, unprepare = (tree_rows(tree)[0] for tree in _prepared(conv))
        return (unprepare.conj() * prepare).reshape((2**c,) * 2 + (2**d,) * 2)
    if isinstance(conv, PublishedConvolution):
        (row, _), K = (tree_rows(tree)[0] for tree in _prepared(conv)), conv.near.array
        signs = np.zeros((2**c,) * 2 + (2**conv.near.d,) * 2)
        signs[tuple(map(slice, K.shape))] = np.where(K < 0, -1.0, 1.0)
        return signs * (row.conj() * row).reshape(signs.shape)
    if isinstance(conv, MultiplexedConvolution):
        right, fill_right, fill_left, left = (tree_rows(tree) for tree in _prepared(conv))
        by_input = (right * fill_right[:, :1]).reshape((2**c,) * 2 + (2**d,) * 2)
        by_output = (left * fill_left[:, :1]).reshape((2**c,) * 2 + (2**d,) * 2)
        return by_output.conj() * by_input.swapaxes(0, 1)
    if isinstance(conv, GroupedConvolution):
        right, fill_right, fill_left, left = (tree_rows(tree) for tree in _prepared(conv))
        size, groups = 2**conv.exchanged, 2 ** (c - conv.exchanged)
        parts = (groups, size, size) + (2**d,) * 2
        by_input = (right * fill_right[:, :1]).reshape(parts)
        by_output = (left * fill_left[:, :1]).reshape(parts)
        weights = np.zeros((groups, size, groups, size) + (2**d,) * 2, dtype=complex)
        each = np.arange(groups)
        weights[each, :, each] = by_output.conj() * by_input.swapaxes(1, 2)
        return weights.reshape((2**c,) * 2 + (2**d,) * 2)
    raise TypeError(f"{type(conv).__name__} has no branches that are known here")


def _prepared(conv: AbstractConvolution) -> list[RotationTree]:
    """The preparations, each in the direction that starts in zero."""
    alone = [evolve(tree, borrows_gradient=False) for tree in conv.trees]
    return [tree.adjoint() if tree.is_adjoint else tree for tree in alone]


def tree_rows(tree: RotationTree) -> State:
    """What a tree prepares for every row; Array of shape (2**s, 2**n)."""
    runner = Runner.of(tree, {RotationLevel: as_one_gate})
    size = 2**tree.n
    rows = [runner.run(row * size)[row * size : (row + 1) * size] for row in range(2**tree.s)]
    return np.stack(rows)


def _shift_blocks(conv: AbstractConvolution) -> State:
    """The coordinate operator of every tap index; Array of shape (2**d, M, M)."""
    M = 2**conv.m
    if isinstance(conv, PublishedConvolution):
        kernel, blocks = conv.near, np.zeros((2**conv.near.d, M, M), dtype=complex)
        for tap in range(kernel.D):
            shift = conv.choice.shifts.shift(tap - kernel.offset)
            blocks[tap] = np.eye(M) if shift is None else encoded_block(shift)
        return blocks
    if conv.shift is None:
        return np.eye(M, dtype=complex)[None]
    return shift_blocks(conv.shift)


@cache
def encoded_block(encoding: AbstractBlockEncoding) -> State:
    """The operator of an encoding with alpha = 1, from runs of gates."""
    return encoded_matrix(encoding)


@cache
def shift_blocks(shift: Shift) -> State:
    """The coordinate operator of every shift; Array of shape (2**d, M, M), from runs of gates."""
    runner, M = Runner.of(shift), 2**shift.m
    span = M if shift.wraps else 2 * M
    blocks = [
        np.stack([runner.run(v * span + x)[v * span : v * span + M] for x in range(M)], axis=1)
        for v in range(2**shift.d)
    ]
    return np.stack(blocks)


def _channel_blocks(conv: AbstractConvolution) -> NDArray[np.float64]:
    """The channel operator of every branch; Array of shape (2**c, 2**c, 2**c, 2**c)."""
    size = 2**conv.kernel.c
    if isinstance(conv, PublishedConvolution) and conv.choice.projector is not None:
        projectors = [
            encoded_block(ProjectorEncoding(i, j, conv.near.c, swaps=False)).real
            for i in range(size)
            for j in range(size)
        ]
        return np.stack(projectors).reshape((size,) * 4)
    if isinstance(conv, AdderConvolution) and conv.exchange is not None:
        return exchange_blocks(conv.exchange)
    units = np.eye(size)  # exchanging index and channel: i comes out where j went in
    return np.einsum("ip,jq->ijpq", units, units)


@cache
def exchange_blocks(exchange: ChannelExchange) -> NDArray[np.float64]:
    """The channel operator of every pair (i, j), from runs of gates."""
    runner, size = Runner.of(exchange), 2**exchange.c
    blocks = np.zeros((size,) * 4)
    for i in range(size):
        for j in range(size):
            for q in range(size):
                final = runner.run(((i * size + j) * size + q) * size)
                blocks[i, j, :, q] = final.reshape((size,) * 4)[i, j, :, 0].real
    return blocks
