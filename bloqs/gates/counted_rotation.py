"""What one-qubit rotations share that count as one, whatever their angle."""

import abc
from typing import Any, Never, Self

import attrs
import cirq
import numpy as np
from attrs import frozen
from qualtran import ConnectionT, DecomposeTypeError, QBit, Register, Signature
from qualtran.cirq_interop import cirq_gate_to_bloq
from qualtran.resource_counting import CostKey, GateCounts, QECGatesCost
from qualtran.symbolics import SymbolicFloat

from bloqs.abstract import AbstractBloq
from estimator.costs.gate_sets import COUNTS_AS_ROTATION
from estimator.costs.simplify import free_symbols

_ONE_QUBIT = Signature([Register("q", QBit())])


@frozen(cache_hash=True)
class AbstractCountedRotation(AbstractBloq):
    """A rotation of one qubit `q` by an angle, with the inverse by its negative; 1 rotation.

    Subclasses are final and define `gate`.
    """

    phi: SymbolicFloat

    @property
    @abc.abstractmethod
    def gate(self) -> cirq.Gate:
        """The rotation, by `radians`."""

    @property
    def radians(self) -> SymbolicFloat:
        """The angle as Cirq takes it: a number, or a symbol in a circuit that is only counted."""
        return self.phi if free_symbols([self.phi]) else float(self.phi)

    @property
    def signature(self) -> Signature:
        return _ONE_QUBIT

    def adjoint(self) -> Self:
        return attrs.evolve(self, phi=-self.phi)

    def decompose_bloq(self) -> Never:
        raise DecomposeTypeError(f"{self} is one gate")

    def my_tensors(
        self, incoming: dict[str, ConnectionT], outgoing: dict[str, ConnectionT]
    ) -> list[Any]:
        return cirq_gate_to_bloq(self.gate).my_tensors(incoming, outgoing)

    def as_cirq_op(
        self, qubit_manager: cirq.QubitManager, q: Any
    ) -> tuple[cirq.Operation, dict[str, Any]]:
        return self.gate.on(q[0]).with_tags(COUNTS_AS_ROTATION), {"q": np.asarray(q)}

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, QECGatesCost):
            return GateCounts(rotation=1)
        return NotImplemented

    def __str__(self) -> str:
        return type(self).__name__
