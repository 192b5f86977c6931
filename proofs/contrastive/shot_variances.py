"""Worst variances of derivatives from shots, by formula and from the terms of each rule."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.model.gate_program import halved
from bloqs.contrastive.model.gradient_rules import terms_of
from proofs.claim import Measurement
from proofs.operator_claim import OperatorClaim

WORST = {
    ("two-term", False): (1 / 2, 2),
    ("four-term", False): (3 / 8, 4),
    ("four-term", True): (1 / 4, 4),
    ("decomposed", False): (1 / 4, 4),
}
"""(rule, optimal shots) -> variance at S = 1, and shots in units of S."""


def by_formula(rule: str, is_optimal: bool, shots: int) -> NDArray[Any]:
    """Variance at outputs zero, and all shots of the derivative."""
    variance, total = WORST[rule, is_optimal]
    return np.array([variance / shots, total * shots])


def by_terms(rule: str, is_optimal: bool, shots: int) -> tuple[NDArray[Any], Measurement]:
    """Of the first controlled turn of a ring: the squared weight of each circuit over its shots."""
    engine = Engine(kind="ring", width=3, layers=1)
    terms = terms_of(engine, rule, 1.0, is_optimal)
    angle = engine.width + 3
    chain = np.eye(engine.width + engine.angles)
    if rule == "decomposed":
        chain = halved("ring", 3, 1)[1]
    weights = [(term.weight * chain[term.angle, angle], term.share) for term in terms]
    used = [(weight, share) for weight, share in weights if weight]
    variance = sum(weight**2 / (share * shots) for weight, share in used)
    total = sum(share * shots for _, share in used)
    return np.array([variance, total]), Measurement(value=0.0)


def equal_is_best(rule: str, is_optimal: bool, shots: int) -> NDArray[Any]:
    """As if equal shots were as good."""
    variance, total = WORST[rule, True] if rule == "four-term" else WORST[rule, is_optimal]
    return np.array([variance / shots, total * shots])


THEOREM = OperatorClaim(
    says="With outputs near zero a derivative has variance 1/(2 S) by two terms of S shots each, "
    "3/(8 S) by four of S each, 1/(4 S) by four with the same 4 S shots in proportion to their "
    "weights, and 1/(4 S) by the decomposed rule: exactness costs no shots.",
    specification=by_formula,
    simulate=by_terms,
    instances=tuple(
        {"rule": rule, "is_optimal": is_optimal, "shots": 100} for rule, is_optimal in WORST
    ),
    false_twin=equal_is_best,
    bound=lambda **instance: 1e-10,
    norm="l2",
    twin_says="Four terms with equal shots have variance 1/(4 S).",
    source="ours",
)
