"""Two machines that answer a shift query with little memory: it is not the hard task."""

from collections.abc import Iterable
from math import comb

from bloqs.hypergraph.model.exclusion import value_at
from bloqs.hypergraph.model.queries import shift_answer

Edge = tuple[int, ...]


class HalfMemoryMachine:
    """Keeps the edges inside each half of the modes alone, and answers every shift query.

    A shift is the difference of its parts in the two halves; at both, f is known.

    Args:
        modes: n.
        order: k.
    """

    def __init__(self, modes: int, order: int) -> None:
        self.modes, self.order = modes, order
        self._half = modes // 2
        self._kept: set[int] = set()

    @property
    def bits(self) -> int:
        """C(floor(n/2), k) + C(ceil(n/2), k)."""
        return comb(self._half, self.order) + comb(self.modes - self._half, self.order)

    def write(self, edge: Edge) -> None:
        """Keeps an edge if it is inside a half; a second time cancels it."""
        if max(edge) < self._half or min(edge) >= self._half:
            self._kept ^= {sum(1 << v for v in edge)}

    def query(self, shift: int) -> str:
        """The record of `shift_query(modes, shift)`."""
        low = shift & ((1 << self._half) - 1)
        ends = (low, shift ^ low)
        pivot = shift & -shift
        point = next(end for end in ends if not end & pivot)
        kept = tuple(self._kept)
        value = value_at(kept, ends[0]) ^ value_at(kept, ends[1])
        return shift_answer(self.modes, shift, point, value)


class OfflineMachine:
    """Reads from right to left: the query first, then the writes, with n + 1 bits.

    No bound for models that must answer before they read on is a bound on it.

    Args:
        modes: n.
        shift: of the query.
    """

    def __init__(self, modes: int, shift: int) -> None:
        self.modes, self.shift, self._sum = modes, shift, 0

    @property
    def bits(self) -> int:
        """The shift and one bit."""
        return self.modes + 1

    def read_back(self, edges: Iterable[Edge]) -> str:
        """The record of the query, after all writes, the last of them first; f(0) = 0."""
        for edge in edges:
            self._sum ^= all(self.shift >> v & 1 for v in edge)
        return shift_answer(self.modes, self.shift, 0, self._sum)
