"""Measurements that count gates in an executed circuit."""

from collections.abc import Callable

import cirq
from qualtran import Bloq
from qualtran.bloqs.mcmt import And

from estimator.circuit import circuit_of, is_countable
from proofs.theorem import Measurement


def is_toffoli_like(op: cirq.Operation) -> bool:
    """Whether `op` is an AND, a Toffoli or a controlled swap."""
    gate = op.without_classical_controls().gate
    if isinstance(gate, And):
        return not gate.uncompute
    return gate in (cirq.CCNOT, cirq.CSWAP)


def counted(bloq: Bloq, wanted: Callable[[cirq.Operation], bool] = is_toffoli_like) -> Measurement:
    """The number of operations of a kind in the flattened circuit of `bloq`."""
    circuit = circuit_of(bloq, keep=is_countable)
    number = sum(wanted(op) for op in circuit.operations)
    return Measurement(
        value=number, qubits=circuit.peak, gates=len(circuit.operations), fidelity="counted"
    )
