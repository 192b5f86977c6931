r"""One phase of a quantum singular value transformation."""

import cirq
import numpy as np
from attrs import frozen
from qualtran import bloq_example

from bloqs.gates.counted_rotation import AbstractCountedRotation
from bloqs.same_calls import SAME_CALLS
from estimator import symbols


@frozen(cache_hash=True)
class PhaseRotation(AbstractCountedRotation):
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

    @property
    def gate(self) -> cirq.Gate:
        return cirq.Rz(rads=2 * self.radians)


@bloq_example(generalizer=SAME_CALLS)
def _phase_rotation() -> PhaseRotation:
    return PhaseRotation(float(np.pi) / 4)


@bloq_example(generalizer=SAME_CALLS)
def _phase_rotation_symbolic() -> PhaseRotation:
    return PhaseRotation(symbols.theta)
