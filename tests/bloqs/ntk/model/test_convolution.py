"""The convolutional kernel against loops over positions, and against wide random networks."""

from itertools import product
from math import acos, asin, pi, sqrt

import numpy as np
import pytest

from bloqs.ntk.model.convolution import ConvolutionKernel, repeated


def conv(table, side):
    """Nine shifts of both positions, written as the sum that it is."""
    found = {}
    for a, b, c, d in product(range(side), repeat=4):
        total = 0.0
        for u, v in product((-1, 0, 1), repeat=2):
            total += table.get((a + u, b + v, c + u, d + v), 0.0)
        found[a, b, c, d] = 2 * total / 9
    return found


def direct(x, z, depth):
    """(covariance, kernel) tables of the pairs xz, xx, zz carried along by loops over positions."""
    side = len(x)
    pairs = {"xz": (x, z), "xx": (x, x), "zz": (z, z)}
    cov = {
        name: {(a, b, c, d): u[a, b] * v[c, d] for a, b, c, d in product(range(side), repeat=4)}
        for name, (u, v) in pairs.items()
    }
    ker = {name: dict.fromkeys(table, 0.0) for name, table in cov.items()}
    for block in range(3):
        for _ in range(depth // 3):
            cov = {name: conv(table, side) for name, table in cov.items()}
            moved = {name: conv(table, side) for name, table in ker.items()}
            ker = {n: {p: cov[n][p] + moved[n][p] for p in cov[n]} for n in cov}
            after, slopes = {}, {}
            for name, table in cov.items():
                one, other = f"{name[0]}{name[0]}", f"{name[1]}{name[1]}"
                after[name], slopes[name] = {}, {}
                for (a, b, c, d), s in table.items():
                    r = sqrt(cov[one][a, b, a, b] * cov[other][c, d, c, d])
                    t = acos(max(-1.0, min(1.0, s / r)))
                    slopes[name][a, b, c, d] = (pi - t) / (2 * pi)
                    after[name][a, b, c, d] = r * (np.sin(t) + (pi - t) * np.cos(t)) / (2 * pi)
            cov = after
            ker = {n: {p: ker[n][p] * slopes[n][p] for p in ker[n]} for n in ker}
        for _ in range(2 if block == 2 else 1):
            side //= 2
            cov, ker = ({n: pool(t, side) for n, t in each.items()} for each in (cov, ker))
    flat = {n: 2 * t[0, 0, 0, 0] for n, t in cov.items()}
    trained = flat["xz"] + 2 * ker["xz"][0, 0, 0, 0]
    whole = (1 + 2 * flat["xx"]) * (1 + 2 * flat["zz"])
    image = 2 / pi * asin(2 * flat["xz"] / sqrt(whole))
    return 2 * image + 2 * trained * 4 / pi / sqrt(whole - 4 * flat["xz"] ** 2)


def pool(table, side):
    return {
        (a, b, c, d): sum(
            table[2 * a + i, 2 * b + j, 2 * c + k, 2 * d + m]
            for i, j, k, m in product((0, 1), repeat=4)
        )
        / 16
        for a, b, c, d in product(range(side), repeat=4)
    }


@pytest.mark.slow
@pytest.mark.parametrize("depth", [3, 6])
def test_against_loops(depth):
    images = np.random.default_rng(depth).normal(size=(2, 16, 16))
    found = ConvolutionKernel(depth).matrix(images)
    assert found[0, 1] == pytest.approx(direct(*images, depth), rel=1e-12)
    assert found[0, 0] == pytest.approx(direct(images[0], images[0], depth), rel=1e-6)


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
