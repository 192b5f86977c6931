"""The phase of one hyperedge whose modes hold numbers of a field, in two ways."""

from enum import StrEnum
from itertools import product

from attrs import frozen
from qualtran import Bloq, DecomposeTypeError, QAny, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CZ, ZGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.composite import AbstractComposite
from bloqs.hypergraph import symbols
from bloqs.hypergraph.circuits.field_product import FieldProduct
from bloqs.hypergraph.circuits.hyperedge_phase import HyperedgePhase
from bloqs.hypergraph.model.field_arithmetic import check_field, trace_exponents
from bloqs.hypergraph.model.field_counts import FieldMonomials
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator.costs.keys import PeakQubits


class FieldWay(StrEnum):
    """How the phase is made."""

    EXPANSION = "expansion"
    """An edge on qubits for each monomial of the trace: (k - 2) E(k, m, c) ANDs."""
    PRODUCT = "product"
    """One number after another is multiplied: (k - 2) M(m) Toffolis."""


@frozen(cache_hash=True)
class FieldHyperedgePhase(AbstractComposite):
    r"""Multiplies $|x_1, \dots, x_k\rangle$ by $(-1)^{Tr(c x_1 \cdots x_k)}$ in a field.

    Both ways end in CZ gates, since $Tr(c P x_k)$ is bilinear in the bits of P and $x_k$. A control
    multiplies the last number.

    Args:
        k: order of the edge, at least 1; a symbol stands for at least 2. Unit: modes.
        m: bits of a mode, 1 to 5. Unit: qubits.
        c: weight, a number of the field from 1 to 2**m - 1.
        way: how.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse, which acts alike.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        modes: QAny(k m), one mode after another, the highest power of each first.

    Cost: *expansion*: (k - 2) E(k, m, c) AND with E at most m**k, and k - 2 work qubits.
        *product*: (k - 2) M(m) Toffoli, (k - 2) m measurements and work qubits. If controlled, m
        AND and m work qubits more. One mode alone takes Z gates, or CZ gates from the control.

    Raises:
        ValueError: if k is below 1, or there is no such field or weight.

    Source: ours.
    """

    k: SymbolicInt
    m: SymbolicInt
    c: SymbolicInt = 1
    way: FieldWay = FieldWay.PRODUCT

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.k) and self.k < 1:
            raise ValueError(f"FieldHyperedgePhase needs at least one mode, got k={self.k}")
        if not is_symbolic(self.m):
            check_field("FieldHyperedgePhase", self.m)
        if not is_symbolic(self.m, self.c) and not 0 < self.c < 2**self.m:
            raise ValueError(
                f"a weight is a number from 1 to {2**self.m - 1} in a field of {2**self.m}, "
                f"got c={self.c}"
            )

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("modes", QAny(self.k * self.m))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        if is_symbolic(self.k, self.m):
            return {"modes": (("modes of the edge", self.k * self.m),)}
        return {"modes": tuple((f"mode {v}", self.m) for v in range(self.k))}

    @property
    def is_sized(self) -> bool:
        """Whether all sizes and the weight are numbers."""
        return not is_symbolic(self.k, self.m, self.c)

    @property
    def is_single(self) -> bool:
        """Whether it is about one mode alone."""
        return not is_symbolic(self.k) and self.k == 1

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        if self.is_single:
            sign = CZ() if self.is_controlled else ZGate()
            return {sign: len(self._monomials(1)) if self.is_sized else self.m}
        calls: dict[Bloq, SymbolicInt] = {}
        if self.is_controlled:
            calls = {And(): self.m, And().adjoint(): self.m}
        if self.way is FieldWay.EXPANSION:
            edges = FieldMonomials(self.k, self.m, self.c)
            return {**calls, HyperedgePhase(self.k): int(edges) if self.is_sized else edges}
        part = FieldProduct(self.m)
        signs = self.m**2
        if self.is_sized:
            signs = len(self._monomials(2))
        return {**calls, part: self.k - 2, part.adjoint(): self.k - 2, CZ(): signs}

    def _monomials(self, factors: int) -> list[tuple[int, ...]]:
        """Bits of so many numbers, by power, whose products sum up to the trace of c times all."""
        m = int(self.m)
        wanted = set(trace_exponents(int(self.c), m, factors))
        return [each for each in product(range(m), repeat=factors) if sum(each) in wanted]

    def refuse_symbols(self) -> None:
        super().refuse_symbols()
        if not self.is_sized:
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")

    def write(self, wires: Wires) -> None:
        m, k = int(self.m), int(self.k)
        modes: list[list[Wire]] = [
            [("modes", (v + 1) * m - 1 - i) for i in range(m)] for v in range(k)
        ]
        if self.is_single:
            for (i,) in self._monomials(1):
                if self.is_controlled:
                    wires.cz(("ctrl", 0), modes[0][i])
                else:
                    wires.gate(ZGate(), q=modes[0][i])
            return
        last = modes[-1]
        if self.is_controlled:
            modes[-1] = [("switched", i) for i in range(m)]
            for bit, new in zip(last, modes[-1], strict=True):
                wires.compute_and(("ctrl", 0), bit, new)
        if self.way is FieldWay.EXPANSION:
            for powers in self._monomials(k):
                bits = [mode[i] for mode, i in zip(modes, powers, strict=True)]
                wires.on(HyperedgePhase(k), edge=bits)
        else:
            self._write_products(wires, modes)
        if self.is_controlled:
            for bit, old in zip(last, modes[-1], strict=True):
                wires.uncompute_and(("ctrl", 0), bit, old)

    def _write_products(self, wires: Wires, modes: list[list[Wire]]) -> None:
        m = int(self.m)
        part = FieldProduct(m)
        so_far, steps = modes[0], []
        for v, mode in enumerate(modes[1:-1]):
            new: list[Wire] = [(f"product {v}", i) for i in range(m)]
            steps.append({"x": so_far[::-1], "y": mode[::-1], "product": new[::-1]})
            wires.on(part, **steps[-1])
            so_far = new
        for i, j in self._monomials(2):
            wires.cz(so_far[i], modes[-1][j])
        for step in reversed(steps):
            wires.on(part.adjoint(), **step)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            if self.is_single:
                return self.m + int(self.is_controlled)
            each = self.m if self.way is FieldWay.PRODUCT else 1
            switched = (1 + self.m) if self.is_controlled else 0
            return self.k * self.m + (self.k - 2) * each + switched
        return serial_cost(self, cost_key)

    def __str__(self) -> str:
        dagger = "†" if self.is_adjoint else ""
        return f"FieldHyperedgePhase{dagger}({self.way}, k={self.k}, m={self.m}, c={self.c})"


@bloq_example(generalizer=SAME_CALLS)
def _field_hyperedge_phase() -> FieldHyperedgePhase:
    return FieldHyperedgePhase(4, 3, 5)


@bloq_example(generalizer=SAME_CALLS)
def _field_hyperedge_phase_expansion() -> FieldHyperedgePhase:
    return FieldHyperedgePhase(3, 2, 3, FieldWay.EXPANSION)


@bloq_example(generalizer=SAME_CALLS)
def _field_hyperedge_phase_of_two() -> FieldHyperedgePhase:
    return FieldHyperedgePhase(2, 2, 1)


@bloq_example(generalizer=SAME_CALLS)
def _field_hyperedge_phase_of_one() -> FieldHyperedgePhase:
    return FieldHyperedgePhase(1, 3, 6)


@bloq_example(generalizer=SAME_CALLS)
def _field_hyperedge_phase_controlled() -> FieldHyperedgePhase:
    return FieldHyperedgePhase(3, 2, 2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _field_hyperedge_phase_symbolic() -> FieldHyperedgePhase:
    return FieldHyperedgePhase(symbols.k, symbols.m, symbols.weight)


@bloq_example(generalizer=SAME_CALLS)
def _field_hyperedge_phase_expansion_symbolic() -> FieldHyperedgePhase:
    return FieldHyperedgePhase(symbols.k, symbols.m, symbols.weight, FieldWay.EXPANSION)
