"""SELECT of a zero-padded convolution costs 2 m Toffoli, whatever the channels and the kernel."""

import numpy as np
import sympy
from attrs import evolve

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.resnet.adder_convolution import AdderConvolution
from bloqs.resnet.kernel import Kernel
from estimator.symbols import c, d, m
from proofs.counting import counted
from proofs.theorem import Measurement, Theorem


def derive() -> sympy.Expr:
    """Two coordinates; each adder of m + 1 bits computes a carry into every bit but the lowest.

    Exchanging channels is Clifford, and copying a sign is a CNOT.
    """
    bit = sympy.Symbol("bit", integer=True)
    return 2 * sympy.summation(1, (bit, 1, m))


def measure(c: int, d: int, m: int) -> Measurement:
    """Toffoli-like gates of the whole circuit, less those of its preparations."""
    kernel = Kernel.of(np.ones((2**c, 2**c, 2**d, 2**d)))
    conv = AdderConvolution(kernel, m, 4, QROMLoader(), Rotation.BITWISE)
    whole = counted(conv)
    prepared = sum(counted(tree).value for tree in conv.trees)
    return evolve(whole, value=whole.value - prepared)


THEOREM = Theorem(
    says="SELECT of a zero-padded convolution of 2**m x 2**m images uses 2 m Toffoli gates.",
    relation="==",
    value=2 * m,
    derive=derive,
    measure=measure,
    instances=tuple(
        {c: sizes[0], d: sizes[1], m: sizes[2]}
        for sizes in ((0, 1, 1), (1, 1, 2), (1, 2, 3), (2, 1, 4), (2, 3, 5))
    ),
    false_twin=2 * (m - 1),  # the count for periodic images, which need no overflow bit
    source="ours, with the adder of [Gid18] Fig. 1",
)
