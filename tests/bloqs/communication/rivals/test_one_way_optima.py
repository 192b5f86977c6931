"""The optima at N = 4, by subsets and by all maps."""

from itertools import product

import numpy as np
import pytest

from bloqs.communication.rivals.one_way_optima import (
    best_one_way,
    equality_game,
    hidden_matching_game,
    single_edge_game,
)


@pytest.mark.parametrize(
    ("game", "best"),
    [
        (hidden_matching_game(), {0: 24, 1: 36, 2: 48}),
        (single_edge_game(), {0: 48, 1: 64, 2: 76, 3: 96}),
        (equality_game(), {0: 24, 1: 26, 2: 32}),
    ],
)
def test_optima(game, best):
    assert {bits: best_one_way(game, bits) for bits in best} == best
    assert game.sum() == {24: {48: 48, 32: 32}, 48: {96: 96}}[best[0]][max(best.values())]


@pytest.mark.parametrize("game", [hidden_matching_game(), equality_game()])
def test_all_maps(game):
    """All 2**7 messages of one bit, one by one."""
    most = 0
    for rest in product((0, 1), repeat=7):
        parts = [[x for x, message in enumerate((0, *rest)) if message == m] for m in (0, 1)]
        most = max(most, sum(int(game[p].sum(axis=0).max(axis=1).sum()) for p in parts if p))
    assert most == best_one_way(game, 1)


@pytest.mark.parametrize("bits", [0, 1, 2])
@pytest.mark.parametrize("inputs", [1, 2, 4])
def test_random_games(inputs, bits, rng):
    """Every map from inputs to messages and every answer of Bob's, also of more messages."""
    game = rng.integers(0, 9, (inputs, 3, 2))
    most = 0
    for sent in product(range(2**bits), repeat=inputs):
        rows = [[x for x in range(inputs) if sent[x] == message] for message in {*sent}]
        most = max(most, sum(max(game[own, y, z].sum() for z in (0, 1)) for own in rows
                             for y in range(3)))  # fmt: skip
    assert best_one_way(game, bits) == most


def test_shapes():
    """Inputs of Alice, strings up to complement; of Bob; and two answers."""
    assert hidden_matching_game().shape == (8, 3 * 4, 2)
    assert single_edge_game().shape == (8, 6 * 2, 2)
    assert equality_game().shape == (8, 8, 2)
    assert equality_game(2).shape == (2, 2, 2)


def test_one_copy_is_below_two_bits():
    """An edge is found with probability 1/2, and guessed else: 72 of 96."""
    assert best_one_way(single_edge_game(), 2) > 96 * (1 / 2 + 1 / 2 * 1 / 2)


def test_too_large():
    """Twelve inputs are gone through."""
    assert best_one_way(np.ones((12, 1, 2), dtype=int), 0) == 12
    with pytest.raises(ValueError, match="up to 12 inputs and bits from 0, got 13 and 1"):
        best_one_way(np.ones((13, 1, 2), dtype=int), 1)
    with pytest.raises(ValueError, match="bits from 0, got 2 and -1"):
        best_one_way(np.ones((2, 1, 2), dtype=int), -1)
    with pytest.raises(ValueError, match="up to 12 inputs and bits from 0, got 128"):
        best_one_way(equality_game(8), 1)
