"""Bucket-brigade QRAM: a tree of routers that carries the address in and the entry out."""

from typing import Any

import sympy
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
from qualtran.bloqs.basic_gates import CNOT, Hadamard, TwoBitSwap, ZGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic, smax

from bloqs.abstract import AbstractBloq, WireNames
from bloqs.data_loading.routing import descent, overlapped, storing, tree_wires, write
from bloqs.data_loading.table import after_lookup, check_table
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.keys import ToffoliDepth


@frozen(cache_hash=True)
class BucketBrigade(AbstractBloq):
    r"""XORs cell $x$ of a memory onto the target through a binary tree of $2^a - 1$ routers.

    Router $(t, p)$ sits at depth $t$ and passes a qubit to its left or right child according to
    the qubit it stores: one SWAP to the left, then one controlled SWAP. The address bits go in
    first, most significant first; bit $t$ travels through depths $0, ..., t - 1$ and is stored at
    depth $t$. Then each target bit, in the Hadamard basis, travels to the leaf the address names,
    gets the sign $(-1)^{T_x}$ from a classically chosen Z and travels back. Leaves that are not
    addressed hold zero, where Z does nothing. Last, the address comes out. It is its own inverse.

    Args:
        table: the cells, or `None` when only their number matters.
        address_bitsize: log2 of the number of cells, at least 1. Unit: qubits.
        bitsize: width of a cell. Unit: qubits.
        is_controlled: whether a control decides between the entry and zero.
        is_fast: whether the routers of a depth work at once, each with a work qubit of its own;
            otherwise all routers take turns with one work qubit.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        address: QUInt(address_bitsize).
        target: QUInt(bitsize).

    A controlled swap is an AND of the router's qubit into a work qubit, taken away by measurement,
    between CNOTs: 4 T, one measurement and one work qubit while it runs.

    Cost: 2 (2**a - 1 - a) + 2 b (2**a - 1) controlled swaps (2 b more if controlled) for
        a = address_bitsize, b = bitsize. Fast: all routers of a depth work at once and an address
        bit follows the one before, so the Toffoli depth is 2 a b + 2 (a - 1); controlled,
        2 (a + 1) b + 2 max(a - 2, 0). At most the 2**(a - 1) routers of the last depth are at
        work in a layer, hence 3 * 2**a - 2 + 2**(a - 1) work qubits. Narrow: as many layers as
        controlled swaps, 3 * 2**a - 1 work qubits.

    Raises:
        ValueError: if `address_bitsize` is below 1, the table has the wrong length or an entry
            does not fit.

    Source: [GLM08] Fig. 3, with the routers of [HLGJ21] Sec. II; the count is ours. [DGM20]
        counts another circuit, with one Toffoli tree per memory call.
    """

    table: tuple[int, ...] | None
    address_bitsize: SymbolicInt
    bitsize: SymbolicInt
    is_controlled: bool = False
    is_fast: bool = True

    def __attrs_post_init__(self) -> None:
        if is_symbolic(self.address_bitsize):
            return
        if self.address_bitsize < 1:
            raise ValueError(
                f"BucketBrigade needs address_bitsize >= 1, got {self.address_bitsize}"
            )
        check_table(self.table, 2**self.address_bitsize, self.bitsize)

    @property
    def signature(self) -> Signature:
        control = [Register("ctrl", QBit())] if self.is_controlled else []
        address = Register("address", QUInt(self.address_bitsize))
        return Signature([*control, address, Register("target", QUInt(self.bitsize))])

    @property
    def work(self) -> SymbolicInt:
        """Routers, wires into every router and leaf, ANDs held at once. Unit: qubits."""
        routers = 2**self.address_bitsize
        return 3 * routers - 2 + (routers / sympy.Integer(2) if self.is_fast else 1)

    @property
    def controlled_swaps(self) -> SymbolicInt:
        """Each target bit passes every router twice, address bit t those above depth t twice."""
        cells, a, bits = 2**self.address_bitsize, self.address_bitsize, self.bitsize
        entered = 2 * bits if self.is_controlled else 0
        return 2 * (cells - 1 - a) + 2 * bits * (cells - 1) + entered

    @property
    def work_names(self) -> WireNames:
        """What its own qubits hold; see `estimator.drawing.wire_names`."""
        cells = 2**self.address_bitsize
        return (("router", cells - 1), ("branch", 2 * cells - 1))

    @property
    def toffoli_depth(self) -> SymbolicInt:
        """Layers of ANDs; one after another if narrow. Unit: layers."""
        if not self.is_fast:
            return self.controlled_swaps
        a = self.address_bitsize
        if self.is_controlled:  # the control's first and last swap meet no router but the root's
            return 2 * (a + 1) * self.bitsize + 2 * smax(a - 2, 0)
        return 2 * a * self.bitsize + 2 * (a - 1)

    def build_composite_bloq(self, bb: BloqBuilder, **soqs: Any) -> dict[str, SoquetT]:
        if self.table is None or is_symbolic(self.bitsize):
            raise DecomposeTypeError(f"{self} has no table of concrete size, so it has no circuit")
        wires = Wires(bb)
        control = wires.split("ctrl", soqs.get("ctrl"))
        address = wires.split("address", soqs["address"])
        target = wires.split("target", soqs["target"])
        tree = tree_wires(len(address))
        wires.allocate(tree)

        down = [descent(len(address), bit, control) for bit in target]
        start = max(len(address) - 2, 0) if control else len(address) - 1
        ends = overlapped(storing(address), down[0], start)
        back = overlapped(storing(address), down[-1], start)
        for k, alone in enumerate(down):
            going = ends if k == 0 else alone
            coming = back if k == len(down) - 1 else alone
            for layer in going:
                write(wires, layer, self.is_fast)
            for cell, entry in enumerate(self.table):
                if entry >> (len(target) - 1 - k) & 1:
                    wires.gate(ZGate(), q=("wire", len(address), cell))
            for layer in reversed(coming):
                write(wires, layer.backwards(), self.is_fast)

        wires.free(tree)
        return wires.registers(self.signature)

    def on_classical_vals(self, **registers: Any) -> Any:
        return NotImplemented if self.table is None else after_lookup(self.table, **registers)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        cells, a, bits = 2**self.address_bitsize, self.address_bitsize, self.bitsize
        entered = 2 * bits
        routed = 2 * (cells - 1 - a) + 2 * bits * (cells - 1)
        swaps = routed + 2 * a + 2 * (cells - 1) + (0 if self.is_controlled else entered)
        gates: BloqCountDictT = {
            And(): self.controlled_swaps,
            And().adjoint(): self.controlled_swaps,
            CNOT(): 3 * self.controlled_swaps,
            TwoBitSwap(): swaps,
            Hadamard(): 2 * bits,
        }
        if self.table is not None and any(self.table):
            gates = {**gates, ZGate(): sum(entry.bit_count() for entry in self.table)}
        return gates

    def adjoint(self) -> "BucketBrigade":
        return self

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, ToffoliDepth):
            return self.toffoli_depth
        if isinstance(cost_key, QubitCount):
            registers = self.address_bitsize + self.bitsize + int(self.is_controlled)
            return registers + self.work
        return NotImplemented

    def __str__(self) -> str:
        layout = "" if self.is_fast else ", narrow"
        return f"BucketBrigade(2**{self.address_bitsize} x {self.bitsize} bit{layout})"


@bloq_example(generalizer=SAME_CALLS)
def _bucket_brigade() -> BucketBrigade:
    return BucketBrigade(table=(1, 0, 2, 3), address_bitsize=2, bitsize=2)


@bloq_example(generalizer=SAME_CALLS)
def _bucket_brigade_controlled() -> BucketBrigade:
    return BucketBrigade(table=(1, 0, 0, 1), address_bitsize=2, bitsize=1, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _bucket_brigade_narrow() -> BucketBrigade:
    return BucketBrigade(table=(1, 0, 2, 3), address_bitsize=2, bitsize=2, is_fast=False)


@bloq_example(generalizer=SAME_CALLS)
def _bucket_brigade_symbolic() -> BucketBrigade:
    return BucketBrigade(None, symbols.a, symbols.b)
