"""Table lookup that trades ANDs for borrowed qubits: select-swap."""

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
from qualtran.bloqs.basic_gates import CNOT, TwoBitCSwap
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq
from bloqs.data_loading.table import check_table
from bloqs.data_loading.unary_iteration import UnaryIteration
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import ToffoliDepth


def block_table(table: tuple[int, ...] | None, beta: int, bitsize: int) -> tuple[int, ...] | None:
    """Rows of 2**beta consecutive entries, each written as one wide entry, first entry on top."""
    if table is None:
        return None
    size = 2**beta
    return tuple(
        sum(entry << bitsize * (size - 1 - k) for k, entry in enumerate(table[row : row + size]))
        for row in range(0, len(table), size)
    )


def swap_to_front(
    wires: Wires, low: list[Wire], entries: list[list[Wire]], backwards: bool = False
) -> None:
    """Bring entry number `low` to place 0 with `len(entries) - 1` controlled entry swaps.

    Source: [LKS18] Fig. 1(c).
    """
    swaps = [
        (bit, first, first + 2**depth)
        for depth, bit in enumerate(reversed(low))
        for first in range(0, len(entries), 2 ** (depth + 1))
    ]
    for bit, first, second in reversed(swaps) if backwards else swaps:
        for x, y in zip(entries[first], entries[second], strict=True):
            wires.cswap(bit, x, y)


def swap_depth(beta: SymbolicInt, bitsize: SymbolicInt) -> SymbolicInt:
    """Toffoli depth of `swap_to_front` on 2**beta entries. Unit: layers.

    The swaps that one address bit controls wait for each other, half as many for each bit as for
    the bit before; the last swap of each bit but the first adds one layer.
    """
    if not is_symbolic(beta) and beta == 0:
        return 0
    return bitsize * 2 ** (beta - 1) + beta - 1


@frozen(cache_hash=True)
class SelectSwap(AbstractBloq):
    r"""XORs entry $x$ of a table onto the target, with $2^\beta$ entries of borrowed qubits.

    Unary iteration over the high address bits XORs a whole block of entries onto the borrowed
    qubits, whatever they hold; swaps controlled by the low bits bring the wanted entry to the
    front, where it is copied. Doing the same without the table cancels what was there before.
    It is its own inverse.

    Args:
        table: the entries, or `None` when only their number matters.
        address_bitsize: log2 of the number of entries. Unit: qubits.
        bitsize: width of an entry. Unit: qubits.
        beta: log2 of the block size, 1 <= beta < address_bitsize. Unit: qubits.
        is_controlled: whether a control decides between the entry and zero.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        address: QUInt(address_bitsize).
        target: QUInt(bitsize).

    Cost: 2 (2**(a - beta) - 2) AND (2 more if controlled) and 4 b (2**beta - 1) CSWAP for
        a = address_bitsize, b = bitsize; b 2**beta borrowed qubits, which may be dirty, and
        a - beta - 1 clean ones (one more if controlled). Toffoli depth: 2 (2**(a - beta) - 2)
        (2 more if controlled) + 4 (b 2**(beta - 1) + beta - 1), an upper bound that forgets that
        the second iteration starts during the swaps of the first; that saves at most
        a - beta - 1 layers (one more if controlled).

    Raises:
        ValueError: if `beta` is out of range, the table has the wrong length or an entry does
            not fit.

    Source: [LKS18] Fig. 1(d), Table II; counted as in [BGMMB19] App. A.
    """

    table: tuple[int, ...] | None
    address_bitsize: SymbolicInt
    bitsize: SymbolicInt
    beta: SymbolicInt
    is_controlled: bool = False

    def __attrs_post_init__(self) -> None:
        if is_symbolic(self.address_bitsize, self.beta):
            return
        if not 1 <= self.beta < self.address_bitsize:
            raise ValueError(
                f"SelectSwap needs 1 <= beta < address_bitsize, got beta={self.beta} "
                f"with address_bitsize={self.address_bitsize}"
            )
        check_table(self.table, 2**self.address_bitsize, self.bitsize)

    @property
    def signature(self) -> Signature:
        control = [Register("ctrl", QBit())] if self.is_controlled else []
        address = Register("address", QUInt(self.address_bitsize))
        return Signature([*control, address, Register("target", QUInt(self.bitsize))])

    @property
    def block(self) -> UnaryIteration:
        """The lookup of a whole block."""
        return UnaryIteration(
            table=block_table(self.table, self.beta, self.bitsize),
            length=2 ** (self.address_bitsize - self.beta),
            bitsize=self.bitsize * 2**self.beta,
            is_controlled=self.is_controlled,
        )

    @property
    def work(self) -> SymbolicInt:
        """Borrowed and clean qubits. Unit: qubits."""
        clean = self.address_bitsize - self.beta - 1 + int(self.is_controlled)
        return self.bitsize * 2**self.beta + clean

    @property
    def toffoli_depth(self) -> SymbolicInt:
        """Two iterations and four rounds of swaps, one after another. Unit: layers."""
        return 2 * self.block.toffoli_depth + 4 * swap_depth(self.beta, self.bitsize)

    def build_composite_bloq(self, bb: BloqBuilder, **soqs: Any) -> dict[str, SoquetT]:
        if self.table is None or is_symbolic(self.bitsize):
            raise DecomposeTypeError(f"{self} has no table of concrete size, so it has no circuit")
        wires = Wires(bb)
        control = wires.split("ctrl", soqs.get("ctrl"))
        address = wires.split("address", soqs["address"])
        target = wires.split("target", soqs["target"])
        high, low = address[: -self.beta], address[-self.beta :]
        entries: list[list[Wire]] = [
            [("entry", j, k) for k in range(self.bitsize)] for j in range(2**self.beta)
        ]
        borrowed = [wire for entry in entries for wire in entry]
        for wire in borrowed:
            wires.at[wire] = bb.allocate(dtype=QBit(), dirty=True)
        for _ in range(2):  # the second time removes what the borrowed qubits held before
            wires.on(self.block, ctrl=control, address=high, target=borrowed)
            swap_to_front(wires, low, entries)
            for source, goal in zip(entries[0], target, strict=True):
                wires.cnot(source, goal)
            swap_to_front(wires, low, entries, backwards=True)
        for wire in borrowed:
            bb.free(wires.at.pop(wire), dirty=True)
        return wires.registers(self.signature)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        swaps = 4 * self.bitsize * (2**self.beta - 1)
        return {self.block: 2, TwoBitCSwap(): swaps, CNOT(): 2 * self.bitsize}

    def adjoint(self) -> "SelectSwap":
        return self

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, ToffoliDepth):
            return self.toffoli_depth
        if isinstance(cost_key, QubitCount):
            registers = self.address_bitsize + self.bitsize + int(self.is_controlled)
            return registers + self.work
        return NotImplemented

    def __str__(self) -> str:
        return f"SelectSwap(2**{self.address_bitsize} x {self.bitsize} bit, block 2**{self.beta})"


@bloq_example(generalizer=SAME_CALLS)
def _select_swap() -> SelectSwap:
    return SelectSwap(table=(3, 1, 0, 2, 2, 0, 3, 3), address_bitsize=3, bitsize=2, beta=1)


@bloq_example(generalizer=SAME_CALLS)
def _select_swap_controlled() -> SelectSwap:
    table = (3, 1, 0, 2, 2, 0, 3, 3)
    return SelectSwap(table, address_bitsize=3, bitsize=2, beta=2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _select_swap_symbolic() -> SelectSwap:
    return SelectSwap(None, symbols.a, symbols.b, symbols.beta)
