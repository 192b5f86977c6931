"""A convolution's gates grow with the logarithm of the image and with the bits of the angles."""

import numpy as np
import sympy

from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.kernel import Kernel
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from estimator.symbols import b, c, d, m
from proofs.claim import Measurement
from proofs.counting import counted
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """Two trees over 2 c + 2 d qubits and two adders of m + 1 bits."""
    k = sympy.Symbol("k", integer=True, positive=True)
    lookups = 2**k - 2 * k
    step("the first level looks nothing up", lookups.subs(k, 1))
    step("one level more", lookups + (2**k - 2), lookups.subs(k, k + 1))
    levels = 2 * c + 2 * d
    return 2 * (2 * lookups.subs(k, levels) + levels * (b - 1)) + 2 * m


def measure(c: int, d: int, m: int, b: int) -> Measurement:
    """Toffoli-like gates of the circuit for a kernel of different entries."""
    K = np.arange(1.0, 4 ** (c + d) + 1).reshape(2**c, 2**c, 2**d, 2**d)
    loader, rotation = QROMLoader(), Rotation.PHASE_GRADIENT
    return counted(AdderConvolution(Kernel.of(K), m, b, loader, rotation))


THEOREM = GrowthClaim(
    says="The adder construction takes Theta(m + b) Toffoli gates for 2**m x 2**m images and "
    "angles of b bits, the kernel fixed.",
    cost=cost,
    relation="Theta",
    function=m + b,
    regime="m->oo, b->oo, c const, d const",
    measure=measure,
    instances=tuple({c: 0, d: 1, m: size[0], b: size[1]} for size in ((1, 5), (12, 6), (3, 24))),
    least=1.5,
    most=5.0,
    false_twin=m,
    twin_says="Only the image matters, whatever the bits of the angles.",
    source="ours; [RHGPR25] Lem. 5 states a depth of O(m**2)",
)
