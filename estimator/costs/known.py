"""Costs that were worked out before, whoever asks again.

What is made of installed code alone is remembered for the whole process, until it takes too much
memory; everything else for as long as the question lasts that it belongs to.
"""

from collections.abc import Callable, Hashable, Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from attrs import define, field
from qualtran import Bloq
from qualtran.resource_counting import CostKey, get_cost_value

from estimator.costs.lasting import weight_of

MOST_REMEMBERED = 128 * 2**20
"""Size of all that is remembered; beyond it all is forgotten. Unit: bytes, about."""

T = TypeVar("T")

Found = dict[Hashable, dict[Bloq, Any]]
"""By what was asked, then by bloq."""


@define
class _Memory:
    """What is remembered for the whole process, and the size of it."""

    found: Found = field(factory=dict)
    bloqs: dict[Bloq, None] = field(factory=dict)
    weight: int = 0

    def has_room_for(self, bloq: Bloq) -> bool:
        """Whether a bloq can be remembered; from then on it counts."""
        if bloq in self.bloqs:
            return True
        weight = weight_of(bloq, self.bloqs)
        if weight is None:
            return False
        self.bloqs[bloq] = None
        self.weight += weight
        return True


@define(eq=False)
class _Answers(MutableMapping[Bloq, Any]):
    """Answers to one kind of question about bloqs: lasting ones, and those of this question."""

    memory: _Memory
    lasting: dict[Bloq, Any]
    fleeting: dict[Bloq, Any]

    def __getitem__(self, bloq: Bloq) -> Any:
        return self.lasting[bloq] if bloq in self.lasting else self.fleeting[bloq]

    def __contains__(self, bloq: object) -> bool:
        return bloq in self.lasting or bloq in self.fleeting

    def __setitem__(self, bloq: Bloq, answer: Any) -> None:
        kept = self.lasting if self.memory.has_room_for(bloq) else self.fleeting
        kept[bloq] = answer

    def __delitem__(self, bloq: Bloq) -> None:
        del (self.lasting if bloq in self.lasting else self.fleeting)[bloq]

    def __iter__(self) -> Iterator[Bloq]:
        yield from (*self.lasting, *self.fleeting)

    def __len__(self) -> int:
        return len(self.lasting) + len(self.fleeting)


@define
class _Question:
    """What is remembered while one question is answered."""

    memory: _Memory
    fleeting: Found = field(factory=dict)

    def answers(self, kind: Hashable) -> _Answers:
        return _Answers(
            self.memory,
            self.memory.found.setdefault(kind, {}),
            self.fleeting.setdefault(kind, {}),
        )


_remembered = [_Memory()]
_asked: ContextVar[_Question | None] = ContextVar("asked", default=None)


def forget() -> None:
    """Forget all that is remembered; questions that are being answered keep what they have."""
    _remembered[0] = _Memory()


@contextmanager
def one_question() -> Iterator[_Question]:
    """While inside, what is found about any bloq is remembered; a question inside is part of it."""
    outer = _asked.get()
    if outer is not None:
        yield outer
        return
    token = _asked.set(_Question(_remembered[0]))
    try:
        yield _asked.get()  # type: ignore[misc]
    finally:
        _asked.reset(token)
        if _remembered[0].weight > MOST_REMEMBERED:
            forget()


def known_cost(bloq: Bloq, cost_key: CostKey[Any]) -> Any:
    """What `get_cost_value` answers, remembered.

    Costs that a bloq states in `my_static_costs` are sums over its parts; with Qualtran's own
    memory, which lasts for one question, every such sum would open the same parts again.
    """
    with one_question() as question:
        known: Any = question.answers(cost_key)
        return get_cost_value(bloq, cost_key, costs_cache=known)


def remembered(function: Callable[[Bloq], T]) -> Callable[[Bloq], T]:
    """A function of a bloq that is worked out once, as long as the bloq means the same."""

    @wraps(function)
    def once(bloq: Bloq) -> T:
        with one_question() as question:
            answers = question.answers(function)
            if bloq in answers:
                found: T = answers[bloq]
                return found
            answers[bloq] = found = function(bloq)
            return found

    return once
