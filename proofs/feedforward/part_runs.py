"""How often a chain of layers runs its input: the product of the calls in each part."""

from math import prod
from typing import Any

import numpy as np

from bloqs.abstract import AbstractVectorEncoding
from bloqs.encodings.deamplified_vector import Deamplified
from bloqs.encodings.vector_sum import VectorSum
from bloqs.feedforward.circuits.earlier_vector import EarlierVector
from bloqs.feedforward.circuits.layer_chain import LayerChain
from bloqs.qsvt.lengthened_vector import LengthenedVector
from bloqs.simulation.partial_run import run
from bloqs.simulation.vector_dilation import VectorDilation
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

Numbers = dict[str, Any]


def _numbers(runs: int) -> Numbers:
    return {"runs in the circuit": runs, "runs as stated": runs}


def by_product(calls: tuple[int, ...]) -> Numbers:
    """A part of c calls makes c runs of what comes before it out of each of its own."""
    return _numbers(prod(calls))


def by_sum(calls: tuple[int, ...]) -> Numbers:
    """As if every part called the input itself."""
    return _numbers(sum(calls))


def _part(before: AbstractVectorEncoding, calls: int) -> AbstractVectorEncoding:
    """A sum of two calls, or a lengthening of as many."""
    vector: Any = before
    box = EarlierVector(
        vector.system_bitsize, vector.ancilla_bitsize, float(vector.alpha), float(vector.epsilon)
    )
    if calls == 2:
        return VectorSum(box, Deamplified(box, 2.0), 0.5, 0.5 / float(before.alpha))
    phases = tuple(0.1 * (k + 1) for k in range(calls + 1))
    return LengthenedVector(box, phases, calls, 0.1, 1.0)


def found(calls: tuple[int, ...]) -> tuple[Numbers, Measurement]:
    """Gates that prepare the input in the circuit of parts inside parts, and the chain's own."""
    made: list[AbstractVectorEncoding] = [VectorDilation.of_vector(np.array([0.6, 0.8]), 1.25)]
    for each in calls:
        made.append(_part(made[-1], each))
    chain = LayerChain(made[0], tuple(made[1:]), is_listed=True)
    done = run(chain.nested)
    counted = done.calls[VectorDilation]
    measured = Measurement(
        value=counted,
        stated=sum(chain.runs[0].values()),
        qubits=done.runner.bloq.signature.n_qubits(),
        fidelity="counted",
    )
    numbers = {"runs in the circuit": counted, "runs as stated": measured.stated}
    return numbers, measured


THEOREM = AgreementClaim(
    says="A chain of parts that call what comes before them c_1, c_2, ... times runs its input "
    "c_1 c_2 ... times.",
    stated=by_product,
    found=found,
    instances=lambda: [
        {"calls": calls} for calls in ((2,), (3,), (2, 3), (3, 5), (2, 2, 2), (3, 2, 5))
    ],
    false_twin=by_sum,
    twin_says="Calls of different parts add up.",
    source="[RHGPR25] Lem. 7 for the product; the chain is ours",
)
