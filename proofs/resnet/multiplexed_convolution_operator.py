"""The multiplexed construction encodes the zero-padded convolution, within the error it claims."""

from typing import Any

from bloqs.convolution.kernel import Kernel
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.simulation.runner import GATE_BY_GATE, encoded_matrix, measured
from proofs.claim import Measurement
from proofs.operator_claim import OperatorClaim
from proofs.resnet.kernels import kernel, operator


def specification(C_out: int, C_in: int, D: int, m: int, exact: bool) -> Any:
    """Six nested loops."""
    return operator(kernel(C_out, C_in, D, exact), m)


def correlation(C_out: int, C_in: int, D: int, m: int, exact: bool) -> Any:
    """What machine-learning libraries call convolution: the kernel is not flipped."""
    return operator(kernel(C_out, C_in, D, exact), m, flip=True)


def _bloq(C_out: int, C_in: int, D: int, m: int, exact: bool) -> MultiplexedConvolution:
    taps = Kernel.of(kernel(C_out, C_in, D, exact))
    return MultiplexedConvolution(taps, m, 4 if exact else 40, QROMLoader(), Rotation.BITWISE)


def simulate(**instance: Any) -> tuple[Any, Measurement]:
    """The encoded matrix, column by column: every gate where 4-bit angles are exact.

    Other kernels need 40-bit angles; there each level of a preparation is one gate.
    """
    conv = _bloq(**instance)
    blocks = GATE_BY_GATE if instance["exact"] else {RotationLevel: as_one_gate}
    return encoded_matrix(conv, blocks), Measurement(value=0.0, **measured(conv, blocks))


def bound(**instance: Any) -> float:
    """The claimed epsilon, or where no angle is rounded zero, and rounding of the simulator."""
    claimed = 0.0 if instance["exact"] else float(_bloq(**instance).epsilon)
    return claimed + 1e-12


THEOREM = OperatorClaim(
    says="The multiplexed construction encodes a signed multi-filter, zero-padded convolution.",
    specification=specification,
    simulate=simulate,
    instances=(
        {"C_out": 1, "C_in": 1, "D": 2, "m": 2, "exact": True},
        {"C_out": 2, "C_in": 1, "D": 2, "m": 1, "exact": True},
        {"C_out": 2, "C_in": 2, "D": 2, "m": 1, "exact": True},
        {"C_out": 1, "C_in": 2, "D": 3, "m": 2, "exact": False},
        {"C_out": 2, "C_in": 3, "D": 3, "m": 1, "exact": False},
        {"C_out": 1, "C_in": 2, "D": 5, "m": 1, "exact": False},  # taps beyond the image
    ),
    false_twin=correlation,
    twin_says="What machine-learning libraries call convolution: the kernel is not flipped.",
    bound=bound,
    norm="spectral",
    source="[RHGPR25] Lem. B.17 for the operator; the circuit is ours",
)
