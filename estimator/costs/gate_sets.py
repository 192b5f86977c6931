"""Where a circuit stops being taken apart: gates that are run, and gates that are counted."""

import cirq
from qualtran.bloqs.mcmt import And

COUNTS_AS_ROTATION = "rotation"
"""Tag of an operation that is a rotation to the ledger even where its angle is a Clifford's."""

ONE_QUBIT = (
    cirq.XPowGate,
    cirq.YPowGate,
    cirq.ZPowGate,
    cirq.HPowGate,
    cirq.PhasedXPowGate,
    cirq.MeasurementGate,
    cirq.ResetChannel,
    cirq.IdentityGate,
    cirq.GlobalPhaseGate,
)
"""One-qubit gates, preparation and measurement; with CNOT, CZ and SWAP the gate set of a run."""


def is_elementary(op: cirq.Operation) -> bool:
    """Whether `op` is a one-qubit gate, a CNOT, CZ, SWAP, reset or measurement."""
    gate = op.without_classical_controls().gate
    if type(gate) in ONE_QUBIT or gate in (cirq.CNOT, cirq.CZ, cirq.SWAP):
        return True
    return isinstance(gate, ONE_QUBIT)


def is_countable(op: cirq.Operation) -> bool:
    """Whether counting stops at `op`: elementary gates, AND, its uncomputation, Toffoli, CSWAP."""
    gate = op.without_classical_controls().gate
    return is_elementary(op) or isinstance(gate, And) or gate in (cirq.CCNOT, cirq.CSWAP)
