"""The published convolution, amplified until its circuit holds half of the normalised layer."""

from typing import Any

import numpy as np
from scipy.signal import convolve2d

from bloqs.convolution.kernel import Kernel
from bloqs.convolution.published import PublishedConvolution
from bloqs.convolution.published_amplification import amplified_convolution
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.qsvt.amplified import AmplifiedEncoding
from bloqs.simulation.runner import encoded_matrix, measured
from proofs.claim import Measurement
from proofs.forms import ROUNDING
from proofs.operator_claim import OperatorClaim
from proofs.resnet.kernels import sign_kernel

BITS = 40
"""Of the angles that prepare a kernel. Unit: qubits."""


def _layer(C_out: int, C_in: int, D: int, m: int) -> Any:
    """The zero-padded convolution column by column: what SciPy makes of one lit pixel."""
    K, M, C = sign_kernel(C_out, C_in, D), 2**m, max(C_out, C_in)
    layer = np.zeros((C, M, M, C, M, M))  # channel, column, row
    for i, j, column, row in np.ndindex(C_out, C_in, M, M):
        pixel = np.zeros((M, M))
        pixel[row, column] = 1
        layer[i, :, :, j, column, row] = convolve2d(pixel, K[i, j], mode="same").T
    return layer.reshape(C * M * M, C * M * M)


def specification(C_out: int, C_in: int, D: int, m: int, error: float) -> Any:
    """C / (2 |C|)."""
    layer = _layer(C_out, C_in, D, m)
    return layer / (2 * np.linalg.norm(layer, 2))


def without_the_half(C_out: int, C_in: int, D: int, m: int, error: float) -> Any:
    """C / |C|: no margin for the polynomial."""
    return 2 * specification(C_out, C_in, D, m, error)


def _bloq(C_out: int, C_in: int, D: int, m: int, error: float) -> AmplifiedEncoding:
    taps = Kernel.of(sign_kernel(C_out, C_in, D))
    conv = PublishedConvolution(
        taps, m, BITS, QROMLoader(), Rotation.BITWISE, shares_ancillas=False
    )
    norm = float(np.linalg.norm(_layer(C_out, C_in, D, m), 2))
    return amplified_convolution(conv, norm, error)


def simulate(**instance: Any) -> tuple[Any, Measurement]:
    """What the circuit holds where its ancillas are zero.

    Each level of a preparation is one gate, every other gate is executed.
    """
    bloq, blocks = _bloq(**instance), {RotationLevel: as_one_gate}
    held = encoded_matrix(bloq, blocks) / float(bloq.alpha)
    return held, Measurement(value=0.0, **measured(bloq, blocks))


def bound(**instance: Any) -> float:
    """What the bloq claims, over alpha: the polynomial's error and that of rounded angles."""
    bloq = _bloq(**instance)
    return ROUNDING + float(bloq.epsilon / bloq.alpha)


THEOREM = OperatorClaim(
    says="Singular values amplified by sum |K| / (2 |C|) make the published convolution hold "
    "C / (2 |C|), |C| the spectral norm of the zero-padded layer, within the polynomial's error.",
    specification=specification,
    simulate=simulate,
    instances=(
        {"C_out": 2, "C_in": 2, "D": 1, "m": 1, "error": 0.05},
        {"C_out": 1, "C_in": 1, "D": 3, "m": 1, "error": 0.45},
    ),
    false_twin=without_the_half,
    twin_says="C / |C| is held, which leaves no margin between singular values and one.",
    bound=bound,
    norm="spectral",
    source="[RHGPR25] Lem. 5, with its amplification factor corrected",
)
