"""Ancillas of the multiplexed construction, counted among the qubits of its circuit."""

import numpy as np
import sympy

from bloqs.convolution.kernel import Kernel
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from estimator.symbols import c, d, m
from proofs.claim import Measurement
from proofs.counting import ancillas
from proofs.derivation import bound, step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """The tap's index seen from one channel, two flags of what is missing, two overflow bits.

    Seen from a channel j there are C D**2 taps to tell apart. The amplitudes sqrt(|K| / s) of one
    channel have squares that add up to x <= 1, so 1 - x is left for a flag; on rows and columns
    the two deficits x and y are independent, and (1 - x)(1 - y) != (1 - x) + (1 - y) - 1 is what
    one flag would leave. Coordinate and shift are below 2**m in size.
    """
    C, D = 2**c, 2**d
    x, y = sympy.symbols("x y", positive=True)
    index = c + 2 * d
    step("taps of one channel told apart by the index", 2**index, C * D**2)
    step(
        "two flags in zero leave the product of what is not missing",
        (1 - x) * (1 - y) - (1 - x - y),
        x * y,
    )
    bound("one flag for both would reject x y more", 1 - x - y, (1 - x) * (1 - y))
    bound("one more bit holds a sum of coordinate and shift", 2 * (2**m - 1), 2 ** (m + 1) - 1)
    bound("without it some sum looks like another pixel", 2**m, 2 * (2**m - 1))
    return index + 2 + 2


def measure(c: int, d: int) -> Measurement:
    """Qubits that go in and come out, less those of the image, for 2 x 2 pixels."""
    kernel = Kernel.of(np.ones((2**c, 2**c, 2**d, 2**d)))
    return ancillas(MultiplexedConvolution(kernel, 1, 4, QROMLoader(), Rotation.BITWISE))


THEOREM = Theorem(
    says="The multiplexed construction of a zero-padded convolution has c + 2 d + 4 ancillas.",
    relation="==",
    value=c + 2 * d + 4,
    derive=derive,
    measure=measure,
    instances=({c: 0, d: 1}, {c: 1, d: 1}, {c: 1, d: 2}, {c: 2, d: 1}),
    false_twin=c + 2 * d + 3,
    twin_says="Rows and columns share one flag.",
    source="ours; [RHGPR25] Lem. 5 needs 2 + 8 D + 2 log2(C D)",
)
