"""Four terms of the shift rule, and the decomposed rule, are exact on controlled turns."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from proofs.claim import Measurement
from proofs.contrastive.dense_circuit import dense_values, some_settings
from proofs.contrastive.rule_run import by_rule, tolerance
from proofs.contrastive.two_term_bias import bias
from proofs.operator_claim import OperatorClaim

RULES = ("four-term", "light-cone", "decomposed")


def derivatives(kind: str, width: int, layers: int, seed: int) -> NDArray[Any]:
    """By the product rule, once for each of `RULES`."""
    settings = some_settings(kind, width, layers, seed)
    return np.tile(dense_values(kind, width, layers, settings)[1].ravel(), len(RULES))


def by_rules(kind: str, width: int, layers: int, seed: int) -> tuple[NDArray[Any], Measurement]:
    """By each of `RULES`."""
    found = [by_rule(rule, kind, width, layers, seed) for rule in RULES]
    return np.concatenate([each for each, _ in found]), found[0][1]


def far_lost(kind: str, width: int, layers: int, seed: int) -> NDArray[Any]:
    """As if the two far shifts were not needed."""
    off = np.tile(bias(kind, width, layers, seed), len(RULES))
    return derivatives(kind, width, layers, seed) + off


THEOREM = OperatorClaim(
    says="c+ (f(t + pi/2) - f(t - pi/2)) - c- (f(t + 3 pi/2) - f(t - 3 pi/2)) with "
    "c+- = (sqrt 2 +- 1)/(4 sqrt 2) is the derivative by the angle of a controlled turn; so is "
    "half the difference of two-term derivatives by the two turns that it is made of; and two "
    "terms do where the control could be measured right after the turn.",
    specification=derivatives,
    simulate=by_rules,
    instances=tuple(
        {"kind": kind, "width": width, "layers": layers, "seed": 3}
        for kind, width, layers in (
            ("ring", 2, 1), ("ring", 3, 2), ("13_half", 3, 2), ("13", 4, 1), ("14", 4, 1),
            ("19", 3, 2),
        )
    ),
    false_twin=far_lost,
    bound=tolerance,
    norm="l2",
    twin_says="The two near shifts are enough.",
    source="ours",
)  # fmt: skip
