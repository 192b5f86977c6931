"""The error of a convolution whose index is prepared and unprepared with rounded angles."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.kernel import Kernel
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from estimator.symbols import b, d, norm_1
from proofs.derivation import bound, norm_at_most, step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    """Weights are products of a prepared and an unprepared amplitude, times alpha.

    With p + u and q + v for the unit vectors p and q, the weights change by p v + u q + u v, and
    every branch is an operator of norm at most one, so that the sum of moduli counts, at most
    products of l2 norms. A vector of 2 d angles, each off by at most pi / 2**b, is off by at most
    2 d pi / 2**b, one level after the other; both are unit vectors, so that u and v are chords.
    """
    p, q, u, v = sympy.symbols("p q u v", commutative=False)
    step("change of the weights", (p + u) * (q + v) - p * q, p * v + u * (q + v))
    w, one = sympy.Symbol("w", commutative=False), sympy.Integer(1)
    half_step = sympy.pi / 2**b
    chord, z = 2 * sympy.sin(half_step / 2), sympy.Symbol("z", nonnegative=True)
    step("a level turns by a chord", chord**2, 2 - 2 * sympy.cos(half_step))
    step("slope of z - 2 sin(z / 2)", sympy.diff(z - 2 * sympy.sin(z / 2), z), 1 - sympy.cos(z / 2))
    bound("is a square, so that a chord is below its arc", 0, 2 * sympy.sin(z / 4) ** 2)
    levels = 2 * d
    change = norm_at_most(
        "triangle inequality, q + v = w",
        p * v + u * w,
        {p: one, w: one, u: levels * half_step, v: levels * half_step},
    )
    return norm_1 * change


def _vector(angles: list[Any]) -> Any:
    vector = np.ones(1)
    for turns in angles:
        vector = np.stack([vector * np.cos(turns), vector * np.sin(turns)], axis=1).reshape(-1)
    return vector


def _point(K: Any, bits: int, off: tuple[list[Any], list[Any]]) -> Draw:
    """A single-channel kernel of side 2**d, its two trees off by so many half steps."""
    size = K.shape[-1].bit_length() - 1
    total = float(np.abs(K).sum())
    angles = _angles(np.sqrt(np.abs(K)).reshape(-1))
    both = [
        _vector([x + y * np.pi / 2**bits for x, y in zip(angles, moves, strict=True)])
        for moves in off
    ]
    weights = total * both[0] * both[1] * np.sign(K).reshape(-1)
    taps = (weights - K.reshape(-1)).reshape(K.shape[-2:])
    conv = AdderConvolution(Kernel.of(K), 2, bits, QROMLoader(), Rotation.BITWISE)
    return Draw(
        at={norm_1: total, d: size, b: bits},
        value=float(np.abs(np.fft.fft2(taps, (16, 16))).max()),
        stated=float(conv.epsilon),
    )


def _angles(vector: Any) -> list[Any]:
    """Angles of every level of the tree that prepares a vector of nonnegative entries."""
    levels: list[Any] = []
    while len(vector) > 1:
        pairs = vector.reshape(-1, 2)
        levels.insert(0, np.arctan2(pairs[:, 1], pairs[:, 0]))
        vector = np.hypot(pairs[:, 0], pairs[:, 1])
    return levels


def draw(rng: Generator) -> Draw:
    """Normal kernels of side two and four, every angle off by up to half a step."""
    size = int(rng.integers(1, 3))
    K = rng.normal(size=(1, 1, 2**size, 2**size))
    first, second = ([rng.uniform(-1, 1, 2**l) for l in range(2 * size)] for _ in range(2))
    return _point(K, int(rng.integers(4, 9)), (first, second))


def worst() -> Draw:
    """Equal taps of changing sign, the first two levels off so that one sign gains."""
    K = np.array([[1.0, -1.0], [-1.0, 1.0]])[None, None]
    moves = [np.zeros(1), np.array([-1.0, 1.0])]
    return _point(K, 9, (moves, moves))


THEOREM = InequalityClaim(
    says="A convolution between single channels with 2**d x 2**d taps and angles of b bits errs "
    "by at most alpha 4 d pi / 2**b in the spectral norm, alpha the sum of all |K|.",
    bound=norm_1 * 4 * d * sympy.pi / 2**b,
    derive=derive,
    draw=draw,
    draws=200,
    worst=worst,
    false_twin=norm_1 * d * sympy.pi / 2**b,
    twin_says="One preparation is exact, and the other errs at the levels of one coordinate.",
    source="ours; [RHGPR25] Lem. 5 neglects the rounding of angles",
)
