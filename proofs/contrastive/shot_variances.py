"""Worst variances of derivatives from shots, by formula and from the terms of each rule."""

from typing import Any

import numpy as np

from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.model.gate_program import halved
from bloqs.contrastive.model.gradient_rules import terms_of
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

WORST = {
    ("two-term", False): (1 / 2, 2),
    ("four-term", False): (3 / 8, 4),
    ("four-term", True): (1 / 4, 4),
    ("decomposed", False): (1 / 4, 4),
}
"""(rule, optimal shots) -> variance at S = 1, and shots in units of S."""


PLACES = 9
"""Decimals to which weights in floating point are compared."""


def by_formula(rule: str, is_optimal: bool, shots: int) -> dict[str, Any]:
    """Variance at outputs zero, and all shots of the derivative."""
    variance, total = WORST[rule, is_optimal]
    return {"variance times S": variance, "shots": total * shots}


def by_terms(rule: str, is_optimal: bool, shots: int) -> tuple[dict[str, Any], Measurement]:
    """Of the first controlled turn of a ring: the squared weight of each circuit over its shots."""
    engine = Engine(kind="ring", width=3, layers=1)
    terms = terms_of(engine, rule, 1.0, is_optimal)
    angle = engine.width + 3
    chain = np.eye(engine.width + engine.angles)
    if rule == "decomposed":
        chain = halved("ring", 3, 1)[1]
    weights = [(term.weight * chain[term.angle, angle], term.share) for term in terms]
    used = [(weight, share) for weight, share in weights if weight]
    variance = sum(weight**2 / share for weight, share in used)
    total = sum(share * shots for _, share in used)
    numbers = {"variance times S": round(variance, PLACES), "shots": round(total, PLACES)}
    return numbers, Measurement(value=0.0)


def equal_is_best(rule: str, is_optimal: bool, shots: int) -> dict[str, Any]:
    """As if equal shots were as good."""
    variance, total = WORST[rule, True] if rule == "four-term" else WORST[rule, is_optimal]
    return {"variance times S": variance, "shots": total * shots}


THEOREM = AgreementClaim(
    says="With outputs near zero a derivative has variance 1/(2 S) by two terms of S shots each, "
    "3/(8 S) by four of S each, 1/(4 S) by four with the same 4 S shots in proportion to their "
    "weights, and 1/(4 S) by the decomposed rule: exactness costs no shots.",
    stated=by_formula,
    found=by_terms,
    instances=lambda: [
        {"rule": rule, "is_optimal": is_optimal, "shots": 100} for rule, is_optimal in WORST
    ],
    false_twin=equal_is_best,
    twin_says="Four terms with equal shots have variance 1/(4 S).",
    source="ours",
)
