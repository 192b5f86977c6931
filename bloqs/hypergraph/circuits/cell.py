"""One cell: a token acts on the few modes that it names, whatever the number of modes."""

import math
from collections.abc import Iterator
from typing import Any

import attrs
import cirq
from attrs import field, frozen
from qualtran import AddControlledT, Bloq, CtrlSpec, QAny, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Toffoli
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.hypergraph import symbols
from bloqs.hypergraph.circuits.field_hyperedge_phase import FieldHyperedgePhase
from bloqs.hypergraph.circuits.hyper_stab_read import HyperStabRead
from bloqs.hypergraph.circuits.hyperedge_phase import HyperedgePhase
from bloqs.hypergraph.circuits.pauli_read import PauliRead
from bloqs.hypergraph.circuits.read import AbstractRead, on_qubits
from bloqs.same_calls import SAME_CALLS
from estimator.costs.keys import PeakQubits
from estimator.costs.known import known_cost

KINDS = {
    "W": "write an edge",
    "MP": "read Pauli matrices",
    "MK": "read the stabilizer of an edge",
    "CX": "flip a qubit",
    "I": "nothing",
}
"""Kinds of tokens; `MP` is also `MZ` and `MX`, `CX` also `CCX`."""

REGISTER = {"W": "edge", "MP": "qubits", "MK": "edge"}


@frozen(cache_hash=True)
class HRNNCell(AbstractRead):
    """What one token does to the latent state; a token that reads leaves one bit.

    Args:
        n: modes of the latent state. Unit: modes.
        kind: one of `KINDS`.
        places: modes of a write; else qubits, bit b of mode v being number m v + b; the mode of
            the X of `MK` first, the target of `CX` last. `None` if only their number matters.
        letters: of `MP`, one for each place.
        weight: of a write over a field; 0 writes nothing.
        theta: angle of a trainable write. Unit: radians.
        is_trainable: whether the write has an angle; of plain qubits only.
        m: bits of a mode. Unit: qubits.
        k: number of places.

    Registers:
        latent: QAny(n m), qubit 0 first.

    Cost: that of its part: `HyperedgePhase`, `FieldHyperedgePhase`, `PauliRead`, `HyperStabRead`,
        a CNOT, a Toffoli or nothing. It does not depend on n. A cell that reads has no inverse;
        none has a control, but its part may have one.

    Raises:
        ValueError: if the token is none, names a place that is none or one twice, or as its part.

    Source: [AG26] for cells of constant size; the tokens are ours.
    """

    n: SymbolicInt
    kind: str
    places: tuple[int, ...] | None
    letters: str = ""
    weight: SymbolicInt = 1
    theta: SymbolicFloat = math.pi
    is_trainable: bool = False
    m: SymbolicInt = 1
    k: SymbolicInt = field(kw_only=True)

    @k.default
    def _k(self) -> SymbolicInt:
        return len(self.places or ())

    def __attrs_post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"a token is one of {', '.join(KINDS)}, got {self.kind!r}")
        if self.is_trainable and self.m != 1:
            raise ValueError(f"an angle belongs to a write of plain qubits, got m={self.m}")
        if self.places is not None and not is_symbolic(self.n, self.m):
            self._check_places(self.places)
        _ = self.part

    def _check_places(self, places: tuple[int, ...]) -> None:
        limit = self.n if self.kind == "W" else self.n * self.m
        if len(set(places)) < len(places) or not all(0 <= place < limit for place in places):
            raise ValueError(f"{self.kind} names places below {limit}, each once, got {places}")
        known = {"I": (0,), "CX": (2, 3), "MP": (len(self.letters),)}
        if self.k != len(places) or self.k not in known.get(self.kind, (self.k,)):
            raise ValueError(f"{self.kind} has the wrong number of places, got {places}")

    @property
    def part(self) -> Bloq | None:
        """What acts on the places; `None` if nothing does."""
        if self.kind == "W":
            if not is_symbolic(self.weight) and self.weight == 0:
                return None
            if self.m != 1:
                return FieldHyperedgePhase(self.k, self.m, self.weight)
            return HyperedgePhase(self.k, self.theta, is_trainable=self.is_trainable)
        if self.kind == "MP":
            return PauliRead(self.letters or None, number=self.k)
        if self.kind == "MK":
            return HyperStabRead(self.k)
        if self.kind == "CX":
            return CNOT() if self.k == 2 else Toffoli()
        return None

    @property
    def reads(self) -> SymbolicInt:
        return int(self.kind in ("MP", "MK"))

    @property
    def signature(self) -> Signature:
        return Signature([Register("latent", QAny(self.n * self.m))])

    @property
    def is_complete(self) -> bool:
        return self.places is not None and not is_symbolic(self.n, self.m, self.weight, self.theta)

    def operations(self, manager: cirq.QubitManager, **quregs: Any) -> Iterator[cirq.OP_TREE]:
        m, part, places = int(self.m), self.part, self.places or ()
        if part is None:
            return
        latent = quregs["latent"]
        if isinstance(part, FieldHyperedgePhase):
            bits = [latent[m * mode + bit] for mode in places for bit in range(m - 1, -1, -1)]
            yield on_qubits(part, manager, modes=bits)
            return
        qubits = [latent[place] for place in places]
        if self.kind == "CX":
            yield (cirq.CNOT if len(qubits) == 2 else cirq.TOFFOLI)(*qubits)
        elif isinstance(part, AbstractRead):
            yield from part.operations(manager, **{REGISTER[self.kind]: qubits})
        else:
            yield on_qubits(part, manager, edge=qubits)

    def adjoint(self) -> Bloq:
        if self.reads:
            return super().adjoint()
        return attrs.evolve(self, theta=-self.theta) if self.is_trainable else self

    def get_ctrl_system(self, ctrl_spec: CtrlSpec) -> tuple[Bloq, AddControlledT]:
        if self.reads:
            return super().get_ctrl_system(ctrl_spec)
        raise ValueError(f"{self} is chosen by a token, so it has no control; control its part")

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        return {} if self.part is None else {self.part: 1}

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            width, part = self.n * self.m, self.part
            if part is None:
                return width
            return width + known_cost(part, PeakQubits()) - part.signature.n_qubits()
        return NotImplemented

    def __str__(self) -> str:
        if self.k == 0:
            return f"HRNNCell({self.kind})"
        return f"HRNNCell({self.kind}, {'' if self.m == 1 else f'm={self.m}, '}k={self.k})"


@bloq_example(generalizer=SAME_CALLS)
def _hrnn_cell() -> HRNNCell:
    return HRNNCell(5, "W", (0, 3, 4))


@bloq_example(generalizer=SAME_CALLS)
def _hrnn_cell_trainable() -> HRNNCell:
    return HRNNCell(4, "W", (1, 3), theta=0.4, is_trainable=True)


@bloq_example(generalizer=SAME_CALLS)
def _hrnn_cell_field() -> HRNNCell:
    return HRNNCell(4, "W", (3, 0, 1), weight=2, m=2)


@bloq_example(generalizer=SAME_CALLS)
def _hrnn_cell_read() -> HRNNCell:
    return HRNNCell(5, "MK", (4, 0, 2))


@bloq_example(generalizer=SAME_CALLS)
def _hrnn_cell_pauli() -> HRNNCell:
    return HRNNCell(3, "MP", (0, 2), "XZ")


@bloq_example(generalizer=SAME_CALLS)
def _hrnn_cell_symbolic() -> HRNNCell:
    return HRNNCell(symbols.n, "W", None, weight=symbols.weight, m=symbols.m, k=symbols.k)


@bloq_example(generalizer=SAME_CALLS)
def _hrnn_cell_read_symbolic() -> HRNNCell:
    return HRNNCell(symbols.n, "MK", None, k=symbols.k)
