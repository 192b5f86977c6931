"""Put bloqs in the place of the vectors that a part of a network starts from."""

from collections.abc import Callable
from typing import Any

import attrs
from qualtran import Bloq

from bloqs.feedforward.circuits.earlier_vector import EarlierVector

Vectors = Callable[[EarlierVector], Bloq]
"""What takes the place of each vector, neither controlled nor inverted."""


def starting_from(bloq: Any, vectors: Vectors) -> Any:
    """The same bloq with other vectors wherever it calls an `EarlierVector`.

    Args:
        bloq: any bloq; fields of its own are bloqs, or tuples of bloqs.
        vectors: what takes their place.
    """
    return _replaced(bloq, vectors, {})


def _replaced(bloq: Any, vector: Vectors, known: dict[int, Any]) -> Any:
    if isinstance(bloq, EarlierVector):
        return vector(bloq)
    if isinstance(bloq, tuple):
        parts = tuple(_replaced(part, vector, known) for part in bloq)
        return bloq if all(x is y for x, y in zip(parts, bloq, strict=True)) else parts
    if not isinstance(bloq, Bloq) or not attrs.has(type(bloq)):
        return bloq
    if id(bloq) not in known:
        changed = {}
        for field in attrs.fields(type(bloq)):
            if not field.init:
                continue
            part = getattr(bloq, field.name)
            if isinstance(part, (Bloq, tuple)):
                new = _replaced(part, vector, known)
                if new is not part:
                    changed[field.name.lstrip("_")] = new
        known[id(bloq)] = attrs.evolve(bloq, **changed) if changed else bloq
    return known[id(bloq)]
