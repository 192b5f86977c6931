r"""A rotation about Y by an angle so small that it could be taken for none."""

import cirq
from attrs import frozen
from qualtran import bloq_example

from bloqs.gates.counted_rotation import AbstractCountedRotation
from bloqs.same_calls import SAME_CALLS
from estimator import symbols


@frozen(cache_hash=True)
class TurnAboutY(AbstractCountedRotation):
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

    @property
    def gate(self) -> cirq.Gate:
        return cirq.Ry(rads=self.radians)


@bloq_example(generalizer=SAME_CALLS)
def _turn_about_y() -> TurnAboutY:
    return TurnAboutY(2.0**-58)


@bloq_example(generalizer=SAME_CALLS)
def _turn_about_y_symbolic() -> TurnAboutY:
    return TurnAboutY(symbols.theta)
