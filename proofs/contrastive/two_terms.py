"""Two terms of the shift rule are exact on turns about one axis, and of pairs."""

from typing import Any

from numpy.typing import NDArray

from proofs.claim import Measurement
from proofs.contrastive.dense_circuit import dense_values, some_settings
from proofs.contrastive.rule_run import by_rule, tolerance
from proofs.operator_claim import OperatorClaim


def derivatives(kind: str, width: int, layers: int, seed: int) -> NDArray[Any]:
    """By the product rule."""
    settings = some_settings(kind, width, layers, seed)
    return dense_values(kind, width, layers, settings)[1].ravel()


def without_half(kind: str, width: int, layers: int, seed: int) -> NDArray[Any]:
    """As if the difference of the two values were the derivative."""
    return 2 * derivatives(kind, width, layers, seed)


def by_two_terms(kind: str, width: int, layers: int, seed: int) -> tuple[NDArray[Any], Measurement]:
    """By the rule, on the engine."""
    return by_rule("two-term", kind, width, layers, seed)


THEOREM = OperatorClaim(
    says="Half the difference of the outputs at angles pi/2 to either side is the derivative, "
    "for turns about X, Y and Z and turns RXX and RZX of a pair: every angle and input of "
    "all-to-all, line, 15, alternating and farhi.",
    specification=derivatives,
    simulate=by_two_terms,
    instances=tuple(
        {"kind": kind, "width": width, "layers": 2, "seed": 1}
        for kind, width in (
            ("all-to-all", 3), ("line", 4), ("15", 4), ("alternating", 4), ("farhi", 3),
        )
    ),
    false_twin=without_half,
    bound=tolerance,
    norm="l2",
    twin_says="The difference itself is the derivative.",
    source="[JAXAKJ22], its code; ours for turns of a pair",
)  # fmt: skip
