"""A masked kernel is encoded entry by entry, whatever its mask and weights."""

from typing import Any

import numpy as np

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.ntk.circuits.masked_kernel import masked_kernel
from bloqs.ntk.model.masks import given_mask
from bloqs.ntk.model.system import MaskedSystem
from proofs.claim import Measurement
from proofs.forms import operator_forms, operator_specified
from proofs.operator_claim import OperatorClaim

BITS = 12


def masked(seed: int, plus: int) -> tuple[Any, Any, Any]:
    """Kernel of five points or more, their labels, and a mask of one neighbour a row."""
    n = 2 * plus
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(n, 3))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    kept = np.eye(n)
    for i in range(0, n - 1, 2):
        kept[i, i + 1] = kept[i + 1, i] = 1
    return (rows @ rows.T) ** 3, np.where(np.arange(n) < plus, 1.0, -1.0), kept


def specification(seed: int, plus: int, variant: str) -> Any:
    """Kept entries at the rows of their points, one where a row only fills up."""
    matrix, _, kept = masked(seed, plus)
    half = 1 << (plus - 1).bit_length()
    at = np.r_[:plus, half : half + plus]
    full = np.eye(2 * half)
    full[np.ix_(at, at)] = matrix * kept
    if variant == "diagonal":
        full = np.diag(np.diagonal(full))
    return operator_specified(full)


def without_mask(seed: int, plus: int, variant: str) -> Any:
    """All entries of the kernel."""
    matrix, _, _ = masked(seed, plus)
    half = 1 << (plus - 1).bit_length()
    at = np.r_[:plus, half : half + plus]
    full = np.eye(2 * half)
    full[np.ix_(at, at)] = matrix
    return operator_specified(full)


def simulate(seed: int, plus: int, variant: Any) -> tuple[Any, Measurement]:
    """With the lookup of neighbours gate by gate; a rotation by a table is one gate."""
    matrix, labels, kept = masked(seed, plus)
    system = MaskedSystem.of(matrix, labels, given_mask(kept))
    bloq = masked_kernel(system, variant, BITS, QROMLoader(), Rotation.BITWISE)
    return operator_forms(bloq, {RotationLevel: as_one_gate})


def bound(variant: str, **_: Any) -> float:
    """alpha of two matchings at most, times an angle and two preparations of one angle each."""
    return 2 * (1 + 2) * float(np.pi) / 2**BITS


THEOREM = OperatorClaim(
    says="A masked kernel is encoded in all three variants: kept entries at the rows of their "
    "points, one on the diagonal of rows that only fill up.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        {"seed": seed, "plus": plus, "variant": variant}
        for seed, (plus, variant) in enumerate(
            ((4, "uniform"), (4, "weighted"), (3, "weighted"), (2, "diagonal"))
        )
    ),
    false_twin=without_mask,
    twin_says="The mask leaves the kernel as it is.",
    bound=bound,
    norm="spectral",
    source="ours",
)
