"""Qubits that a circuit uses, and how many at once."""

import heapq
from collections.abc import Iterable

import cirq


class LiveQubits(cirq.QubitManager):
    """Hands out the lowest free work qubit and remembers how many were ever in use at once."""

    def __init__(self, in_use: int = 0) -> None:
        self._free: list[int] = []
        self._created = 0
        self._in_use = self.peak = in_use

    def qalloc(self, n: int, dim: int = 2) -> list[cirq.Qid]:
        self._in_use += n
        self.peak = max(self.peak, self._in_use)
        return [self._next(dim) for _ in range(n)]

    def _next(self, dim: int) -> cirq.Qid:
        if self._free:
            number = heapq.heappop(self._free)
        else:
            number, self._created = self._created, self._created + 1
        return cirq.ops.CleanQubit(number, dim=dim)

    def qborrow(self, n: int, dim: int = 2) -> list[cirq.Qid]:
        return self.qalloc(n, dim)

    def qfree(self, qubits: Iterable[cirq.Qid]) -> None:
        for qubit in qubits:
            self._in_use -= 1
            if isinstance(qubit, cirq.ops.CleanQubit):
                heapq.heappush(self._free, qubit.id)

    def measured(self, qubits: Iterable[cirq.Qid]) -> None:
        """Count qubits no longer: from now on each stands for the bit that was read."""
        self._in_use -= len([*qubits])

    def lend(self, qubits: Iterable[cirq.Qid]) -> None:
        """Count qubits no longer, until `take_back`; they are not handed out."""
        self._in_use -= len([*qubits])

    def take_back(self, qubits: Iterable[cirq.Qid], freed: Iterable[cirq.Qid] = ()) -> None:
        """Count qubits again, those among them that were freed in between as well.

        Args:
            qubits: in use from now on.
            freed: those that stood in for them, free from now on.
        """
        qubits, freed = [*qubits], [*freed]
        taken = {qubit.id for qubit in qubits if isinstance(qubit, cirq.ops.CleanQubit)}
        self._free = [each for each in self._free if each not in taken]
        self._free += [x.id for x in freed if isinstance(x, cirq.ops.CleanQubit)]
        heapq.heapify(self._free)
        self._in_use += len(qubits) - len(freed)
        self.peak = max(self.peak, self._in_use)
