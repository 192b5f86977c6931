r"""One phase of a quantum singular value transformation."""

from typing import Any

import cirq
import numpy as np
from attrs import frozen
from qualtran import Bloq, QBit, Register, Signature, bloq_example
from qualtran.resource_counting import CostKey, GateCounts, QECGatesCost
from qualtran.symbolics import SymbolicFloat

from estimator import symbols
from estimator.circuit import COUNTS_AS_ROTATION


@frozen(cache_hash=True)
class PhaseRotation(Bloq):
    r"""Applies $e^{-i \phi Z}$ and counts as one rotation, whatever $\phi$ is.

    A phase of a long sequence may happen to be that of a Clifford or T gate; a cost that noticed
    would depend on the phases, not on the degree.

    Args:
        phi: the angle. Unit: radians.

    Registers:
        q: QBit.

    Cost: 1 rotation.

    Source: [GSLW18] Def. 15 for its use.
    """

    phi: SymbolicFloat

    @property
    def signature(self) -> Signature:
        return Signature([Register("q", QBit())])

    def adjoint(self) -> "PhaseRotation":
        return PhaseRotation(-self.phi)

    def as_cirq_op(
        self, qubit_manager: cirq.QubitManager, q: Any
    ) -> tuple[cirq.Operation, dict[str, Any]]:
        turn = cirq.Rz(rads=2 * float(self.phi)).on(q[0])
        return turn.with_tags(COUNTS_AS_ROTATION), {"q": np.asarray(q)}

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, QECGatesCost):
            return GateCounts(rotation=1)
        return NotImplemented

    def __str__(self) -> str:
        return "PhaseRotation"


@bloq_example
def _phase_rotation() -> PhaseRotation:
    return PhaseRotation(float(np.pi) / 4)


@bloq_example
def _phase_rotation_symbolic() -> PhaseRotation:
    return PhaseRotation(symbols.theta)
