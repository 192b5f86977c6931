"""A turned flag makes the alpha of a block-encoding larger, and nothing else."""

from typing import Any

from bloqs.encodings.deamplified_encoding import DeamplifiedEncoding
from proofs.claim import Measurement
from proofs.forms import ROUNDING, operator_forms, operator_specified
from proofs.leaves import MatrixLeaf
from proofs.operator_claim import OperatorClaim


def specification(n: int, a: int, tau: float) -> Any:
    """The same operator."""
    return operator_specified(MatrixLeaf(1, 2.0, n, a).matrix)


def squared(n: int, a: int, tau: float) -> Any:
    """What alpha tau would stand for if the flag kept the probability 1 / tau."""
    return operator_specified(MatrixLeaf(1, 2.0, n, a).matrix * tau**0.5)


def simulate(n: int, a: int, tau: float) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    return operator_forms(DeamplifiedEncoding(MatrixLeaf(1, 2.0, n, a), tau))


THEOREM = OperatorClaim(
    says="A flag of its own, kept in zero with amplitude 1 / tau, turns a block-encoding with "
    "alpha into one of the same operator with tau alpha.",
    specification=specification,
    simulate=simulate,
    instances=({"n": 1, "a": 0, "tau": 1.5}, {"n": 2, "a": 1, "tau": 40.0}),
    false_twin=squared,
    twin_says="The flag stays in zero with probability 1 / tau, not with that amplitude.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="[RHGPR25] Lem. B.9 for vectors; the same flag for operators is ours",
)
