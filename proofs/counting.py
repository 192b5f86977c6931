"""Measurements that count gates and qubits in a flattened circuit.

Each also says what the library states about the same bloq, so that a claim about the circuit is
one about the annotation too.
"""

from collections.abc import Callable

import cirq
from attrs import evolve
from qualtran import Bloq
from qualtran.bloqs.mcmt import And

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from estimator.costs.circuit import circuit_of
from estimator.costs.cost import cost_by_annotation
from estimator.costs.gate_sets import is_countable
from proofs.claim import Measurement


def is_toffoli_like(op: cirq.Operation) -> bool:
    """Whether `op` is an AND, a Toffoli or a controlled swap."""
    gate = op.without_classical_controls().gate
    if isinstance(gate, And):
        return not gate.uncompute
    return gate in (cirq.CCNOT, cirq.CSWAP)


def counted(bloq: Bloq, wanted: Callable[[cirq.Operation], bool] = is_toffoli_like) -> Measurement:
    """The number of operations of a kind in the flattened circuit of `bloq`.

    For Toffoli-like gates, the default, what the call graph states stands beside it.
    """
    circuit = circuit_of(bloq, keep=is_countable)
    number = sum(wanted(op) for op in circuit.operations)
    stated = int(cost_by_annotation(bloq).toffolis) if wanted is is_toffoli_like else None
    return Measurement(
        value=number,
        stated=stated,
        qubits=circuit.peak,
        gates=len(circuit.operations),
        fidelity="counted",
    )


def counted_beyond(whole: Bloq, parts: dict[Bloq, int]) -> Measurement:
    """The Toffoli-like gates of `whole` that are not in its parts, each so many times there."""
    run, rest = counted(whole), [(counted(part), times) for part, times in parts.items()]
    value = run.value - sum(times * part.value for part, times in rest)
    stated = (run.stated or 0) - sum(times * (part.stated or 0) for part, times in rest)
    return evolve(run, value=value, stated=stated)


def ancillas(bloq: AbstractBlockEncoding | AbstractVectorEncoding) -> Measurement:
    """The qubits that go in, come out and are touched, less those of the system."""
    circuit = circuit_of(bloq, is_countable)
    touched = {qubit for op in circuit.operations for qubit in op.qubits}
    used = [qubit for qubit in circuit.inputs if qubit in touched]
    system = [qubit for qubit in circuit.inputs if str(qubit).startswith("system")]
    return Measurement(
        value=len(set(used) - set(system)),
        stated=int(bloq.ancilla_bitsize),
        qubits=circuit.peak,
        gates=len(circuit.operations),
        fidelity="counted",
    )
