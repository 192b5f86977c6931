"""Pauli rotations one after another: what a party does to the register between two messages."""

from collections import Counter
from typing import Any

from attrs import field, frozen
from qualtran import Bloq, DecomposeTypeError, QUInt, Register, Signature, bloq_example
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import WireNames
from bloqs.communication import symbols
from bloqs.communication.circuits.pauli_rotation import PauliRotation
from bloqs.communication.model.blocks import Block
from bloqs.composite import AbstractComposite, with_control
from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.messages.party_block import PartyBlock
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator.symbols import theta


@frozen(cache_hash=True)
class PauliBlock(AbstractComposite):
    """Pauli rotations on one register, in order.

    Args:
        n: width of the register. Unit: qubits.
        gates: the rotations; `None` if only their number matters, of which none is an identity.
        number: of the rotations. Unit: gates.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n).

    Cost: that of its rotations: one each, two under control.

    Raises:
        ValueError: if a gate is on another number of qubits, or there are not as many as said.

    Source: [GMSM24], whose blocks of trainable gates these are.
    """

    n: SymbolicInt
    gates: tuple[PauliRotation, ...] | None = None
    number: SymbolicInt = field(kw_only=True)

    @number.default
    def _number(self) -> SymbolicInt:
        return len(self.gates or ())

    def __attrs_post_init__(self) -> None:
        for gate in self.gates or ():
            if len(gate.letters) != self.n:
                raise ValueError(f"PauliBlock is on {self.n} qubits, got a gate {gate.letters}")
        if self.gates is not None and self.number != len(self.gates):
            raise ValueError(f"PauliBlock has {len(self.gates)} gates, got number={self.number}")

    @classmethod
    def of(cls, block: Block, qubits: int) -> PartyBlock:
        """The block of a model as its owner runs it."""
        gates = tuple(PauliRotation.of(gate) for gate in block.gates)
        return PartyBlock(block.owner, cls(qubits, gates))

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("system", QUInt(self.n))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"system": (("features", self.n),)}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        if self.gates is None:
            return {PhaseRotation(theta): self.number * (2 if self.is_controlled else 1)}
        calls: Counter[Any] = Counter(with_control(x, self.is_controlled) for x in self.gates)
        return dict(calls)

    def write(self, wires: Wires) -> None:
        if self.gates is None:
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        for gate in self.gates:
            part = with_control(gate, self.is_controlled)
            wires.on(part, ctrl=self.control, system=self.wires_of("system"))

    def __str__(self) -> str:
        return f"PauliBlock{'†' if self.is_adjoint else ''}({self.number} gates)"


@bloq_example(generalizer=SAME_CALLS)
def _pauli_block() -> PauliBlock:
    return PauliBlock(2, (PauliRotation("XZ", 0.3), PauliRotation("YI", -1.1)))


@bloq_example(generalizer=SAME_CALLS)
def _pauli_block_controlled() -> PauliBlock:
    gates = (PauliRotation("XZ", 0.3), PauliRotation("II", 0.4), PauliRotation("XI", 0.2, on=(1,)))
    return PauliBlock(2, gates, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _pauli_block_symbolic() -> PauliBlock:
    return PauliBlock(symbols.n, number=symbols.P)
