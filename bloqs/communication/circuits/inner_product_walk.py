"""The inner product of two strings by the layers of a model of classical gates."""

from functools import cached_property
from typing import Any

from attrs import field, frozen
from qualtran import Bloq, DecomposeTypeError, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Toffoli, XGate
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.communication import symbols
from bloqs.communication.circuits.clifford import write_clifford
from bloqs.communication.circuits.party_chain import AbstractPartyChain, owner
from bloqs.communication.model.inner_product import check_strings
from bloqs.communication.model.matching_problem import bits
from bloqs.composite import AbstractComposite
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.private import Private
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires


@frozen(cache_hash=True)
class BitFlips(AbstractComposite):
    """Flips the qubits after the first that a string marks.

    Args:
        n: width of the register. Unit: qubits.
        string: n - 1 bits, somebody's own; `None` if all are to be counted.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n).

    Cost: an X for each bit that is 1; controlled, a CNOT.

    Raises:
        ValueError: if there are not n - 1 bits.

    Source: elementary.
    """

    n: SymbolicInt
    string: Private | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        check_bits(self.n, self.string)

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("system", QUInt(self.n))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"system": (("parity", 1), ("string", self.n - 1))}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        number = self.n - 1 if self.string is None else sum(self.string.value)
        return {CNOT() if self.is_controlled else XGate(): number}

    def write(self, wires: Wires) -> None:
        gates = [("X", (each,)) for each in marked(self, self.string)]
        write_clifford(wires, gates, self.control)

    def __str__(self) -> str:
        return f"BitFlips{'†' if self.is_adjoint else ''}({self.n} qubits)"


@frozen(cache_hash=True)
class ParityOf(AbstractComposite):
    """Adds the parity of the qubits after the first that a string marks to the first.

    Args:
        n: width of the register. Unit: qubits.
        string: n - 1 bits, somebody's own; `None` if only their number matters.
        number: of bits that are 1; all if not given.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n).

    Cost: a CNOT for each of w bits that are 1; controlled, a Toffoli and 2 (w - 1) CNOTs.

    Raises:
        ValueError: if there are not n - 1 bits.

    Source: elementary.
    """

    n: SymbolicInt
    string: Private | None = field(default=None)
    number: SymbolicInt = field(kw_only=True)

    @number.default
    def _number(self) -> SymbolicInt:
        return self.n - 1 if self.string is None else sum(self.string.value)

    def __attrs_post_init__(self) -> None:
        check_bits(self.n, self.string)
        if self.string is not None and self.number != sum(self.string.value):
            raise ValueError(f"{self} has another number of ones, got number={self.number}")

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("system", QUInt(self.n))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"system": (("parity", 1), ("string", self.n - 1))}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return parity_calls(self.number, self.is_controlled)

    def write(self, wires: Wires) -> None:
        write_parity(wires, marked(self, self.string), ("system", 0), self.control)

    def __str__(self) -> str:
        return f"ParityOf{'†' if self.is_adjoint else ''}({self.n} qubits)"


def parity_calls(number: SymbolicInt, is_controlled: bool) -> dict[Bloq, SymbolicInt]:
    """Gates that add the parity of so many qubits to another."""
    if not is_controlled:
        return {CNOT(): number}
    if not is_symbolic(number) and number == 0:
        return {}
    return {CNOT(): 2 * (number - 1), Toffoli(): 1}


def write_parity(wires: Wires, places: Any, target: Wire, control: list[Wire]) -> None:
    """Write them; under a control the parity is gathered in the last place and let go again."""
    if not control:
        for each in places:
            wires.cnot(each, target)
    elif places:
        *rest, last = places
        for each in rest:
            wires.cnot(each, last)
        wires.toffoli(control[0], last, target)
        for each in reversed(rest):
            wires.cnot(each, last)


def marked(bloq: Bloq, string: Private | None) -> list[Wire]:
    """Wires of `system` after the first where the string has a one."""
    if string is None:
        raise DecomposeTypeError(f"{bloq} has a symbolic size, so it has no circuit")
    return [("system", k) for k, bit in enumerate(string.value, 1) if bit]


def check_bits(n: SymbolicInt, string: Private | None) -> None:
    """Refuse a string that has not n - 1 bits."""
    if string is not None and len(bits(string.value)) != n - 1:
        raise ValueError(f"a layer on {n} qubits has {n - 1} bits, got {len(string.value)}")


@frozen(cache_hash=True)
class InnerProductWalk(AbstractPartyChain):
    """Alice writes her bits of each layer, Bob adds their parity with his to qubit 0.

    Args:
        n: width of the register, at least 2. Unit: qubits.
        layers: L. Unit: layers.
        ones: of Alice, (n - 1) L bits; `None` if every gate there can be is to be counted.
        twos: of Bob, as many; `None` as before.
        is_controlled: whether a control decides between this and the identity; it is sent along.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero, with Alice. Qubit 0 has the inner product, with Bob.

    Cost: an X for each of Alice's bits that is not that of the layer before, a CNOT for each of
        Bob's that is 1, and 2 L - 1 messages of n qubits.

    Raises:
        ValueError: if there are not (n - 1) L bits of each, or fewer than 2 qubits.

    Source: [CDNT98], the inner product; ours, its layers.
    """

    n: SymbolicInt
    layers: SymbolicInt
    ones: Private | None = field(default=None)
    twos: Private | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        if self.ones is None or self.twos is None:
            return
        check_strings(int(self.n), self.ones.value, self.twos.value)
        if len(self.ones.value) != (self.n - 1) * self.layers:
            raise ValueError(
                f"strings of {self.layers} layers have {(self.n - 1) * self.layers} bits, got "
                f"{len(self.ones.value)}"
            )

    @classmethod
    def of(cls, n: int, ones: Any, twos: Any) -> "InnerProductWalk":
        """The run for two strings."""
        one, two = Private("Alice", bits(ones)), Private("Bob", bits(twos))
        return cls(n, len(one.value) // (n - 1), one, two)

    @property
    def width(self) -> SymbolicInt:
        return self.n

    @property
    def repeats(self) -> SymbolicInt:
        return self.layers if self.ones is None else 1

    @cached_property
    def parts(self) -> tuple[PartyBlock, ...]:
        one, two = owner(self.ones, "Alice"), owner(self.twos, "Bob")
        if self.ones is None or self.twos is None:
            return PartyBlock(one, BitFlips(self.n)), PartyBlock(two, ParityOf(self.n))
        found: list[PartyBlock] = []
        step, before = int(self.n) - 1, (0,) * (int(self.n) - 1)
        for first in range(0, len(self.ones.value), step):
            here, there = (x.value[first : first + step] for x in (self.ones, self.twos))
            turned = tuple(a ^ b for a, b in zip(here, before, strict=True))
            found.append(PartyBlock(one, BitFlips(self.n, Private(one, turned))))
            found.append(PartyBlock(two, ParityOf(self.n, Private(two, there))))
            before = here
        return tuple(found)

    def __str__(self) -> str:
        return f"InnerProductWalk{'†' if self.is_adjoint else ''}({self.layers} layers)"


ONES, TWOS = Private("Alice", (1, 0, 0, 1)), Private("Bob", (1, 1, 0, 1))


@bloq_example(generalizer=SAME_CALLS)
def inner_product_walk_example() -> InnerProductWalk:
    return InnerProductWalk(3, 2, ONES, TWOS)


@bloq_example(generalizer=SAME_CALLS)
def _inner_product_walk_controlled() -> InnerProductWalk:
    return InnerProductWalk(3, 2, ONES, TWOS, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _inner_product_walk_symbolic() -> InnerProductWalk:
    return InnerProductWalk(symbols.n, symbols.L)


@bloq_example(generalizer=SAME_CALLS)
def _bit_flips() -> BitFlips:
    return BitFlips(4, Private("Alice", (1, 0, 1)))


@bloq_example(generalizer=SAME_CALLS)
def _parity_of_controlled() -> ParityOf:
    return ParityOf(4, Private("Bob", (1, 1, 1)), is_controlled=True)
