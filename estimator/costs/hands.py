"""What must be in one hand: a walk through a circuit of several parties."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import cirq
import numpy as np
from attrs import define, field, frozen
from qualtran import (
    Bloq,
    CompositeBloq,
    DecomposeNotImplementedError,
    DecomposeTypeError,
    LeftDangle,
    Register,
    RightDangle,
)
from qualtran.bloqs.bookkeeping._bookkeeping_bloq import _BookkeepingBloq

from estimator.costs.gate_counts import callees_or_none, gate_counts
from estimator.costs.known import known_cost, remembered
from estimator.costs.messages import Messages, Owners, Sent, message_of, owners_of_data
from estimator.costs.schedule import unwrapped
from estimator.costs.script import Wire, is_written, lines_of

Token: TypeAlias = int
Party: TypeAlias = str | None
"""Who holds something; `None` for what nobody in particular touches."""


class CrossedError(ValueError):
    """A circuit in which something acts on what its party does not hold."""


@define
class Hands:
    """Qubits in hands: tokens that turn out to be in one hand are joined."""

    above: list[Token] = field(factory=list)
    party: list[Party] = field(factory=list)

    def new(self, party: Party = None) -> Token:
        self.above.append(len(self.above))
        self.party.append(party)
        return len(self.above) - 1

    def find(self, token: Token) -> Token:
        while self.above[token] != token:
            self.above[token] = token = self.above[self.above[token]]
        return token

    def holder(self, token: Token) -> Party:
        return self.party[self.find(token)]

    def join(self, one: Token, two: Token) -> bool:
        """Put two tokens in one hand; whether that is possible."""
        one, two = self.find(one), self.find(two)
        if one == two:
            return True
        mine, other = self.party[one], self.party[two]
        if None not in (mine, other) and mine != other:
            return False
        self.above[two] = one
        self.party[one] = other if mine is None else mine
        return True

    def give(self, token: Token, party: str) -> bool:
        """Put a token in the hand of a party; whether that is possible."""
        top = self.find(token)
        if self.party[top] is None:
            self.party[top] = party
        return self.party[top] == party


@frozen(eq=False)
class View:
    """What is known of the hands in a bloq, wherever it is used; hands have numbers.

    Args:
        bloq: the bloq.
        lefts: the hand of each qubit that goes in.
        rights: the hand of each qubit that comes out.
        party: of each hand.
        steps: of its circuit; none if it was not taken apart.
    """

    bloq: Bloq
    lefts: tuple[int, ...]
    rights: tuple[int, ...]
    party: tuple[Party, ...]
    steps: tuple["Step", ...] = ()


@frozen(eq=False)
class Step:
    """A sub-bloq, and the hands around it, first in and then out."""

    view: View
    sides: tuple[tuple[int, ...], tuple[int, ...]]


ViewOf: TypeAlias = Callable[[Bloq], View]


@remembered
def coarse(bloq: Bloq) -> View:
    """What is in one hand if all that has neither messages nor owners is taken as one gate."""
    return _view(bloq, coarse, is_fine=False)


@remembered
def fine(bloq: Bloq) -> View:
    """What is in one hand, gate by gate."""
    return _view(bloq, fine, is_fine=True)


def _view(bloq: Bloq, view_of: ViewOf, is_fine: bool) -> View:
    if (sent := message_of(bloq)) is not None:
        return _of_message(bloq, sent)
    name = owner_of(bloq)
    if _is_gate(bloq):
        return _whole(bloq, name)
    inside = known_cost(bloq, Owners()) - {name}
    if not (is_fine or inside or known_cost(bloq, Messages())):
        return _whole(bloq, name)
    try:
        walk = Walk(bloq, view_of)
    except (DecomposeTypeError, DecomposeNotImplementedError):
        if len(owners := inside | ({name} - {None})) > 1 or known_cost(bloq, Messages()):
            raise
        return _whole(bloq, *owners) if owners else _whole(bloq, None)
    if name is not None:
        walk.give_all(name)
    return walk.view


def _is_gate(bloq: Bloq) -> bool:
    return gate_counts(bloq) is not None


def owner_of(bloq: Bloq) -> Party:
    """The party whose block it is; data that nobody inside has are those of the whole."""
    inner = unwrapped(bloq)
    if isinstance(name := getattr(inner, "owner", None), str):
        return name
    names = owners_of_data(inner)
    if names:
        names = names.difference(
            *(known_cost(part, Owners()) for part, _ in callees_or_none(inner))
        )
    if len(names) > 1:
        listed = " and of ".join(sorted(names))
        raise CrossedError(f"{bloq} holds data of {listed}; one party has them all")
    return next(iter(names), None)


def _bits(registers: Iterable[Register]) -> int:
    return sum(int(reg.total_bits()) for reg in registers)


@remembered
def are_qubits(bloq: Bloq) -> tuple[tuple[bool, ...], tuple[bool, ...]]:
    """Of each bit that goes in, and each that comes out, whether it is a qubit."""
    lefts, rights = (
        tuple(reg.dtype.num_cbits == 0 for reg in side for _ in range(int(reg.total_bits())))
        for side in (bloq.signature.lefts(), bloq.signature.rights())
    )
    return lefts, rights


def _of_message(bloq: Bloq, sent: Sent) -> View:
    moved = max(map(sum, are_qubits(bloq)))
    if moved > (told := sent.qubits + sent.ebits):
        raise CrossedError(
            f"{bloq} moves {moved} qubits and says that it sends {told}; a message needs its "
            "qubits counted, so let it send as many as its registers have"
        )
    lefts, rights = _bits(bloq.signature.lefts()), _bits(bloq.signature.rights())
    return View(bloq, (0,) * lefts, (1,) * rights, (sent.source, sent.destination))


def _whole(bloq: Bloq, name: Party) -> View:
    lefts, rights = _bits(bloq.signature.lefts()), _bits(bloq.signature.rights())
    return View(bloq, (0,) * lefts, (0,) * rights, (name,))


class Walk(cirq.QubitManager):
    """Goes through the circuit of a bloq and joins hands; allocates tokens in place of qubits.

    Args:
        bloq: the bloq.
        view_of: of its sub-bloqs.

    Raises:
        CrossedError: if what must be in one hand is in two.
        qualtran.DecomposeTypeError, qualtran.DecomposeNotImplementedError: if there is no circuit.
    """

    def __init__(self, bloq: Bloq, view_of: ViewOf) -> None:
        self.bloq, self.view_of = bloq, view_of
        self.hands = Hands()
        self.steps: list[tuple[View, Sequence[Token], Sequence[Token]]] = []
        lefts = list(bloq.signature.lefts())
        given = {reg.name: self._new((*reg.shape, reg.bitsize)) for reg in lefts}
        walk = self._written if is_written(bloq) else self._composite
        left = walk(given)
        self.lefts = [token for reg in lefts for token in given[reg.name].flat]
        self.rights = [x for reg in bloq.signature.rights() for x in left[reg.name].flat]

    def _new(self, shape: tuple[int, ...]) -> Any:
        tokens = [self.hands.new() for _ in range(int(np.prod(shape)))]
        return np.array(tokens, dtype=object).reshape(shape)

    def qalloc(self, n: int, dim: int = 2) -> Any:
        return [self.hands.new() for _ in range(n)]

    def qborrow(self, n: int, dim: int = 2) -> Any:
        return self.qalloc(n, dim)

    def qfree(self, qubits: Iterable[Any]) -> None:
        """A token that is freed is never handed out again."""

    def _written(self, given: Mapping[str, Any]) -> dict[str, Any]:
        at: dict[Wire, Any] = {
            (name, k): x for name, bits in given.items() for k, x in enumerate(bits.flat)
        }
        for line in lines_of(self.bloq):
            if line.operation is not None:
                found = self.step(line.bloq, [at[wire] for wire in line.wires])
                at.update(zip(line.wires, found, strict=True))
                continue
            taken = [at.pop(wire) for _, _, wires in line.takes for wire in wires]
            names = [wire for _, wires in line.gives for wire in wires]
            at.update(zip(names, self.step(line.bloq, taken), strict=True))
        return {
            reg.name: np.array([at[reg.name, k] for k in range(reg.bitsize)], dtype=object)
            for reg in self.bloq.signature.rights()
        }

    def _composite(self, given: Mapping[str, Any]) -> dict[str, Any]:
        bloq = self.bloq
        circuit = bloq if isinstance(bloq, CompositeBloq) else bloq.decompose_bloq()
        into, out_of = defaultdict(list), defaultdict(list)
        for wire in circuit.connections:
            into[wire.right.binst].append((wire.right, wire.left))
            out_of[wire.left.binst].append(wire.left)
        at = {x: given[x.reg.name][x.idx] for x in out_of[LeftDangle]}
        for instance in sorted(circuit.bloq_instances, key=lambda each: each.i):
            part = instance.bloq
            quregs = _empty(part.signature.lefts())
            for right, left in into[instance]:
                quregs[right.reg.name][right.idx] = at.pop(left)
            done = self._part(part, quregs)
            at |= {x: done[x.reg.name][x.idx] for x in out_of[instance]}
        found = _empty(circuit.signature.rights())
        for right, left in into[RightDangle]:
            found[right.reg.name][right.idx] = at[left]
        return found

    def _part(self, part: Bloq, quregs: dict[str, Any]) -> Mapping[str, Any]:
        if isinstance(part, _BookkeepingBloq):
            _, done = part.as_cirq_op(self, **quregs)
            before, after = ([x for q in side.values() for x in np.asarray(q).flat] for side in
                             (quregs, done))  # fmt: skip
            if len(before) != len(after):
                self.steps.append((_whole(part, None), before, after))
            return {name: np.asarray(tokens) for name, tokens in done.items()}
        taken = [x for reg in part.signature.lefts() for x in quregs[reg.name].flat]
        found, start = self.step(part, taken), 0
        done = _empty(part.signature.rights())
        for tokens in done.values():
            tokens.flat = found[start : start + tokens.size]
            start += tokens.size
        return done

    def step(self, part: Bloq, taken: Sequence[Token]) -> list[Token]:
        """Run a sub-bloq on some tokens; returns those that come out."""
        view, at = self.view_of(part), dict[int, Token]()
        for hand, token in zip(view.lefts, taken, strict=True):
            name, mine = view.party[hand], self.hands.holder(token)
            if name is not None and not self.hands.give(token, name):
                raise CrossedError(_why_not(part, name, mine))
            other = self.hands.holder(at.setdefault(hand, token))
            if not self.hands.join(at[hand], token):
                raise CrossedError(_across(part, other, mine))
        for hand in view.rights:
            if hand not in at:
                at[hand] = self.hands.new(view.party[hand])
        found = [at[hand] for hand in view.rights]
        self.steps.append((view, taken, found))
        return found

    def give_all(self, name: str) -> None:
        """Put all that goes in and comes out into the hand of one party."""
        for token in (*self.lefts, *self.rights):
            mine = self.hands.holder(token)
            if not self.hands.give(token, name):
                raise CrossedError(_why_not(self.bloq, name, mine))

    @property
    def view(self) -> View:
        number: dict[Token, int] = {}

        def hands(tokens: Sequence[Token]) -> tuple[int, ...]:
            tops = map(self.hands.find, tokens)
            return tuple([number.setdefault(top, len(number)) for top in tops])

        lefts, rights = hands(self.lefts), hands(self.rights)
        steps = [Step(view, (hands(one), hands(two))) for view, one, two in self.steps]
        return View(
            self.bloq, lefts, rights, tuple([self.hands.party[x] for x in number]), tuple(steps)
        )


def _empty(registers: Iterable[Register]) -> dict[str, Any]:
    return {reg.name: np.empty((*reg.shape, reg.bitsize), dtype=object) for reg in registers}


def _across(bloq: Bloq, one: Party, two: Party) -> str:
    first, second = sorted([str(one), str(two)])
    return (
        f"{bloq} acts on qubits of {first} and of {second}; a gate needs its qubits at one party, "
        "so send those of the other there first"
    )


def _why_not(bloq: Bloq, name: str, mine: Party) -> str:
    if (sent := message_of(bloq)) is not None:
        return (
            f"{bloq} sends qubits that {mine} holds; a message from {sent.source} needs its qubits "
            f"at {sent.source}, so let {mine} send them"
        )
    return (
        f"{bloq} is a block of {name} on qubits that {mine} holds; a block needs its qubits at its "
        f"owner, so send them to {name} first"
    )
