r"""A phase that depends on whether one register is zero and another is not."""

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
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq
from bloqs.qsvt.flag_turn import turn_calls, turn_flag
from bloqs.qsvt.zero_check import compute_zero, uncompute_zero, zero_test_calls
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import AbstractWritten, Wire, Wires
from estimator import symbols


@frozen(cache_hash=True)
class NonzeroPhase(AbstractWritten, AbstractBloq):
    r"""Applies $e^{i \phi (2 \Pi - 1)}$, $\Pi = |0\rangle\langle 0| \otimes (1 - |0\rangle\langle
    0|)$ on flags and rest.

    Args:
        phi: the phase. Unit: radians.
        w: width of the flags, at least 1. Unit: qubits.
        m: width of the rest, at least 1. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_signed: whether there is a qubit that turns the phase around where it is one.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        sign: QBit, only if `is_signed`.
        flags: QAny(w).
        rest: QAny(m).

    Cost: w + m - 1 AND and 1 rotation (2 if controlled); as many work qubits as AND.

    Raises:
        ValueError: if w or m is below 1.

    Source: [GSLW18] Lem. 19 for the rotation between two computations of a flag.
    """

    phi: SymbolicFloat
    w: SymbolicInt
    m: SymbolicInt
    is_controlled: bool = False
    is_signed: bool = True

    def __attrs_post_init__(self) -> None:
        for name, width in (("flag", self.w), ("qubit that is not zero", self.m)):
            if not is_symbolic(width) and width < 1:
                raise ValueError(f"NonzeroPhase needs at least one {name}, got {width}")

    @cached_property
    def signature(self) -> Signature:
        control = [Register("ctrl", QBit())] if self.is_controlled else []
        sign = [Register("sign", QBit())] if self.is_signed else []
        own = [Register("flags", QAny(self.w)), Register("rest", QAny(self.m))]
        return Signature([*control, *sign, *own])

    def refuse_symbols(self) -> None:
        if is_symbolic(self.w, self.m, self.phi):
            raise DecomposeTypeError(f"{self} has a symbolic size or phase, so it has no circuit")

    def write(self, wires: Wires) -> None:
        zero, steps = compute_zero(wires, [("flags", k) for k in range(self.w)])
        idle, others = compute_zero(wires, [("rest", k) for k in range(self.m)], "idle")
        flag: Wire = "inside"
        wires.compute_and(zero, idle, flag, cv2=0)
        control: list[Wire] = [("ctrl", 0)] if self.is_controlled else []
        sign: list[Wire] = [("sign", 0)] if self.is_signed else []
        turn_flag(wires, self.phi, flag, control, sign)
        wires.uncompute_and(zero, idle, flag, cv2=0)
        uncompute_zero(wires, idle, others)
        uncompute_zero(wires, zero, steps)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        gates = turn_calls(self.phi, self.is_controlled, self.is_signed)
        tests = (zero_test_calls(self.w), zero_test_calls(self.m))
        for calls in (*tests, {And(1, 0): 1, And(1, 0).adjoint(): 1}):
            for gate, times in calls.items():
                gates[gate] = gates.get(gate, 0) + times
        return gates

    def adjoint(self) -> "NonzeroPhase":
        return evolve(self, phi=-self.phi)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, QubitCount):
            return 2 * (self.w + self.m) - 1 + int(self.is_signed) + int(self.is_controlled)
        return NotImplemented

    def __str__(self) -> str:
        return f"NonzeroPhase(w={self.w}, m={self.m})"


@bloq_example(generalizer=SAME_CALLS)
def _nonzero_phase() -> NonzeroPhase:
    return NonzeroPhase(0.3, w=2, m=3)


@bloq_example(generalizer=SAME_CALLS)
def _nonzero_phase_controlled() -> NonzeroPhase:
    return NonzeroPhase(0.3, w=1, m=1, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _nonzero_phase_symbolic() -> NonzeroPhase:
    return NonzeroPhase(symbols.theta, w=symbols.a, m=symbols.n)
