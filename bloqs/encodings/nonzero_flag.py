"""A flag that says whether a register is away from zero."""

from attrs import frozen
from qualtran import Bloq, QAny, QBit, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Toffoli, XGate
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
class NonzeroFlag(AbstractComposite):
    r"""Flips a flag where a register is not zero, $|x, f\rangle \to |x, f \oplus [x \ne 0]\rangle$.

    Args:
        w: width of the register, at least 1; a symbol stands for at least 2. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse, which acts alike.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        x: QAny(w).
        flag: QBit.

    Cost: w - 1 AND and w - 1 work qubits; controlled, one more Toffoli.

    Raises:
        ValueError: if w is below 1.

    Source: [BGBWMPFN18] Sec. III.A for measured uncomputation of the ANDs.
    """

    w: SymbolicInt

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.w) and self.w < 1:
            raise ValueError(f"NonzeroFlag needs a register of at least one qubit, got w={self.w}")

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"x": (("tested for zero", self.w),)}

    @property
    def signature(self) -> Signature:
        register, flag = Register("x", QAny(self.w)), Register("flag", QBit())
        return Signature([*self.control_registers, register, flag])

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {And(0, 0): 1, And(0, 0).adjoint(): 1}
        if is_symbolic(self.w) or self.w > 2:
            calls |= {And(1, 0): self.w - 2, And(1, 0).adjoint(): self.w - 2}
        if not is_symbolic(self.w) and self.w == 1:
            return {Toffoli() if self.is_controlled else CNOT(): 1}
        return {**calls, CNOT(): 1, Toffoli() if self.is_controlled else XGate(): 1}

    def write(self, wires: Wires) -> None:
        zero, *rest = self.wires_of("x")
        flag: Wire = ("flag", 0)
        if not rest:
            self._onto(wires, zero, flag)
            return
        steps: list[tuple[Wire, Wire, Wire, int]] = []
        for k, bit in enumerate(rest):
            steps.append((zero, bit, ("zero", k), 1 if k else 0))
            zero = ("zero", k)
        for x, y, new, cv in steps:
            wires.compute_and(x, y, new, cv1=cv, cv2=0)
        self._onto(wires, zero, flag)
        for x, y, old, cv in reversed(steps):
            wires.uncompute_and(x, y, old, cv1=cv, cv2=0)
        if self.is_controlled:
            wires.cnot(("ctrl", 0), flag)
        else:
            wires.x(flag)

    def _onto(self, wires: Wires, wire: Wire, flag: Wire) -> None:
        """XOR a wire, under the control if there is one, onto the flag."""
        if self.is_controlled:
            wires.toffoli(("ctrl", 0), wire, flag)
        else:
            wires.cnot(wire, flag)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return 2 * self.w + int(self.is_controlled)
        return serial_cost(self, cost_key)

    def __str__(self) -> str:
        return f"NonzeroFlag{'†' if self.is_adjoint else ''}(w={self.w})"


@bloq_example(generalizer=SAME_CALLS)
def _nonzero_flag() -> NonzeroFlag:
    return NonzeroFlag(3)


@bloq_example(generalizer=SAME_CALLS)
def _nonzero_flag_of_one() -> NonzeroFlag:
    return NonzeroFlag(1, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _nonzero_flag_controlled() -> NonzeroFlag:
    return NonzeroFlag(2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _nonzero_flag_symbolic() -> NonzeroFlag:
    return NonzeroFlag(symbols.a)
