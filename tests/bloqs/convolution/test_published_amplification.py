"""The published convolution amplified: operator, error, degree, limits."""

import numpy as np
import pytest
import sympy

from bloqs.convolution.kernel import Kernel, Padding
from bloqs.convolution.published import PublishedConvolution
from bloqs.convolution.published_amplification import amplified_convolution
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.simulation.runner import Fidelity, Runner, encoded_image, encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_annotation

SIGNS = np.array([[1.0, 1.0], [1.0, -1.0]])
TAPS = np.einsum("ij,kl->ijkl", SIGNS, SIGNS)
"""All weights of one size, so angles of 45 degrees; norm 2 sqrt(2) on two periodic pixels."""


def convolution(kernel=None, m=1, b=4):
    kernel = Kernel.of(TAPS, Padding.CIRCULAR) if kernel is None else kernel
    return PublishedConvolution(kernel, m, b, QROMLoader(), Rotation.BITWISE, shares_ancillas=False)


@pytest.mark.slow
def test_encodes_half_of_the_normalised_layer(image_operator, random_state):
    """Gate by gate, a generic image: C / (2 ||C||) is held up to the error of the polynomial."""
    conv, wanted = convolution(), image_operator(TAPS, 2, "circular")
    norm = float(np.linalg.norm(wanted, 2))
    assert norm == pytest.approx(2 * np.sqrt(2))
    bloq = amplified_convolution(conv, norm, 0.05)
    assert Runner.of(bloq).fidelity is Fidelity.GATE_BY_GATE
    assert bloq.alpha == pytest.approx(2 * norm)
    assert bloq.gamma == pytest.approx(16 / (2 * norm))
    assert bloq.ancilla_bitsize == conv.ancilla_bitsize + 1
    image = random_state(8)
    held = encoded_image(bloq, image) / float(bloq.alpha)
    distance = np.linalg.norm(held - wanted @ image / (2 * norm))
    assert 1e-4 < distance <= float(bloq.error) <= 0.05
    assert 0.45 < np.linalg.norm(held) < 0.55


@pytest.mark.slow
@pytest.mark.parametrize("error", [0.1, 0.02])
def test_norm_one_encodes_half_of_the_layer(error, image_operator):
    """A layer of norm one: sum |K| = 4 sqrt(2), alpha = 2, the circuit holds C / 2."""
    K = TAPS / (2 * np.sqrt(2))
    bloq = amplified_convolution(convolution(Kernel.of(K, Padding.CIRCULAR)), 1, error)
    assert (float(bloq.alpha), float(bloq.gamma)) == pytest.approx((2, 2 * np.sqrt(2)))
    assert Runner.of(bloq).fidelity is Fidelity.GATE_BY_GATE
    found = encoded_matrix(bloq, columns=[5])
    wanted = image_operator(K, 2, "circular")[:, [5]]
    assert np.linalg.norm(found - wanted, 2) <= 2 * float(bloq.error) <= 2 * error


def test_calls_the_convolution_degree_times():
    """Half of the calls are of the inverse; more accuracy, more calls."""
    conv = convolution()
    coarse, fine = (amplified_convolution(conv, 3.0, error) for error in (1e-1, 1e-4))
    assert coarse.degree < fine.degree
    one = cost_by_annotation(conv)
    for bloq in (coarse, fine):
        assert len(bloq.phases) == bloq.degree + 1
        whole = cost_by_annotation(bloq)
        assert whole.t == bloq.degree * one.t
        assert whole.toffoli > bloq.degree * one.toffoli


def test_sizes_alone_have_a_degree_and_no_phases():
    kernel = Kernel(None, 4, 4, 3, 1, wraps=False, norms=((symbols.norm_1, 12.0),))
    bloq = amplified_convolution(convolution(kernel, m=3), 1, 1e-2)
    assert bloq.phases is None
    assert bloq.degree % 2 == 1
    assert bloq.gamma == 6


def test_symbols_have_a_symbolic_degree():
    """The factor is K_1 / (2 norm); calls of the convolution are 2 degree + 1."""
    conv = convolution(Kernel.symbolic(), symbols.m, symbols.b)
    bloq = amplified_convolution(conv, symbols.norm, symbols.epsilon)
    assert sympy.simplify(bloq.gamma - symbols.norm_1 / (2 * symbols.norm)) == 0
    assert sympy.simplify(bloq.alpha - 2 * symbols.norm) == 0
    assert bloq.degree == 2 * symbols.degree + 1
    one, whole = cost_by_annotation(conv), cost_by_annotation(bloq)
    phases = whole.rotations - bloq.degree * one.rotations
    assert sympy.expand(phases - (2 * symbols.degree + 2)) == 0


@pytest.mark.parametrize(
    ("norm", "error", "message"),
    [
        (8.0, 0.1, r"needs norm < sum \|K\| / 2 = 8, got norm=8.0"),
        (0.0, 0.1, "needs a norm > 0, got norm=0.0"),
        (np.nan, 0.1, "needs a norm > 0, got norm=nan"),
        (symbols.norm, 2.0, "needs 0 < error < 1, got error=2.0"),
        (3.0, 0.0, "needs 0 < error < 1, got error=0.0"),
        (3.0, 1.0, "needs 0 < error < 1, got error=1.0"),
    ],
)
def test_refuses(norm, error, message):
    with pytest.raises(ValueError, match=message):
        amplified_convolution(convolution(), norm, error)


def test_refuses_a_norm_below_zero_also_of_symbols():
    with pytest.raises(ValueError, match="needs a norm > 0, got norm=-1"):
        amplified_convolution(convolution(Kernel.symbolic(), symbols.m), -1, symbols.epsilon)


def test_refuses_a_control():
    with pytest.raises(ValueError, match="control the amplification instead"):
        amplified_convolution(convolution().controlled(), 3.0, 0.1)
