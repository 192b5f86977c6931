"""The reflection about all states whose flags are zero and whose rest is not."""

from attrs import frozen
from qualtran import Bloq, QAny, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CZ, ZGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.composite import AbstractComposite
from bloqs.qsvt.zero_check import compute_zero, uncompute_zero, zero_test_calls
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits


@frozen(cache_hash=True)
class NonzeroReflection(AbstractComposite):
    r"""Applies $1 - 2\, |0\rangle\langle 0| \otimes (1 - |0\rangle\langle 0|)$ on flags and rest.

    That is -1 where the flags are zero, times -1 where the rest is zero as well.

    Args:
        w: width of the flags, at least 1. Unit: qubits.
        m: width of the rest, at least 1. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse, which acts alike.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        flags: QAny(w).
        rest: QAny(m).

    Cost: w + m - 2 AND and as many work qubits; one more of each if controlled.

    Raises:
        ValueError: if w or m is below 1.

    Source: [CASSBB22] Sec. IV, the reflection of a walk, with the projector about the vector in
        place of one about zeros.
    """

    w: SymbolicInt
    m: SymbolicInt

    def __attrs_post_init__(self) -> None:
        for name, width in (("flag", self.w), ("qubit that is not zero", self.m)):
            if not is_symbolic(width) and width < 1:
                raise ValueError(f"NonzeroReflection needs at least one {name}, got {width}")

    @property
    def signature(self) -> Signature:
        own = [Register("flags", QAny(self.w)), Register("rest", QAny(self.m))]
        return Signature([*self.control_registers, *own])

    @property
    def ands(self) -> SymbolicInt:
        """Number of ANDs. Unit: gates."""
        return self.w + self.m - 2 + int(self.is_controlled)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        inside = {And(1, 0): 1, And(1, 0).adjoint(): 1}
        calls: dict[Bloq, SymbolicInt] = {CZ(): 1}
        parts = (zero_test_calls(self.w), zero_test_calls(self.m))
        for part in (*parts, inside if self.is_controlled else {ZGate(): 1}):
            for gate, times in part.items():
                calls[gate] = calls.get(gate, 0) + times
        return calls

    def write(self, wires: Wires) -> None:
        flags, steps = compute_zero(wires, self.wires_of("flags"))
        idle, others = compute_zero(wires, self.wires_of("rest"), "idle")
        if self.is_controlled:
            wires.compute_and(flags, idle, "inside", cv2=0)
            wires.cz(("ctrl", 0), "inside")
            wires.uncompute_and(flags, idle, "inside", cv2=0)
        else:
            wires.gate(ZGate(), q=flags)
            wires.cz(flags, idle)
        uncompute_zero(wires, idle, others)
        uncompute_zero(wires, flags, steps)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return self.w + self.m + self.ands + int(self.is_controlled)
        return serial_cost(self, cost_key)

    def __str__(self) -> str:
        return f"NonzeroReflection(w={self.w}, m={self.m})"


@bloq_example(generalizer=SAME_CALLS)
def _nonzero_reflection() -> NonzeroReflection:
    return NonzeroReflection(2, 3)


@bloq_example(generalizer=SAME_CALLS)
def _nonzero_reflection_of_one() -> NonzeroReflection:
    return NonzeroReflection(1, 1)


@bloq_example(generalizer=SAME_CALLS)
def _nonzero_reflection_controlled() -> NonzeroReflection:
    return NonzeroReflection(3, 1, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _nonzero_reflection_symbolic() -> NonzeroReflection:
    return NonzeroReflection(symbols.a, symbols.n)
