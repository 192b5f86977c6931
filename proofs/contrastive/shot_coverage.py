"""Bounds on the errors of outputs from shots, against errors of drawn shots."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.model.shot_bounds import l2_bound, shots_for, union
from proofs.coverage_claim import CoverageClaim

DELTA = 0.05
WIDTH = 4
REPEATS = 4_000

BOUNDS = {
    "one output": lambda shots: union(shots, DELTA, 1),
    "largest": lambda shots: union(shots, DELTA, WIDTH),
    "euclidean": lambda shots: l2_bound(shots, DELTA, WIDTH),
}
NORMS = {
    "one output": lambda gaps: np.abs(gaps[:, 0]),
    "largest": lambda gaps: np.abs(gaps).max(axis=1),
    "euclidean": lambda gaps: np.linalg.norm(gaps, axis=1),
}


def errors(norm: str, shots: int) -> NDArray[Any]:
    """Of outputs near zero, whose variance is the largest; shape (REPEATS,)."""
    engine = Engine(kind="ring", width=WIDTH, layers=1)
    inputs, angles = np.full((1, WIDTH), np.pi / 2), np.zeros(engine.angles)
    found = engine.sampled(
        np.repeat(inputs, REPEATS, 0), angles, shots, np.random.default_rng(shots)
    )
    return np.asarray(NORMS[norm](found - engine.outputs(inputs, angles)))


def bound(norm: str, shots: int) -> float:
    """Error that is exceeded with probability 0.05 at most."""
    return BOUNDS[norm](shots)


def bits_for_signs(norm: str, shots: int) -> float:
    """As if a shot gave 0 or 1 instead of +1 or -1."""
    return bound(norm, shots) / 2


def failure(norm: str, shots: int) -> float:
    """The same for all."""
    return DELTA


THEOREM = CoverageClaim(
    says="S shots give one output up to sqrt(2 ln(2/delta)/S), all W up to "
    "sqrt(2 ln(2 W/delta)/S) each, and all of them up to sqrt(W/S) + sqrt(2 W ln(1/delta)/S) in "
    "the Euclidean norm, except with probability delta; so the shots that are asked for do.",
    errors=errors,
    bound=bound,
    failure=failure,
    instances=tuple(
        {"norm": norm, "shots": shots}
        for norm in NORMS
        for shots in (100, shots_for(0.2, DELTA, WIDTH))
    ),
    false_twin=bits_for_signs,
    twin_says="An output is a share of ones, whose range is 1, and has half of these errors.",
    source="[Hoe63] Theorem 2; ours for the Euclidean norm",
)
