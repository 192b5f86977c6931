"""The rounds of amplification that take the fewest calls until success, by trying all of them."""

from math import asin, ceil, pi, sqrt
from typing import Any

import numpy as np

from bloqs.encodings.amplified_vector import AmplifiedVector
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.circuits.transform_solver import TransformSolver
from bloqs.linear_systems.model.amplification import best_rounds
from estimator.costs.cost import cost_by_annotation
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

SUCCESSES = (0.81, 0.5, 0.35, 0.3, 0.1, 0.02, 1e-3, 2.5e-5)
"""Probabilities that one run succeeds."""


def stated(success: float) -> dict[str, Any]:
    """The rounds, and the calls of the amplified circuit."""
    rounds = best_rounds(success)
    return {"rounds": rounds, "calls": 2 * rounds + 1}


def usual(success: float) -> dict[str, Any]:
    """As many as bring the amplitude nearest to one."""
    rounds = ceil(pi / (4 * asin(sqrt(success))) - 0.5)
    return {"rounds": rounds, "calls": 2 * rounds + 1}


def found(success: float) -> tuple[dict[str, Any], Measurement]:
    """Two reflections in the plane of success and failure, until the amplitude falls again."""
    start = np.array([np.sqrt(1 - success), np.sqrt(success)])
    turn = (2 * np.outer(start, start) - np.eye(2)) @ np.diag([1.0, -1.0])
    totals: list[float] = []
    state, last = start, 0.0
    while state[1] > last:
        totals.append((2 * len(totals) + 1) / state[1] ** 2)
        last, state = float(state[1]), turn @ state
    rounds = int(np.argmin(totals))
    alpha = 1 / sqrt(success)
    parts = MatrixOracle(3, 1), VectorOracle(3, 0)
    solver = TransformSolver(*parts, alpha, 1, None, 1, alpha, 0)
    cost = cost_by_annotation(AmplifiedVector(solver, rounds) if rounds else solver)
    run = Measurement(value=0.0, qubits=int(cost.qubits), gates=rounds, fidelity="counted")
    return {"rounds": rounds, "calls": int(cost.queries["matrix"])}, run


THEOREM = AgreementClaim(
    says="The rounds of amplification that a solver is given are those that take the fewest calls "
    "until success, none from a success of one third on; r rounds take 2 r + 1 calls.",
    stated=stated,
    found=found,
    instances=lambda: [{"success": success} for success in SUCCESSES],
    false_twin=usual,
    twin_says="Those that bring the amplitude nearest to one.",
    source="[BHMT02] Thm. 2 for what a round does; the minimum is ours",
)
