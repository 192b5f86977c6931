"""The reflection about zero of a register."""

from attrs import frozen
from qualtran import Bloq, QAny, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CZ, XGate, ZGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.composite import AbstractComposite
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits


@frozen(cache_hash=True)
class ZeroReflection(AbstractComposite):
    r"""Applies $1 - 2 |0\rangle\langle 0|$ without a rotation.

    Args:
        w: width of the register, at least 1; a symbol stands for at least 3. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse, which acts alike.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        x: QAny(w).

    Cost: w - 2 AND (none for w = 1) and as many work qubits; one more of each if controlled and
        w > 1.

    Raises:
        ValueError: if w is below 1.

    Source: [RHGPR25] Lem. B.4 for its use.
    """

    w: SymbolicInt

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.w) and self.w < 1:
            raise ValueError(f"ZeroReflection needs at least one qubit, got w={self.w}")

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"x": (("tested for zero", self.w),)}

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("x", QAny(self.w))])

    @property
    def ands(self) -> SymbolicInt:
        """Number of ANDs. Unit: gates."""
        ands = self.w - 2 + int(self.is_controlled)
        return ands if is_symbolic(ands) else max(0, ands)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        if not is_symbolic(self.ands) and self.ands == 0:
            if self.is_controlled:
                return {XGate(): 2, CZ(): 1}
            return {XGate(): 2, ZGate(): 1} if self.w == 1 else {XGate(): 4, CZ(): 1}
        calls: dict[Bloq, SymbolicInt] = {And(0, 0): 1, And(0, 0).adjoint(): 1, CZ(): 1}
        calls |= {And(1, 0): self.ands - 1, And(1, 0).adjoint(): self.ands - 1}
        return calls if self.is_controlled else {**calls, XGate(): 2}

    def write(self, wires: Wires) -> None:
        bits = self.wires_of("x")
        last = ("ctrl", 0) if self.is_controlled else bits.pop()
        flipped: list[Wire] = [] if self.is_controlled else [last]
        steps: list[tuple[Wire, Wire, Wire, int]] = []
        zero: Wire = bits[0] if bits else last
        for k, bit in enumerate(bits[1:]):
            steps.append((zero, bit, ("zero", k), 1 if k else 0))
            zero = ("zero", k)
        flipped += bits if len(bits) == 1 else []
        for x, y, new, cv in steps:
            wires.compute_and(x, y, new, cv1=cv, cv2=0)
        for bit in flipped:
            wires.x(bit)
        if bits:
            wires.cz(zero, last)
        else:
            wires.gate(ZGate(), q=last)
        for bit in flipped:
            wires.x(bit)
        for x, y, old, cv in reversed(steps):
            wires.uncompute_and(x, y, old, cv1=cv, cv2=0)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return self.w + int(self.is_controlled) + self.ands
        return serial_cost(self, cost_key)

    def __str__(self) -> str:
        return f"ZeroReflection{'†' if self.is_adjoint else ''}(w={self.w})"


@bloq_example(generalizer=SAME_CALLS)
def _zero_reflection() -> ZeroReflection:
    return ZeroReflection(4)


@bloq_example(generalizer=SAME_CALLS)
def _zero_reflection_of_one() -> ZeroReflection:
    return ZeroReflection(1)


@bloq_example(generalizer=SAME_CALLS)
def _zero_reflection_of_two() -> ZeroReflection:
    return ZeroReflection(2)


@bloq_example(generalizer=SAME_CALLS)
def _zero_reflection_controlled() -> ZeroReflection:
    return ZeroReflection(3, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _zero_reflection_symbolic() -> ZeroReflection:
    return ZeroReflection(symbols.a)
