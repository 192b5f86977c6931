"""How many hypergraph states on plain qubits can share a latent, whatever is measured.

States can be excluded if their matrix of overlaps is a sum of positive matrices, one a state, each
zero in the row of its state: those of the effects of a measurement. Such parts are sought in
floating point and then made exact: what is said to be excluded is checked in fractions. States
that share none the less are at most as many as the search leaves.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray

from bloqs.hypergraph.model.exclusion import Polynomial, three_states_excludable, value_at

Matrix = tuple[tuple[Fraction, ...], ...]
Graph = int
"""A set of edges: bit j stands for edge j in the order of combinations."""

ROUNDS = 400
"""Of the search for parts."""

MARGIN = 0.003
"""Least eigenvalue that the search gives a part on the rows that are not zero."""

GRID = 2**30
"""Parts are rounded to whole multiples of its inverse before the rest is shared out exactly."""


def overlaps(forms: Sequence[Polynomial], modes: int) -> Matrix:
    """Mean of (-1)**(f + g), exact, for each two of some forms."""
    values = np.array([[value_at(form, x) for x in range(2**modes)] for form in forms])
    signs = 1 - 2 * values
    return tuple(tuple(Fraction(int(x), 2**modes) for x in row) for row in signs @ signs.T)


def are_parts(gram: Matrix, parts: Sequence[Matrix]) -> bool:
    """Whether parts show, exactly, that states with these overlaps can be excluded.

    Args:
        gram: overlaps.
        parts: a symmetric matrix for each state.
    """
    size = range(len(gram))
    if len(parts) != len(gram):
        return False
    for j, part in enumerate(parts):
        if any(part[j][i] or part[i][j] for i in size) or not _is_positive(part):
            return False
    return all(sum(part[i][j] for part in parts) == gram[i][j] for i in size for j in size)


def _is_positive(matrix: Matrix) -> bool:
    """Symmetric, and without a negative eigenvalue, by exact elimination."""
    left = [list(row) for row in matrix]
    size = range(len(left))
    if any(left[i][j] != left[j][i] for i in size for j in size):
        return False
    for p in size:
        if left[p][p] < 0 or (not left[p][p] and any(left[p][j] for j in size)):
            return False
        if left[p][p]:
            row = [x / left[p][p] for x in left[p]]
            for i in range(p + 1, len(left)):
                factor = left[i][p]
                left[i] = [x - factor * y for x, y in zip(left[i], row, strict=True)]
            for i in range(p + 1, len(left)):
                left[p][i] = Fraction(0)
    return True


def parts_of(gram: Matrix) -> tuple[Matrix, ...] | None:
    """Parts that show that at least four states can be excluded; nothing if none were found."""
    if (known := _octahedron(gram)) is not None:
        return known
    size = len(gram)
    goal = np.array([[float(x) for x in row] for row in gram])
    rows = np.array([[i for i in range(size) if i != j] for j in range(size)])
    shares = np.full((size, size), size - 2.0)
    np.fill_diagonal(shares, size - 1.0)
    keep = np.ones((size, size, size))
    for j in range(size):
        keep[j, j], keep[j, :, j] = 0, 0
    parts: NDArray[np.float64] = keep * (goal / shares)
    for _ in range(ROUNDS):
        blocks = parts[np.arange(size)[:, None, None], rows[:, :, None], rows[:, None, :]]
        values, vectors = np.linalg.eigh(blocks)
        if values.min() > MARGIN / 2:
            return _exact_parts(gram, parts)
        lifted = np.maximum(values, MARGIN)
        blocks = (vectors * lifted[:, None, :]) @ vectors.transpose(0, 2, 1)
        parts[np.arange(size)[:, None, None], rows[:, :, None], rows[:, None, :]] = blocks
        parts += keep * ((goal - parts.sum(axis=0)) / shares)
    return None


def _exact_parts(gram: Matrix, parts: NDArray[np.float64]) -> tuple[Matrix, ...] | None:
    """Rounded, and what is missing shared out equally."""
    size = range(len(gram))
    rounded = [
        [[Fraction(round(GRID * (part[i, j] + part[j, i]) / 2), GRID) for j in size] for i in size]
        for part in parts
    ]
    for i in size:
        for j in size:
            holders = [f for f in size if f not in (i, j)]
            missing = gram[i][j] - sum((rounded[f][i][j] for f in size), Fraction(0))
            for f in holders:
                rounded[f][i][j] += missing / len(holders)
    found = tuple(tuple(tuple(row) for row in part) for part in rounded)
    return found if are_parts(gram, found) else None


def _octahedron(gram: Matrix) -> tuple[Matrix, ...] | None:
    """Six states, opposite ones with overlap 1/2 and others with 3/4: just excluded.

    The effect of a state is a projector, of which the opposite state has twice as much as each of
    the other four.
    """
    if len(gram) != 6:
        return None
    parts = []
    for j, row in enumerate(gram):
        if sorted(row) != [Fraction(1, 2), *[Fraction(3, 4)] * 4, Fraction(1)] or row[j] != 1:
            return None
        weights = [0 if i == j else 2 if x == Fraction(1, 2) else 1 for i, x in enumerate(row)]
        parts.append(tuple(tuple(Fraction(x * y, 8) for y in weights) for x in weights))
    found = tuple(parts)
    return found if are_parts(gram, found) else None


class SharingSearch:
    """Families of k-uniform hypergraphs, up to permutations of modes and a form that all share.

    Args:
        modes: n.
        order: k.

    Raises:
        ValueError: if there are more than 2**6 hypergraphs.
    """

    def __init__(self, modes: int, order: int) -> None:
        edges = list(combinations(range(modes), order))
        if len(edges) > 6:
            raise ValueError(f"families of at most 2**6 hypergraphs are tried, got 2**{len(edges)}")
        self.modes, self.graphs = modes, 2 ** len(edges)
        self._masks = [sum(1 << v for v in edge) for edge in edges]
        places = {edge: j for j, edge in enumerate(edges)}
        moves = []
        for order_of in permutations(range(modes)):
            to = [places[tuple(sorted(order_of[v] for v in edge))] for edge in edges]
            moves.append([sum(1 << to[j] for j in _bits(g)) for g in range(self.graphs)])
        self._moves = np.array(moves)
        self._known: dict[tuple[Graph, ...], bool] = {}

    def name(self, family: Sequence[Graph]) -> tuple[Graph, ...]:
        """The least family that a permutation and a form take it to."""
        moved = [np.sort(self._moves[:, np.array(family) ^ base], axis=1) for base in family]
        return tuple(int(g) for g in min(map(tuple, np.concatenate(moved))))

    def is_excludable(self, family: Sequence[Graph]) -> bool:
        """Whether parts that show it were found, for at least three hypergraphs."""
        name = self.name(family)
        if name not in self._known:
            forms = [tuple(self._masks[j] for j in _bits(graph)) for graph in name]
            gram = overlaps(forms, self.modes)
            if len(name) == 3:
                found = three_states_excludable(gram[0][1] ** 2, gram[0][2] ** 2, gram[1][2] ** 2)
            else:
                found = parts_of(gram) is not None
            self._known[name] = found
        return self._known[name]

    def most(self) -> int:
        """Size beyond which every family was shown to be excludable."""
        level: set[tuple[Graph, ...]] = {(0,)}
        size = 1
        while True:
            larger = {
                name
                for family in level
                for graph in range(1, self.graphs)
                if graph not in family
                for name in [self.name((*family, graph))]
                if not self._has_excludable(name)
            }
            if not larger:
                return size
            level, size = larger, size + 1

    def _has_excludable(self, family: tuple[Graph, ...]) -> bool:
        """A part of it or itself; orthogonal pairs as well."""
        if len(family) == 2:
            forms = [tuple(self._masks[j] for j in _bits(graph)) for graph in family]
            return not overlaps(forms, self.modes)[0][1]
        return any(
            self.is_excludable(part)
            for size in range(3, len(family) + 1)
            for part in combinations(family, size)
        )

    def least_latents(self) -> int:
        """That any machine of zero error has at the cut, if any measurement may be a read."""
        return -(-self.graphs // self.most())


def _bits(graph: Graph) -> Iterator[int]:
    return (j for j in range(graph.bit_length()) if graph >> j & 1)
