"""Blocks of parties one after another, with messages between: what exact protocols share."""

import abc
from itertools import pairwise
from typing import Any

from attrs import frozen
from qualtran import Bloq, DecomposeTypeError, QUInt, Register, Signature
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.composite import with_control
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.private import Private
from bloqs.messages.protocol import AbstractProtocol
from bloqs.wires import Wires


@frozen(cache_hash=True)
class AbstractPartyChain(AbstractProtocol):
    """A protocol in which the register `system` goes from block to block and is read at the end.

    The measurement is not part of it, so that it has an inverse. Subclasses are final and define
    `n`, `parts` and what else there is of `opening` and `repeats`.

    Args:
        is_controlled: whether a control decides between this and the identity; it is sent along.
        is_adjoint: whether this is the inverse.
    """

    @property
    @abc.abstractmethod
    def width(self) -> SymbolicInt:
        """Width of the register that is sent. Unit: qubits."""

    @property
    @abc.abstractmethod
    def parts(self) -> tuple[PartyBlock, ...]:
        """The blocks that are repeated, in order."""

    @property
    def opening(self) -> tuple[PartyBlock, ...]:
        """Blocks before those, in order."""
        return ()

    @property
    def repeats(self) -> SymbolicInt:
        """How often the blocks are run."""
        return 1

    @property
    def own_registers(self) -> tuple[Register, ...]:
        """Registers beside `system` that stay where they are."""
        return ()

    @property
    def signature(self) -> Signature:
        system = Register("system", QUInt(self.width))
        return Signature([*self.control_registers, *self.own_registers, system])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"system": (("features", self.width),)}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {}

        def add(part: Bloq, times: SymbolicInt) -> None:
            calls[part] = calls.get(part, 0) + times

        def move(one: PartyBlock, two: PartyBlock, times: SymbolicInt) -> None:
            if one.owner != two.owner:
                add(self.message(one.owner, two.owner, self.width), times)

        parts, opening = self.parts, self.opening
        for part in opening:
            add(with_control(part, self.is_controlled), 1)
        for part in parts:
            add(with_control(part, self.is_controlled), self.repeats)
        for one, two in pairwise((*opening, parts[0])):
            move(one, two, 1)
        for one, two in pairwise(parts):
            move(one, two, self.repeats)
        move(parts[-1], parts[0], self.repeats - 1)
        return calls

    def write(self, wires: Wires) -> None:
        steps = (*self.opening, *(self.parts * int(self.repeats)))
        at = steps[0].owner
        for part in steps:
            if part.owner != at:
                self.send(wires, at, part.owner, self.wires_of("system"))
                at = part.owner
            places = {reg.name: self.wires_of(reg.name) for reg in part.signature}
            wires.on(with_control(part, self.is_controlled), ctrl=self.control, **places)

    def refuse_symbols(self) -> None:
        super().refuse_symbols()
        if is_symbolic(self.repeats):
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")


def owner(data: Private | None, otherwise: str) -> str:
    """Who has the data, or a name where only their size matters."""
    return otherwise if data is None else data.owner


def value(data: Private | None) -> Any:
    """The data themselves; `None` where only their size matters."""
    return None if data is None else data.value


def rows_of(matrix: Any) -> tuple[tuple[float, ...], ...]:
    """A real matrix as private data hold it."""
    return tuple(tuple(map(float, row)) for row in matrix)
