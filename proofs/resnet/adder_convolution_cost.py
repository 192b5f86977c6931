"""Toffoli gates of a whole convolution by one prepared index and two adders."""

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
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """A tree over the taps, prepared and unprepared, and an adder for each coordinate.

    Level l of a tree looks an angle up among 2**l, takes it away again and adds it.
    """
    k = sympy.Symbol("k", integer=True, positive=True)
    lookups = 2**k - 2 * k
    step("the first level looks nothing up", lookups.subs(k, 1))
    step("one level more", lookups + (2**k - 2), lookups.subs(k, k + 1))
    levels = 2 * c + 2 * d
    step("taps told apart by the index", 2**levels, (2**c * 2**d) ** 2)
    tree = 2 * lookups.subs(k, levels) + levels * (b - 1)
    width = m + 1
    return 2 * tree + 2 * (width - 1)


def measure(c: int, d: int, m: int, b: int) -> Measurement:
    """Toffoli-like gates of the circuit for a kernel of different entries."""
    K = np.arange(1.0, 4 ** (c + d) + 1).reshape(2**c, 2**c, 2**d, 2**d)
    loader, rotation = QROMLoader(), Rotation.PHASE_GRADIENT
    return counted(AdderConvolution(Kernel.of(K), m, b, loader, rotation))


THEOREM = Theorem(
    says="The adder construction of a zero-padded convolution uses "
    "4 * 2**(2 c + 2 d) + 4 (c + d)(b - 5) + 2 m Toffoli gates with unary iteration.",
    relation="==",
    value=4 * 2 ** (2 * c + 2 * d) + 4 * (c + d) * (b - 5) + 2 * m,
    derive=derive,
    measure=measure,
    instances=tuple(
        dict(zip((c, d, m, b), sizes, strict=True))
        for sizes in ((0, 1, 1, 4), (1, 1, 1, 5), (1, 1, 3, 4), (1, 2, 2, 6))
    ),
    false_twin=2 * 2 ** (2 * c + 2 * d) + 2 * (c + d) * (b - 5) + 2 * m,
    twin_says="The index is prepared and never unprepared.",
    source="ours; [RHGPR25] Lem. 5 states depth O(m**2 C**3 D**4 log C log D)",
)
