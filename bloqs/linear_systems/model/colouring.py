"""The entries beside the diagonal of a symmetric matrix as matchings, few of them.

A matching pairs indices, each with at most one other; an involution says with which. The edges of
a graph of largest degree D split into D + 1 matchings at most.

Source: [MG92] for the algorithm; Vizing's theorem for the bound.
"""

import itertools
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray


def edge_colouring(edges: list[tuple[int, int]], size: int) -> dict[tuple[int, int], int]:
    """A colour for each edge, different at each vertex; largest degree + 1 colours at most.

    Args:
        edges: pairs of different vertices, each pair once, the smaller vertex first.
        size: number of vertices.

    Returns:
        Colours from zero.
    """
    degree = np.zeros(size, dtype=int)
    for u, v in edges:
        degree[u] += 1
        degree[v] += 1
    colours = int(degree.max(initial=0)) + 1
    at: list[dict[int, int]] = [{} for _ in range(size)]  # vertex -> colour -> other end

    def free(u: int) -> int:
        return next(c for c in range(colours) if c not in at[u])

    def colour_of(u: int, v: int) -> int:
        return next(c for c, w in at[u].items() if w == v)

    def paint(u: int, v: int, colour: int) -> None:
        at[u][colour] = v
        at[v][colour] = u

    def strip(u: int, v: int) -> int:
        colour = colour_of(u, v)
        del at[u][colour]
        del at[v][colour]
        return colour

    for u, v in edges:
        fan, seen = [v], {v}
        while True:
            last = fan[-1]
            more = next((w for c, w in at[u].items() if w not in seen and c not in at[last]), None)
            if more is None:
                break
            fan.append(more)
            seen.add(more)
        c, d = free(u), free(fan[-1])
        _invert(at, u, c, d)
        end = next(
            k
            for k, w in enumerate(fan)
            if d not in at[w] and _is_fan(at, u, fan[: k + 1], colour_of)
        )
        for k in range(end):
            paint(u, fan[k], strip(u, fan[k + 1]))
        paint(u, fan[end], d)
    return {(u, v): colour_of(u, v) for u, v in edges}


def least_colouring(edges: list[tuple[int, int]], size: int) -> dict[tuple[int, int], int] | None:
    """A colour for each edge with as many colours as the largest degree, or `None`.

    Where the ends of an edge have no colour free in common, the path of a colour free at one and
    one free at the other changes its colours. It comes back to the edge in odd circles alone, so
    this never fails on a bipartite graph.

    Args:
        edges: as in `edge_colouring`.
        size: number of vertices.
    """
    degree = np.bincount(np.array(edges, dtype=int).reshape(-1), minlength=size)
    every = 2 ** int(degree.max(initial=0)) - 1
    free = [every] * size  # a bit for each colour
    at: list[dict[int, int]] = [{} for _ in range(size)]
    for u, v in edges:
        if not free[u] & free[v]:
            c, d = (_lowest(free[vertex]) for vertex in (u, v))
            end = _invert(at, u, c, d)
            for vertex in (u, end):
                free[vertex] ^= 1 << c | 1 << d
        both = free[u] & free[v]
        if not both:
            return None
        colour = _lowest(both)
        at[u][colour], at[v][colour] = v, u
        for vertex in (u, v):
            free[vertex] ^= 1 << colour
    return {(u, v): colour for u, ends in enumerate(at) for colour, v in ends.items() if u < v}


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def _invert(at: list[dict[int, int]], start: int, c: int, d: int) -> int:
    """Exchange two colours along the path of both that leaves `start` with the second.

    Returns:
        The other end of the path.
    """
    path, colour, u = [start], d, start
    while colour in at[u]:
        u = at[u][colour]
        path.append(u)
        colour = c if colour == d else d
    colours = [d if k % 2 == 0 else c for k in range(len(path) - 1)]
    for (x, y), old in zip(itertools.pairwise(path), colours, strict=True):
        del at[x][old]
        del at[y][old]
    for (x, y), old in zip(itertools.pairwise(path), colours, strict=True):
        new = c if old == d else d
        at[x][new] = y
        at[y][new] = x
    return path[-1]


def _is_fan(at: list[dict[int, int]], u: int, fan: list[int], colour_of: Any) -> bool:
    """Whether the colour of each edge of the fan is free at the vertex before."""
    return all(colour_of(u, after) not in at[before] for before, after in itertools.pairwise(fan))


def matchings_of(matrix: NDArray[np.float64]) -> tuple[tuple[int, ...], ...]:
    """The identity, then involutions that cover the entries beside the diagonal.

    Args:
        matrix: symmetric, of shape (2**n, 2**n).

    Returns:
        Involutions of range(2**n); with the identity as many as the largest number of entries
        beside the diagonal of a row plus 2 at most, and one less if these are the edges of a
        bipartite graph, such as a path, a grid or a dilation.
    """
    there = np.triu(matrix, 1) != 0
    return _matchings_at(there.tobytes(), len(there))


@lru_cache(maxsize=4)
def _matchings_at(there: bytes, size: int) -> tuple[tuple[int, ...], ...]:
    """Of the entries that are there, as bytes of a square array above the diagonal."""
    array = np.frombuffer(there, dtype=bool).reshape(size, size)
    rows, columns = np.nonzero(array)
    patterns = patterns_of(array)
    degree = int((array | array.T).sum(axis=1).max(initial=0))
    if len(patterns) - 1 <= degree:  # a dense matrix
        return patterns
    edges = [(int(u), int(v)) for u, v in zip(rows, columns, strict=True)]
    colours = least_colouring(edges, size) or edge_colouring(edges, size)
    involutions = {c: list(range(size)) for c in sorted(set(colours.values()))}
    for (u, v), colour in colours.items():
        involutions[colour][u], involutions[colour][v] = v, u
    return (tuple(range(size)), *(tuple(each) for each in involutions.values()))


def patterns_of(matrix: NDArray[Any]) -> tuple[tuple[int, ...], ...]:
    """The identity, then the involutions i -> i XOR r that cover the entries beside the diagonal.

    Each needs one number r instead of a table of neighbours.

    Args:
        matrix: symmetric, of shape (2**n, 2**n).
    """
    places = np.arange(len(matrix))
    rows, columns = np.nonzero(np.triu(matrix, 1))
    offsets = sorted({0, *(rows ^ columns).tolist()})
    return tuple(tuple((places ^ offset).tolist()) for offset in offsets)
