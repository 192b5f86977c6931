"""The best one-way deterministic protocols at small sizes, by going through all of them.

A game is an array of counts, shape (inputs of Alice, inputs of Bob, answers): how many inputs have
this answer. A message splits Alice's inputs in parts; Bob answers best for each part.
"""

from itertools import combinations, product
from typing import Any

import numpy as np

MOST_INPUTS = 12
"""Inputs of Alice up to which all messages are gone through."""


def best_one_way(game: Any, bits: int) -> int:
    """How many inputs are answered right at most, with a message of so many bits.

    Over all splits of Alice's inputs in 2**bits parts, by subsets.

    Args:
        game: counts, shape (inputs of Alice, inputs of Bob, answers).
        bits: of the message.

    Raises:
        ValueError: if there are more than 12 inputs of Alice, or fewer than 0 bits.
    """
    inputs = len(game)
    if inputs > MOST_INPUTS or bits < 0:
        raise ValueError(
            f"messages are gone through for up to {MOST_INPUTS} inputs and bits from 0, got "
            f"{inputs} and {bits}"
        )
    every = 2**inputs - 1
    alone = np.zeros(every + 1, dtype=int)
    for part in range(1, every + 1):
        held = [x for x in range(inputs) if part >> x & 1]
        alone[part] = int(game[held].sum(axis=0).max(axis=1).sum())
    best = alone.copy()
    for _ in range(min(2**bits, inputs) - 1):
        better = best.copy()
        for whole in range(1, every + 1):
            part = whole
            while part := (part - 1) & whole:
                better[whole] = max(better[whole], best[whole ^ part] + alone[part])
        best = better
    return int(best[every])


def classes(size: int) -> list[tuple[int, ...]]:
    """Strings up to complement, which have one state: those that begin with 0."""
    return [(0, *rest) for rest in product((0, 1), repeat=size - 1)]


def perfect_matchings(places: tuple[int, ...]) -> list[tuple[tuple[int, int], ...]]:
    """All of them."""
    if not places:
        return [()]
    first, *rest = places
    return [
        ((first, other), *more)
        for other in rest
        for more in perfect_matchings(tuple(x for x in rest if x != other))
    ]


def matching_game(size: int, matchings: list[tuple[tuple[int, int], ...]]) -> Any:
    """Boolean hidden matching: Bob has edges and weights, the answer is the hidden bit."""
    xs = classes(size)
    weights = [[*product((0, 1), repeat=len(edges))] for edges in matchings]
    places: dict[Any, int] = {}
    for number, choices in enumerate(weights):
        for w in choices:
            places[number, w] = len(places)
    game = np.zeros((len(xs), len(places), 2), dtype=int)
    for row, x in enumerate(xs):
        for number, edges in enumerate(matchings):
            for bit in (0, 1):
                w = tuple(x[i] ^ x[j] ^ bit for i, j in edges)
                game[row, places[number, w], bit] += 1
    return game


def hidden_matching_game(size: int = 4) -> Any:
    """Every perfect matching; 48 inputs at N = 4."""
    return matching_game(size, perfect_matchings(tuple(range(size))))


def single_edge_game(size: int = 4) -> Any:
    """Every edge alone, alpha = 1/N; 96 inputs at N = 4."""
    return matching_game(size, [(edge,) for edge in combinations(range(size), 2)])


def equality_game(size: int = 4) -> Any:
    """Equal or orthogonal; 32 inputs at N = 4."""
    xs = classes(size)
    game = np.zeros((len(xs), len(xs), 2), dtype=int)
    for row, x in enumerate(xs):
        for column, y in enumerate(xs):
            apart = sum(a != b for a, b in zip(x, y, strict=True))
            if apart == 0 or 2 * apart == size:
                game[row, column, int(apart == 0)] += 1
    return game
