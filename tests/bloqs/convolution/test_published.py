"""The published convolution: operator, inverse, control, cost, ancillas, limits."""

from itertools import product

import attrs
import numpy as np
import pytest
import sympy
from scipy.signal import convolve2d, correlate2d

from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.branches import matrix_by_branches
from bloqs.convolution.kernel import Kernel, Mode, Padding
from bloqs.convolution.published import PublishedConvolution
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.simulation.runner import encoded_image
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting

QROM, BITWISE, GRADIENT = QROMLoader(), Rotation.BITWISE, Rotation.PHASE_GRADIENT
SAME, TOP_LEFT, CIRCULAR = Padding


def published(kernel, m, b=4, loader=QROM, rotation=BITWISE, shares=False):
    return PublishedConvolution(kernel, m, b, loader, rotation, shares_ancillas=shares)


@pytest.mark.parametrize(
    ("shape", "m", "padding"),
    [
        ((1, 1, 2), 2, SAME),
        pytest.param((1, 1, 3), 2, TOP_LEFT, marks=pytest.mark.slow),
    ],
)
def test_shared_ancillas_encode_the_same(
    shape, m, padding, exact_kernel, image_operator, assert_encodes
):
    """The qubits of one step of a shift serve the next; every gate executed."""
    K = exact_kernel(PublishedConvolution, *shape, 4, padding)
    conv = published(Kernel.of(K, padding), m, shares=True)
    assert_encodes(conv, image_operator(K, 2**m, padding))


@pytest.mark.parametrize(
    ("shape", "m", "padding", "mode"),
    [
        ((2, 2, 2), 1, SAME, Mode.CONVOLUTION),
        ((1, 1, 3), 1, TOP_LEFT, Mode.CORRELATION),
        ((2, 1, 3), 1, CIRCULAR, Mode.CONVOLUTION),
        ((1, 1, 5), 1, SAME, Mode.CONVOLUTION),
        ((1, 1, 5), 1, TOP_LEFT, Mode.CORRELATION),
        ((1, 1, 5), 2, CIRCULAR, Mode.CORRELATION),
        pytest.param((1, 2, 3), 1, SAME, Mode.CORRELATION, marks=pytest.mark.slow),
        pytest.param((2, 2, 2), 2, SAME, Mode.CORRELATION, marks=pytest.mark.slow),
    ],
)
def test_encodes_a_generic_kernel(shape, m, padding, mode, rng, random_state, image_operator):
    """Block by block: each rotation level is one gate, everything else runs; 48-bit angles."""
    K = rng.normal(size=(*shape, shape[-1]))
    conv = published(Kernel.of(K, padding, mode), m, b=48)
    wanted, image = image_operator(K, 2**m, padding, mode), random_state(2**conv.system_bitsize)
    found = encoded_image(conv, image, {RotationLevel: as_one_gate})
    assert np.linalg.norm(found - wanted @ image) <= 1e-10
    assert np.linalg.norm(wanted @ image) > 0.1


@pytest.mark.parametrize(
    ("shape", "m", "padding", "mode"),
    [
        ((2, 2, 2), 2, SAME, Mode.CONVOLUTION),
        ((3, 2, 3), 3, SAME, Mode.CORRELATION),
        ((1, 4, 5), 2, SAME, Mode.CONVOLUTION),
        ((2, 1, 5), 3, CIRCULAR, Mode.CORRELATION),
        ((1, 2, 3), 3, TOP_LEFT, Mode.CONVOLUTION),
        ((1, 1, 5), 2, TOP_LEFT, Mode.CORRELATION),
        ((4, 3, 1), 1, SAME, Mode.CONVOLUTION),
    ],
)
def test_encodes_what_scipy_computes(shape, m, padding, mode, rng):
    """Each term gate by gate and apart, added up with the amplitudes of the preparations."""
    K, M = rng.normal(size=(*shape, shape[-1])), 2**m
    act = convolve2d if mode is Mode.CONVOLUTION else correlate2d
    X = rng.normal(size=(shape[1], M, M))

    def slid(image, k):
        if padding is TOP_LEFT:
            return act(image, k, mode="full")[:M, :M]
        return act(image, k, mode="same", boundary="wrap" if padding is CIRCULAR else "fill")

    conv = published(Kernel.of(K, padding, mode), m, b=48, shares=shape[-1] == 3)
    images = np.zeros((2**conv.kernel.c, M, M))
    images[: len(X)] = X.transpose(0, 2, 1)
    found = (matrix_by_branches(conv) @ images.reshape(-1)).reshape(images.shape)
    for i in range(2**conv.kernel.c):
        wanted = sum(slid(X[j], K[i, j]) for j in range(len(X))) if i < len(K) else np.zeros((M, M))
        np.testing.assert_allclose(found[i].T, wanted, rtol=0, atol=1e-10)


def test_signs_in_the_preparation_alone_would_be_lost(exact_kernel):
    """Roots of the taps, complex for negative ones, against their conjugates leave |K|."""
    K = exact_kernel(PublishedConvolution, 1, 1, 2, 4).reshape(-1)
    roots = np.sqrt(K.astype(complex))
    lost = roots.conj() * roots
    np.testing.assert_allclose(lost, np.abs(K), atol=1e-12)
    assert np.abs(lost - K).max() > 0.1


def test_alpha_and_epsilon_are_those_of_the_adder(rng):
    """Both are linear combinations over the same taps; in symbols and in numbers."""
    for shape, m in (((2, 3, 3), 2), ((1, 1, 5), 1), ((4, 1, 2), 3)):
        K = rng.normal(size=(*shape, shape[-1]))
        ours, other = (
            published(Kernel.of(K), m, 7),
            AdderConvolution(Kernel.of(K), m, 7, QROM, BITWISE),
        )
        assert ours.alpha == pytest.approx(other.alpha, rel=1e-12)
        if shape[-1] < 5:
            assert float(ours.epsilon) == pytest.approx(float(other.epsilon), rel=1e-12)
    symbolic = published(Kernel.symbolic(), symbols.m, symbols.b)
    other = AdderConvolution(Kernel.symbolic(), symbols.m, symbols.b, QROM, BITWISE)
    assert sympy.simplify(symbolic.alpha - other.alpha) == 0
    assert sympy.simplify(symbolic.epsilon - other.epsilon) == 0


def test_taps_past_the_image_are_cut_away(image_operator):
    """On two pixels a side, 3 x 3 taps of 5 x 5 are left, and their index is as short."""
    K = np.arange(1.0, 26.0).reshape(1, 1, 5, 5)
    conv = published(Kernel.of(K), 1)
    assert conv.near == Kernel.of(K[:, :, 1:4, 1:4])
    assert conv.alpha == np.abs(K[0, 0, 1:4, 1:4]).sum()
    assert conv.tree_size == 4
    assert published(Kernel.of(K, CIRCULAR), 1).near.D == 5
    assert published(attrs.evolve(Kernel.of(K), entries=None), 1).near.D == 3


@pytest.mark.parametrize(
    ("shape", "padding", "m", "separate", "shared"),
    [
        ((1, 1, 2), SAME, 2, 2 + 4, 2 + 4),
        ((2, 2, 3), SAME, 2, 6 + 1 + 4, 6 + 1 + 4),
        ((1, 1, 3), TOP_LEFT, 2, 4 + 8, 4 + 6),
        ((4, 3, 5), SAME, 3, 10 + 1 + 8, 10 + 1 + 6),
        ((2, 1, 5), CIRCULAR, 3, 8 + 1, 8 + 1),
    ],
)
def test_ancillas(shape, padding, m, separate, shared):
    """2 c + 2 d for the index, one flag if there are channels, 4 S or 2 (S + 1) for the shifts.

    Published: 2 + 8 D + 2 (c + d), which is more.
    """
    kernel = Kernel.of(np.ones((*shape, shape[-1])), padding)
    for shares, ancillas in ((False, separate), (True, shared)):
        conv = published(kernel, m, shares=shares)
        assert conv.ancilla_bitsize == ancillas < conv.claims.ancillas
        assert conv.signature.get_left("ancilla").total_bits() == ancillas


def test_ancillas_in_symbols():
    """A centred kernel of 2**d taps shifts by up to 2**(d - 1) pixels."""
    c, d = symbols.c, symbols.d
    for shares, shifts in ((False, 2 * 2**d), (True, 2**d + 2)):
        conv = published(Kernel.symbolic(), symbols.m, symbols.b, shares=shares)
        assert sympy.expand(conv.ancilla_bitsize - (2 * c + 2 * d + 1 + shifts)) == 0


@pytest.mark.parametrize("is_controlled", [False, True])
@pytest.mark.parametrize(
    ("shape", "m", "padding"),
    [
        ((2, 1, 2), 1, SAME),
        ((1, 1, 5), 1, SAME),
        ((2, 2, 3), 2, CIRCULAR),
        pytest.param((1, 3, 3), 2, SAME, marks=pytest.mark.slow),
    ],
)
def test_cost_without_entries_is_the_counted_one(shape, m, padding, is_controlled, rng):
    """By closed form from sizes, by the parts, and by gates; the inverse as well."""
    kernel = Kernel.of(rng.normal(size=(*shape, shape[-1])), padding)
    for rotation, shares in product(Rotation, (False, True)):
        conv = published(kernel, m, rotation=rotation, shares=shares)
        conv = attrs.evolve(conv, is_controlled=is_controlled)
        counted = cost_by_counting(conv)
        assert cost_by_annotation(conv) == counted == cost_by_annotation(conv.adjoint())
        sizes_only = attrs.evolve(conv, kernel=attrs.evolve(kernel, entries=None))
        assert cost_by_annotation(sizes_only) == counted


@pytest.mark.parametrize("is_controlled", [False, True])
@pytest.mark.parametrize("rotation", Rotation)
def test_symbolic_cost_is_the_counted_one(rotation, is_controlled, rng):
    """Channels, taps, pixels and bits as symbols; the smallest image symbols stand for."""
    symbolic = published(Kernel.symbolic(), symbols.m, symbols.b, rotation=rotation)
    claimed = cost_by_annotation(attrs.evolve(symbolic, is_controlled=is_controlled))
    for c, d, m, b in ((1, 1, 3, 4), (1, 2, 3, 5), (2, 2, 4, 7)):
        kernel = Kernel.of(rng.normal(size=(2**c, 2**c, 2**d, 2**d)))
        conv = published(kernel, m, b, rotation=rotation)
        conv = attrs.evolve(conv, is_controlled=is_controlled)
        at = {symbols.c: c, symbols.d: d, symbols.m: m, symbols.b: b}
        assert claimed.subs(at) == cost_by_annotation(conv)
        if d == 1:
            assert claimed.subs(at) == cost_by_counting(conv)


def test_cost_grows_as_published():
    """C**2 D**3 m**2 Toffolis and rotations, 3/2 of each; the adder has 4 C**2 D**2 and 2 m."""
    cost = cost_by_annotation(published(Kernel.symbolic(), symbols.m, symbols.b))
    at = {symbols.c: 40, symbols.d: 40, symbols.m: 10**6, symbols.b: 4}
    whole = 2 ** (2 * 40) * 2 ** (3 * 40) * 10**12
    for gates in (cost.toffoli, cost.rotations):
        assert float(gates.subs(at) / whole) == pytest.approx(3 / 2, rel=1e-5)


def test_how_ancillas_are_used_must_be_said():
    """There is no default for it: it would decide a number."""
    with pytest.raises(TypeError, match="shares_ancillas"):
        PublishedConvolution(Kernel.of(np.ones((1, 1, 2, 2))), 1, 4, QROM, BITWISE)
