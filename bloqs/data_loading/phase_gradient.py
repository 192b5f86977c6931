"""The phase-gradient state that angle additions use up none of."""

import math
from typing import Any

import attrs
from attrs import frozen
from qualtran import (
    Bloq,
    BloqBuilder,
    CompositeBloq,
    DecomposeTypeError,
    QUInt,
    Register,
    Side,
    Signature,
    SoquetT,
    bloq_example,
)
from qualtran.bloqs.basic_gates import Hadamard, SGate, TGate, ZGate
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.gates.phase_shift import PhaseShift
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import ToffoliDepth


@frozen(cache_hash=True)
class PhaseGradient(AbstractBloq):
    r"""Makes $2^{-b/2} \sum_k e^{-2 \pi i k / 2^b} |k\rangle$ on new qubits, or takes it apart.

    Qualtran's `PhaseGradientState` lists one rotation a qubit when its size is symbolic, though
    the first three are Z, S and T, and none for a qubit it turns by less than 1e-12.

    Args:
        bitsize: width of the register, at least 4. Unit: qubits.
        is_adjoint: whether this takes the state apart.

    Registers:
        gradient: QUInt(bitsize), allocated; freed by the adjoint.

    Cost: b - 3 rotations and 1 T for b = bitsize.

    Raises:
        ValueError: if `bitsize` is below 4.

    Source: [SBDN20] App. A.
    """

    bitsize: SymbolicInt
    is_adjoint: bool = False

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.bitsize) and self.bitsize < 4:
            raise ValueError(f"PhaseGradient needs at least 4 qubits, got b={self.bitsize}")

    @property
    def signature(self) -> Signature:
        side = Side.LEFT if self.is_adjoint else Side.RIGHT
        return Signature([Register("gradient", QUInt(self.bitsize), side=side)])

    def decompose_bloq(self) -> CompositeBloq:
        if self.is_adjoint:
            return self.adjoint().decompose_bloq().adjoint()
        return super().decompose_bloq()

    def build_composite_bloq(self, bb: BloqBuilder, **soqs: Any) -> dict[str, SoquetT]:
        if is_symbolic(self.bitsize):
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        wires = Wires(bb)
        register: list[Wire] = [("gradient", k) for k in range(self.bitsize)]
        wires.allocate(register)
        exact = [ZGate(), SGate().adjoint(), TGate().adjoint()]
        fine = [PhaseShift(-math.pi / 2**k) for k in range(len(exact), self.bitsize)]
        for wire, turn in zip(register, [*exact, *fine], strict=True):
            wires.gate(Hadamard(), q=wire)
            wires.gate(turn, q=wire)
        return {"gradient": wires.join(register, QUInt(self.bitsize))}

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        exact: list[Bloq] = [ZGate(), SGate().adjoint(), TGate().adjoint()]
        gates = [gate.adjoint() for gate in exact] if self.is_adjoint else exact
        fine = {PhaseShift(symbols.theta): self.bitsize - 3}
        return {Hadamard(): self.bitsize, **dict.fromkeys(gates, 1), **fine}

    def adjoint(self) -> "PhaseGradient":
        return attrs.evolve(self, is_adjoint=not self.is_adjoint)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, ToffoliDepth):
            return 0
        return self.bitsize if isinstance(cost_key, QubitCount) else NotImplemented

    def __str__(self) -> str:
        return f"PhaseGradient{'†' if self.is_adjoint else ''}({self.bitsize} bit)"


def gradient_size(rotation: Rotation, b: SymbolicInt) -> SymbolicInt:
    """Width of the register, zero where rotations do not need it. Unit: qubits."""
    return b if rotation is Rotation.PHASE_GRADIENT else 0


def gradient_calls(rotation: Rotation, b: SymbolicInt) -> dict[Bloq, SymbolicInt]:
    """What it takes to make the state and unmake it: 2 (b - 3) rotations and 2 T."""
    if rotation is not Rotation.PHASE_GRADIENT:
        return {}
    return {PhaseGradient(b): 1, PhaseGradient(b, is_adjoint=True): 1}


def make_gradient(wires: Wires, rotation: Rotation, b: int) -> list[Wire]:
    """Make the state on new qubits; none where rotations do not need it."""
    if rotation is not Rotation.PHASE_GRADIENT:
        return []
    gradient: list[Wire] = [("gradient", k) for k in range(b)]
    wires.on(PhaseGradient(b), gradient=gradient)
    return gradient


def unmake_gradient(wires: Wires, gradient: list[Wire]) -> None:
    """Take the state apart and free its qubits."""
    if gradient:
        b = len(gradient)
        wires.on(PhaseGradient(b, is_adjoint=True), gradient=gradient)


@bloq_example(generalizer=SAME_CALLS)
def _phase_gradient() -> PhaseGradient:
    return PhaseGradient(5)


@bloq_example(generalizer=SAME_CALLS)
def _phase_gradient_fine() -> PhaseGradient:
    return PhaseGradient(60, is_adjoint=True)


@bloq_example(generalizer=SAME_CALLS)
def _phase_gradient_symbolic() -> PhaseGradient:
    return PhaseGradient(symbols.b)
