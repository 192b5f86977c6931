r"""A phase that depends on whether a register is zero."""

from functools import cached_property

from attrs import evolve, frozen
from qualtran import (
    DecomposeTypeError,
    QAny,
    QBit,
    Register,
    Signature,
    bloq_example,
)
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq
from bloqs.qsvt.flag_turn import turn_calls, turn_flag
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
        control: list[Wire] = [("ctrl", 0)] if self.is_controlled else []
        sign: list[Wire] = [("sign", 0)] if self.is_signed else []
        turn_flag(wires, self.phi, zero, control, sign)
        uncompute_zero(wires, zero, steps)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        gates = turn_calls(self.phi, self.is_controlled, self.is_signed)
        for gate, times in zero_test_calls(self.w).items():
            gates[gate] = gates.get(gate, 0) + times
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
