"""What circuits share that end in measurements: no inverse, no control, Cirq operations."""

import abc
from collections.abc import Iterator
from typing import Any, Never

import cirq
import numpy as np
from attrs import frozen
from qualtran import AddControlledT, Bloq, CtrlSpec, DecomposeTypeError
from qualtran.resource_counting import (
    BloqCountDictT,
    CostKey,
    QubitCount,
    SympySymbolAllocator,
)
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq
from estimator.costs.gate_counts import cnots_listed
from estimator.costs.keys import CnotCount, PeakQubits


@frozen(cache_hash=True)
class AbstractMeasuredCircuit(AbstractBloq):
    """A circuit on qubits that pass through, all of which are measured in the Z basis at last.

    Subclasses are final. They define `calls`, which list every gate, `operations` and
    `is_complete`. The outcome of qubit k has the key `outcome_key(k)`.
    """

    @property
    @abc.abstractmethod
    def calls(self) -> dict[Bloq, SymbolicInt]:
        """Parts of the circuit, and how often each is run."""

    @abc.abstractmethod
    def operations(self, manager: cirq.QubitManager, **quregs: Any) -> Iterator[cirq.OP_TREE]:
        """The circuit on these qubits, of concrete size."""

    @property
    def is_complete(self) -> bool:
        """Whether all that a circuit needs is known."""
        return not any(register.is_symbolic() for register in self.signature)

    def decompose_from_registers(
        self, *, context: cirq.DecompositionContext, **quregs: Any
    ) -> Iterator[cirq.OP_TREE]:
        if not self.is_complete:
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        yield from self.operations(context.qubit_manager, **quregs)

    def decompose_bloq(self) -> Never:
        if not self.is_complete:
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        raise DecomposeTypeError(
            f"{self} measures; its circuit is one of Cirq operations, `decompose_from_registers`"
        )

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        return {part: n for part, n in self.calls.items() if is_symbolic(n) or n}

    def adjoint(self) -> Never:
        raise ValueError(f"{self} measures, so it has no inverse; what was read stays read")

    def get_ctrl_system(self, ctrl_spec: CtrlSpec) -> tuple[Bloq, AddControlledT]:
        raise ValueError(f"{self} measures, so it has no control; choose classically what to run")

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return self.signature.n_qubits()
        if isinstance(cost_key, CnotCount):
            return cnots_listed(self)
        return NotImplemented


def outcome_key(number: int) -> str:
    """Key of the measurement at the end of a qubit, counted over all registers from 0."""
    return f"outcome {number}"


def measured(number: int, qubit: cirq.Qid) -> cirq.Operation:
    """The measurement at the end of a qubit."""
    return cirq.measure(qubit, key=outcome_key(number))


def on_qubits(bloq: Bloq, manager: cirq.QubitManager, **quregs: Any) -> cirq.Operation:
    """A bloq whose registers pass through, on these qubits."""
    given = {name: np.array(qubits, dtype=object) for name, qubits in quregs.items()}
    operation, _ = bloq.as_cirq_op(manager, **given)
    if operation is None:
        raise DecomposeTypeError(f"{bloq} is no operation of Cirq")
    return operation
