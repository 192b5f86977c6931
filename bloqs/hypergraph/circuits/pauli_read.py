"""Measure a string of Pauli matrices through an ancilla."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import cirq
from attrs import field, frozen
from qualtran import Bloq, QAny, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, CZ, Hadamard, MeasureZ, SGate
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.hypergraph import symbols
from bloqs.hypergraph.circuits.read import AbstractRead, read_out
from bloqs.same_calls import SAME_CALLS
from estimator.costs.keys import PeakQubits


@frozen(cache_hash=True)
class PauliRead(AbstractRead):
    """Measures a product of Pauli matrices, one a qubit; outcome 0 is the eigenvalue +1.

    Args:
        letters: one of X, Y, Z for each qubit; `None` if only their number matters.
        number: of the letters, at least 1. Unit: qubits.

    Registers:
        qubits: QAny(number).

    Cost: 1 measurement, no gate other than Clifford gates, 1 ancilla.

    Raises:
        ValueError: if a letter is none of the three, there is none, or not as many as said.

    Source: elementary.
    """

    letters: str | None
    number: SymbolicInt = field(kw_only=True)

    @number.default
    def _number(self) -> SymbolicInt:
        return len(self.letters or "")

    def __attrs_post_init__(self) -> None:
        if self.letters is not None and (not self.letters or set(self.letters) - set("XYZ")):
            raise ValueError(f"PauliRead needs letters X, Y or Z, got {self.letters!r}")
        if self.letters is not None and self.number != len(self.letters):
            raise ValueError(f"PauliRead has {len(self.letters)} letters, got {self.number}")

    @property
    def reads(self) -> SymbolicInt:
        return 1

    @property
    def signature(self) -> Signature:
        return Signature([Register("qubits", QAny(self.number))])

    @property
    def is_complete(self) -> bool:
        return self.letters is not None

    def operations(self, manager: cirq.QubitManager, **quregs: Any) -> Iterator[cirq.OP_TREE]:
        (ancilla,) = manager.qalloc(1)
        letters = self.letters or ""
        if set(letters) == {"Z"}:
            yield [cirq.CNOT(qubit, ancilla) for qubit in quregs["qubits"]]
        else:
            yield cirq.H(ancilla)
            for letter, qubit in zip(letters, quregs["qubits"], strict=True):
                if letter == "Z":
                    yield cirq.CZ(ancilla, qubit)
                elif letter == "X":
                    yield cirq.CNOT(ancilla, qubit)
                else:
                    yield [cirq.S(qubit) ** -1, cirq.CNOT(ancilla, qubit), cirq.S(qubit)]
            yield cirq.H(ancilla)
        yield from read_out(manager, ancilla)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        if self.letters is None:
            return {Hadamard(): 2, CNOT(): self.number, MeasureZ(): 1}
        count = Counter(self.letters)
        is_plain = set(self.letters) == {"Z"}
        calls: dict[Bloq, SymbolicInt] = {
            CNOT(): count["Z"] if is_plain else count["X"] + count["Y"],
            CZ(): 0 if is_plain else count["Z"],
            Hadamard(): 0 if is_plain else 2,
            SGate(): count["Y"],
            SGate().adjoint(): count["Y"],
            MeasureZ(): 1,
        }
        return {gate: times for gate, times in calls.items() if times}

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return self.number + 1
        return NotImplemented

    def __str__(self) -> str:
        letters = self.letters
        if letters is None or (not is_symbolic(self.number) and self.number > 20):
            return f"PauliRead({self.number} letters)"
        return f"PauliRead({letters})"


@bloq_example(generalizer=SAME_CALLS)
def _pauli_read() -> PauliRead:
    return PauliRead("XYZ")


@bloq_example(generalizer=SAME_CALLS)
def _pauli_read_of_bits() -> PauliRead:
    return PauliRead("ZZ")


@bloq_example(generalizer=SAME_CALLS)
def _pauli_read_symbolic() -> PauliRead:
    return PauliRead(None, number=symbols.letters)
