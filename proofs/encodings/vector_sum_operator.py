"""Two encoded vectors beside a turned flag make their weighted sum."""

from typing import Any

import numpy as np

from bloqs.encodings.vector_sum import VectorSum
from proofs.claim import Measurement
from proofs.forms import ROUNDING, vector_forms, vector_specified
from proofs.leaves import VectorLeaf
from proofs.operator_claim import OperatorClaim


def _parts(a: int, b: int, tau: float) -> tuple[VectorLeaf, VectorLeaf]:
    return VectorLeaf(1, 2, a), VectorLeaf(2, 2, b)


def _sum(tau: float, psi: VectorLeaf, phi: VectorLeaf) -> Any:
    return tau * psi.block + (1 - tau) * phi.block


def specification(a: int, b: int, tau: float) -> Any:
    """tau psi / alpha + (1 - tau) phi / beta, normalised."""
    total = _sum(tau, *_parts(a, b, tau))
    return vector_specified(total / np.linalg.norm(total))


def exchanged(a: int, b: int, tau: float) -> Any:
    """The weights the other way around."""
    total = _sum(1 - tau, *_parts(a, b, tau))
    return vector_specified(total / np.linalg.norm(total))


def _bloq(a: int, b: int, tau: float) -> VectorSum:
    psi, phi = _parts(a, b, tau)
    return VectorSum(psi, phi, tau, float(np.linalg.norm(_sum(tau, psi, phi))))


def simulate(a: int, b: int, tau: float) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    return vector_forms(_bloq(a, b, tau))


THEOREM = OperatorClaim(
    says="With amplitude sqrt(tau) on a flag that chooses between two vector-encodings, the flag "
    "turned back encodes tau psi / alpha + (1 - tau) phi / beta with alpha one over its norm.",
    specification=specification,
    simulate=simulate,
    instances=(
        {"a": 0, "b": 0, "tau": 0.3},
        {"a": 1, "b": 2, "tau": 0.8},
        {"a": 2, "b": 0, "tau": 0.4},
        {"a": 0, "b": 1, "tau": 0.0},
    ),
    false_twin=exchanged,
    twin_says="The first vector is prepared where the flag is one, as drawn in [RHGPR25] Fig. 3.",
    bound=lambda **instance: float(_bloq(**instance).epsilon) + ROUNDING,
    norm="spectral",
    source="[RHGPR25] Lem. 1",
)
