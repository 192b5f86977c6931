"""What parties send each other, and what is theirs."""

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from typing import Any, Protocol, runtime_checkable

import attrs
import sympy
from attrs import evolve, field, frozen
from qualtran import Adjoint, Bloq, CompositeBloq
from qualtran.resource_counting import CostKey
from qualtran.symbolics import SymbolicInt

from estimator.costs.gate_counts import PLAIN, callees_or_none, gate_counts
from estimator.costs.known import known_cost
from estimator.costs.schedule import control_of, unwrapped
from estimator.costs.simplify import multiplied_out

NUMBERS = frozenset((int, float, complex, str, bool, type(None)))
"""Types of values that have no owner."""


@runtime_checkable
class Message(Protocol):
    """A bloq that moves its registers from one party to another, and does nothing else.

    One that is sent by teleportation has `ebits` as well: pairs of entangled qubits it uses up.
    """

    @property
    def source(self) -> str:
        """Who sends."""

    @property
    def destination(self) -> str:
        """Who receives."""

    @property
    def qubits(self) -> SymbolicInt:
        """What goes through a quantum channel. Unit: qubits."""

    @property
    def bits(self) -> SymbolicInt:
        """What goes through a classical channel. Unit: bits."""


@frozen
class Sent:
    """One message; the tag of the identity that stands for it in a flattened circuit.

    Args:
        source: who sends.
        destination: who receives.
        qubits: through a quantum channel. Unit: qubits.
        bits: through a classical one. Unit: bits.
        ebits: pairs of entangled qubits that teleportation uses up. Unit: pairs.
    """

    source: str
    destination: str
    qubits: SymbolicInt = 0
    bits: SymbolicInt = 0
    ebits: SymbolicInt = 0

    @property
    def is_news(self) -> bool:
        """Whether it is bits alone: no qubit changes hands, and nothing quantum waits for it."""
        return bool(self.qubits == 0 and self.ebits == 0)

    @property
    def counts(self) -> "MessageCounts":
        news = int(self.is_news)
        return MessageCounts(self.qubits, 1 - news, self.bits, self.ebits, news)

    def back(self) -> "Sent":
        """The same in the other direction."""
        return evolve(self, source=self.destination, destination=self.source)

    def with_riders(self, riders: SymbolicInt) -> "Sent":
        """The same with more qubits, such as controls; news of numbers alone takes none along."""
        if self.ebits != 0:
            return evolve(self, ebits=self.ebits + riders, bits=self.bits + 2 * riders)
        return self if self.is_news else evolve(self, qubits=self.qubits + riders)


def message_of(bloq: Bloq) -> Sent | None:
    """The message that a bloq is, under whatever adjoints and controls; `None` if it is none."""
    inner = unwrapped(bloq)
    if getattr(inner, "destination", None) is None or not isinstance(inner, Message):
        return None
    ebits = getattr(inner, "ebits", 0)
    sent = Sent(inner.source, inner.destination, inner.qubits, inner.bits, ebits)
    while bloq is not inner:
        if isinstance(bloq, Adjoint):
            sent, bloq = sent.back(), bloq.subbloq
        elif (wrapped := control_of(bloq)) is not None:
            sent, bloq = sent.with_riders(wrapped[1].num_qubits), wrapped[0]
    return sent


def _tidy(number: Any) -> SymbolicInt:
    number = multiplied_out(number)
    return int(number) if number.is_Integer else number


@frozen
class MessageCounts:
    """Messages, and what is in all of them together. `MessageCounts()` is none.

    Messages carry qubits, through a quantum channel or by teleportation; numbers that are told,
    such as results, are news and counted apart. Bits are those of both.

    Args:
        qubits: through quantum channels. Unit: qubits.
        messages: with qubits, how many. Unit: messages.
        bits: through classical channels. Unit: bits.
        ebits: pairs of entangled qubits that teleportation uses up. Unit: pairs.
        news: of bits alone, how many. Unit: messages.
    """

    qubits: SymbolicInt = field(default=0, converter=_tidy)
    messages: SymbolicInt = field(default=0, converter=_tidy)
    bits: SymbolicInt = field(default=0, converter=_tidy)
    ebits: SymbolicInt = field(default=0, converter=_tidy)
    news: SymbolicInt = field(default=0, converter=_tidy)

    def __bool__(self) -> bool:
        """Whether there is any message, with qubits or of bits alone."""
        return self.messages != 0 or self.news != 0

    def __add__(self, other: "MessageCounts") -> "MessageCounts":
        if not isinstance(other, MessageCounts):
            return NotImplemented
        pairs = zip(attrs.astuple(self), attrs.astuple(other), strict=True)
        return MessageCounts(*(one + two for one, two in pairs))

    def __mul__(self, times: SymbolicInt) -> "MessageCounts":
        if not isinstance(times, int | sympy.Expr):
            return NotImplemented
        return MessageCounts(*(times * each for each in attrs.astuple(self)))

    __rmul__ = __mul__

    def subs(self, values: Any) -> "MessageCounts":
        """The same with numbers put in for symbols."""
        return MessageCounts(*(sympy.sympify(x).subs(values) for x in attrs.astuple(self)))


NO_MESSAGES = MessageCounts()


@frozen
class Messages(CostKey[MessageCounts]):
    """Messages and what is in them, summed over the call graph.

    A bloq is a message if it is a `Message`, whoever wrote it. Its adjoint goes the other way. The
    wires of a control travel with it, since what was controlled together goes on together; of a
    bloq that was put under a generic control they are counted from the control. A bloq with
    neither circuit nor call graph sends nothing.
    """

    def compute(
        self, bloq: Bloq, get_callee_cost: Callable[[Bloq], MessageCounts]
    ) -> MessageCounts:
        if type(bloq) in PLAIN:
            return NO_MESSAGES
        sent = message_of(bloq)
        if sent is not None:
            return sent.counts
        if gate_counts(bloq) is not None:
            return NO_MESSAGES
        total = NO_MESSAGES
        for callee, times in callees_or_none(bloq):
            if type(callee) not in PLAIN and (counts := get_callee_cost(callee)):
                total += times * counts
        return total

    def zero(self) -> MessageCounts:
        return NO_MESSAGES

    def validate_val(self, val: MessageCounts) -> None:
        if not isinstance(val, MessageCounts):
            raise TypeError(f"Messages needs MessageCounts from every bloq, got {val!r}")

    def __str__(self) -> str:
        return "messages"


@frozen
class Owners(CostKey[frozenset[str]]):
    """Whose blocks and data there are in a bloq.

    A bloq with a name in `owner` is that party's block. Private data are values with an `owner`,
    in a field of a bloq or in a tuple there; they make a block of the innermost bloq that has them.
    """

    def compute(
        self, bloq: Bloq, get_callee_cost: Callable[[Bloq], frozenset[str]]
    ) -> frozenset[str]:
        if gate_counts(bloq) is not None:
            return frozenset()
        parts = [x for x, _ in callees_or_none(bloq) if type(x) not in PLAIN]
        inside = frozenset[str]().union(*map(get_callee_cost, parts))
        inner = unwrapped(bloq)
        if isinstance(name := getattr(inner, "owner", None), str):
            return inside | {name}
        return inside | owners_of_data(inner)

    def zero(self) -> frozenset[str]:
        return frozenset()

    def __str__(self) -> str:
        return "owners"


def owners_of_data(value: Any) -> frozenset[str]:
    """Whose private data there are in an object, its fields and containers; bloqs are not entered.

    An object is one of `attrs` or a dataclass, or any bloq; a container is one of Python's own.
    """
    parts: Iterable[Any]
    if isinstance(value, (tuple, list, frozenset, set)):
        parts = [part for part in value if type(part) not in NUMBERS]
    elif isinstance(value, dict):
        parts = [*value.keys(), *value.values()]
    elif isinstance(value, CompositeBloq):
        parts = ()
    elif attrs.has(type(value)):
        parts = [getattr(value, each.name) for each in attrs.fields(type(value)) if each.init]
    elif is_dataclass(value) and not isinstance(value, type):
        parts = [getattr(value, each.name) for each in fields(value)]
    elif Bloq in type(value).__mro__:
        parts = vars(value).values()
    else:
        return frozenset()
    return frozenset[str]().union(*map(_owners_of, parts))


def _owners_of(value: Any) -> frozenset[str]:
    if type(value) in NUMBERS or Bloq in type(value).__mro__:  # `isinstance` asks every class
        return frozenset()
    name = getattr(value, "owner", None)
    return frozenset([name]) if isinstance(name, str) else owners_of_data(value)


@frozen
class HasParties(CostKey[bool]):
    """Whether a bloq or anything in it is a message, somebody's block, or holds private data."""

    def compute(self, bloq: Bloq, get_callee_cost: Callable[[Bloq], bool]) -> bool:
        if type(bloq) in PLAIN:
            return False
        inner = unwrapped(bloq)
        if message_of(inner) is not None:
            return True
        if gate_counts(bloq) is not None:
            return False
        if isinstance(getattr(inner, "owner", None), str) or owners_of_data(inner):
            return True
        parts = (part for part, _ in callees_or_none(bloq) if type(part) not in PLAIN)
        return any(map(get_callee_cost, parts))

    def zero(self) -> bool:
        return False

    def __str__(self) -> str:
        return "parties"


def has_parties(bloq: Bloq) -> bool:
    """See `HasParties`."""
    return bool(known_cost(bloq, HasParties()))
