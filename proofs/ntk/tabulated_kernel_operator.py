"""Kernel values read from a table are prepared with their signs, each angle rounded once."""

from typing import Any

import numpy as np

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.ntk.circuits.tabulated_kernel import TabulatedKernel
from bloqs.ntk.model.readout import clip
from proofs.claim import Measurement
from proofs.forms import ROUNDING, vector_forms, vector_specified
from proofs.operator_claim import OperatorClaim

BITS = 5
CEILING = 0.5


def kernels(seed: int, n: int) -> Any:
    """Kernels of either sign, of which some are above the ceiling and the last row is no point."""
    found = np.random.default_rng(seed).uniform(-1, 1, 2**n)
    found[0], found[-1] = 0.9, 0
    return found


def values(seed: int, n: int) -> Any:
    """Cut off at the ceiling and divided by it, the angle to the nearest of 2**b a turn."""
    cut = np.minimum(np.abs(kernels(seed, n)), CEILING) * np.sign(kernels(seed, n)) / CEILING
    turns = np.rint(np.arccos(cut) * 2**BITS / (2 * np.pi))
    return np.cos(2 * np.pi * turns / 2**BITS) / np.linalg.norm(cut)


def specification(seed: int, n: int, gradient: bool) -> Any:
    """Those values in each form."""
    return vector_specified(values(seed, n))


def without_ceiling(seed: int, n: int, gradient: bool) -> Any:
    """Divided by the largest kernel: nothing is cut off."""
    found = kernels(seed, n) / np.abs(kernels(seed, n)).max()
    return vector_specified(found / np.linalg.norm(found))


def simulate(seed: int, n: int, gradient: bool) -> tuple[Any, Measurement]:
    """Every gate, with either rotation."""
    kind = (QROMLoader(), Rotation.PHASE_GRADIENT if gradient else Rotation.BITWISE)
    cut = clip(kernels(seed, n), CEILING)
    return vector_forms(TabulatedKernel.of(cut, BITS, *kind))


THEOREM = OperatorClaim(
    says="The vector of kernel values that is read from a table has, in each row, the kernel cut "
    "off at a ceiling, over it, with its sign, its angle rounded; 0 where a row only fills up.",
    specification=specification,
    simulate=simulate,
    instances=(
        {"seed": 1, "n": 1, "gradient": False},
        {"seed": 2, "n": 1, "gradient": True},
        {"seed": 3, "n": 3, "gradient": False},
    ),
    false_twin=without_ceiling,
    twin_says="Nothing is cut off: the largest kernel is the ceiling.",
    bound=lambda **_: ROUNDING,
    norm="l2",
    source="ours",
)
