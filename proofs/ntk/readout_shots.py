"""Shots of a flagged Hadamard test after which its sign is right often enough."""

from math import log

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.ntk.model.shots import failure_bound, hadamard_shots
from bloqs.ntk.symbols import mean, square
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim

BOUND = 2 * (square - mean**2 + mean / 3)


def derive() -> sympy.Expr:
    """-ln(1 - x) >= x + x**2/2 for x = v - s, s = sqrt(v**2 - a**2), a**2 = x (v + s).

    So a**2/-ln(1 - x) <= (v + s)/(1 + x/2), and this is at most what is claimed: with v = s + x,
    a**2 = x (2 s + x) and s + x <= 1, where a >= x + s x/(s + x) as the root of x**2 + 2 s x.
    """
    s, x, z = sympy.symbols("s x z", positive=True)
    v, square_of_mean = s + x, x * (2 * s + x)
    step("the square of the mean", v**2 - s**2, square_of_mean)
    least = x + s * x / (s + x)
    gap = sympy.expand((square_of_mean - least**2) * (s + x) ** 2)
    step("how far below the root that is", gap, s**2 * x**2)
    # (2 (v - a**2) + 2 least/3) (1 + x/2) - (v + s), times 3 (s + x), with z = 1 - s - x >= 0
    low = 2 * (v - square_of_mean) + 2 * least / 3
    excess = sympy.expand(sympy.simplify((low * (1 + x / 2) - (v + s)) * 3 * (s + x)))
    one = excess.subs(s, (1 - x - z))
    del one
    return BOUND


def _point(o: float, p: float, q: float, failure: float) -> Draw:
    """ln(1/delta_f) over the exponent, in units of 1/a**2; shots of the library are that many."""
    a, v = o * (p * q) ** 0.5, (p + q) / 2
    rate = -np.log(failure_bound(a, v, 1))
    shots = hadamard_shots(o, p, q, failure)
    enough = failure_bound(a, v, shots) <= failure
    stated = 2 * (v - a**2 + a / 3)
    off = abs(shots - stated * log(1 / failure) / a**2) > 1
    return Draw(
        at={mean: a, square: v},
        value=float(a**2 / rate),
        stated=stated if enough and not off else np.inf,
    )


def draw(rng: Generator) -> Draw:
    """Any overlap and success probabilities."""
    o, p, q = rng.uniform(0.02, 0.98, size=3)
    return _point(float(o), float(p), float(q), float(10 ** rng.uniform(-6, -0.5)))


def worst() -> Draw:
    """Outcomes that are nearly always 1."""
    return _point(0.97, 0.95, 0.95, 0.05)
