"""Depth counted gate by gate: the longest chain of a flattened circuit."""

import cirq
from qualtran import Bloq
from qualtran.bloqs.mcmt import And

from estimator.costs.circuit import Circuit, circuit_of
from estimator.costs.gate_sets import is_countable


def flat_toffoli_depth(bloq: Bloq) -> int:
    """Layers of ANDs, Toffolis and CSWAPs of the flattened circuit. Unit: layers.

    Every gate starts as soon as its qubits are free, across the borders of sub-bloqs. Uncomputing
    an AND is a measurement and free; qubits that are allocated again wait for their last use.

    Raises:
        qualtran.DecomposeTypeError: if there is no circuit.
    """
    return toffoli_layers(circuit_of(bloq, is_countable))


def toffoli_layers(circuit: Circuit) -> int:
    """Layers of ANDs, Toffolis and CSWAPs of a circuit whose gates are countable. Unit: layers."""
    ready: dict[cirq.Qid, int] = {}
    for gate, qubits, *_ in circuit.placed:
        own = int(
            gate in (cirq.CCNOT, cirq.CSWAP) or (isinstance(gate, And) and not gate.uncompute)
        )
        end = max((ready.get(qubit, 0) for qubit in qubits), default=0) + own
        ready.update(dict.fromkeys(qubits, end))
    return max(ready.values(), default=0)
