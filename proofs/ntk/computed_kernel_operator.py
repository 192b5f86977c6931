"""Kernel values worked out in a register are those of the cell of a whole number, rounded once."""

from typing import Any

import numpy as np

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.ntk.circuits.computed_kernel import ComputedKernel
from bloqs.ntk.circuits.fixed_point import FixedPoint
from proofs.claim import Measurement
from proofs.forms import ROUNDING, vector_forms, vector_specified
from proofs.operator_claim import OperatorClaim

WORD, CELLS, ANGLE = 2, 3, 5
"""Bits of an entry, of a cell, of an angle."""


def cubes(rho: Any) -> Any:
    """A kernel that is cut off at .9."""
    return np.clip((rho / 0.9) ** 3, -1, 1)


def circle(seed: int, padded: bool) -> tuple[Any, Any]:
    """Four points on a circle, the third left out where they are to be filled up, and another."""
    angles = np.random.default_rng(seed).uniform(0, 2 * np.pi, 5)
    points = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    if padded:
        points[2] = 0
    return points[:4], points[4]


def values(seed: int, padded: bool, known: bool) -> Any:
    """From levels of the entries: sum, cell, its middle, the kernel there, its angle rounded."""
    points, point = circle(seed, padded)
    steps = 2**WORD
    levels = np.minimum(np.floor((points + 1) / 2 * steps), steps - 1)
    odd = 2 * np.minimum(np.floor((point + 1) / 2 * steps), steps - 1) + 1 - steps
    offset = int((1 - steps) * odd.sum())
    root, unit = np.sqrt(2), 1 / steps**2
    moved = 2 * root / steps + 2 / steps**2
    width = int(np.ceil(np.log2((1 + moved) / unit + 2)))
    start = (offset // 2 if known else 0) + 2 ** (width - 1)
    total = ((levels @ odd).astype(int) + start) % 2**width
    size = 2 ** (width - CELLS)
    middle = total // size * size + (size - 1) / 2
    rho = np.clip((2 * (middle - 2 ** (width - 1)) + offset % 2) * unit, -1, 1)
    turns = np.rint(np.arcsin(cubes(rho)) * 2**ANGLE / (2 * np.pi))
    exact = np.any(points, axis=1) * cubes(points @ point)
    return np.any(points, axis=1) * np.sin(2 * np.pi * turns / 2**ANGLE) / np.linalg.norm(exact)


def specification(seed: int, padded: bool) -> Any:
    """Those values in each form."""
    return vector_specified(values(seed, padded, True))


def without_offset(seed: int, padded: bool) -> Any:
    """Words are levels from zero, and the sum of the new point's entries is left out."""
    return vector_specified(values(seed, padded, False))


def simulate(seed: int, padded: bool) -> tuple[Any, Measurement]:
    """Every gate of loading, arithmetic and rotation."""
    bits = FixedPoint(word=WORD, reference=WORD, cells=CELLS, angle=ANGLE, dimension=2)
    kind = QROMLoader(), Rotation.BITWISE
    points, point = circle(seed, padded)
    return vector_forms(ComputedKernel.of(points, point, cubes, 10 / 3, bits, *kind))


THEOREM = OperatorClaim(
    says="The vector of kernel values that is worked out in a register has, in each row that is a "
    "point, the clipped kernel in the middle of the cell of its inner product, its angle rounded.",
    specification=specification,
    simulate=simulate,
    instances=({"seed": 1, "padded": False}, {"seed": 2, "padded": True}),
    false_twin=without_offset,
    twin_says="The sum starts in the middle whatever the new point is.",
    bound=lambda **_: ROUNDING,
    norm="l2",
    source="ours",
)
