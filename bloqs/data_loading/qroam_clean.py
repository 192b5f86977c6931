"""Table lookup into clean qubits with measured unload: QROAM."""

from typing import Any

import attrs
from attrs import frozen
from qualtran import BloqBuilder, DecomposeTypeError, QUInt, SoquetT, bloq_example
from qualtran.bloqs.basic_gates import TwoBitCSwap
from qualtran.resource_counting import BloqCountDictT, CostKey, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractLookup
from bloqs.data_loading.measured_unload import MeasuredUnload
from bloqs.data_loading.select_swap import block_table, swap_depth, swap_to_front
from bloqs.data_loading.table import check_table
from bloqs.data_loading.unary_iteration import UnaryIteration
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import ToffoliDepth


@frozen(cache_hash=True)
class QROAMClean(AbstractLookup):
    r"""Loads a block of $2^\beta$ entries, swaps the wanted one to the front, keeps the rest.

    The other entries stay as junk until the unload, which measures everything.

    Args:
        table: the entries, or `None` when only their number matters.
        address_bitsize: log2 of the number of entries, at least 1. Unit: qubits.
        bitsize: width of an entry. Unit: qubits.
        beta: log2 of the block size, 0 <= beta < address_bitsize. Unit: qubits.
        is_controlled: whether a control decides between the entry and zero.
        uncompute: whether this is the unload.

    Registers: as in `AbstractLookup`, with 2**beta - 1 entries of junk.

    Cost: load 2**(a - beta) - 2 AND (one more if controlled) and b (2**beta - 1) CSWAP for
        a = address_bitsize, b = bitsize; unload as `MeasuredUnload` of b 2**beta bits. Toffoli
        depth of the load: its ANDs + b 2**(beta - 1) + beta - 1 (its ANDs alone if beta = 0),
        reached by a table of ones.

    Raises:
        ValueError: if `beta` is out of range, the table has the wrong length or an entry does
            not fit.

    Source: [BGMMB19] App. B (load) and App. C (unload).
    """

    table: tuple[int, ...] | None
    address_bitsize: SymbolicInt
    bitsize: SymbolicInt
    beta: SymbolicInt
    is_controlled: bool = False
    uncompute: bool = False

    def __attrs_post_init__(self) -> None:
        if is_symbolic(self.address_bitsize, self.beta):
            return
        if not 0 <= self.beta < self.address_bitsize:
            raise ValueError(
                f"QROAMClean needs 0 <= beta < address_bitsize, got beta={self.beta} "
                f"with address_bitsize={self.address_bitsize}"
            )
        check_table(self.table, 2**self.address_bitsize, self.bitsize)

    @property
    def junk(self) -> SymbolicInt:
        return 2**self.beta - 1

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
    def unload(self) -> MeasuredUnload:
        """The measurement of the block as the swaps left it."""
        return MeasuredUnload(
            table=None if self.table is None else self._after_swaps(),
            address_bitsize=self.address_bitsize,
            bitsize=self.bitsize * 2**self.beta,
            is_controlled=self.is_controlled,
        )

    def _after_swaps(self) -> tuple[int, ...]:
        """For each address, target and junk as one wide entry, in the order the swaps leave."""
        size = 2**self.beta
        wide = []
        for x in range(2**self.address_bitsize):
            entries = list(self.table[x - x % size : x - x % size + size])  # type: ignore[index]
            for depth in range(self.beta):
                if x >> depth & 1:
                    for first in range(0, size, 2 ** (depth + 1)):
                        second = first + 2**depth
                        entries[first], entries[second] = entries[second], entries[first]
            wide.append(block_table(tuple(entries), self.beta, self.bitsize)[0])  # type: ignore[index]
        return tuple(wide)

    @property
    def work(self) -> SymbolicInt:
        step = self.unload if self.uncompute else self.block
        return step.work

    @property
    def toffoli_depth(self) -> SymbolicInt:
        """One iteration and one round of swaps, or the unload. Unit: layers."""
        if self.uncompute:
            return self.unload.toffoli_depth
        return self.block.toffoli_depth + swap_depth(self.beta, self.bitsize)

    def build_composite_bloq(self, bb: BloqBuilder, **soqs: Any) -> dict[str, SoquetT]:
        if self.table is None or is_symbolic(self.bitsize):
            raise DecomposeTypeError(f"{self} has no table of concrete size, so it has no circuit")
        wires = Wires(bb)
        control = wires.split("ctrl", soqs.get("ctrl"))
        address = wires.split("address", soqs["address"])
        entries: list[list[Wire]] = [[("target", k) for k in range(self.bitsize)]]
        for j in range(self.junk):
            entries.append([("junk", j, k) for k in range(self.bitsize)])
        everything = [wire for entry in entries for wire in entry]
        if self.uncompute:
            wires.split("target", soqs["target"])
            for j in range(self.junk):
                for wire, bit in zip(entries[j + 1], bb.split(soqs["junk"][j]), strict=True):
                    wires.at[wire] = bit
            wires.on(self.unload, ctrl=control, address=address, target=everything)
        else:
            wires.allocate(everything)
            high = address[: self.address_bitsize - self.beta]
            low = address[self.address_bitsize - self.beta :]
            wires.on(self.block, ctrl=control, address=high, target=everything)
            swap_to_front(wires, low, entries)
        rights = [reg for reg in self.signature.rights() if reg.name != "junk"]
        out: dict[str, SoquetT] = wires.registers(rights)
        if self.junk and not self.uncompute:
            out["junk"] = [wires.join(entry, QUInt(self.bitsize)) for entry in entries[1:]]
        return out

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        if self.uncompute:
            return {self.unload: 1}
        swaps = self.bitsize * self.junk
        swapping = {TwoBitCSwap(): swaps} if is_symbolic(swaps) or swaps else {}
        return {self.block: 1, **swapping}

    def adjoint(self) -> "QROAMClean":
        return attrs.evolve(self, uncompute=not self.uncompute)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, ToffoliDepth):
            return self.toffoli_depth
        return super().my_static_costs(cost_key)

    def __str__(self) -> str:
        verb = "unload" if self.uncompute else "load"
        size = f"2**{self.address_bitsize} x {self.bitsize} bit"
        return f"QROAM {verb}({size}, block 2**{self.beta})"


@bloq_example(generalizer=SAME_CALLS)
def _qroam_clean() -> QROAMClean:
    return QROAMClean(table=(3, 1, 0, 2, 2, 0, 3, 3), address_bitsize=3, bitsize=2, beta=1)


@bloq_example(generalizer=SAME_CALLS)
def _qroam_clean_unload() -> QROAMClean:
    table = (3, 1, 0, 2, 2, 0, 3, 3)
    return QROAMClean(table, 3, bitsize=2, beta=1, is_controlled=True, uncompute=True)


@bloq_example(generalizer=SAME_CALLS)
def _qroam_clean_symbolic() -> QROAMClean:
    return QROAMClean(None, symbols.a, symbols.b, symbols.beta)
