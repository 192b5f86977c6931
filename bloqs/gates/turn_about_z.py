r"""A rotation about Z that counts as one at every angle."""

import cirq
import numpy as np
from attrs import frozen
from qualtran import bloq_example

from bloqs.gates.counted_rotation import AbstractCountedRotation
from bloqs.same_calls import SAME_CALLS
from estimator import symbols


@frozen(cache_hash=True)
class TurnAboutZ(AbstractCountedRotation):
    r"""Applies $e^{-i \phi Z / 2}$ and counts as one rotation, at multiples of pi/2 as well.

    Qualtran's `Rz` counts there as a Clifford gate, so that what a circuit of trained angles
    costs would depend on where training ended.

    Args:
        phi: the angle. Unit: radians.

    Registers:
        q: QBit.

    Cost: 1 rotation.

    Source: elementary.
    """

    @property
    def gate(self) -> cirq.Gate:
        return cirq.Rz(rads=self.radians)


@bloq_example(generalizer=SAME_CALLS)
def _turn_about_z() -> TurnAboutZ:
    return TurnAboutZ(float(np.pi) / 2)


@bloq_example(generalizer=SAME_CALLS)
def _turn_about_z_symbolic() -> TurnAboutZ:
    return TurnAboutZ(symbols.theta)
