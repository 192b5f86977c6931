r"""A rotation about Y by an angle so small that it could be taken for none."""

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
class TurnAboutY(Bloq):
    r"""Applies $e^{-i \phi Y / 2}$ and counts as one rotation, however near a Clifford it is.

    Qualtran's `Ry` within 1e-12 of a Clifford's angle counts as that Clifford, so that of the bits
    of a fine angle only the first forty or so would cost anything.

    Args:
        phi: the angle. Unit: radians.

    Registers:
        q: QBit.

    Cost: 1 rotation.

    Source: elementary.
    """

    phi: SymbolicFloat

    @property
    def signature(self) -> Signature:
        return Signature([Register("q", QBit())])

    def adjoint(self) -> "TurnAboutY":
        return TurnAboutY(-self.phi)

    def as_cirq_op(
        self, qubit_manager: cirq.QubitManager, q: Any
    ) -> tuple[cirq.Operation, dict[str, Any]]:
        turn = cirq.Ry(rads=float(self.phi)).on(q[0])
        return turn.with_tags(COUNTS_AS_ROTATION), {"q": np.asarray(q)}

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, QECGatesCost):
            return GateCounts(rotation=1)
        return NotImplemented

    def __str__(self) -> str:
        return "TurnAboutY"


@bloq_example
def _turn_about_y() -> TurnAboutY:
    return TurnAboutY(2.0**-58)


@bloq_example
def _turn_about_y_symbolic() -> TurnAboutY:
    return TurnAboutY(symbols.theta)
