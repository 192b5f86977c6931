"""Cost of a quantum singular value transformation of many phases; nothing is remembered."""

from functools import partial
from importlib import import_module
from typing import Any

import numpy as np
from qualtran.bloqs.qsp.generalized_qsp import GeneralizedQSP
from qualtran.resource_counting import QECGatesCost, QubitCount, get_cost_value
from qualtran.symbolics import Shaped

from benchmarks.benchmark import Benchmark, Case
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.qsvt.transform import SingularValueTransform
from estimator.costs.cost import cost_by_annotation

PHASES = (1_000, 1_000_000)
LIMIT = 10.0
"""Longest time a peer is given. Unit: seconds."""

Sides = tuple[SingularValueTransform, GeneralizedQSP]


def numbers(count: int) -> tuple[float, ...]:
    """As many numbers, small enough for coefficients and as good as any for phases."""
    return tuple(np.random.default_rng(7).uniform(0, 1 / count, count))


def with_numbers(count: int) -> Sides:
    """Ours with its phases, Qualtran's with coefficients of P and Q, from which it gets angles."""
    encoding, given = diagonal_encoding_example.make(), numbers(count)
    ours = SingularValueTransform(encoding, given, count - 1, error=0.0)
    return ours, GeneralizedQSP(encoding, given, given)


def degree_alone(count: int) -> Sides:
    """Both knowing only how many phases there are."""
    encoding, shape = diagonal_encoding_example.make(), Shaped((count,))
    ours = SingularValueTransform(encoding, None, count - 1, error=0.0)
    return ours, GeneralizedQSP(encoding, shape, shape)


def ours(sides: Any) -> Any:
    return cost_by_annotation(sides[0])


def gates(sides: Any) -> Any:
    return get_cost_value(sides[1], QECGatesCost())


def gates_and_qubits(sides: Any) -> Any:
    return gates(sides), get_cost_value(sides[1], QubitCount())


def pennylane(count: int, _: Any) -> Any:
    """One multiplexed rotation is the block-encoding of a diagonal; ours spells one out."""
    estimator = import_module("pennylane.estimator")
    encoding = estimator.SelectPauliRot("Y", num_ctrl_wires=3)
    return estimator.estimate(estimator.QSVT(encoding, (8, 8), count - 1))


QUALTRAN = "Qualtran: `GeneralizedQSP` of the same encoding, which has no projectors to reflect"


GQSP = (
    "cost of a transform of 1,000 and 1,000,000 phases, against gates and qubits of Qualtran's GQSP"
)
ESTIMATOR = "the same, given the degree alone, against PennyLane's estimator"


def cases(what: str, setup: Any, peer: Any, note: str) -> list[Case]:
    """The same question at each number of phases."""
    return [
        Case(
            what=what,
            size=f"{count:,} phases",
            setup=partial(setup, count),
            ours=ours,
            peer=partial(peer, count) if peer is pennylane else peer,
            note=note,
            needs="pennylane.estimator" if peer is pennylane else "",
            limit=LIMIT,
            afresh=True,
            headline={gates_and_qubits: GQSP, pennylane: ESTIMATOR}.get(peer, ""),
        )
        for count in PHASES
    ]


TRANSFORM_COST = Benchmark(
    "transform_cost",
    [
        *cases(
            "cost of a QSVT, phases given, gates and qubits",
            with_numbers,
            gates_and_qubits,
            f"{QUALTRAN}; `QECGatesCost`, `QubitCount`, angles from P and Q",
        ),
        *cases(
            "cost of a QSVT, phases given, gates alone from the peer",
            with_numbers,
            gates,
            f"{QUALTRAN}; `QECGatesCost`",
        ),
        *cases(
            "cost of a QSVT, degree alone",
            degree_alone,
            gates_and_qubits,
            f"{QUALTRAN}; `QECGatesCost`, `QubitCount`, `Shaped` coefficients",
        ),
        *cases(
            "cost of a QSVT, degree alone, PennyLane",
            degree_alone,
            pennylane,
            "PennyLane: `estimator.QSVT` of a multiplexed rotation, gates and wires",
        ),
    ],
)
