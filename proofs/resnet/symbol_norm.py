"""A zero-padded convolution is a corner of one that Fourier transforms make block-diagonal."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from estimator.network.convolution_layer import Convolution
from estimator.symbols import norm
from proofs.derivation import norm_at_most
from proofs.inequality import Draw, InequalityClaim
from proofs.resnet.kernels import operator


def derive() -> sympy.Expr:
    """On M + D - 1 pixels a side nothing wraps: the layer is a part of the periodic one.

    F (F x F) is unitary and the periodic layer in its basis has one C x C block a frequency, so
    that its norm is the largest of a block.
    """
    V, F, blocks, W = sympy.symbols("V F blocks W", commutative=False)
    one = sympy.Integer(1)
    whole = V * F * blocks * F * W
    return norm_at_most("padded, transformed, cut", whole, {V: one, F: one, blocks: norm, W: one})


def _largest(K: Any, points: int) -> float:
    """Largest norm of sum_kl K[:, :, k, l] w**(k p + l q) over p and q below `points`."""
    taps = np.arange(K.shape[3])
    waves = np.exp(2j * np.pi * np.outer(np.arange(points), taps) / points)
    blocks = np.einsum("ijkl,pk,ql->pqij", K, waves, waves)
    return float(np.linalg.norm(blocks, ord=2, axis=(2, 3)).max())


def _point(K: Any, m: int) -> Draw:
    D = K.shape[3]
    layer = Convolution(
        name="", inputs=("",), output="", kernel=K, pad_begin=(D - 1) // 2, side=2**m
    )
    return Draw(
        at={norm: _largest(K, 2**m + D - 1)},
        value=float(np.linalg.norm(operator(K, m), 2)),
        stated=layer.spectral_norm_bound(2**m),
    )


def draw(rng: Generator) -> Draw:
    """Random kernels between a few channels on small images."""
    C, D = int(rng.choice([1, 2, 4])), int(rng.integers(1, 5))
    return _point(rng.normal(size=(C, C, D, D)), int(rng.integers(1, 4)))


def worst() -> Draw:
    """One tap: a multiple of one."""
    return _point(np.full((1, 1, 1, 1), -3.0), 2)


THEOREM = InequalityClaim(
    says="The spectral norm of a zero-padded convolution of M x M images is at most the largest "
    "norm of its C x C block among the (M + D - 1)**2 frequencies of the periodic one around it.",
    bound=norm,
    derive=derive,
    draw=draw,
    draws=120,
    worst=worst,
    false_twin=sympy.Rational(99, 100) * norm,
    twin_says="Zeros around the image always cost some of the norm.",
    source="[RHGPR25] p. 33, for the Fourier basis; the norm is ours",
)
