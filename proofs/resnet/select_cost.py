"""SELECT of a zero-padded convolution costs 2 m Toffoli, whatever the channels and the kernel."""

import numpy as np
import sympy

from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.kernel import Kernel
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from estimator.symbols import c, d, m
from proofs.claim import Measurement
from proofs.counting import counted_beyond
from proofs.derivation import bound, step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Two coordinates; each adder computes a carry into every bit but the lowest.

    A coordinate and a shift are below 2**m in size, so m + 1 bits hold their sum and tell one that
    left the image from one that stayed. A carry into bit k is the majority of the two bits below
    and their carry: with the carry in c, c + (x + c)(y + c) modulo two, one AND. Exchanging
    channels is Clifford, and copying a sign is a CNOT.
    """
    x, y, carry, bit = sympy.symbols("x y carry bit", integer=True)
    bound("m + 1 bits hold the sum", 2 * (2**m - 1), 2 ** (m + 1) - 1)
    for values in ((u, v, w) for u in (0, 1) for v in (0, 1) for w in (0, 1)):
        one_and = (carry + (x + carry) % 2 * ((y + carry) % 2)) % 2
        found = one_and.subs(dict(zip((x, y, carry), values, strict=True)))
        step(f"majority of {values} by one AND", found, int(sum(values) >= 2))
    width = m + 1
    return 2 * sympy.summation(1, (bit, 1, width - 1))


def measure(c: int, d: int, m: int) -> Measurement:
    """Toffoli-like gates of the whole circuit, less those of its preparations."""
    kernel = Kernel.of(np.ones((2**c, 2**c, 2**d, 2**d)))
    conv = AdderConvolution(kernel, m, 4, QROMLoader(), Rotation.BITWISE)
    return counted_beyond(conv, dict.fromkeys(conv.trees, 1))


THEOREM = Theorem(
    says="SELECT of a zero-padded convolution of 2**m x 2**m images uses 2 m Toffoli gates.",
    relation="==",
    value=2 * m,
    derive=derive,
    measure=measure,
    instances=tuple(
        {c: sizes[0], d: sizes[1], m: sizes[2]}
        for sizes in ((0, 1, 1), (1, 1, 2), (1, 2, 3), (2, 1, 4), (0, 3, 5))
    ),
    false_twin=2 * (m - 1),
    twin_says="The adder needs no overflow bit, as for periodic images.",
    source="ours, with the adder of [Gid18] Fig. 1",
)
