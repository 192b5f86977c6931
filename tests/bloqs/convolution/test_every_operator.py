"""Both constructions against plain loops and SciPy, block by block; alpha; epsilon."""

from functools import partial
from itertools import combinations, product

import attrs
import numpy as np
import pytest
from scipy.signal import convolve2d, correlate2d
from scipy.sparse.linalg import LinearOperator, svds

from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.branches import matrix_by_branches
from bloqs.convolution.kernel import Kernel, Mode, Padding
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader

BOTH = (AdderConvolution, MultiplexedConvolution)
SETTINGS = {
    "construction": BOTH,
    "C_out": (1, 2, 3, 4),
    "C_in": (1, 2, 3, 4),
    "D": (2, 3, 5),
    "m": (1, 2, 3),
    "padding": tuple(Padding),
    "mode": tuple(Mode),
}
GAP = 1e-10
"""Largest entry of a difference; 48-bit angles leave about 1e-12."""


def pairs_of(case):
    """Every two settings of a case, each with its name."""
    return set(combinations(case.items(), 2))


def pairwise_cover():
    """Cases that meet every pair of settings: greedily, always the case with most new pairs."""
    grid = product(*SETTINGS.values())
    everything = [dict(zip(SETTINGS, values, strict=True)) for values in grid]
    missing = set().union(*map(pairs_of, everything))
    chosen = []
    while missing:
        chosen.append(max(everything, key=lambda case: len(pairs_of(case) & missing)))
        missing -= pairs_of(chosen[-1])
    return chosen


COVER = pairwise_cover()


def named(case):
    return "-".join(getattr(value, "__name__", str(value)) for value in case.values())


def encoding(construction, K, m, b=48, padding=Padding.SAME, mode=Mode.CONVOLUTION):
    return construction(Kernel.of(K, padding, mode), m, b, QROMLoader(), Rotation.BITWISE)


def by_scipy(K, M, padding, mode):
    """The matrix of the layer from SciPy's action on every unit image; index as in `system`."""
    act = convolve2d if mode is Mode.CONVOLUTION else correlate2d
    if padding is Padding.TOP_LEFT:
        slide = lambda X, k: act(X, k, mode="full")[:M, :M]  # noqa: E731
    else:
        boundary = "wrap" if padding is Padding.CIRCULAR else "fill"
        slide = partial(act, mode="same", boundary=boundary)
    C_out, C_in, _, _ = K.shape
    C = 2 ** int(np.ceil(np.log2(max(C_out, C_in))))
    matrix = np.zeros((C, M, M, C, M, M))
    for row, column in product(range(M), range(M)):
        X = np.zeros((M, M))
        X[row, column] = 1
        for i, j in product(range(C_out), range(C_in)):
            matrix[i, :, :, j, column, row] = slide(X, K[i, j]).T
    return matrix.reshape(C * M * M, C * M * M)


def check(case, rng, image_operator):
    """One case against loops and SciPy; alpha against sums of the taps that reach a pixel."""
    K = rng.normal(size=(case["C_out"], case["C_in"], case["D"], case["D"]))
    m, padding, mode = case["m"], case["padding"], case["mode"]
    conv = encoding(case["construction"], K, m, padding=padding, mode=mode)

    wanted = image_operator(K, 2**m, padding, mode)
    assert np.abs(wanted - by_scipy(K, 2**m, padding, mode)).max() <= 1e-12

    found = matrix_by_branches(conv)
    assert found.shape == wanted.shape
    assert np.abs(found - wanted).max() <= GAP

    used = np.zeros(K.shape)
    for k, l in product(range(case["D"]), repeat=2):
        alone = np.zeros((1, 1, case["D"], case["D"]))
        alone[0, 0, k, l] = 1
        if image_operator(alone, 2**m, padding, mode).any():
            used[:, :, k, l] = np.abs(K[:, :, k, l])
    if case["construction"] is AdderConvolution:
        alpha = used.sum()
    else:
        alpha = np.sqrt(used.sum(axis=(1, 2, 3)).max() * used.sum(axis=(0, 2, 3)).max())
    assert conv.alpha == pytest.approx(alpha, abs=1e-12)
    assert np.linalg.norm(wanted, 2) <= alpha + 1e-12


def test_every_pair_of_settings_is_tested():
    """By counting: of 1728 combinations of sizes, paddings, senses and constructions."""
    met = set().union(*map(pairs_of, COVER))
    sizes = [len(values) for values in SETTINGS.values()]
    assert len(met) == sum(x * y for x, y in combinations(sizes, 2))
    assert len(COVER) < 30


@pytest.mark.parametrize("case", COVER, ids=named)
def test_encodes_what_loops_and_scipy_compute(case, rng, image_operator):
    """Random signed kernels; taps that shift past the image count for nothing, not in alpha."""
    check(case, rng, image_operator)


@pytest.mark.slow
@pytest.mark.parametrize("padding", Padding)
@pytest.mark.parametrize("D", SETTINGS["D"])
@pytest.mark.parametrize("construction", BOTH)
def test_encodes_what_loops_and_scipy_compute_everywhere(
    construction, D, padding, rng, image_operator
):
    """All 864 combinations for each construction; none is refused."""
    grid = SETTINGS | {"construction": (construction,), "D": (D,), "padding": (padding,)}
    for values in product(*grid.values()):
        check(dict(zip(grid, values, strict=True)), rng, image_operator)


@pytest.mark.parametrize("construction", BOTH)
@pytest.mark.parametrize(("C_out", "C_in"), [(2, 2), (3, 1), (1, 2)])
def test_one_tap_per_channel_pair_is_a_matrix(construction, C_out, C_in, rng, image_operator):
    """A 1 x 1 kernel mixes channels and moves nothing."""
    K = rng.normal(size=(C_out, C_in, 1, 1))
    found = matrix_by_branches(encoding(construction, K, 1))
    C = len(found) // 4
    mixing = np.zeros((C, C))
    mixing[:C_out, :C_in] = K[:, :, 0, 0]
    assert np.abs(found - np.kron(mixing, np.eye(4))).max() <= GAP
    assert np.abs(found - image_operator(K, 2)).max() <= GAP


@pytest.mark.parametrize("construction", BOTH)
@pytest.mark.parametrize(
    "K",
    [
        [[[[0.0, 0.0], [0.0, -3.0]]]],
        [[[[1e-9, 1.0], [-1e9, 2.0]]], [[[0.0, 0.0], [0.0, 0.0]]]],
        [[[[-1.0, 1.0], [1.0, -1.0]], [[-0.0, 0.0], [0.0, 0.0]]]],
        [[[[-1e-150, 2e-150], [0.0, 1e-150]]]],
        [[[[1e150, -2e150], [0.0, 1e150]]]],
    ],
    ids=["single tap", "large ratio, dead output", "dead input", "tiny", "huge"],
)
def test_extreme_kernels(construction, K, image_operator):
    """Relative to the largest tap."""
    K = np.array(K)
    size = np.abs(K).max()
    found = matrix_by_branches(encoding(construction, K, 1)) / size
    assert np.abs(found - image_operator(K / size, 2)).max() <= GAP


@pytest.mark.parametrize("construction", BOTH)
@pytest.mark.parametrize("draws", [70, pytest.param(210, marks=pytest.mark.slow)])
def test_epsilon_bounds_the_error(draws, construction, rng, image_operator):
    """Spectral norm, many random kernels a construction, 4 to 10 bits; not by a large factor.

    Over several seeds the largest error is 0.3 to 0.45 of epsilon, for both constructions.
    """
    ratios = []
    for draw in range(draws):
        C_out, C_in = rng.integers(1, 3, size=2)
        D = int(rng.integers(2, 4))
        K = rng.normal(size=(C_out, C_in, D, D)) * (rng.random((C_out, C_in, D, D)) < 0.7)
        K[0, 0, 0, 0] = rng.choice([-1.0, 1.0])
        conv = encoding(construction, K, 1, b=4 + draw % 7, padding=Padding.CIRCULAR)
        error = matrix_by_branches(conv) - image_operator(K, 2, "circular")
        ratios.append(np.linalg.norm(error, 2) / float(conv.epsilon))
    assert 1 / 4 < max(ratios) <= 1


@pytest.mark.parametrize("construction", BOTH)
def test_epsilon_is_of_the_operator_with_alpha(construction, rng):
    """Twice the kernel, twice the error: epsilon is not relative. One bit more halves it."""
    K = rng.normal(size=(2, 1, 3, 3))
    conv, double = (encoding(construction, scale * K, 1, b=6) for scale in (1, 2))
    assert float(double.epsilon) == pytest.approx(2 * float(conv.epsilon), rel=1e-12)
    error, twice = (matrix_by_branches(c) - matrix_by_branches(exactly(c)) for c in (conv, double))
    assert np.abs(twice - 2 * error).max() <= GAP < np.abs(error).max()
    finer = encoding(construction, K, 1, b=7)
    assert float(finer.epsilon) == pytest.approx(float(conv.epsilon) / 2, rel=1e-12)


def exactly(conv):
    """The same with 48-bit angles."""
    return attrs.evolve(conv, b=48)


def apply_layer(x, K, M):
    """The centred 3 x 3 zero-padded convolution of a flat array of channels."""
    X = np.pad(x.reshape(len(K[0]), M, M), ((0, 0), (1, 1), (1, 1)))
    taps = product(range(3), range(3))
    moved = (
        np.tensordot(K[:, :, k, l], X[:, 2 - k : 2 - k + M, 2 - l : 2 - l + M], 1) for k, l in taps
    )
    return sum(moved).reshape(-1)


def spectral_norm(K, M):
    """The largest singular value, by Lanczos iteration on the action alone."""
    back = K.transpose(1, 0, 2, 3)[:, :, ::-1, ::-1]
    operator = LinearOperator(
        (len(K) * M * M,) * 2,
        matvec=lambda x: apply_layer(x, K, M),
        rmatvec=lambda y: apply_layer(y, back, M),
        dtype=np.float64,
    )
    start = np.ones(operator.shape[0])
    return float(svds(operator, k=1, v0=start, return_singular_vectors=False)[0])


def test_spectral_norm_is_that_of_the_matrix(rng, image_operator):
    """The Lanczos route, on a size where the matrix fits."""
    K = rng.normal(size=(2, 2, 3, 3))
    exact = np.linalg.norm(image_operator(K, 4), 2)
    assert spectral_norm(K, 4) == pytest.approx(exact, abs=1e-9)


@pytest.mark.parametrize("side", [16, pytest.param(64, marks=pytest.mark.slow)])
def test_alpha_of_random_kernels(side, rng):
    """How far alpha is above the norm for 16 channels, 3 x 3 taps, Gaussian weights; 30 kernels.

    Over the norm on images of 8 x 8 pixels, by Lanczos iteration: 5.4 multiplexed, 78 adder. Over
    the largest frequency, the norm on large images: 5.2 and 75, standard deviation 0.25 and 3.
    The maximum over 8 + 3 - 1 frequencies an axis is an upper bound on the norm.
    """
    ratios = []
    for K in rng.normal(size=(30, 16, 16, 3, 3)):
        adder, multiplexed = (float(encoding(one, K, 3).alpha) for one in BOTH)
        bounds = [
            np.linalg.norm(np.fft.fft2(K, s=(n, n)).transpose(2, 3, 0, 1), 2, axis=(2, 3)).max()
            for n in (10, side)
        ]
        norm = spectral_norm(K, 8)
        assert norm <= bounds[0] <= bounds[1] * 1.02
        assert adder == pytest.approx(np.abs(K).sum(), rel=1e-12)
        sizes = np.array([[norm], [bounds[1]]])
        ratios.append((np.array([multiplexed, adder]) / sizes).reshape(-1))
    wanted = [5.4, 78, 5.2, 75]
    np.testing.assert_array_less(np.abs(np.mean(ratios, axis=0) - wanted), [0.15, 1.5, 0.15, 1.5])
