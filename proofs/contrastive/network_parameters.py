"""What is trained in the networks that are called equivalently structured."""

from typing import Any

import numpy as np

from bloqs.contrastive.model.ansatz_sizes import sizes_of
from bloqs.contrastive.model.classical_work import network_parameters
from bloqs.contrastive.model.gate_order import gate_order
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

CLASSICAL = "classical"
"""Two layers of weights and biases."""

CASES = ((CLASSICAL, 4, 2), (CLASSICAL, 8, 2), ("ring", 8, 2), ("all-to-all", 8, 3))
PUBLISHED = {(CLASSICAL, 8): 144, ("ring", 8): 32, ("all-to-all", 8): 32}
"""At width 8."""


def stated(kind: str, width: int, layers: int) -> dict[str, Any]:
    """By closed forms."""
    if kind == CLASSICAL:
        return {"parameters": network_parameters(width)}
    return {"parameters": sizes_of(kind, width, layers).angles}


def found(kind: str, width: int, layers: int) -> tuple[dict[str, Any], Measurement]:
    """Entries of the arrays, and angles of the gates; those published must be these."""
    if kind == CLASSICAL:
        arrays = [np.zeros(shape) for _ in range(layers) for shape in ((width, width), (width,))]
        number = sum(array.size for array in arrays)
    else:
        number = sum(gate.angle is not None for gate in gate_order(kind, width, layers))
    if PUBLISHED.get((kind, width), number) != number:
        return {"parameters": np.nan}, Measurement(value=np.nan)
    return {"parameters": number}, Measurement(value=float(number))


def without_biases(kind: str, width: int, layers: int) -> dict[str, Any]:
    """Weights alone, and angles of turns alone."""
    if kind == CLASSICAL:
        return {"parameters": layers * width**2}
    return {"parameters": sizes_of(kind, width, layers).turn_angles}


THEOREM = AgreementClaim(
    says="The classical network has 2 (W**2 + W) parameters, the ring 2 W L and all-to-all "
    "W (L + 1): 144, 32 and 32 at the published width 8; the networks that are compared are of one "
    "width, not of one number of parameters.",
    stated=stated,
    found=found,
    instances=lambda: [dict(zip(("kind", "width", "layers"), case, strict=True)) for case in CASES],
    false_twin=without_biases,
    twin_says="Biases and angles of controlled turns are not trained.",
    source="[JAXAKJ22] abstract, equivalently structured networks, and its code; derived",
)
