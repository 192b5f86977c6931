"""Shots of a flagged Hadamard test after which its sign is right often enough."""

from math import ceil, log

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.ntk.model.shots import failure_bound, hadamard_shots
from bloqs.ntk.symbols import mean, square
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim

BOUND = 2 * (square - mean**2 + mean * (1 + mean) / 3)


def derive() -> sympy.Expr:
    """Bernstein: u**2/(2 (V + b u/3)) is an exponent for deviations u of variance V, up to b."""
    u, V, b = sympy.symbols("u V b", positive=True)
    exponent = u**2 / (2 * (V + b * u / 3))
    step("deviations from the mean to -1", mean - (-1), 1 + mean)
    at = {u: mean, V: square - mean**2, b: 1 + mean}
    needed = mean**2 / exponent.subs(at, simultaneous=True)
    step("shots over ln(1/delta_f)/a**2", needed, BOUND)
    return needed


def _point(o: float, p: float, q: float, failure: float) -> Draw:
    """The exponent itself; the library's shots are enough for it, and no more than that many."""
    a, v = o * (p * q) ** 0.5, (p + q) / 2
    rate = -np.log(failure_bound(a, v, 1))
    shots = hadamard_shots(o, p, q, failure)
    stated = 2 * (v - a**2 + a * (1 + a) / 3)
    is_enough = failure_bound(a, v, shots) <= failure * (1 + 1e-12)
    is_most = shots <= ceil(stated * log(1 / failure) / a**2)
    return Draw(
        at={mean: a, square: v},
        value=float(a**2 / rate),
        stated=stated if is_enough and is_most else np.inf,
    )


def draw(rng: Generator) -> Draw:
    """Any overlap and success probabilities."""
    o, p, q = rng.uniform(0.02, 0.99, size=3)
    return _point(float(o), float(p), float(q), float(10 ** rng.uniform(-6, -0.5)))


def worst() -> Draw:
    """Outcomes that are nearly always 1."""
    return _point(0.97, 0.95, 0.95, 0.05)


THEOREM = InequalityClaim(
    says="A flagged Hadamard test whose outcomes have mean a and mean square v has the wrong sign "
    "with probability delta_f at most after 2 ln(1/delta_f) (v - a**2 + a (1 + a)/3)/a**2 shots.",
    bound=BOUND,
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=2 * (square - mean**2),
    twin_says="As for a normal distribution.",
    source="[BLM13] Thm. 2.10",
)
