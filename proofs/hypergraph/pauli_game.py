"""Whether reads of Pauli strings, each chosen by the answers before, exclude one of some states."""

from functools import cache
from itertools import combinations, product

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
        self.written = {self.graph.start}
        for edge in range(len(edges)):
            self.written |= {self._after(state, edge, ".") for state in self.written}
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

    def _excluded(self, family: Family) -> bool:
        """By up to n reads in a row, few of them tried first."""
        return any(
            self.excludes(family, depth, both)
            for both in (False, True)
            for depth in range(1, self.n + 1)
        )

    def most_sharing(self) -> int:
        """Size of the largest family of graph states that n reads in a row do not exclude."""
        states, size = sorted(self.written), 1
        families = [frozenset([states[0]])]  # a Clifford takes any of them to the first
        while True:
            larger = {
                family | {state}
                for family in families
                for state in states
                if state > max(family) and not self._excluded(family | {state})
            }
            if not larger:
                return size
            families, size = sorted(larger, key=sorted), size + 1
