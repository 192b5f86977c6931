"""A flag that says whether a register has reached a constant."""

from collections import Counter

from attrs import frozen
from qualtran import Bloq, DecomposeTypeError, QBit, QUInt, Register, Signature, bloq_example
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
class ConstantComparison(AbstractComposite):
    r"""Flips a flag from a constant on, $|x, f\rangle \to |x, f \oplus [x \ge k]\rangle$.

    That is the last carry of $x + (2^m - k)$. From the lowest set bit of $k$ upwards, the carry
    into the next bit is the AND of bit and carry where $k$ has a one, their OR where it has a zero;
    below it nothing is carried. An OR is kept negated, as one AND.

    Args:
        k: the constant, 1 <= k < 2**m, or `None` when only the size matters: then the largest.
        m: width of the register, at least 1. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse, which acts alike.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        x: QUInt(m).
        flag: QBit.

    Cost: m - 1 - z AND and as many work qubits, z the zeros at the end of k; controlled, one more
        Toffoli.

    Raises:
        ValueError: if m is below 1, k is out of range, or k is given without a number m.

    Source: [Gid18] Fig. 1 for a ladder of carries uncomputed by measurement; with a constant ours.
    """

    k: int | None
    m: SymbolicInt

    def __attrs_post_init__(self) -> None:
        if is_symbolic(self.m):
            if self.k is not None:
                raise ValueError(f"a constant needs a width that is a number, got m={self.m}")
            return
        if self.m < 1:
            raise ValueError(f"a comparison needs a register of m >= 1 qubits, got m={self.m}")
        if self.k is not None and not 1 <= self.k < 2**self.m:
            raise ValueError(
                f"a comparison needs 1 <= k < 2**m, got k={self.k} with m={self.m}; otherwise the "
                "flag does not depend on x"
            )

    @property
    def zeros(self) -> int:
        """Zeros at the end of k, below which nothing is carried."""
        return 0 if self.k is None else (self.k & -self.k).bit_length() - 1

    @property
    def work(self) -> SymbolicInt:
        """ANDs, each in a work qubit. Unit: qubits."""
        return self.m - 1 - self.zeros

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"x": (("compared", self.m),)}

    @property
    def work_names(self) -> WireNames:
        """What its own qubits hold; see `estimator.drawing.wire_names`."""
        return (("carry", self.work),)

    @property
    def signature(self) -> Signature:
        register, flag = Register("x", QUInt(self.m)), Register("flag", QBit())
        return Signature([*self.control_registers, register, flag])

    def ladder(self, k: int, m: int) -> tuple[list[tuple[int, int]], int]:
        """Control values of bit and carry for each AND, lowest first, and what the last AND means.

        A carry is held as itself, meaning 1, or negated, meaning 0.
        """
        gates, meaning = [], 1
        for place in range(self.zeros + 1, m):
            one = k >> place & 1
            gates.append((one, meaning if one else 1 - meaning))
            meaning = one
        return gates, meaning

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        flip: dict[Bloq, SymbolicInt] = {Toffoli() if self.is_controlled else CNOT(): 1}
        if self.k is None or is_symbolic(self.m):
            return {And(): self.work, And().adjoint(): self.work, **flip}
        gates, meaning = self.ladder(self.k, self.m)
        ands = Counter(And(*values) for values in gates)
        calls: dict[Bloq, SymbolicInt] = {**ands, **flip}
        calls |= {gate.adjoint(): times for gate, times in ands.items()}
        if not meaning:
            negation = CNOT() if self.is_controlled else XGate()
            calls[negation] = calls.get(negation, 0) + 1
        return calls

    def write(self, wires: Wires) -> None:
        if self.k is None:
            raise DecomposeTypeError(f"{self} has no constant, so it has no circuit")
        bits, flag = self.wires_of("x")[::-1][self.zeros :], ("flag", 0)
        gates, meaning = self.ladder(self.k, len(self.wires_of("x")))
        carry, *rest = bits
        steps: list[tuple[Wire, Wire, Wire, int, int]] = []
        for place, (bit, values) in enumerate(zip(rest, gates, strict=True)):
            steps.append((bit, carry, ("carry", place), *values))
            carry = ("carry", place)
        for x, y, new, cv1, cv2 in steps:
            wires.compute_and(x, y, new, cv1=cv1, cv2=cv2)
        if self.is_controlled:
            wires.toffoli(("ctrl", 0), carry, flag)
        else:
            wires.cnot(carry, flag)
        for x, y, old, cv1, cv2 in reversed(steps):
            wires.uncompute_and(x, y, old, cv1=cv1, cv2=cv2)
        if not meaning and self.is_controlled:
            wires.cnot(("ctrl", 0), flag)
        elif not meaning:
            wires.x(flag)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return self.signature.n_qubits() + self.work
        return serial_cost(self, cost_key)

    def __str__(self) -> str:
        constant = "k" if self.k is None else self.k
        return f"ConstantComparison{'†' if self.is_adjoint else ''}(x >= {constant}, m={self.m})"


@bloq_example(generalizer=SAME_CALLS)
def _constant_comparison() -> ConstantComparison:
    return ConstantComparison(5, 4)


@bloq_example(generalizer=SAME_CALLS)
def _constant_comparison_of_even() -> ConstantComparison:
    return ConstantComparison(12, 4)


@bloq_example(generalizer=SAME_CALLS)
def _constant_comparison_controlled() -> ConstantComparison:
    return ConstantComparison(3, 3, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _constant_comparison_symbolic() -> ConstantComparison:
    return ConstantComparison(None, symbols.m)
