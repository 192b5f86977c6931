"""Which chunk a worker does next: those that share numbers which are no counts stay together.

A degree follows from errors and lengths and is found once in a process; sizes change nothing of it.
Chunks with the same errors therefore go to the worker that has begun with them. A worker that has
none left takes up errors that nobody has, and if there are none, helps where most is left.
"""

from collections import deque
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from estimator.grid.plan import Ranges


def kinds_of(axes: Sequence[tuple[str, Sequence[Any]]], ranges: Ranges) -> Hashable:
    """What the points of a chunk have in common besides counts: places along all other axes."""
    return tuple(
        (name, places)
        for (name, values), places in zip(axes, ranges, strict=True)
        if not all(type(value) is int for value in values)
    )


class Errands:
    """Chunks that nobody has been given.

    Args:
        left: numbers and what each chunk has in common with others.
    """

    def __init__(self, left: Mapping[int, Hashable]) -> None:
        self._groups: dict[Hashable, deque[int]] = {}
        for number, kind in left.items():
            self._groups.setdefault(kind, deque()).append(number)
        self._begun: dict[Hashable, Hashable] = {}

    def next(self, worker: Hashable) -> int | None:
        """The number of the chunk that this worker shall do, or `None` if nothing is left.

        Args:
            worker: its address.
        """
        if not self._groups:
            return None
        kind = self._begun.get(worker)
        helps = False
        if kind not in self._groups:
            others = set(self._begun.values())
            kind = next((each for each in self._groups if each not in others), None)
            helps = kind is None
            if helps:
                kind = max(self._groups, key=lambda each: len(self._groups[each]))
            self._begun[worker] = kind
        group = self._groups[kind]
        number = group.pop() if helps else group.popleft()
        if not group:
            del self._groups[kind]
        return number
