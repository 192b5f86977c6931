"""A turned flag makes an encoded vector shorter by a chosen factor, and nothing else."""

from typing import Any

from bloqs.encodings.deamplified_vector import Deamplified
from proofs.claim import Measurement
from proofs.forms import ROUNDING, vector_forms, vector_specified
from proofs.leaves import VectorLeaf
from proofs.operator_claim import OperatorClaim


def specification(a: int, tau: float) -> Any:
    """The same vector."""
    return vector_specified(VectorLeaf(1, 2, a).vector)


def squared(a: int, tau: float) -> Any:
    """What alpha tau would stand for if the flag kept the probability 1 / tau."""
    return vector_specified(VectorLeaf(1, 2, a).vector * tau**0.5)


def simulate(a: int, tau: float) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    return vector_forms(Deamplified(VectorLeaf(1, 2, a), tau))


THEOREM = OperatorClaim(
    says="A flag of its own, kept in zero with amplitude 1 / tau, turns an encoding with alpha "
    "into one of the same vector with tau alpha.",
    specification=specification,
    simulate=simulate,
    instances=({"a": 0, "tau": 1.5}, {"a": 1, "tau": 3.0}, {"a": 2, "tau": 40.0}),
    false_twin=squared,
    twin_says="The flag stays in zero with probability 1 / tau, not with that amplitude.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="[RHGPR25] Lem. B.9, with one ancilla in place of two",
)
