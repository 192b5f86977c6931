r"""A phase that depends on whether a register is zero."""

from functools import cached_property

from attrs import evolve, frozen
from qualtran import (
    Bloq,
    DecomposeTypeError,
    QAny,
    QBit,
    Register,
    Signature,
    bloq_example,
)
from qualtran.bloqs.basic_gates import CNOT, XGate
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq
from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.qsvt.zero_check import compute_zero, uncompute_zero, zero_test_calls
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import AbstractWritten, Wire, Wires
from estimator import symbols


@frozen(cache_hash=True)
class ProjectorPhase(AbstractWritten, AbstractBloq):
    r"""Applies $e^{i \phi (2 \Pi - 1)}$, $\Pi$ the projector onto zero of the flags.

    A second qubit chooses the sense of the phase: where `sign` is one it is $-\phi$. Started in
    plus and found in plus, that qubit turns a sequence of such phases into its real part. With a
    control, half the angle is turned twice, the second time backwards where the control is zero.

    Args:
        phi: the phase. Unit: radians.
        w: width of the flags, at least 1. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_signed: whether there is a qubit that chooses the sense.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        sign: QBit, only if `is_signed`.
        flags: QAny(w).

    Cost: w - 1 AND and 1 rotation (2 if controlled); w - 1 work qubits.

    Raises:
        ValueError: if w is below 1.

    Source: [GSLW18] Lem. 19, Fig. 1; the sign as in their Cor. 18.
    """

    phi: SymbolicFloat
    w: SymbolicInt
    is_controlled: bool = False
    is_signed: bool = True

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.w) and self.w < 1:
            raise ValueError(f"ProjectorPhase needs at least one flag, got w={self.w}")

    @cached_property
    def signature(self) -> Signature:
        control = [Register("ctrl", QBit())] if self.is_controlled else []
        sign = [Register("sign", QBit())] if self.is_signed else []
        return Signature([*control, *sign, Register("flags", QAny(self.w))])

    def refuse_symbols(self) -> None:
        if is_symbolic(self.w, self.phi):
            raise DecomposeTypeError(f"{self} has a symbolic size or phase, so it has no circuit")

    def write(self, wires: Wires) -> None:
        flags: list[Wire] = [("flags", k) for k in range(self.w)]
        zero, steps = compute_zero(wires, flags)
        if self.is_signed:
            wires.cnot(("sign", 0), zero)
        if self.is_controlled:
            half = PhaseRotation(self.phi / 2)
            wires.gate(half, q=zero)
            wires.x(zero)
            wires.cnot(("ctrl", 0), zero)
            wires.gate(half, q=zero)
            wires.cnot(("ctrl", 0), zero)
            wires.x(zero)
        else:
            wires.gate(PhaseRotation(self.phi), q=zero)
        if self.is_signed:
            wires.cnot(("sign", 0), zero)
        uncompute_zero(wires, zero, steps)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        turns = 2 if self.is_controlled else 1
        gates: dict[Bloq, SymbolicInt] = {
            PhaseRotation(self.phi / turns): turns,
            CNOT(): (2 if self.is_signed else 0) + (2 if self.is_controlled else 0),
        }
        if not gates[CNOT()]:
            del gates[CNOT()]
        gates |= zero_test_calls(self.w)
        if self.is_controlled:
            gates[XGate()] = gates.get(XGate(), 0) + 2
        return gates

    def adjoint(self) -> "ProjectorPhase":
        return evolve(self, phi=-self.phi)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, QubitCount):
            return 2 * self.w - 1 + int(self.is_signed) + int(self.is_controlled)
        return NotImplemented

    def __str__(self) -> str:
        return f"ProjectorPhase(w={self.w})"


@bloq_example(generalizer=SAME_CALLS)
def _projector_phase() -> ProjectorPhase:
    return ProjectorPhase(0.3, w=3)


@bloq_example(generalizer=SAME_CALLS)
def _projector_phase_controlled() -> ProjectorPhase:
    return ProjectorPhase(0.3, w=1, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _projector_phase_symbolic() -> ProjectorPhase:
    return ProjectorPhase(symbols.theta, w=symbols.a)
