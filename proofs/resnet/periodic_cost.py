"""SELECT of a periodic convolution saves the overflow bit of each coordinate."""

import numpy as np
import sympy

from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.kernel import Kernel, Padding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from estimator.symbols import c, d, m
from proofs.claim import Measurement
from proofs.counting import counted_beyond
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Adding modulo 2**m is what m bits without a carry out do; m - 1 carries go into bits.

    A sum that leaves the image comes back in at the place that is left modulo 2**m.
    """
    x, v, M = sympy.symbols("x v M", integer=True, positive=True)
    step("a pixel that leaves comes back in", (x + v - M) - (x + v), -M)
    carries = m - 1
    step("one bit more, one carry more", carries.subs(m, m + 1) - carries, 1)
    step("a single bit has no carry", carries.subs(m, 1))
    return 2 * carries


def measure(c: int, d: int, m: int) -> Measurement:
    """Toffoli-like gates of the whole circuit, less those of its preparations."""
    kernel = Kernel.of(np.ones((2**c, 2**c, 2**d, 2**d)), Padding.CIRCULAR)
    conv = AdderConvolution(kernel, m, 4, QROMLoader(), Rotation.BITWISE)
    return counted_beyond(conv, dict.fromkeys(conv.trees, 1))


THEOREM = Theorem(
    says="SELECT of a periodic convolution of 2**m x 2**m images uses 2 (m - 1) Toffoli gates.",
    relation="==",
    value=2 * (m - 1),
    derive=derive,
    measure=measure,
    instances=tuple(
        {c: sizes[0], d: sizes[1], m: sizes[2]}
        for sizes in ((0, 1, 1), (1, 1, 2), (1, 2, 3), (1, 3, 5))
    ),
    false_twin=2 * m,
    twin_says="Each coordinate still has an overflow bit, as for images with zeros around them.",
    source="ours, with the adder of [Gid18] Fig. 1",
)
