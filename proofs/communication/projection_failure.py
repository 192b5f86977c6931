"""Signs of projections decide a linear classification but for a failure of delta."""

import numpy as np
import sympy
from numpy.random import Generator
from scipy.stats import binom

from bloqs.communication.rivals.sign_projection import projection_bits
from bloqs.communication.symbols import delta
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    """Agreement with probability 1/2 + t, t = asin(gamma)/pi, and Hoeffding's inequality."""
    m, t = sympy.symbols("m t", positive=True)
    angle = sympy.Symbol("angle", real=True)
    excess = (sympy.pi / 2 - angle) / sympy.pi
    step("agreement", 1 - angle / sympy.pi, sympy.Rational(1, 2) + excess)
    failure = sympy.exp(-2 * m * t**2)
    at = failure.subs(m, sympy.log(1 / delta) / (2 * t**2))
    step("failure", sympy.simplify(at), delta)
    return delta


def _point(margin: float, failure: float) -> Draw:
    """Probability that at most half of the signs agree, exactly."""
    bits = projection_bits(margin, failure)
    agree = 1 - np.arccos(margin) / np.pi
    return Draw(at={delta: failure}, value=float(binom.cdf(bits // 2, bits, agree)))


def draw(rng: Generator) -> Draw:
    """Any margin and failure."""
    return _point(float(rng.uniform(0.02, 1)), float(rng.uniform(0.001, 0.99)))


def worst() -> Draw:
    """One bit is enough, and fails as often as signs disagree."""
    margin = 0.999
    return _point(margin, 0.62)


THEOREM = InequalityClaim(
    says="ln(1/delta)/(2 (asin(gamma)/pi)**2) signs of projections decide a linear classification "
    "at a margin gamma, except with probability delta.",
    bound=delta,
    derive=derive,
    draw=draw,
    draws=200,
    worst=worst,
    false_twin=delta**3,
    twin_says="As if the majority failed only when three parts did.",
    source="ours; derived",
)
