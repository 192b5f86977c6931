"""The inner product of two strings in the fewest qubits, by dense coding."""

import sympy
from attrs import field, frozen
from qualtran import Bloq, DecomposeTypeError, QAny, QBit, Register, Signature, bloq_example
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import WireNames
from bloqs.communication import symbols
from bloqs.communication.circuits.clifford import Named, clifford_calls, write_clifford
from bloqs.communication.circuits.inner_product_walk import ParityOf
from bloqs.communication.circuits.party_chain import owner
from bloqs.communication.model.inner_product import string_length
from bloqs.communication.model.matching_problem import bits
from bloqs.communication.model.rounding import ceiling, is_symbolic
from bloqs.composite import AbstractComposite, with_control
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.private import Private
from bloqs.messages.protocol import AbstractProtocol
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires


@frozen(cache_hash=True)
class PairMaking(AbstractComposite):
    """Turns zeros into pairs of entangled qubits, or pairs and two bits into two bits.

    Args:
        pairs: how many. Unit: pairs.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse, which reads pairs.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        sent: QAny(pairs), the halves that travel.
        kept: QAny(pairs), the halves that stay.

    Cost: a Hadamard gate and a CNOT for each pair; controlled, 2 T and a Toffoli.

    Source: elementary.
    """

    pairs: SymbolicInt

    @property
    def signature(self) -> Signature:
        halves = [Register(name, QAny(self.pairs)) for name in ("sent", "kept")]
        return Signature([*self.control_registers, *halves])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {name: ((f"halves {name}", self.pairs),) for name in ("sent", "kept")}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        once = clifford_calls(_pair(0), self.is_controlled)
        return {gate: times * self.pairs for gate, times in once.items()}

    def write(self, wires: Wires) -> None:
        for k in range(int(self.pairs)):
            write_clifford(wires, _pair(k), self.control)

    def __str__(self) -> str:
        return f"PairMaking{'†' if self.is_adjoint else ''}({self.pairs} pairs)"


def _pair(k: int) -> list[Named]:
    return [("H", (("sent", k),)), ("CNOT", (("sent", k), ("kept", k)))]


@frozen(cache_hash=True)
class PairCoding(AbstractComposite):
    """Writes two bits of a string on each half of a pair: an X for the first, a Z for the second.

    Args:
        pairs: how many. Unit: pairs.
        string: 2 pairs bits, or one less, somebody's own; `None` if only their number matters.
        length: of the string; twice the pairs if not given. Unit: bits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        sent: QAny(pairs), the halves that travel.

    Cost: an X or a Z for each bit that is 1; controlled, a CNOT or a CZ.

    Raises:
        ValueError: if the string has another length.

    Source: dense coding, textbook.
    """

    pairs: SymbolicInt
    string: Private | None = field(default=None)
    length: SymbolicInt = field(kw_only=True)

    @length.default
    def _length(self) -> SymbolicInt:
        return 2 * self.pairs if self.string is None else len(self.string.value)

    def __attrs_post_init__(self) -> None:
        if self.string is None:
            return
        found = len(bits(self.string.value))
        if found not in (2 * self.pairs, 2 * self.pairs - 1) or found != self.length:
            raise ValueError(f"{self.pairs} pairs take {2 * self.pairs} bits, got {found}")

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("sent", QAny(self.pairs))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"sent": (("halves sent", self.pairs),)}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        if self.string is not None:
            return clifford_calls(self._gates, self.is_controlled)
        x, z = clifford_calls((("X", (0,)), ("Z", (0,))), self.is_controlled)
        return {x: self.pairs, z: self.length - self.pairs}

    @property
    def _gates(self) -> list[Named]:
        if self.string is None:
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        return [
            ("XZ"[k % 2], (("sent", k // 2),)) for k, bit in enumerate(self.string.value) if bit
        ]

    def write(self, wires: Wires) -> None:
        write_clifford(wires, self._gates, self.control)

    def __str__(self) -> str:
        return f"PairCoding{'†' if self.is_adjoint else ''}({self.pairs} pairs)"


@frozen(cache_hash=True)
class DenseCoding(AbstractProtocol):
    """Alice writes two bits on each half of a pair and sends it; Bob reads all of them.

    Args:
        length: m, bits of each string. Unit: bits.
        ones: of Alice, m bits; `None` if every gate there can be is to be counted.
        twos: of Bob, as many; `None` as before.
        has_pairs: whether pairs are shared from before, else Bob makes them and sends the halves.
        is_controlled: whether a control decides between this and the identity; it is sent along.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        sent: QAny(p), p = ceil(m/2). Entangled with `kept`, with Alice; or zero, with Bob.
        kept: QAny(p), with Bob.
        answer: QBit, with Bob, to which the inner product is added.

    Cost: one message of p qubits, the fewest that an exact protocol can send; two without pairs.
        Clifford gates; controlled, Toffolis and the T of controlled pairs.

    Raises:
        ValueError: if strings have another length.

    Source: [CDNT98], which shows that p are needed; dense coding, textbook.
    """

    length: SymbolicInt
    ones: Private | None = field(default=None)
    twos: Private | None = field(default=None)
    has_pairs: bool = field(default=True, kw_only=True)

    def __attrs_post_init__(self) -> None:
        for string in (self.ones, self.twos):
            if string is not None and len(bits(string.value)) != self.length:
                raise ValueError(f"strings have {self.length} bits, got {len(string.value)}")

    @property
    def pairs(self) -> SymbolicInt:
        """p. Unit: pairs."""
        half = self.length / 2
        return ceiling(sympy.expand(half) if is_symbolic(half) else half)

    @property
    def signature(self) -> Signature:
        halves = [Register(name, QAny(self.pairs)) for name in ("sent", "kept")]
        return Signature([*self.control_registers, *halves, Register("answer", QBit())])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        halves = {name: ((f"halves {name}", self.pairs),) for name in ("sent", "kept")}
        return {**halves, "answer": (("answer", 1),)}

    @property
    def parties(self) -> tuple[str, str]:
        """Who writes and who reads."""
        return owner(self.ones, "Alice"), owner(self.twos, "Bob")

    def padded(self, string: Private | None) -> Private | None:
        """A string with a zero where m is odd."""
        if string is None:
            return None
        more = int(2 * self.pairs - self.length)
        return Private(string.owner, (*string.value, *(0,) * more))

    @property
    def steps(self) -> tuple[PartyBlock, PartyBlock, PartyBlock]:
        """Pairs, Alice's bits and Bob's parity; pairs that are made and read need no control."""
        one, two = self.parties
        coding = PartyBlock(one, PairCoding(self.pairs, self.ones, length=self.length))
        width, known = 2 * self.pairs + 1, self.ones is not None and self.twos is not None
        counted = ParityOf(width, number=self.length)
        parity = ParityOf(width, self.padded(self.twos)) if known else counted
        return (
            PartyBlock(two, PairMaking(self.pairs)),
            with_control(coding, self.is_controlled),
            with_control(PartyBlock(two, parity), self.is_controlled),
        )

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        make, write, read = self.steps
        one, two = self.parties
        calls: dict[Bloq, SymbolicInt] = {
            make: 1,
            make.adjoint(): 1,
            write: 1,
            read: 1,
            self.message(one, two, self.pairs): 1,
        }
        if not self.has_pairs:
            calls[self.message(two, one, self.pairs)] = 1
        return calls

    def write(self, wires: Wires) -> None:
        make, write, read = self.steps
        one, two = self.parties
        sent, kept = self.wires_of("sent"), self.wires_of("kept")
        if not self.has_pairs:
            wires.on(make, sent=sent, kept=kept)
            self.send(wires, two, one, sent)
        wires.on(write, ctrl=self.control, sent=sent)
        self.send(wires, one, two, sent)
        wires.on(make.adjoint(), sent=sent, kept=kept)
        told = [each for pair in zip(kept, sent, strict=True) for each in pair]
        wires.on(read, ctrl=self.control, system=[("answer", 0), *told])
        if self.has_pairs:
            wires.on(make, sent=sent, kept=kept)

    def __str__(self) -> str:
        made = "" if self.has_pairs else ", pairs made"
        return f"DenseCoding{'†' if self.is_adjoint else ''}({self.length} bits{made})"[:75]


ONES, TWOS = Private("Alice", (1, 0, 1, 1, 1)), Private("Bob", (1, 1, 0, 1, 0))


@bloq_example(generalizer=SAME_CALLS)
def dense_coding_example() -> DenseCoding:
    return DenseCoding(5, ONES, TWOS)


@bloq_example(generalizer=SAME_CALLS)
def _dense_coding_without_pairs() -> DenseCoding:
    return DenseCoding(5, ONES, TWOS, has_pairs=False)


@bloq_example(generalizer=SAME_CALLS)
def _dense_coding_controlled() -> DenseCoding:
    return DenseCoding(3, Private("Alice", (1, 0, 1)), Private("Bob", (1, 1, 1)),
                       is_controlled=True)  # fmt: skip


@bloq_example(generalizer=SAME_CALLS)
def _dense_coding_symbolic() -> DenseCoding:
    return DenseCoding(string_length(symbols.n, symbols.L))


@bloq_example(generalizer=SAME_CALLS)
def _pair_coding() -> PairCoding:
    return PairCoding(3, ONES)


@bloq_example(generalizer=SAME_CALLS)
def _pair_making_controlled() -> PairMaking:
    return PairMaking(2, is_controlled=True)
