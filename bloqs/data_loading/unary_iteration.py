"""Table lookup by unary iteration: the QROM."""

from collections.abc import Callable
from typing import Any

from attrs import frozen
from qualtran import (
    BloqBuilder,
    DecomposeTypeError,
    QBit,
    QUInt,
    Register,
    Signature,
    SoquetT,
    bloq_example,
)
from qualtran.bloqs.basic_gates import CNOT, XGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, ceil, is_symbolic, log2

from bloqs.abstract import AbstractBloq
from bloqs.data_loading.table import check_table
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import CirqWires, Wire, Wires
from estimator import symbols
from estimator.costs.keys import ToffoliDepth


def walk(
    wires: Wires | CirqWires,
    address: list[Wire],
    control: Wire | None,
    length: int,
    leaf: Callable[[Wire | None, int], None],
) -> None:
    """Call `leaf(wire, x)` for x = 0, ..., length - 1, where `wire` is 1 iff the address is x.

    Costs length - 2 ANDs, length - 1 with a control; `wire` is `None` if there is neither an
    address nor a control.

    Source: [BGBWMPFN18] Sec. III.A, Fig. 7 (sawtooth).
    """
    if length == 1:  # all remaining address bits are zero
        leaf(control, 0)
        return
    bit, rest = address[0], address[1:]
    half = 2 ** len(rest)
    if length <= half:
        walk(wires, rest, control, length, leaf)
        return
    if control is None:
        wires.x(bit)
        walk(wires, rest, bit, half, leaf)
        wires.x(bit)
        walk(wires, rest, bit, length - half, lambda wire, x: leaf(wire, half + x))
        return
    both = ("and", len(rest), bit)
    wires.compute_and(control, bit, both, cv2=0)
    walk(wires, rest, both, half, leaf)
    wires.cnot(control, both)
    walk(wires, rest, both, length - half, lambda wire, x: leaf(wire, half + x))
    wires.uncompute_and(control, bit, both)


@frozen(cache_hash=True)
class UnaryIteration(AbstractBloq):
    r"""XORs entry $x$ of a table onto the target, $|x, t\rangle \to |x, t \oplus T_x\rangle$.

    A binary tree of ANDs walks through all addresses. Unlike Qualtran's `QROM` it does not merge
    equal neighbours, so its cost depends on the number of entries alone, and a cost derived for
    symbols is the cost of every table. It is its own inverse.

    Args:
        table: the entries, or `None` when only their number matters.
        length: number of entries. At least 1; a symbol stands for at least 2.
        bitsize: width of an entry. Unit: qubits.
        is_controlled: whether a control decides between the entry and zero.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        address: QUInt(ceil(log2(length))), absent for one entry. Must hold less than `length`.
        target: QUInt(bitsize).

    Cost: length - 2 AND (length - 1 if controlled; none for a single entry) and as many measured
        uncomputations; ceil(log2(length)) - 1 work qubits (one more if controlled). Toffoli
        depth: the ANDs run one after another.

    Raises:
        ValueError: if the table has the wrong length or an entry does not fit.

    Source: [BGBWMPFN18] Fig. 10, Sec. III.C.
    """

    table: tuple[int, ...] | None
    length: SymbolicInt
    bitsize: SymbolicInt
    is_controlled: bool = False

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.length) and self.length < 1:
            raise ValueError(f"UnaryIteration needs at least one entry, got length={self.length}")
        check_table(self.table, self.length, self.bitsize)

    @property
    def address_bitsize(self) -> SymbolicInt:
        if is_symbolic(self.length):
            base, exponent = self.length.as_base_exp()
            if base == 2 and exponent.is_integer:
                return exponent
            return ceil(log2(self.length))
        return (self.length - 1).bit_length()

    @property
    def signature(self) -> Signature:
        registers = [Register("ctrl", QBit())] if self.is_controlled else []
        if is_symbolic(self.address_bitsize) or self.address_bitsize:
            registers.append(Register("address", QUInt(self.address_bitsize)))
        return Signature([*registers, Register("target", QUInt(self.bitsize))])

    @property
    def work(self) -> SymbolicInt:
        """Work qubits. Unit: qubits."""
        if self.is_controlled:
            return self.address_bitsize
        symbolic = is_symbolic(self.address_bitsize)
        return self.address_bitsize - 1 if symbolic else max(self.address_bitsize - 1, 0)

    @property
    def ands(self) -> SymbolicInt:
        """Number of ANDs, and of their uncomputations. Unit: gates."""
        if self.is_controlled:
            return self.length - 1
        return self.length - 2 if is_symbolic(self.length) else max(self.length - 2, 0)

    @property
    def toffoli_depth(self) -> SymbolicInt:
        """Every AND waits for the one before. Unit: layers."""
        return self.ands

    def build_composite_bloq(self, bb: BloqBuilder, **soqs: Any) -> dict[str, SoquetT]:
        if self.table is None or is_symbolic(self.bitsize):
            raise DecomposeTypeError(f"{self} has no table of concrete size, so it has no circuit")
        table = self.table
        wires = Wires(bb)
        address = wires.split("address", soqs.get("address"))
        target = wires.split("target", soqs["target"])
        control = wires.split("ctrl", soqs.get("ctrl"))

        def load(wire: Wire | None, x: int) -> None:
            for k, bit in enumerate(target):
                if table[x] >> (len(target) - 1 - k) & 1:
                    if wire is None:
                        wires.x(bit)
                    else:
                        wires.cnot(wire, bit)

        walk(wires, address, control[0] if control else None, len(table), load)
        return wires.registers(self.signature)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        if self.table is None:
            return {And(): self.ands, And().adjoint(): self.ands}
        ones = sum(entry.bit_count() for entry in self.table)
        if len(self.table) == 1 and not self.is_controlled:
            return {XGate(): ones} if ones else {}
        ands: BloqCountDictT = {And(1, 0): self.ands, And().adjoint(): self.ands}
        flips = {} if self.is_controlled else {XGate(): 2}
        gates = {**ands, CNOT(): ones + self.ands, **flips}
        return {gate: count for gate, count in gates.items() if count}

    def adjoint(self) -> "UnaryIteration":
        return self

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, ToffoliDepth):
            return self.toffoli_depth
        if isinstance(cost_key, QubitCount):
            return self.address_bitsize + self.bitsize + int(self.is_controlled) + self.work
        return NotImplemented

    def __str__(self) -> str:
        return f"QROM({self.length} x {self.bitsize} bit)"


@bloq_example(generalizer=SAME_CALLS)
def _unary_iteration() -> UnaryIteration:
    return UnaryIteration(table=(3, 0, 0, 1, 2), length=5, bitsize=2)


@bloq_example(generalizer=SAME_CALLS)
def _unary_iteration_controlled() -> UnaryIteration:
    return UnaryIteration(table=(1, 2, 3, 0), length=4, bitsize=2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _unary_iteration_symbolic() -> UnaryIteration:
    return UnaryIteration(table=None, length=symbols.L, bitsize=symbols.b)
