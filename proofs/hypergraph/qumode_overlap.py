"""Theorem C on qumodes: at k = 2, what else is written brings two states no closer together."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.hypergraph.model.training import squeezed_overlap
from bloqs.hypergraph.symbols import spacing, spread
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    """The mean over one q is a normal density of the other, shifted: at most the one not shifted.

    E exp(i q (delta p + s)) = exp(-sigma**2 (delta p + s)**2/2), whose mean over a normal p is
    largest at s = 0; a phase in p alone makes no mean larger.
    """
    p, s = sympy.symbols("p s", real=True)
    square = 1 + spacing**2 * spread**4
    exponent = p**2 / (2 * spread**2) + spread**2 * (spacing * p + s) ** 2 / 2
    shift, rest = spread**4 * spacing * s / square, spread**2 * s**2 / (2 * square)
    step("a square in p and a rest", exponent, square / (2 * spread**2) * (p + shift) ** 2 + rest)
    bound("the rest takes away", sympy.Integer(0), rest)
    weight = sympy.Symbol("a", positive=True)
    whole = (p, -sympy.oo, sympy.oo)
    normal = sympy.integrate(sympy.exp(-weight * p**2), whole).subs(weight, square / 2 / spread**2)
    bare = normal / (sympy.sqrt(2 * sympy.pi) * spread)
    step("the bare product", sympy.simplify(bare), 1 / sympy.sqrt(square))
    return 1 / sympy.sqrt(square)


def overlap(difference: float, sigma: float, linear: float, quadratic: float) -> float:
    """|E exp(i (delta x y + linear x + quadratic y**2))| on a grid of x and y."""
    z = sigma * np.linspace(-8, 8, 161)
    weights = np.exp(-(z**2) / (2 * sigma**2))
    weights /= weights.sum()
    phase = difference * np.outer(z, z) + linear * z[:, None] + quadratic * z[None, :] ** 2
    return float(abs(weights @ np.exp(1j * phase) @ weights))


def draw(rng: Generator) -> Draw:
    """A difference, a spread and lower terms."""
    difference, sigma = rng.uniform(0.5, 2), rng.uniform(0.5, 1.2)
    value = overlap(difference, sigma, *rng.uniform(-0.7, 0.7, 2))
    at = {spacing: difference, spread: sigma}
    return Draw(at=at, value=value, stated=squeezed_overlap(difference * sigma**2, 2))


def worst() -> Draw:
    """The bare product."""
    at = {spacing: 1.0, spread: 1.1}
    return Draw(at=at, value=overlap(1.0, 1.1, 0, 0), stated=squeezed_overlap(1.1**2, 2))


THEOREM = InequalityClaim(
    says="Two qumode states whose weights of an edge of two modes differ by delta, q of spread "
    "sigma, overlap by at most 1/sqrt(1 + delta**2 sigma**4), whatever else is written.",
    bound=1 / sympy.sqrt(1 + spacing**2 * spread**4),
    derive=derive,
    draw=draw,
    draws=100,
    worst=worst,
    false_twin=1 / (1 + spacing**2 * spread**4),
    twin_says="Both quadratures overlap as little.",
    source="ours; Anderson's inequality; derived",
)
