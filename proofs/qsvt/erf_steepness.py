"""How steep a line through zero the published polynomial for erf(nu x) can touch."""

import numpy as np
import sympy
from numpy.random import Generator

from estimator.polynomials.erf import erf_ratio_maximum, erf_ratio_polynomial
from estimator.symbols import nu
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim

POINTS = np.linspace(-1, 1, 2001)


def derive() -> sympy.Expr:
    """P' is a truncated Chebyshev series of erf', with weights e**-z I_j of alternating sign.

    Their sizes are largest together at zero; all of them, twice but the first, add up to what
    exp(z cos t) is at t = 0 over e**z. P(x)/x is a mean of values of P'.
    """
    z, t = sympy.symbols("z t", positive=True)
    x = sympy.Symbol("x", real=True)
    slope = sympy.diff(sympy.erf(nu * x), x)
    step("slope of erf", slope, 2 * nu / sympy.sqrt(sympy.pi) * sympy.exp(-(nu**2) * x**2))
    whole = (sympy.exp(z * sympy.cos(t)) * sympy.exp(-z)).subs(t, 0)
    step("all weights together", whole, 1)
    w = sympy.Symbol("w", nonnegative=True)
    bound("a part of them is less", 1 / (1 + w), whole)
    return 2 * nu / sympy.sqrt(sympy.pi)


def _point(steepness: float, degree: int) -> Draw:
    values = np.abs(erf_ratio_polynomial(steepness, degree).evaluate(POINTS))
    most = erf_ratio_maximum(steepness, degree)
    is_most = abs(float(values.max()) / most - 1) < 1e-9
    return Draw(at={nu: steepness}, value=most if is_most else np.inf)


def draw(rng: Generator) -> Draw:
    """Any steepness and degree, close to erf or not."""
    return _point(float(rng.uniform(0.5, 8)), 2 * int(rng.integers(0, 20)) + 1)


def worst() -> Draw:
    """A degree at which the polynomial is as good as erf."""
    return _point(0.8, 15)


THEOREM = InequalityClaim(
    says="The published polynomial P for erf(nu x), of whatever degree, has |P(x) / x| of at most "
    "2 nu / sqrt(pi) on [-1, 1], half of the printed 4 nu / sqrt(pi).",
    bound=2 * nu / sympy.sqrt(sympy.pi),
    derive=derive,
    draw=draw,
    draws=120,
    worst=worst,
    false_twin=nu,
    twin_says="erf(nu x) is at most nu x, its argument.",
    source="[RHGPR25] Lem. F.1, whose bound is twice as large",
)
