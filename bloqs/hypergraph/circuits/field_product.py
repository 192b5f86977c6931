r"""The product of two numbers of a field, and how it goes away again by measurement."""

import abc
from collections.abc import Iterator
from typing import Any, Never

import attrs
import cirq
from attrs import frozen
from qualtran import (
    AddControlledT,
    Bloq,
    ConnectionT,
    CtrlSpec,
    DecomposeTypeError,
    QAny,
    QBit,
    Register,
    Side,
    Signature,
    bloq_example,
)
from qualtran.bloqs.basic_gates import CNOT, MeasureX, Toffoli
from qualtran.bloqs.mcmt import And
from qualtran.bloqs.mcmt.specialized_ctrl import get_ctrl_system_1bit_cv_from_bloqs
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq, WireNames
from bloqs.data_loading.measured_unload import OddParity
from bloqs.data_loading.table import tensors_of_lookup
from bloqs.hypergraph import symbols
from bloqs.hypergraph.model.field import multiply
from bloqs.hypergraph.model.field_arithmetic import check_field, power, products
from bloqs.hypergraph.model.field_counts import FieldProducts
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import AbstractWritten, CirqWires, Wire, Wires
from estimator.costs.keys import PeakQubits


@frozen(cache_hash=True)
class AbstractFieldProduct(AbstractBloq):
    """What the product and its removal share: the field, the control, the width.

    Args:
        m: bits of the numbers, 1 to 5. Unit: qubits.
        is_controlled: whether the product is zero where a control is.
    """

    m: SymbolicInt
    is_controlled: bool = False

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.m):
            check_field(type(self).__name__, self.m)

    @property
    @abc.abstractmethod
    def side(self) -> Side:
        """Where the product is."""

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        factors = {"x": (("first factor", self.m),), "y": (("second factor", self.m),)}
        return {**factors, "product": (("product", self.m),)}

    @property
    def signature(self) -> Signature:
        control = [Register("ctrl", QBit())] if self.is_controlled else []
        factors = [Register(name, QAny(self.m)) for name in ("x", "y")]
        return Signature([*control, *factors, Register("product", QAny(self.m), side=self.side)])

    def get_ctrl_system(self, ctrl_spec: CtrlSpec) -> tuple[Bloq, AddControlledT]:
        return get_ctrl_system_1bit_cv_from_bloqs(
            self,
            ctrl_spec,
            current_ctrl_bit=1 if self.is_controlled else None,
            bloq_with_ctrl=attrs.evolve(self, is_controlled=True),
            ctrl_reg_name="ctrl",
        )

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return 3 * self.m + ((1 + self.m) if self.is_controlled else 0)
        return NotImplemented

    def __str__(self) -> str:
        return f"{type(self).__name__}(m={self.m})"


@frozen(cache_hash=True)
class FieldProduct(AbstractWritten, AbstractFieldProduct):
    r"""Writes a product into fresh qubits: $|x, y\rangle \to |x, y, xy\rangle$.

    Karatsuba's method: each AND multiplies a sum of bits of x by the sum of the same bits of y.
    The sums are made in place, and a product that is added to several bits passes through one of
    them, so that there are no work qubits. The inverse measures and takes no Toffoli gate.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        x, y: QAny(m), the coefficient of the highest power first.
        product: QAny(m), allocated.

    Cost: M(m) Toffoli, 1, 3, 6, 9, 15 for m = 1, ..., 5; m AND and m work qubits more if
        controlled, by which x is multiplied.

    Raises:
        ValueError: if m is not from 1 to 5.

    Source: [KO62]; the circuit is elementary.
    """

    @property
    def side(self) -> Side:
        return Side.RIGHT

    def adjoint(self) -> "MeasuredFieldProduct":
        return MeasuredFieldProduct(self.m, self.is_controlled)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        calls: dict[Bloq, SymbolicInt] = {Toffoli(): FieldProducts(self.m)}
        if not is_symbolic(self.m):
            parts = products(self.m)
            copies = sum(4 * (len(part.form) - 1) + 2 * (len(part.bits) - 1) for part in parts)
            calls = {Toffoli(): len(parts)} | ({CNOT(): copies} if copies else {})
        if self.is_controlled:
            calls |= {And(): self.m, And().adjoint(): self.m}
        return calls

    def write(self, wires: Wires) -> None:
        m = int(self.m)
        x, y, product = ([(name, m - 1 - i) for i in range(m)] for name in ("x", "y", "product"))
        factor: list[Wire] = [("switched", i) for i in range(m)] if self.is_controlled else [*x]
        if self.is_controlled:
            for bit, new in zip(x, factor, strict=True):
                wires.compute_and(("ctrl", 0), bit, new)
        wires.allocate(product)
        for part in products(m):
            first, *others = sorted(part.form)
            target, *copies = part.bits
            sums = [(of[i], of[first]) for of in (factor, y) for i in others]
            for control, at in sums:
                wires.cnot(control, at)
            for i in copies:
                wires.cnot(product[target], product[i])
            wires.toffoli(factor[first], y[first], product[target])
            for i in copies:
                wires.cnot(product[target], product[i])
            for control, at in reversed(sums):
                wires.cnot(control, at)
        if self.is_controlled:
            for bit, old in zip(x, factor, strict=True):
                wires.uncompute_and(("ctrl", 0), bit, old)


@frozen(cache_hash=True)
class MeasuredFieldProduct(AbstractFieldProduct):
    r"""Frees a register that holds the product of two numbers, by measuring it in the X basis.

    Outcomes $\mu$ leave the sign $(-1)^{\sum_r \mu_r (xy)_r}$, which is bilinear in the bits of x
    and y: at most m**2 CZ gates, each where an odd number of certain outcomes is one.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        x, y: QAny(m), the coefficient of the highest power first.
        product: QAny(m), freed.

    Cost: m measurements and no Toffoli gate; m AND and m work qubits if controlled.

    Raises:
        ValueError: if m is not from 1 to 5.

    Source: [Gid18] Fig. 3, whose measured uncomputation this is; the rest is ours.
    """

    @property
    def side(self) -> Side:
        return Side.LEFT

    def adjoint(self) -> FieldProduct:
        return FieldProduct(self.m, self.is_controlled)

    def decompose_bloq(self) -> Never:
        if is_symbolic(self.m):
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        raise DecomposeTypeError(
            f"{self} measures, and its gates follow the outcomes; its circuit is one of Cirq "
            f"operations, `decompose_from_registers`"
        )

    def decompose_from_registers(
        self, *, context: cirq.DecompositionContext, **quregs: Any
    ) -> Iterator[cirq.OP_TREE]:
        m = int(self.m)
        keys = []
        for qubit in quregs["product"][::-1]:
            keys.append(cirq.MeasurementKey(f"{qubit}"))
            yield [cirq.H(qubit), cirq.measure(qubit, key=keys[-1]), cirq.reset(qubit)]
        wires = CirqWires(context.qubit_manager)
        for name in ("x", "y"):
            wires.at |= {(name, i): qubit for i, qubit in enumerate(quregs[name][::-1])}
        name = "x"
        if self.is_controlled:
            name, wires.at["ctrl"] = "switched", quregs["ctrl"][0]
            for i in range(m):
                wires.compute_and("ctrl", ("x", i), ("switched", i))
        for i in range(m):
            for j in range(m):
                value = power(i + j, m)
                odd = tuple(key for r, key in enumerate(keys) if value >> r & 1)
                sign = cirq.CZ(wires.at[name, i], wires.at["y", j])
                wires.operations.append(sign.with_classical_controls(OddParity(odd)))
        if self.is_controlled:
            for i in range(m):
                wires.uncompute_and("ctrl", ("x", i), ("switched", i))
        yield wires.operations

    def on_classical_vals(self, *, product: Any, **registers: Any) -> Any:
        x, y = int(registers["x"]), int(registers["y"])
        wanted = multiply(x, y, int(self.m)) * int(registers.get("ctrl", 1))
        if product != wanted:
            raise ValueError(f"{self} frees the product {wanted}, got {product}")
        return registers

    def my_tensors(
        self, incoming: dict[str, ConnectionT], outgoing: dict[str, ConnectionT]
    ) -> list[Any]:
        """Those of the product from right to left: what it does where it is the product."""
        return tensors_of_lookup(self.adjoint(), outgoing, incoming)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        calls: dict[Bloq, SymbolicInt] = {MeasureX(): self.m}
        if self.is_controlled:
            calls |= {And(): self.m, And().adjoint(): self.m}
        return calls


@bloq_example(generalizer=SAME_CALLS)
def _field_product() -> FieldProduct:
    return FieldProduct(3)


@bloq_example(generalizer=SAME_CALLS)
def _field_product_of_four_bits() -> FieldProduct:
    return FieldProduct(4)


@bloq_example(generalizer=SAME_CALLS)
def _field_product_controlled() -> FieldProduct:
    return FieldProduct(2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _field_product_symbolic() -> FieldProduct:
    return FieldProduct(symbols.m)


@bloq_example(generalizer=SAME_CALLS)
def _measured_field_product() -> MeasuredFieldProduct:
    return MeasuredFieldProduct(2)


@bloq_example(generalizer=SAME_CALLS)
def _measured_field_product_controlled() -> MeasuredFieldProduct:
    return MeasuredFieldProduct(2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _measured_field_product_symbolic() -> MeasuredFieldProduct:
    return MeasuredFieldProduct(symbols.m)
