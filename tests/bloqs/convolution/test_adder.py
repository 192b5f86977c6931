"""Adder convolution: its ancillas, and alpha and epsilon in closed form."""

import numpy as np
import pytest
import sympy

from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.kernel import Kernel, Padding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from estimator import symbols

QROM, BITWISE = QROMLoader(), Rotation.BITWISE
SAME, TOP_LEFT, CIRCULAR = Padding


def of_kernel(K, m, b, padding=SAME):
    return AdderConvolution(Kernel.of(K, padding), m, b, QROM, BITWISE)


@pytest.mark.parametrize(("C_out", "C_in", "c"), [(1, 1, 0), (2, 1, 1), (1, 3, 2), (5, 2, 3)])
@pytest.mark.parametrize(("D", "d"), [(2, 1), (3, 2), (5, 3)])
def test_ancillas(C_out, C_in, c, D, d, rng):
    """3 c + 2 d + 2; 2 less for a periodic image."""
    for padding, overflow in ((SAME, 2), (TOP_LEFT, 2), (CIRCULAR, 0)):
        K = rng.normal(size=(C_out, C_in, D, D))
        conv = of_kernel(K, 2, 4, padding)
        assert conv.ancilla_bitsize == 3 * c + 2 * d + overflow
        assert conv.signature.get_left("ancilla").total_bits() == conv.ancilla_bitsize
        assert conv.system_bitsize == c + 4
        claim = AdderConvolution(Kernel.symbolic(conv.kernel.wraps), 2, 4, QROM, BITWISE)
        at_size = claim.ancilla_bitsize.subs({symbols.c: c, symbols.d: d})
        assert at_size == conv.ancilla_bitsize


def test_alpha_and_epsilon_are_closed_forms(rng):
    """Sum of all |K|; alpha 2 (2 c + 2 d) pi / 2^b."""
    for C_out, C_in, D in [(1, 1, 2), (2, 3, 3), (4, 1, 5)]:
        K = rng.normal(size=(C_out, C_in, D, D))
        conv = of_kernel(K, 3, 7)
        K = np.abs(K)
        alpha = K.sum()
        assert conv.alpha == pytest.approx(alpha, abs=1e-12)
        c, d = conv.kernel.c, conv.kernel.d
        epsilon = alpha * 2 * (2 * c + 2 * d) * np.pi / 2**7
        assert float(conv.epsilon) == pytest.approx(epsilon, abs=1e-12)
    symbolic = AdderConvolution(Kernel.symbolic(), symbols.m, symbols.b, QROM, BITWISE)
    c, d = symbols.c, symbols.d
    assert sympy.simplify(symbolic.alpha - symbols.norm_1) == 0
    claimed = symbolic.alpha * 2 * (2 * c + 2 * d) * sympy.pi / 2**symbols.b
    assert sympy.simplify(symbolic.epsilon - claimed) == 0
