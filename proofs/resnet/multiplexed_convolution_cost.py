"""Toffoli gates of a whole convolution by preparations that look at the channel."""

import numpy as np
import sympy

from bloqs.convolution.kernel import Kernel
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from estimator.symbols import b, c, d, m
from proofs.claim import Measurement
from proofs.counting import counted
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Two trees over the taps of one channel and two over what is missing, for 2**c channels.

    Level l of a tree for 2**s rows looks an angle up among 2**(s + l), s + l >= 1, takes it away
    again and adds it.
    """
    k, s = sympy.symbols("k s", integer=True, positive=True)
    lookups = 2 ** (s + k) - 2**s - 2 * k
    step("no level", lookups.subs(k, 0))
    step("one level more", lookups + (2 ** (s + k) - 2), lookups.subs(k, k + 1))
    tree = 2 * lookups + k * (b - 1)
    taps, missing = (tree.subs({s: c, k: levels}) for levels in (c + 2 * d, 1))
    width = m + 1
    return sympy.expand(2 * taps + 2 * missing + 2 * (width - 1))


def measure(c: int, d: int, m: int, b: int) -> Measurement:
    """Toffoli-like gates of the circuit for a kernel of different entries."""
    K = np.arange(1.0, 4 ** (c + d) + 1).reshape(2**c, 2**c, 2**d, 2**d)
    loader, rotation = QROMLoader(), Rotation.PHASE_GRADIENT
    return counted(MultiplexedConvolution(Kernel.of(K), m, b, loader, rotation))


THEOREM = Theorem(
    says="The multiplexed construction of a zero-padded convolution uses "
    "4 * 2**(2 c + 2 d) + 2 (c + 2 d + 1)(b - 5) + 2 m Toffoli gates with unary iteration.",
    assumptions=("There are at least two channels.",),
    relation="==",
    value=4 * 2 ** (2 * c + 2 * d) + 2 * (c + 2 * d + 1) * (b - 5) + 2 * m,
    derive=derive,
    measure=measure,
    instances=tuple(
        dict(zip((c, d, m, b), sizes, strict=True))
        for sizes in ((1, 1, 1, 5), (1, 1, 3, 4), (1, 2, 2, 6), (2, 1, 1, 4))
    ),
    false_twin=4 * 2 ** (2 * c + 2 * d) + 2 * (c + 2 * d) * (b - 5) + 2 * m,
    twin_says="What is missing to norm one needs no angle of its own.",
    source="ours; [RHGPR25] Lem. 5 states depth O(m**2 C**3 D**4 log C log D)",
)
