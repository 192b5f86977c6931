"""The published convolution: one term a tap, each a projector between channels and two shifts."""

from typing import Any

import numpy as np

from bloqs.convolution.kernel import Kernel
from bloqs.convolution.published import PublishedConvolution
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.simulation.runner import GATE_BY_GATE, encoded_matrix, measured
from estimator.costs.circuit import Blocks
from proofs.claim import Measurement
from proofs.forms import ROUNDING, operator_forms, operator_specified
from proofs.operator_claim import OperatorClaim
from proofs.resnet.kernels import kernel, operator

Sizes = tuple[int, int, int, int]
"""Channels out, channels in, kernel side, log2 of the image side."""


def specification(sizes: Sizes, exact: bool, controlled: bool) -> Any:
    """Six nested loops."""
    C_out, C_in, D, m = sizes
    matrix = operator(kernel(C_out, C_in, D, exact), m)
    return operator_specified(matrix) if controlled else matrix


def without_signs(sizes: Sizes, exact: bool, controlled: bool) -> Any:
    """The same loops with the moduli of the taps."""
    C_out, C_in, D, m = sizes
    matrix = operator(np.abs(kernel(C_out, C_in, D, exact)), m)
    return operator_specified(matrix) if controlled else matrix


def _bloq(sizes: Sizes, exact: bool) -> PublishedConvolution:
    C_out, C_in, D, m = sizes
    taps, bits = Kernel.of(kernel(C_out, C_in, D, exact)), 4 if exact else 40
    return PublishedConvolution(
        taps, m, bits, QROMLoader(), Rotation.BITWISE, shares_ancillas=False
    )


def simulate(sizes: Sizes, exact: bool, controlled: bool) -> tuple[Any, Measurement]:
    """Every gate where 4-bit angles are exact; small ones also with a control, off and on.

    Other kernels need 40-bit angles; there each level of a preparation is one gate.
    """
    conv = _bloq(sizes, exact)
    blocks: Blocks = GATE_BY_GATE if exact else {RotationLevel: as_one_gate}
    if controlled:
        return operator_forms(conv, blocks)
    return encoded_matrix(conv, blocks), Measurement(value=0.0, **measured(conv, blocks))


def bound(sizes: Sizes, exact: bool, controlled: bool) -> float:
    """The claimed epsilon, or where no angle is rounded zero, and rounding of the simulator."""
    return ROUNDING + (0.0 if exact else float(_bloq(sizes, exact).epsilon))


THEOREM = OperatorClaim(
    says="An index prepared with amplitudes sqrt(|K| / alpha) that chooses among projectors "
    "between channels times shifts of column and row, with the sign of K, encodes the zero-padded "
    "convolution with alpha = sum |K|.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        {"sizes": sizes, "exact": exact, "controlled": controlled}
        for sizes, exact, controlled in (
            ((1, 1, 2, 1), True, True),
            ((2, 2, 1, 1), True, True),
            ((1, 2, 2, 1), False, False),
            ((1, 1, 3, 1), False, False),
        )
    ),
    false_twin=without_signs,
    twin_says="Roots of the taps are prepared and unprepared, as printed, which leaves |K|.",
    bound=bound,
    norm="spectral",
    source="[RHGPR25] Lem. 5, before its amplification, with the signs of Lem. B.5 corrected",
)
