r"""Rotate a qubit by an angle that another register holds."""

import math
from enum import StrEnum
from typing import Any

from attrs import frozen
from qualtran import (
    Bloq,
    BloqBuilder,
    DecomposeTypeError,
    QBit,
    QUInt,
    Register,
    Signature,
    SoquetT,
    bloq_example,
)
from qualtran.bloqs.arithmetic import Add
from qualtran.bloqs.basic_gates import CNOT, CZ, Hadamard, Ry, SGate, TGate, ZGate
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq
from bloqs.gates.turn_about_y import TurnAboutY
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.keys import ToffoliDepth


class Rotation(StrEnum):
    """How the bits of an angle turn a qubit."""

    PHASE_GRADIENT = "phase-gradient"
    """One addition into a phase-gradient register: b - 1 ANDs, no rotation."""
    BITWISE = "bitwise"
    """One rotation a bit: b - 2 rotations and a T, no AND, no gradient register."""


@frozen(cache_hash=True)
class AngleRotation(AbstractBloq):
    r"""Applies $e^{i \phi Y}$ to the target, $\phi = 2 \pi x / 2^b$ for $x$ in the angle register.

    `PHASE_GRADIENT`: adding $x$ to $\sum_k e^{-2 \pi i k / 2^b} |k\rangle$ multiplies it by
    $e^{i \phi}$; complementing that register before and after gives $e^{-i \phi}$, which the
    target decides in the basis where $Y$ is diagonal. `BITWISE`: bit $k$ flips the sense of a
    rotation by half its weight, and one constant rotation makes zero mean zero.

    Args:
        bitsize: bits of the angle, at least 4. Unit: qubits.
        rotation: which of the two.

    Registers:
        angle: QUInt(bitsize).
        target: QBit.
        gradient: QUInt(bitsize), only for `PHASE_GRADIENT`; in the phase-gradient state.

    Cost: `PHASE_GRADIENT`: b - 1 AND, one after another, and b - 1 work qubits. `BITWISE`: b - 2
        rotations and 1 T.

    Raises:
        ValueError: if `bitsize` is below 4.

    Source: [SBDN20] App. A (addition for controlled rotations); the bitwise form is ours.
    """

    bitsize: SymbolicInt
    rotation: Rotation

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.bitsize) and self.bitsize < 4:
            raise ValueError(f"AngleRotation needs at least 4 bits of angle, got b={self.bitsize}")

    @property
    def uses_gradient(self) -> bool:
        return self.rotation is Rotation.PHASE_GRADIENT

    @property
    def signature(self) -> Signature:
        angle = QUInt(self.bitsize)
        gradient = [Register("gradient", angle)] if self.uses_gradient else []
        return Signature([Register("angle", angle), Register("target", QBit()), *gradient])

    @property
    def work(self) -> SymbolicInt:
        """Work qubits: the adder's carries. Unit: qubits."""
        return self.bitsize - 1 if self.uses_gradient else 0

    def build_composite_bloq(self, bb: BloqBuilder, **soqs: Any) -> dict[str, SoquetT]:
        if is_symbolic(self.bitsize):
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        wires = Wires(bb)
        for name, soq in soqs.items():
            wires.split(name, soq)
        target = ("target", 0)
        angle = [("angle", k) for k in range(self.bitsize)]
        if self.uses_gradient:
            gradient = [("gradient", k) for k in range(self.bitsize)]
            wires.gate(SGate().adjoint(), q=target)
            wires.gate(Hadamard(), q=target)
            for bit in gradient:
                wires.cnot(target, bit)
            wires.on(Add(QUInt(self.bitsize)), a=angle, b=gradient)
            for bit in gradient:
                wires.cnot(target, bit)
            wires.gate(Hadamard(), q=target)
            wires.gate(SGate(), q=target)
        else:
            constant, *halves = self._half_turns()
            wires.gate(ZGate(), q=angle[0])
            wires.gate(constant, q=target)
            for bit, half in zip(angle[1:], halves, strict=True):
                wires.cz(bit, target)
                wires.gate(half, q=target)
                wires.cz(bit, target)
        return wires.registers(self.signature)

    def _half_turns(self) -> list[Bloq]:
        """The constant turn, then one for each bit but the top one: a Clifford, a T, rotations."""
        turns = [math.pi / 2**k for k in range(1, self.bitsize)]
        fine = [TurnAboutY(turn) for turn in turns[2:]]
        return [TurnAboutY(-sum(turns)), Ry(turns[0]), Ry(turns[1]), *fine]

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        if self.uses_gradient:
            cliffords = {SGate(): 1, SGate().adjoint(): 1, Hadamard(): 2, CNOT(): 2 * self.bitsize}
            return {Add(QUInt(self.bitsize)): 1, **cliffords}
        if is_symbolic(self.bitsize):
            return {TurnAboutY(symbols.theta): self.bitsize - 2, TGate(): 1}
        turns: BloqCountDictT = dict.fromkeys(self._half_turns(), 1)
        return {**turns, ZGate(): 1, CZ(): 2 * (self.bitsize - 1)}

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, QubitCount):
            gradient = self.bitsize if self.uses_gradient else 0
            return self.bitsize + 1 + gradient + self.work
        if isinstance(cost_key, ToffoliDepth):
            return self.bitsize - 1 if self.uses_gradient else 0
        return NotImplemented

    def __str__(self) -> str:
        return f"Rotation({self.bitsize} bit, {self.rotation})"


@bloq_example(generalizer=SAME_CALLS)
def _rotation_by_gradient() -> AngleRotation:
    return AngleRotation(bitsize=4, rotation=Rotation.PHASE_GRADIENT)


@bloq_example(generalizer=SAME_CALLS)
def _rotation_by_bits() -> AngleRotation:
    return AngleRotation(bitsize=5, rotation=Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def _rotation_by_gradient_symbolic() -> AngleRotation:
    return AngleRotation(bitsize=symbols.b, rotation=Rotation.PHASE_GRADIENT)


@bloq_example(generalizer=SAME_CALLS)
def _rotation_by_bits_symbolic() -> AngleRotation:
    return AngleRotation(bitsize=symbols.b, rotation=Rotation.BITWISE)
