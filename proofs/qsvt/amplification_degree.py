"""How large a degree amplification of small singular values needs at most."""

import sympy
from numpy.random import Generator

from estimator.polynomials.amplification import (
    amplification_degree_bound,
    amplification_minimal_degree,
)
from estimator.symbols import delta, epsilon, gamma
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim, in_floats

SLOPE = 2 * gamma * sympy.sqrt(sympy.log(2 / epsilon)) / delta
FACTOR = gamma * sympy.Rational(15431, 10000)
STATED = amplification_degree_bound()
BEND = sympy.Rational(13812, 10000)


def derive() -> sympy.Expr:
    """gamma x times a rectangle of error functions, by its series in an ellipse around [-1, 1].

    On the ellipse with semi-axes cosh(s) and sinh(s) the rectangle with slope k is at most
    exp(k**2 sinh(s)**2), so that its series from degree d on is at most
    2 f exp(k**2 sinh(s)**2 - d s) / (exp(s) - 1), f = gamma cosh(1). For s at most one,
    sinh(s)**2 <= sinh(1)**2 s**2 and exp(s) - 1 >= s. The degree makes that epsilon / 4.
    """
    d, f, k, s, error = sympy.symbols("d f k s error", positive=True)
    bound("cosh at one", sympy.cosh(1), sympy.Rational(15431, 10000))
    bound("sinh at one, squared", sympy.sinh(1) ** 2, BEND)
    step("slope of exp(s) - 1 - s", sympy.diff(sympy.exp(s) - 1 - s, s), sympy.exp(s) - 1)
    exponent = k**2 * BEND * s**2 - d * s + sympy.log(2 * f / s)
    enough = k**2 * BEND * s + sympy.log(2 * f / (s * error)) / s
    step(
        "the dropped terms are at most error",
        exponent.subs(d, enough) - sympy.log(2 * f / s) + sympy.log(2 * f / (s * error)),
    )
    reached = sympy.exp(-((SLOPE * delta / (2 * gamma)) ** 2))
    step("the edges are epsilon / 2 off", sympy.simplify(reached), epsilon / 2)
    width = sympy.Min(1, sympy.sqrt(sympy.log(1 / (epsilon / 4))) / SLOPE)
    terms = enough.subs({k: SLOPE, f: FACTOR, error: epsilon / 4}).subs(s, width)
    return 2 * sympy.ceiling(sympy.ceiling(terms) / 2) + 1


def _point(factor: float, margin: float, error: float) -> Draw:
    at = {gamma: factor, delta: margin, epsilon: error}
    return Draw(
        at=at,
        value=amplification_minimal_degree(factor, margin, error),
        stated=in_floats(STATED)(at),
    )


def draw(rng: Generator) -> Draw:
    """Factors up to three, margins above a third, errors over three orders of magnitude."""
    return _point(
        float(rng.uniform(1.5, 3)), float(rng.uniform(0.45, 0.8)), float(10 ** rng.uniform(-4, -1))
    )


def worst() -> Draw:
    """A narrow margin."""
    return _point(3.0, 0.1, 1e-2)


WIDTH = sympy.Min(1, sympy.sqrt(sympy.log(4 / epsilon)) / SLOPE)
TERMS = SLOPE**2 * BEND * WIDTH + sympy.log(2 * FACTOR / (WIDTH * (epsilon / 4))) / WIDTH

THEOREM = InequalityClaim(
    says="An odd polynomial at most 1 and within epsilon of gamma x for |x| <= (1 - delta) / gamma "
    "takes a degree O(gamma / delta log(gamma / epsilon)), with these constants.",
    assumptions=("gamma > 1, 0 < delta < 1 and 0 < epsilon < 1.",),
    bound=2 * sympy.ceiling(sympy.ceiling(TERMS) / 2) + 1,
    derive=derive,
    draw=draw,
    draws=100,
    worst=worst,
    false_twin=2 * sympy.ceiling(gamma * sympy.log(gamma / epsilon)) + 1,
    twin_says="The margin does not matter.",
    source="[GSLW18] Thm. 30; [RHGPR25] Lem. B.3",
)
