"""Measure the stabilizer of one hyperedge through an ancilla."""

from collections.abc import Iterator
from typing import Any

import cirq
from attrs import frozen
from qualtran import QAny, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Hadamard, MeasureZ
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.hypergraph import symbols
from bloqs.hypergraph.circuits.hyperedge_phase import HyperedgePhase
from bloqs.hypergraph.circuits.read import AbstractRead, on_qubits, read_out
from bloqs.same_calls import SAME_CALLS
from estimator.costs.keys import PeakQubits


@frozen(cache_hash=True)
class HyperStabRead(AbstractRead):
    r"""Measures X on one mode times a sign where all other modes of an edge are one.

    A Hadamard test of this Hermitian unitary; outcome 0 is the eigenvalue +1.

    Args:
        k: order of the edge, at least 2. Unit: qubits.

    Registers:
        edge: QAny(k), the mode of the X first.

    Cost: k - 2 AND, k - 1 measurements, of which k - 2 take ANDs away, and k - 1 work qubits.

    Raises:
        ValueError: if k is below 2.

    Source: [RHBM13], whose stabilizers these are; the circuit is elementary.
    """

    k: SymbolicInt

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.k) and self.k < 2:
            raise ValueError(f"HyperStabRead needs an edge of at least two modes, got k={self.k}")

    @property
    def reads(self) -> SymbolicInt:
        return 1

    @property
    def signature(self) -> Signature:
        return Signature([Register("edge", QAny(self.k))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"edge": (("mode of the X", 1), ("other modes", self.k - 1))}

    def operations(self, manager: cirq.QubitManager, **quregs: Any) -> Iterator[cirq.OP_TREE]:
        (ancilla,) = manager.qalloc(1)
        center, *rest = quregs["edge"]
        yield cirq.H(ancilla)
        yield cirq.CNOT(ancilla, center)
        yield on_qubits(HyperedgePhase(self.k), manager, edge=[ancilla, *rest])
        yield cirq.H(ancilla)
        yield from read_out(manager, ancilla)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        return {Hadamard(): 2, CNOT(): 1, HyperedgePhase(self.k): 1, MeasureZ(): 1}

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return 2 * self.k - 1
        return NotImplemented

    def __str__(self) -> str:
        return f"HyperStabRead(k={self.k})"


@bloq_example(generalizer=SAME_CALLS)
def _hyper_stab_read() -> HyperStabRead:
    return HyperStabRead(4)


@bloq_example(generalizer=SAME_CALLS)
def _hyper_stab_read_symbolic() -> HyperStabRead:
    return HyperStabRead(symbols.k)
