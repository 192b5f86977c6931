"""Whether reads of Pauli strings, each chosen by the answers before, exclude one of some states."""

from functools import cache
from itertools import combinations, permutations, product

import numpy as np

from bloqs.hypergraph.model.product_search import RayGraph
from bloqs.hypergraph.model.sentence import sentence_from_text

Family = frozenset[int]


class PauliGame:
    """Graph states on n plain qubits, and all Pauli strings on at most 4 of them.

    Args:
        n: modes.
    """

    def __init__(self, n: int) -> None:
        edges = [f"W({v},{u})" for v, u in combinations(range(n), 2)]
        strings = [
            f"MP({'*'.join(f'{letter}{v}' for v, letter in enumerate(letters) if letter != 'I')})"
            for letters in product("IXYZ", repeat=n)
            if 0 < n - letters.count("I") <= 4
        ]
        self.n = n
        self.reads = range(len(edges), len(edges) + len(strings))
        self.graph = RayGraph(sentence_from_text(" ".join(edges + strings), modes=n), 10**6)
        self.written = {0: self.graph.start}
        for edge in range(len(edges)):
            added = {g | 1 << edge: self._after(x, edge, ".") for g, x in self.written.items()}
            self.written |= added
        self.excludes = cache(self._excludes)

    def _after(self, state: int, token: int, said: str) -> int:
        after = self.graph.after(state, token, said)
        assert after is not None
        return after

    def _excludes(self, family: Family, depth: int, both: bool) -> bool:
        """Whether a read, and others after it, leave each state an answer that it cannot give.

        Two states that overlap are never excluded: an overlap is the sum of its parts.

        Args:
            family: of states, by number.
            depth: reads in a row.
            both: whether the first read may have two answers that all states can give.
        """
        if len(family) == 1:
            return False
        if len(family) == 2:
            one, two = (self.graph.rays[state] for state in family)
            return not np.vdot(one, two)
        for read in self.reads:
            parts = [[self.graph.after(state, read, said) for state in family] for said in "01"]
            alive = [frozenset(part for part in each if part is not None) for each in parts
                     if None not in each]  # fmt: skip
            if len(alive) == 2 and not both:
                continue
            if all(depth > 1 and self.excludes(each, depth - 1, False) for each in alive):
                return True
        return False

    def excluded(self, family: Family) -> bool:
        """By up to n reads in a row, few of them tried first."""
        return any(
            self.excludes(family, depth, both)
            for both in (False, True)
            for depth in range(1, self.n + 1)
        )

    def most_sharing(self) -> int:
        """Size of the largest family of graph states that n reads in a row do not exclude.

        A Clifford gate takes any of them to the graph without an edge, and modes may be permuted.
        """
        places = list(combinations(range(self.n), 2))
        moves = [
            [places.index((min(to[v], to[u]), max(to[v], to[u]))) for v, u in places]
            for to in permutations(range(self.n))
        ]

        def name(family: tuple[int, ...]) -> tuple[int, ...]:
            moved = (
                tuple(sorted(sum(1 << to[j] for j in range(len(to)) if g >> j & 1) for g in family))
                for to in moves
            )
            return min(moved)

        families: set[tuple[int, ...]] = {(0,)}
        size = 1
        while True:
            larger = {
                name((*family, graph))
                for family in families
                for graph in self.written
                if graph not in family
            }
            larger = {
                family
                for family in larger
                if not self.excluded(frozenset(self.written[graph] for graph in family))
            }
            if not larger:
                return size
            families, size = larger, size + 1
