"""Take a table entry away by measuring it: the cheap half of a QROAM lookup."""

from collections.abc import Iterator
from typing import Any, Never

import cirq
from attrs import frozen
from qualtran import (
    ConnectionT,
    DecomposeTypeError,
    QBit,
    QUInt,
    Register,
    Side,
    Signature,
    bloq_example,
)
from qualtran.bloqs.basic_gates import MeasureX
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic, smax

from bloqs.abstract import AbstractBloq
from bloqs.data_loading.load_table import LoadTable
from bloqs.data_loading.table import after_lookup, check_table, tensors_of_lookup
from bloqs.data_loading.unary_iteration import UnaryIteration, walk
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import CirqWires, Wire
from estimator import symbols
from estimator.costs.keys import ToffoliDepth


@frozen
class OddParity(cirq.Condition):
    """Holds if an odd number of the measured bits is one.

    Args:
        measured: keys of one-bit measurements.
    """

    measured: tuple[cirq.MeasurementKey, ...]

    @property
    def keys(self) -> tuple[cirq.MeasurementKey, ...]:
        return self.measured

    def replace_key(
        self, current: cirq.MeasurementKey, replacement: cirq.MeasurementKey
    ) -> "OddParity":
        return OddParity(tuple(replacement if key == current else key for key in self.measured))

    def resolve(self, classical_data: cirq.ClassicalDataStoreReader) -> bool:
        return bool(sum(classical_data.records[key][-1][0] for key in self.measured) % 2)

    @property
    def qasm(self) -> str:
        raise ValueError("OpenQASM 2 cannot test the parity of several registers")


@frozen(cache_hash=True)
class MeasuredUnload(AbstractBloq):
    r"""Frees a register that holds $T_x$, given $x$, by measuring it in the X basis.

    Outcome $m$ leaves the sign $(-1)^{m \cdot T_x}$, a function of the address alone. The low
    half of the address selects one of $2^{\lfloor a/2 \rfloor}$ one-hot wires, unary iteration
    runs over the high half, and classically chosen CZ gates between the two remove the sign.

    Args:
        table: the entries, or `None` when only their number matters.
        address_bitsize: log2 of the number of entries, at least 1; a symbol stands for at least
            2. Unit: qubits.
        bitsize: width of an entry. Unit: qubits.
        is_controlled: whether the entry is $T_x$ only if a control is one, and zero otherwise.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        address: QUInt(address_bitsize).
        target: QUInt(bitsize), freed.

    Cost: 2**(a - h) + 2**h - 4 AND with h = floor(a / 2) for a = address_bitsize >= 2 (one more if
        controlled), none for a = 1 (one if controlled); one measurement a bit of the entry.
        Toffoli depth: 2**(a - h) - (a - h) - 1 + max(2**(h - 1) + h - 2, a - h - 1), the last
        term one more if controlled, reached by a table without zeros: the one-hot wires and the
        first leaf of the iteration are made side by side.

    Raises:
        ValueError: if `address_bitsize` is below 1, the table has the wrong length or an entry
            does not fit.

    Source: [BGMMB19] App. C.
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
                f"MeasuredUnload needs address_bitsize >= 1, got {self.address_bitsize}"
            )
        check_table(self.table, 2**self.address_bitsize, self.bitsize)

    @property
    def signature(self) -> Signature:
        control = [Register("ctrl", QBit())] if self.is_controlled else []
        address = Register("address", QUInt(self.address_bitsize))
        target = Register("target", QUInt(self.bitsize), side=Side.LEFT)
        return Signature([*control, address, target])

    @property
    def ands(self) -> SymbolicInt:
        """Number of ANDs, and of their uncomputations. Unit: gates."""
        half = self.address_bitsize // 2
        if half == 0:
            return int(self.is_controlled)
        return 2 ** (self.address_bitsize - half) + 2**half - 4 + int(self.is_controlled)

    @property
    def work(self) -> SymbolicInt:
        """One-hot wires and the walk's ANDs, when the entry is still there. Unit: qubits."""
        half = self.address_bitsize // 2
        one_hot = 2**half if is_symbolic(half) or half else 0
        return one_hot + self.address_bitsize - half - 1 + int(self.is_controlled)

    @property
    def toffoli_depth(self) -> SymbolicInt:
        """The first leaf and the one-hot wires at once, then all other leaves. Unit: layers."""
        half = self.address_bitsize // 2
        rest = self.address_bitsize - half
        first_leaf = rest - 1 + int(self.is_controlled)
        if not is_symbolic(half) and half == 0:
            return first_leaf
        return 2**rest - rest - 1 + smax(2 ** (half - 1) + half - 2, first_leaf)

    def decompose_from_registers(
        self, *, context: cirq.DecompositionContext, **quregs: Any
    ) -> Iterator[cirq.OP_TREE]:
        if self.table is None:
            raise DecomposeTypeError(f"{self} has no table, so it has no circuit")
        keys = []
        for qubit in quregs["target"]:
            keys.append(cirq.MeasurementKey(f"{qubit}"))
            yield [cirq.H(qubit), cirq.measure(qubit, key=keys[-1]), cirq.reset(qubit)]

        wires = CirqWires(context.qubit_manager)
        address: list[Wire] = [("address", i) for i in range(self.address_bitsize)]
        wires.at.update(zip(address, quregs["address"], strict=True))
        if self.is_controlled:
            wires.at["ctrl"] = quregs["ctrl"][0]
        half = self.address_bitsize // 2
        high, low = address[: self.address_bitsize - half], address[self.address_bitsize - half :]
        hot = _one_hot(wires, low)

        def fix(wire: Wire | None, row: int) -> None:
            for column in range(2**half):
                entry = self.table[row * 2**half + column]  # type: ignore[index]
                odd = tuple(key for k, key in enumerate(keys) if entry >> (len(keys) - 1 - k) & 1)
                if not odd:
                    continue
                qubits = [wires.at[wire]] + ([wires.at[hot[column]]] if half else [])
                sign = cirq.CZ(*qubits) if half else cirq.Z(*qubits)
                wires.operations.append(sign.with_classical_controls(OddParity(odd)))

        walk(wires, high, "ctrl" if self.is_controlled else None, 2 ** len(high), fix)
        _one_hot_undo(wires, low)
        yield wires.operations

    def decompose_bloq(self) -> Never:
        if is_symbolic(self.address_bitsize, self.bitsize) or self.table is None:
            raise DecomposeTypeError(f"{self} has no table of concrete size, so it has no circuit")
        raise DecomposeTypeError(
            f"{self} measures, and its gates follow the outcomes; its circuit is one of Cirq "
            f"operations, `decompose_from_registers`"
        )

    def on_classical_vals(self, *, target: Any, **registers: Any) -> Any:
        if self.table is None:
            return NotImplemented
        out = after_lookup(self.table, target=target, **registers)
        if out.pop("target"):
            raise ValueError(f"{self} frees the entry at the address, got {target}")
        return out

    def my_tensors(
        self, incoming: dict[str, ConnectionT], outgoing: dict[str, ConnectionT]
    ) -> list[Any]:
        """Those of a load from right to left: what it does where the target holds the entry."""
        size = 2**self.address_bitsize
        load = LoadTable(UnaryIteration(self.table, size, self.bitsize, self.is_controlled))
        return tensors_of_lookup(load, outgoing, incoming)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        gates: BloqCountDictT = {
            MeasureX(): self.bitsize,
            And(): self.ands,
            And().adjoint(): self.ands,
        }
        return {gate: count for gate, count in gates.items() if is_symbolic(count) or count}

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, ToffoliDepth):
            return self.toffoli_depth
        if isinstance(cost_key, QubitCount):
            registers = self.address_bitsize + self.bitsize + int(self.is_controlled)
            return registers + self.work
        return NotImplemented

    def __str__(self) -> str:
        return f"MeasuredUnload(2**{self.address_bitsize} x {self.bitsize} bit)"


def _splits(low: list[Wire]) -> list[tuple[Wire, Wire, Wire]]:
    """(address bit, wire to split, new wire), in the order that doubles the one-hot wires."""
    return [
        (
            bit,
            ("hot", parent << (len(low) - depth)),
            ("hot", (2 * parent + 1) << (len(low) - 1 - depth)),
        )
        for depth, bit in enumerate(low)
        for parent in range(2**depth)
    ]


def _one_hot(wires: CirqWires, low: list[Wire]) -> list[Wire]:
    """Wires of which exactly number `low` is one: 2**len(low) - 2 ANDs."""
    if not low:
        return []
    first, second = _splits(low)[0][1:]
    wires.at[first], wires.at[second] = wires.manager.qalloc(2)
    wires.cnot(low[0], second)
    wires.cnot(second, first)
    wires.x(first)
    for bit, parent, new in _splits(low)[1:]:
        wires.compute_and(parent, bit, new)
        wires.cnot(new, parent)
    return [("hot", k) for k in range(2 ** len(low))]


def _one_hot_undo(wires: CirqWires, low: list[Wire]) -> None:
    if not low:
        return
    for bit, parent, new in reversed(_splits(low)[1:]):
        wires.cnot(new, parent)
        wires.uncompute_and(parent, bit, new)
    first, second = _splits(low)[0][1:]
    wires.x(first)
    wires.cnot(second, first)
    wires.cnot(low[0], second)
    wires.manager.qfree([wires.at.pop(first), wires.at.pop(second)])


@bloq_example(generalizer=SAME_CALLS)
def _measured_unload() -> MeasuredUnload:
    return MeasuredUnload(table=(3, 1, 0, 2, 2, 0, 3, 3), address_bitsize=3, bitsize=2)


@bloq_example(generalizer=SAME_CALLS)
def _measured_unload_controlled() -> MeasuredUnload:
    return MeasuredUnload(table=(3, 1, 0, 2), address_bitsize=2, bitsize=2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _measured_unload_symbolic() -> MeasuredUnload:
    return MeasuredUnload(None, symbols.a, symbols.b)
