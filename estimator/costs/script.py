"""Circuits written as steps on named bits, which can be taken apart without a data-flow graph."""

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, Protocol, TypeAlias

import cirq
import numpy as np
from attrs import frozen
from qualtran import Adjoint, Bloq, Controlled, Side
from qualtran._infra.gate_with_registers import GateWithRegisters
from qualtran.bloqs.bookkeeping._bookkeeping_bloq import _BookkeepingBloq

from estimator.costs.known import remembered

Wire: TypeAlias = Hashable
"""The name of one bit; bit k of a register of the whole is `(register, k)`."""

Places: TypeAlias = tuple[tuple[str, tuple[Wire, ...]], ...]
"""The wires of each register, most significant first."""


@frozen
class Step:
    """One sub-bloq of a circuit.

    Args:
        bloq: the sub-bloq.
        places: the wires of its registers, in signature order. A wire of a right register is new,
            one of a left register is given up.
    """

    bloq: Bloq
    places: Places

    def adjoint(self) -> "Step":
        return Step(self.bloq.adjoint(), self.places)


class Written(Protocol):
    """A bloq that tells its circuit as steps, in order of execution."""

    @property
    def written_steps(self) -> tuple[Step, ...]:
        """The steps; together they are `decompose_bloq`."""


class Line(NamedTuple):
    """A step, looked at once.

    Args:
        bloq: the sub-bloq.
        operation: what it is to Cirq, on any qubits, if it is a gate that leaves its wires in
            place.
        wires: what the gate acts on, in this order.
        takes: name, shape with the bits last, and wires of each left register, if it is no gate.
        gives: name and wires of each right register, if it is no gate.
    """

    bloq: Bloq
    operation: cirq.Operation | None
    wires: tuple[Wire, ...]
    takes: tuple[tuple[str, tuple[int, ...], tuple[Wire, ...]], ...] = ()
    gives: Places = ()


class Placed(NamedTuple):
    """A gate on qubits: an operation, before Cirq makes an object of it.

    Args:
        gate: the gate, without classical controls.
        qubits: what it acts on.
        tags: of the operation.
        conditions: on outcomes of measurements, that must all hold.
        made: Cirq's object, if there is one already.
    """

    gate: cirq.Gate
    qubits: tuple[cirq.Qid, ...]
    tags: tuple[Any, ...] = ()
    conditions: tuple[cirq.Condition, ...] = ()
    made: cirq.Operation | None = None

    @classmethod
    def of(cls, op: cirq.Operation) -> "Placed":
        conditions = tuple(op.classical_controls)
        plain = op.without_classical_controls() if conditions else op
        return cls(plain.gate, op.qubits, op.tags, conditions, op)

    def elsewhere(self, to: Mapping[cirq.Qid, cirq.Qid]) -> "Placed":
        """The same where some qubits have others in their place."""
        made = None if self.made is None else self.made.transform_qubits(dict(to))
        return self._replace(qubits=tuple([to.get(q, q) for q in self.qubits]), made=made)

    @property
    def operation(self) -> cirq.Operation:
        if self.made is not None:
            return self.made
        op = self.gate.on(*self.qubits)
        return op.with_tags(*self.tags) if self.tags else op


def is_written(bloq: Bloq) -> bool:
    """Whether `bloq` is `Written`."""
    return hasattr(type(bloq), "written_steps")


@remembered
def lines_of(bloq: Any) -> tuple[Line, ...]:
    """The circuit of a written bloq."""
    return tuple(map(_line, bloq.written_steps))


def _line(step: Step) -> Line:
    bloq, places = step.bloq, step.places
    operation = _operation(bloq)
    if operation is not None:
        return Line(bloq, operation, tuple([wire for _, place in places for wire in place]))
    at, signature = dict(places), bloq.signature
    takes = [(reg.name, (*reg.shape, reg.bitsize), at[reg.name]) for reg in signature.lefts()]
    gives = [(reg.name, at[reg.name]) for reg in signature.rights()]
    return Line(bloq, None, (), tuple(takes), tuple(gives))


@lru_cache(maxsize=4096)
def _operation(bloq: Bloq) -> cirq.Operation | None:
    """What Cirq makes of a gate on its bits in order; `None` if it is no such gate."""
    if not knows_its_gate(bloq) or isinstance(bloq, _BookkeepingBloq):
        return None
    registers = tuple(bloq.signature)
    if any(reg.side != Side.THRU or reg.total_bits() != 1 for reg in registers):
        return None
    qubits = _ANY_QUBITS[: len(registers)]
    given = {reg.name: np.array([qubit]) for reg, qubit in zip(registers, qubits, strict=True)}
    operation, out = bloq.as_cirq_op(_NO_MANAGER, **given)
    if operation is None or operation.gate is None or operation.qubits != qubits:
        return None
    same = all(tuple(out[reg.name]) == (q,) for reg, q in zip(registers, qubits, strict=True))
    return operation if same else None


_ANY_QUBITS = tuple(cirq.LineQubit.range(8))
_NO_MANAGER = cirq.SimpleQubitManager()


def knows_its_gate(bloq: Bloq) -> bool:
    """Whether `bloq` knows its own Cirq gate; metabloqs do too, but have a circuit inside."""
    if isinstance(bloq, (GateWithRegisters, Adjoint)):
        return False
    if isinstance(bloq, Controlled):
        return knows_its_gate(bloq.subbloq)
    return type(bloq).as_cirq_op is not Bloq.as_cirq_op
