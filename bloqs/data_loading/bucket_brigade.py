"""Bucket-brigade QRAM: a tree of routers that carries the address in and the entry out."""

from typing import Any

from attrs import frozen
from qualtran import (
    Bloq,
    BloqBuilder,
    DecomposeTypeError,
    QBit,
    QUInt,
    Register,
    Signature,
    SoquetT,
    bloq_example,
)
from qualtran.bloqs.basic_gates import Hadamard, TwoBitCSwap, TwoBitSwap, ZGate
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic, smax

from bloqs.data_loading.table import check_table
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import ToffoliDepth


@frozen(cache_hash=True)
class BucketBrigade(Bloq):
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

    Registers:
        ctrl: QBit, only if `is_controlled`.
        address: QUInt(address_bitsize).
        target: QUInt(bitsize).

    Cost: 2 (2**a - 1 - a) + 2 b (2**a - 1) CSWAP (2 b more if controlled) for a = address_bitsize,
        b = bitsize; 3 * 2**a - 2 work qubits. All routers of a depth work at once and an address
        bit follows the one before, so the Toffoli depth is 2 a b + 2 (a - 1); controlled,
        2 (a + 1) b + 2 max(a - 2, 0).

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
        """Routers, and the wires into every router and leaf. Unit: qubits."""
        return 3 * 2**self.address_bitsize - 2

    @property
    def toffoli_depth(self) -> SymbolicInt:
        """Each target bit travels down and up, the address once in and once out. Unit: layers."""
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
        depth = len(address)
        tree: list[Wire] = [("router", t, p) for t in range(depth) for p in range(2**t)]
        tree += [("wire", t, p) for t in range(depth + 1) for p in range(2**t)]
        wires.allocate(tree)

        for t, bit in enumerate(address):
            wires.swap(bit, ("wire", 0, 0))
            _route(wires, t)
            _exchange(wires, t)
        for k, bit in enumerate(target):
            wires.gate(Hadamard(), q=bit)
            _enter(wires, control, bit)
            _route(wires, depth)
            for cell, entry in enumerate(self.table):
                if entry >> (len(target) - 1 - k) & 1:
                    wires.gate(ZGate(), q=("wire", depth, cell))
            _route(wires, depth, backwards=True)
            _enter(wires, control, bit)
            wires.gate(Hadamard(), q=bit)
        for t, bit in reversed(list(enumerate(address))):
            _exchange(wires, t)
            _route(wires, t, backwards=True)
            wires.swap(bit, ("wire", 0, 0))

        wires.free(tree)
        return wires.registers(self.signature)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        cells, a, bits = 2**self.address_bitsize, self.address_bitsize, self.bitsize
        routed = 2 * (cells - 1 - a) + 2 * bits * (cells - 1)
        entered = 2 * bits
        gates: BloqCountDictT = {
            TwoBitCSwap(): routed + (entered if self.is_controlled else 0),
            TwoBitSwap(): routed + 2 * a + 2 * (cells - 1) + (0 if self.is_controlled else entered),
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
        return f"BucketBrigade(2**{self.address_bitsize} x {self.bitsize} bit)"


def _route(wires: Wires, depth: int, backwards: bool = False) -> None:
    """Carry what is on the root's wire down to `depth`, or back up."""
    routers = [(t, p) for t in range(depth) for p in range(2**t)]
    for t, p in reversed(routers) if backwards else routers:
        inward, left, right = ("wire", t, p), ("wire", t + 1, 2 * p), ("wire", t + 1, 2 * p + 1)
        if backwards:
            wires.cswap(("router", t, p), left, right)
            wires.swap(inward, left)
        else:
            wires.swap(inward, left)
            wires.cswap(("router", t, p), left, right)


def _exchange(wires: Wires, depth: int) -> None:
    """Exchange every router of this depth with the wire that leads into it."""
    for p in range(2**depth):
        wires.swap(("router", depth, p), ("wire", depth, p))


def _enter(wires: Wires, control: list[Wire], bit: Wire) -> None:
    """Exchange a target bit with the root's wire, if the control allows it."""
    if control:
        wires.cswap(control[0], bit, ("wire", 0, 0))
    else:
        wires.swap(bit, ("wire", 0, 0))


@bloq_example
def _bucket_brigade() -> BucketBrigade:
    return BucketBrigade(table=(1, 0, 2, 3), address_bitsize=2, bitsize=2)


@bloq_example
def _bucket_brigade_controlled() -> BucketBrigade:
    return BucketBrigade(table=(1, 0, 0, 1), address_bitsize=2, bitsize=1, is_controlled=True)


@bloq_example
def _bucket_brigade_symbolic() -> BucketBrigade:
    return BucketBrigade(None, symbols.a, symbols.b)
