"""The adder construction encodes the zero-padded convolution, every gate executed."""

from typing import Any

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.resnet.adder_convolution import AdderConvolution
from bloqs.resnet.kernel import Kernel
from bloqs.simulate import encoded_matrix, measured
from proofs.resnet.exact_kernel import operator, product_kernel
from proofs.theorem import Measurement, OperatorClaim


def specification(C_out: int, C_in: int, D: int, m: int, b: int) -> Any:
    """Six nested loops."""
    return operator(product_kernel(C_out, C_in, D, seed=0), m)


def correlation(C_out: int, C_in: int, D: int, m: int, b: int) -> Any:
    """What machine-learning libraries call convolution: the kernel is not flipped."""
    return operator(product_kernel(C_out, C_in, D, seed=0), m, flip=True)


def simulate(C_out: int, C_in: int, D: int, m: int, b: int) -> tuple[Any, Measurement]:
    """The encoded matrix, column by column."""
    kernel = Kernel.of(product_kernel(C_out, C_in, D, seed=0))
    conv = AdderConvolution(kernel, m, b, QROMLoader(), Rotation.BITWISE)
    return encoded_matrix(conv), Measurement(value=0.0, **measured(conv))


THEOREM = OperatorClaim(
    says="The adder construction encodes a signed multi-filter, zero-padded convolution.",
    specification=specification,
    simulate=simulate,
    instances=(
        {"C_out": 1, "C_in": 1, "D": 2, "m": 2, "b": 4},
        {"C_out": 2, "C_in": 1, "D": 2, "m": 1, "b": 4},
        {"C_out": 2, "C_in": 2, "D": 2, "m": 1, "b": 4},
    ),
    false_twin=correlation,
    bound=lambda **_: 1e-10,
    norm="spectral",
    source="[RHGPR25] Lem. B.17 for the operator; the circuit is ours",
)
