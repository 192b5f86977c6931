"""One call of a preparation and one CNOT a qubit encode its amplitudes as a diagonal."""

from typing import Any

import numpy as np

from bloqs.encodings.diagonal import DiagonalEncoding
from proofs.claim import Measurement
from proofs.forms import ROUNDING, operator_forms, operator_specified
from proofs.leaves import VectorLeaf
from proofs.operator_claim import OperatorClaim


def specification(n: int, a: int) -> Any:
    """diag(psi), complex."""
    return operator_specified(np.diag(VectorLeaf(1, n, a).vector))


def real_part(n: int, a: int) -> Any:
    """diag(Re psi), what the form with six controlled calls encodes."""
    return operator_specified(np.diag(VectorLeaf(1, n, a).vector.real))


def simulate(n: int, a: int) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    return operator_forms(DiagonalEncoding(VectorLeaf(1, n, a)))


THEOREM = OperatorClaim(
    says="A vector prepared in n + a ancillas and the index XORed onto it encode diag(psi) with "
    "the alpha of the vector, complex amplitudes included.",
    specification=specification,
    simulate=simulate,
    instances=({"n": 1, "a": 0}, {"n": 1, "a": 2}, {"n": 2, "a": 1}),
    false_twin=real_part,
    twin_says="Only the real part is encoded, as by the published form.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="ours; [RHGPR25] Lem. B.18 uses a form with six controlled calls",
)
