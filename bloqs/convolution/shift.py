"""Shift a pixel coordinate by an amount that another register holds."""

from typing import Any

import attrs
import sympy
from attrs import frozen
from qualtran import (
    Bloq,
    BloqBuilder,
    DecomposeTypeError,
    QBit,
    QInt,
    QUInt,
    Register,
    Signature,
    SoquetT,
    bloq_example,
)
from qualtran.bloqs.arithmetic import Add
from qualtran.bloqs.basic_gates import CNOT, XGate
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq, WireNames
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.simplify import largest


@frozen(cache_hash=True)
class Shift(AbstractBloq):
    r"""Adds a tap's shift to a coordinate; an overflow bit says whether it left the image.

    With a coordinate of $m$ bits and the overflow bit above it, $|v\rangle|o, x\rangle \to
    |v\rangle|(o, x) \pm v \bmod 2^{m+1}\rangle$. Started and found in $o = 0$, the coordinate
    operator is $\sum_x |x \pm v\rangle\langle x|$ over the $x$ that stay inside, for either sign
    and every $|v| \le 2^m$. Without the bit the shift is cyclic.

    Args:
        m: log2 of the image side. Unit: qubits. At least 1.
        d: width of the shift. Unit: qubits. At least 1.
        wraps: whether the shift is cyclic.
        signed: whether the shift is in two's complement.
        direction: 1 to add, -1 to subtract.

    Registers:
        v: the shift; QInt(d) if signed, QUInt(d) otherwise.
        overflow: QBit, absent if `wraps`. Starts in zero.
        x: QUInt(m).

    Cost: m AND (m - 1 if cyclic). Work qubits: as many carries, and copies of the sign of v that
        make it as wide as the coordinate.

    Raises:
        ValueError: if a concrete size is out of range.

    Source: [RHGPR25] Lem. B.15 states the operator; the circuit is ours, with the adder of [Gid18]
        Fig. 1.
    """

    m: SymbolicInt
    d: SymbolicInt
    wraps: bool
    signed: bool
    direction: int

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.m, self.d) and min(self.m, self.d) < 1:
            raise ValueError(f"Shift needs m >= 1 and d >= 1, got m={self.m}, d={self.d}")
        if self.direction not in (1, -1):
            raise ValueError(f"direction must be 1 or -1, got {self.direction}")

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"v": (("shift", self.d),), "x": (("coordinate", self.m),)}

    @property
    def work_names(self) -> WireNames:
        """What its own qubits hold; see `estimator.drawing.wire_names`."""
        return (("sign of the shift", self.copies),)

    @property
    def signature(self) -> Signature:
        v = Register("v", QInt(self.d) if self.signed and self.d != 1 else QUInt(self.d))
        overflow = [] if self.wraps else [Register("overflow", QBit())]
        return Signature([v, *overflow, Register("x", QUInt(self.m))])

    @property
    def width(self) -> SymbolicInt:
        """Bits of the adder. Unit: qubits."""
        return self.m if self.wraps else self.m + 1

    @property
    def copies(self) -> SymbolicInt:
        """Copies of the sign of v. Unit: qubits."""
        return largest({self.width - self.d, 0}) if self.signed else 0

    @property
    def work(self) -> SymbolicInt:
        """Carries and copies of the sign. Unit: qubits."""
        return self.width - 1 + self.copies

    def build_composite_bloq(self, bb: BloqBuilder, **soqs: Any) -> dict[str, SoquetT]:
        if is_symbolic(self.m, self.d):
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        wires = Wires(bb)
        for name, soq in soqs.items():
            wires.split(name, soq)
        sum_bits = [] if self.wraps else [("overflow", 0)]
        sum_bits = [*sum_bits, *(("x", k) for k in range(self.m))]
        v = [("v", k) for k in range(self.d)]
        signs = [("sign", k) for k in range(self.copies)]
        wires.allocate(signs)
        for sign in signs:
            wires.cnot(v[0], sign)
        flips = sum_bits if self.direction < 0 else []
        for bit in flips:
            wires.x(bit)
        addend = [*signs, *v][-self.width :]
        if self.width == 1:
            wires.cnot(addend[0], sum_bits[0])
        else:
            wires.on(self.adder, a=addend, b=sum_bits)
        for bit in flips:
            wires.x(bit)
        for sign in signs:
            wires.cnot(v[0], sign)
        wires.free(signs)
        return wires.registers(self.signature)

    @property
    def adder(self) -> Add:
        """Qualtran's adder does not extend signs, so a signed shift is widened before."""
        wide = self.signed or (not is_symbolic(self.d, self.width) and self.d >= self.width)
        addend = self.width if wide else self.d
        if is_symbolic(self.width):  # Qualtran compares sizes unless the first is an expression
            addend = sympy.sympify(addend)
        return Add(QUInt(addend), QUInt(self.width))

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        gates: dict[Bloq, SymbolicInt] = {CNOT(): 2 * self.copies}
        if self.direction < 0:
            gates[XGate()] = 2 * self.width
        if not is_symbolic(self.width) and self.width == 1:
            gates[CNOT()] += 1
        else:
            gates[self.adder] = 1
        return {gate: count for gate, count in gates.items() if is_symbolic(count) or count}

    def adjoint(self) -> "Shift":
        return attrs.evolve(self, direction=-self.direction)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, QubitCount):
            return self.d + self.width + self.work
        return NotImplemented

    def __str__(self) -> str:
        return f"Shift{'+-'[self.direction < 0]}(m={self.m}, d={self.d})"


@bloq_example(generalizer=SAME_CALLS)
def _shift() -> Shift:
    return Shift(m=3, d=2, wraps=False, signed=True, direction=1)


@bloq_example(generalizer=SAME_CALLS)
def _shift_back() -> Shift:
    return Shift(m=2, d=2, wraps=False, signed=True, direction=-1)


@bloq_example(generalizer=SAME_CALLS)
def _shift_cyclic() -> Shift:
    return Shift(m=2, d=3, wraps=True, signed=False, direction=1)


@bloq_example(generalizer=SAME_CALLS)
def _shift_of_one_bit() -> Shift:
    return Shift(m=1, d=1, wraps=True, signed=False, direction=1)


@bloq_example(generalizer=SAME_CALLS)
def _shift_symbolic() -> Shift:
    return Shift(symbols.m, symbols.d, wraps=False, signed=True, direction=-1)
