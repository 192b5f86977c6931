"""Ancillas of the adder construction, counted among the qubits of its circuit."""

import numpy as np
import sympy

from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.kernel import Kernel
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from estimator.symbols import c, d, m
from proofs.claim import Measurement
from proofs.counting import ancillas
from proofs.derivation import bound, step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """The tap's index, the channel that was there before, and two overflow bits.

    There are C**2 D**2 taps to tell apart. A circuit that takes any channel to channel i is only
    reversible if it keeps which of C channels there was. Coordinate and shift are below 2**m in
    size: their sum fits m + 1 bits and does not fit m.
    """
    C, D = 2**c, 2**d
    index = 2 * c + 2 * d
    step("taps told apart by the index", 2**index, C**2 * D**2)
    largest_sum = 2 * (2**m - 1)
    bound("one more bit holds a sum of coordinate and shift", largest_sum, 2 ** (m + 1) - 1)
    bound("without it some sum looks like another pixel", 2**m, largest_sum)
    exchanged = sympy.expand_log(sympy.log(C, 2), force=True)
    step("bits that tell channels apart", exchanged, c)
    return index + exchanged + 2


def measure(c: int, d: int) -> Measurement:
    """Qubits that go in and come out, less those of the image, for 2 x 2 pixels."""
    kernel = Kernel.of(np.ones((2**c, 2**c, 2**d, 2**d)))
    return ancillas(AdderConvolution(kernel, 1, 4, QROMLoader(), Rotation.BITWISE))


THEOREM = Theorem(
    says="The adder construction of a zero-padded convolution has 3 c + 2 d + 2 ancillas.",
    relation="==",
    value=3 * c + 2 * d + 2,
    derive=derive,
    measure=measure,
    instances=({c: 0, d: 1}, {c: 1, d: 1}, {c: 1, d: 2}, {c: 2, d: 1}),
    false_twin=2 * c + 2 * d + 2,
    twin_says="The exchanged channel needs no register of its own.",
    source="ours; [RHGPR25] Lem. 5 needs 2 + 8 D + 2 log2(C D)",
)
