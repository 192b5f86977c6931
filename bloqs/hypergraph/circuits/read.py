"""What all bloqs that measure share: a record of bits, no inverse and no control."""

import abc
from collections.abc import Iterable, Iterator
from typing import Any, Never

import cirq
import numpy as np
from attrs import frozen
from qualtran import AddControlledT, Bloq, CtrlSpec, DecomposeTypeError
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import AbstractBloq

KEY = "read"
"""Outcome number j of a bloq that measures has the key `read j`."""


@frozen(cache_hash=True)
class AbstractRead(AbstractBloq):
    """A bloq that measures through one ancilla, which is reset and returned after each read.

    Subclasses are final. They define `reads` and `operations`. Outcomes are Cirq measurements
    under the keys `read 0`, `read 1`, ... in order of execution: 0 is the eigenvalue +1.
    """

    @property
    @abc.abstractmethod
    def reads(self) -> SymbolicInt:
        """Bits of the record. Unit: bits."""

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

    def adjoint(self) -> Bloq:
        raise ValueError(f"{self} measures, so it has no inverse; what was read stays read")

    def get_ctrl_system(self, ctrl_spec: CtrlSpec) -> tuple[Bloq, AddControlledT]:
        raise ValueError(f"{self} measures, so it has no control; choose classically what to read")


def read_out(manager: cirq.QubitManager, ancilla: cirq.Qid) -> Iterator[cirq.Operation]:
    """Measure, reset and return an ancilla."""
    yield cirq.measure(ancilla, key=f"{KEY} 0")
    yield cirq.reset(ancilla)
    manager.qfree([ancilla])


def numbered(operations: Iterable[cirq.OP_TREE], first: int = 0) -> Iterator[cirq.Operation]:
    """The same operations, with the reads among them numbered from `first` in order."""
    for operation in cirq.flatten_to_ops(operations):
        if isinstance(operation.gate, cirq.MeasurementGate):
            operation = cirq.measure(*operation.qubits, key=f"{KEY} {first}")
            first += 1
        yield operation


def on_qubits(
    bloq: Bloq, manager: cirq.QubitManager, **quregs: Iterable[cirq.Qid]
) -> cirq.Operation:
    """A bloq on qubits, all of which it leaves in place."""
    given = {name: np.array([*qubits], dtype=object) for name, qubits in quregs.items()}
    operation, _ = bloq.as_cirq_op(manager, **given)
    assert operation is not None
    return operation
