"""How short the error function of an encoded vector can be."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from estimator.polynomials.erf import erf_polynomial
from estimator.symbols import alpha_0
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim

DEGREE = 55
"""At which the polynomial is erf up to rounding, for nu up to 4."""


def derive() -> sympy.Expr:
    """erf(nu x) is concave for x >= 0, so it is above the chord erf(nu) x; and erf(1/2) > 1/2."""
    x, v = sympy.symbols("x v", positive=True)
    curve = sympy.diff(sympy.erf(v * x), x, 2)
    step("curvature", curve, -4 * v**3 * x * sympy.exp(-(v**2) * x**2) / sympy.sqrt(sympy.pi))
    bound("it is concave", 0, 4 * v**3 * x * sympy.exp(-(v**2) * x**2) / sympy.sqrt(sympy.pi))
    half = sympy.erf(sympy.Rational(1, 2))
    bound("the steepness is at least one half", sympy.Rational(1, 2), half)
    return alpha_0 / half


def _point(nu: float, psi: Any, shrunk: float) -> Draw:
    polynomial = erf_polynomial(nu, DEGREE)
    image = polynomial.evaluate(psi / shrunk)
    return Draw(at={alpha_0: shrunk}, value=1 / float(np.linalg.norm(image)))


def draw(rng: Generator) -> Draw:
    """Unit vectors, spread or in one entry, with any alpha and steepness."""
    psi = rng.normal(size=int(rng.choice([2, 4, 16]))) * rng.choice([1e-3, 1.0])
    psi[0] += rng.integers(2)
    nu = round(float(rng.uniform(0.5, 4)), 1)
    return _point(nu, psi / np.linalg.norm(psi), float(rng.uniform(1, 20)))


def worst() -> Draw:
    """A vector in one entry, encoded with alpha 1, and the flattest function."""
    return _point(0.5, np.array([1.0, 0.0]), 1.0)


THEOREM = InequalityClaim(
    says="For a unit vector psi and nu >= 1/2, erf(nu psi / alpha) is at least 1 / (2 alpha) long: "
    "no entry shrinks to less than half.",
    assumptions=("alpha is at least 1.",),
    bound=2 * alpha_0,
    derive=derive,
    draw=draw,
    draws=120,
    worst=worst,
    false_twin=sympy.sqrt(sympy.pi) * alpha_0,
    twin_says="Near zero erf(x / 2) is x / sqrt(pi), and that is how short it gets.",
    source="[RHGPR25] Lem. B.19 and F.1",
)
