"""Six controlled calls encode the real parts of the amplitudes, as published."""

from typing import Any

import numpy as np

from bloqs.encodings.published_diagonal import PublishedDiagonalEncoding
from proofs.claim import Measurement
from proofs.forms import ROUNDING, operator_forms, operator_specified
from proofs.leaves import VectorLeaf
from proofs.operator_claim import OperatorClaim


def specification(n: int, a: int) -> Any:
    """diag(Re psi)."""
    return operator_specified(np.diag(VectorLeaf(1, n, a).vector.real))


def negative(n: int, a: int) -> Any:
    """-diag(Re psi), beside the identity where the control is off."""
    wanted = np.diag(VectorLeaf(1, n, a).vector.real)
    return np.concatenate([-wanted, np.eye(len(wanted)), -wanted])


def simulate(n: int, a: int) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    return operator_forms(PublishedDiagonalEncoding(VectorLeaf(1, n, a)))


THEOREM = OperatorClaim(
    says="Three controlled calls and three of the inverse around two reflections encode "
    "diag(Re psi) with the alpha of the vector, if a phase of -1 is added.",
    specification=specification,
    simulate=simulate,
    instances=({"n": 1, "a": 0}, {"n": 1, "a": 1}, {"n": 2, "a": 0}),
    false_twin=negative,
    twin_says="The sign of the block need not be made good.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="[RHGPR25] Lem. B.18, which allows either sign",
)
