"""The convolutional kernel against 40 digits of the same sums, and against wide random networks."""

from itertools import product

import mpmath
import numpy as np
import pytest
from sklearn.datasets import load_digits

from bloqs.ntk.model import convolution
from bloqs.ntk.model.convolution import ConvolutionKernel, repeated

MP = mpmath.mp.clone()
MP.dps = 40


def conv(table):
    """Nine shifts of both positions, written as the sum that it is."""
    side, padded = len(table), np.pad(table, 1, constant_values=MP.mpf(0))
    shifted = (
        padded[tuple(slice(1 + k, 1 + k + side) for k in (u, v, u, v))]
        for u, v in product((-1, 0, 1), repeat=2)
    )
    return sum(shifted) * 2 / 9


def relu(s, r):
    """max(z, 0): covariance and mean product of slopes, from a covariance and a length."""
    t = MP.acos(min(MP.mpf(1), max(MP.mpf(-1), s / r)))
    return r * (MP.sin(t) + (MP.pi - t) * MP.cos(t)) / (2 * MP.pi), (MP.pi - t) / (2 * MP.pi)


def pool(table):
    """Means over squares of both positions."""
    half = range(2)
    return sum(table[i::2, j::2, k::2, m::2] for i, j, k, m in product(half, repeat=4)) / 16


def direct(x, z, depth):
    """Kernel of two images in 40 digits: tables of all pairs of positions of xz, xx and zz."""
    exact = np.vectorize(MP.mpf, otypes=[object])
    x, z = exact(x), exact(z)
    pairs = {"xz": (x, z), "xx": (x, x), "zz": (z, z)}
    cov = {name: np.multiply.outer(u, v) for name, (u, v) in pairs.items()}
    ker = {name: 0 * table for name, table in cov.items()}
    for block in range(3):
        for _ in range(depth // 3):
            cov = {name: conv(table) for name, table in cov.items()}
            ker = {name: cov[name] + conv(table) for name, table in ker.items()}
            side = range(len(cov["xz"]))
            own = {
                name: np.array([[MP.sqrt(cov[2 * name][a, b, a, b]) for b in side] for a in side])
                for name in "xz"
            }
            for name in cov:
                lengths = np.multiply.outer(own[name[0]], own[name[1]])
                cov[name], slope = np.frompyfunc(relu, 2, 2)(cov[name], lengths)
                ker[name] = ker[name] * slope
        for _ in range(2 if block == 2 else 1):
            cov, ker = ({n: pool(t) for n, t in each.items()} for each in (cov, ker))
    flat = {n: 2 * t[0, 0, 0, 0] for n, t in cov.items()}
    trained = flat["xz"] + 2 * ker["xz"][0, 0, 0, 0]
    whole = (1 + 2 * flat["xx"]) * (1 + 2 * flat["zz"])
    image = 2 / MP.pi * MP.asin(2 * flat["xz"] / MP.sqrt(whole))
    return 2 * image + 2 * trained * 4 / MP.pi / MP.sqrt(whole - 4 * flat["xz"] ** 2)


def digit(i):
    """An image with a background, where patches are the same."""
    pixels = load_digits().images[i]
    return repeated((pixels - pixels.mean())[None] / pixels.std(), 2)[0]


@pytest.mark.slow
@pytest.mark.parametrize("depth", [3, 6])
def test_against_forty_digits(depth):
    """All three entries of two images of a digit, in terms of the largest."""
    images = np.stack([digit(0), digit(1)])
    found = ConvolutionKernel(depth).matrix(images)
    for i, j in ((0, 1), (0, 0), (1, 1)):
        wanted = direct(images[i], images[j], depth)
        assert abs(MP.mpf(float(found[i, j])) - wanted) < 1e-13 * found.max()


def test_against_a_random_network():
    """The covariance of the last hidden layer's derivatives: a wide network's own kernel.

    The kernel is the sum over weights of products of derivatives; with w channels it is off by
    about 1/sqrt(w).
    """
    rng = np.random.default_rng(1)
    images = rng.normal(size=(2, 16, 16))
    kernel = ConvolutionKernel(3).matrix(images)
    draws = [network_kernel(images, 96, rng) for _ in range(6)]
    assert np.mean(draws, axis=0) == pytest.approx(kernel, rel=0.08)


def network_kernel(images, width, rng):
    """Sum over all weights of products of derivatives, by hand."""
    layers, z = [], images[:, None]  # (n, channels, side, side)
    for block in range(3):
        w = rng.normal(size=(width, z.shape[1], 3, 3))
        patches = patches_of(z)  # (n, channels, 3, 3, side, side)
        scale = np.sqrt(2 / (9 * z.shape[1]))
        pre = scale * np.einsum("ocuv,ncuvij->noij", w, patches)
        layers.append((w, patches, scale, pre, 4 if block == 2 else 2))
        z = np.maximum(pre, 0)
        factor = layers[-1][4]
        n, c, side, _ = z.shape
        z = z.reshape(n, c, side // factor, factor, side // factor, factor).mean(axis=(3, 5))
    flat = z.reshape(len(images), -1)
    w1 = rng.normal(size=(width, flat.shape[1]))
    pre1 = np.sqrt(2 / flat.shape[1]) * flat @ w1.T
    from scipy.special import erf

    w2 = rng.normal(size=width)
    hidden = erf(pre1)
    total = 2 / width * hidden @ hidden.T
    back = np.sqrt(2 / width) * w2 * 2 / np.sqrt(np.pi) * np.exp(-(pre1**2))
    total += (back @ back.T) * (2 / flat.shape[1] * flat @ flat.T)
    grad = (np.sqrt(2 / flat.shape[1]) * back @ w1).reshape(z.shape)
    for w, patches, scale, pre, factor in reversed(layers):
        grad = np.repeat(np.repeat(grad, factor, axis=2), factor, axis=3) / factor**2
        grad = grad * (pre > 0)
        each = scale * np.einsum("noij,ncuvij->nocuv", grad, patches)
        total += np.einsum("nocuv,mocuv->nm", each, each)
        moved = scale * np.einsum("noij,ocuv->ncuvij", grad, w)
        grad = np.zeros((len(images), w.shape[1], *grad.shape[2:]))
        for u, v in product(range(3), repeat=2):
            side = grad.shape[2]
            i = slice(max(0, u - 1), min(side, side + u - 1))
            o = slice(max(0, 1 - u), min(side, side + 1 - u))
            p = slice(max(0, v - 1), min(side, side + v - 1))
            q = slice(max(0, 1 - v), min(side, side + 1 - v))
            grad[:, :, i, p] += moved[:, :, u, v, o, q]
    return total


def patches_of(z):
    side = z.shape[2]
    padded = np.pad(z, ((0, 0), (0, 0), (1, 1), (1, 1)))
    return np.stack(
        [
            np.stack([padded[:, :, u : u + side, v : v + side] for v in range(3)], 2)
            for u in range(3)
        ],
        2,
    )


def test_parts_of_matrix():
    images = np.random.default_rng(0).normal(size=(3, 16, 16))
    kernel = ConvolutionKernel(3)
    matrix = kernel.matrix(images)
    assert kernel.between(images, images[1:]) == pytest.approx(matrix[:, 1:], rel=1e-13)
    assert np.linalg.eigvalsh(matrix)[0] > 0


def test_images_by_themselves_are_worked_out_once_and_shown(monkeypatch):
    """Strips of two pairs: 3 images and 5 points alone, 6 pairs of images, 15 with points."""
    monkeypatch.setattr(convolution, "TOGETHER", 2 * 16**4)
    images = np.random.default_rng(5).uniform(size=(8, 16, 16))
    kernel, shown = ConvolutionKernel(3), []

    def track(steps, label):
        for step in steps:
            shown.append((label, len(step)))
            yield step

    matrix, between = kernel.with_points(images[:3], images[3:], track)
    assert np.array_equal(matrix, kernel.matrix(images[:3]))
    assert np.array_equal(between, kernel.between(images[:3], images[3:]))
    pairs = {
        label: sum(pairs for name, pairs in shown if name == label)
        for label in dict.fromkeys(label for label, _ in shown)
    }
    assert pairs == {"variances of images": 3 + 5, "kernels of images": 6 + 15}
    assert max(pairs for _, pairs in shown) == 2


def test_repeated_pixels():
    assert repeated(np.arange(4.0).reshape(1, 2, 2), 2)[0].tolist() == [
        [0, 0, 1, 1], [0, 0, 1, 1], [2, 2, 3, 3], [2, 2, 3, 3],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("depth", "shape", "words"),
    [
        (4, (1, 16, 16), "multiple of 3"),
        (0, (1, 16, 16), "depth"),
        (3, (1, 8, 8), "multiple of 16"),
        (3, (1, 16, 32), "square"),
        (3, (1, 256), "square"),
    ],
)
def test_refused(depth, shape, words):
    with pytest.raises(ValueError, match=words):
        ConvolutionKernel(depth).matrix(np.ones(shape))


def test_refused_dark_image():
    images = np.ones((2, 16, 16))
    images[1] = 0
    with pytest.raises(ValueError, match="image 1 is zero"):
        ConvolutionKernel(3).matrix(images)
