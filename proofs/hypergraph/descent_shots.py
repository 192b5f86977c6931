"""Theorem G: gradient descent on short sentences finds what is to be written, from anywhere."""

from math import pi
from typing import Any

import numpy as np

from bloqs.hypergraph.model.descent import (
    SampledSlope,
    descend,
    exact_slope,
    single_edges,
    uniform_start,
)
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

STEPS, SHOTS = 40, 200


def wanted(edge: tuple[int, ...]) -> bool:
    """Edges whose modes add up to an even number."""
    return sum(edge) % 2 == 0


def stated(n: int, k: int, sampled: bool, settings: int = 2) -> dict[str, Any]:
    """The wanted edges, and two settings of each angle at each step."""
    edges = single_edges(n, k, wanted).edges
    numbers: dict[str, Any] = {f"{edge}": int(wanted(edge)) for edge in edges}
    return numbers | {"shots": settings * SHOTS * STEPS * len(edges) if sampled else 0}


def found(n: int, k: int, sampled: bool) -> tuple[dict[str, Any], Measurement]:
    """Angles at the end, near 0 or half a turn, of half of Newton's rate at the optimum."""
    lesson = single_edges(n, k, wanted)
    size = len(lesson.edges)
    slope = SampledSlope(SHOTS, seed=n) if sampled else exact_slope
    run = descend(lesson, uniform_start(size, n), 2.0**k * size / 2, STEPS, slope)
    numbers: dict[str, Any] = {"shots": run.shots}
    for edge, angle in zip(lesson.edges, run.angles, strict=True):
        near = np.cos(angle) if abs(np.cos(angle)) > np.cos(pi / 6) else np.nan
        numbers[f"{edge}"] = float(near < 0) if near == near else np.nan
    return numbers, Measurement(value=run.losses[-1])


def one_setting(n: int, k: int, sampled: bool) -> dict[str, Any]:
    """A derivative is read off one setting."""
    return stated(n, k, sampled, settings=1)


THEOREM = AgreementClaim(
    says="On sentences of one edge each the loss is separable with one minimum a period: gradient "
    "descent from uniform angles finds every edge that is to be written, with exact gradients and "
    "with 200 shots at each of two settings of every angle, which are all its shots.",
    stated=stated,
    found=found,
    instances=lambda: [
        {"n": 4, "k": 2, "sampled": False},
        {"n": 8, "k": 3, "sampled": False},
        {"n": 4, "k": 2, "sampled": True},
        {"n": 5, "k": 3, "sampled": True},
    ],
    false_twin=one_setting,
    twin_says="One setting of an angle gives its derivative.",
    source="[AG26] abstract, trainability; ours for sentences and loss; derived",
    assumptions=("Seen from one start for each size; a start at a maximum would stay there.",),
)
