"""A number times an encoded operator: its modulus goes to alpha, its phase to the circuit."""

from typing import Any

from bloqs.encodings.scaled import ScaledEncoding
from proofs.claim import Measurement
from proofs.forms import ROUNDING, operator_forms, operator_specified
from proofs.leaves import MatrixLeaf
from proofs.operator_claim import OperatorClaim


def specification(a: int, factor: complex) -> Any:
    """The multiple."""
    return operator_specified(factor * MatrixLeaf(1, 2.0, 1, a).matrix)


def without_phase(a: int, factor: complex) -> Any:
    """The multiple by the modulus."""
    return specification(a, abs(factor))


def simulate(a: int, factor: complex) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    return operator_forms(ScaledEncoding(MatrixLeaf(1, 2.0, 1, a), factor))


THEOREM = OperatorClaim(
    says="An encoding of A with alpha becomes one of w A with |w| alpha, the phase of w included, "
    "also beside the identity under a control.",
    specification=specification,
    simulate=simulate,
    instances=(
        {"a": 0, "factor": -2.5},
        {"a": 1, "factor": 1.0 - 2.0j},
        {"a": 1, "factor": 0.5j},
    ),
    false_twin=without_phase,
    twin_says="The phase is global, so that it can be dropped.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="ours; [GSLW18] Lem. 52 has the phase in the choice of a term",
)
