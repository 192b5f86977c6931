"""Masking takes definiteness away."""

import numpy as np

from bloqs.ntk.model.kernel import Kernel
from bloqs.ntk.model.masks import given_mask
from bloqs.ntk.model.system import MaskedSystem
from proofs.claim import Measurement
from proofs.erratum import Erratum


def _system(depth: int, degrees: float) -> MaskedSystem:
    """Five points in a row and one far off, of which neighbours are kept."""
    angles = np.deg2rad([*(degrees * np.arange(5)), 180.0])
    rows = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    kept = np.eye(6) + np.eye(6, k=1) + np.eye(6, k=-1)
    kept[4, 5] = kept[5, 4] = 0
    return MaskedSystem.of(
        Kernel.of("relu", depth).matrix(rows), np.array([1.0] * 5 + [-1.0]), given_mask(kept)
    )


def observe(depth: int, degrees: float) -> Measurement:
    """How far below zero the smallest eigenvalue is; the kernel itself is definite."""
    system = _system(depth, degrees)
    if not system.exact_eigenvalues[0] > 0 or system.is_definite != (system.eigenvalues[0] > 0):
        return Measurement(value=np.inf)
    return Measurement(value=-float(system.eigenvalues[0]))


def printed(depth: int, degrees: float) -> float:
    """Not at all."""
    return 0.0


def corrected(depth: int, degrees: float) -> float:
    """By the masked row sum less one, at most."""
    return _system(depth, degrees).masked_row_sum - 1


THEOREM = Erratum(
    says="A definite kernel stays definite when entries are masked.",
    reading="A masked kernel, read as one that solvers for definite matrices take.",
    corrected_says="Its smallest eigenvalue is at least 1 - r_S, which may be below zero.",
    see="ntk.condition_number",
    relation="<=",
    observe=observe,
    printed=printed,
    corrected=corrected,
    instances=({"depth": 1, "degrees": 10.0}, {"depth": 4, "degrees": 10.0},
               {"depth": 12, "degrees": 60.0}),
    twin_says="The eigenvalue may go down to 1 - r_S is what is printed.",
    source="[ZNL21] App. A.4",
)  # fmt: skip
