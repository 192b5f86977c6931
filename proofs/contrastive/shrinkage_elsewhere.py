"""Where angles are not zero the factor of the law is an estimate."""

from typing import Any

import numpy as np

from bloqs.contrastive.model.shrinkage_law import contraction
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement
from proofs.contrastive.dense_circuit import dense_values
from proofs.contrastive.shrinkage_at_zero import PAIR_WEIGHT, SINGLE_WEIGHT
from proofs.contrastive.uniform_device import noisy, settings

SIZES = (0.0, 0.05, 1.0)
"""Of the angles, in parts of pi."""

EXACT = 1e-10
"""Largest difference that is rounding."""


def as_said(width: int, layers: int) -> dict[str, int]:
    """Whether the law is exact, at each size of the angles."""
    return {f"exact at {size} pi": int(size == 0) for size in SIZES}


def as_found(width: int, layers: int) -> tuple[dict[str, int], Measurement]:
    """By a density matrix."""
    factor, found = contraction(layers, PAIR_WEIGHT, SINGLE_WEIGHT), {}
    for size in SIZES:
        means, run = noisy(width, layers, size)
        law = factor * dense_values("ring", width, layers, settings(width, layers, size))[0]
        found[f"exact at {size} pi"] = int(np.abs(means - law).max() < EXACT)
    return found, run


def everywhere(width: int, layers: int) -> dict[str, Any]:
    """As if it were exact at all angles."""
    return dict.fromkeys(as_said(width, layers), 1)


THEOREM = AgreementClaim(
    says="The factor by which noise shrinks the outputs of the ring at zero angles is not exact "
    "at others, neither small nor large ones.",
    stated=as_said,
    found=as_found,
    instances=lambda: [{"width": width, "layers": 1} for width in (2, 3)],
    false_twin=everywhere,
    twin_says="The factor is exact at all angles.",
    source="ours",
)
