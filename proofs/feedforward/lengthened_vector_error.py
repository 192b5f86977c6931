"""The error of a vector that is lengthened by a known factor."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.qsvt.lengthened_vector import LengthenedVector
from estimator.symbols import alpha_0, delta, e_0, gamma
from proofs.derivation import norm_at_most, step
from proofs.inequality import Draw, InequalityClaim
from proofs.perturbed import off_by, unit_vector
from proofs.stated import StatedVector

SYMBOLS = (alpha_0, e_0, delta, gamma)


def derive() -> sympy.Expr:
    """A polynomial at most delta from gamma times the length changes nothing but the length."""
    psi, unit, f = sympy.symbols("psi u f", commutative=False)  # psi + f is length alpha u long
    length, off = sympy.symbols("length off", real=True)
    encoded = alpha_0 / gamma * (gamma * length + off) * unit
    parts = alpha_0 / gamma * off * unit, alpha_0 * length * unit
    step("what the polynomial misses, and the vector before", encoded, sum(parts))
    left = alpha_0 / gamma * off * unit + f
    step("with psi + f for the vector before", parts[0] + (psi + f) - psi, left)
    X, Y = sympy.symbols("X Y", commutative=False)
    return norm_at_most("triangle inequality", X + Y, {X: alpha_0 * delta / gamma, Y: e_0})


def _point(alpha: float, factor: float, psi: Any, encoded: Any, error: float, part: float) -> Draw:
    """A polynomial that misses by `part` of the error at this length."""
    length = np.linalg.norm(encoded) / alpha
    found = (factor * length + part * error) * encoded / np.linalg.norm(encoded)
    off = float(np.linalg.norm(encoded - psi))
    bloq = LengthenedVector(StatedVector(alpha, off), None, 3, error, factor)
    return Draw(
        at=dict(zip(SYMBOLS, (alpha, off, error, factor), strict=True)),
        value=float(np.linalg.norm(alpha / factor * found - psi)),
        stated=float(bloq.epsilon),
    )


def draw(rng: Generator) -> Draw:
    """A vector that is off, and a polynomial that is off at its length."""
    alpha, psi = float(rng.uniform(1.5, 20)), unit_vector(rng, 4)
    factor, error = float(rng.uniform(1, alpha)), float(rng.uniform(0, 0.2))
    encoded = off_by(rng, psi, float(rng.uniform(0, 0.5)))
    return _point(alpha, factor, psi, encoded, error, float(rng.uniform(-1, 1)))


def worst() -> Draw:
    """Too long, and made still longer."""
    psi = np.array([1.0, 0.0])
    return _point(10.0, 2.0, psi, 1.1 * psi, 0.05, 1.0)


THEOREM = InequalityClaim(
    says="A vector encoded with (alpha, e), lengthened by a polynomial within delta of gamma x, "
    "errs by at most e + alpha delta / gamma.",
    assumptions=("The polynomial is that close at the length that occurs.",),
    bound=e_0 + alpha_0 * delta / gamma,
    derive=derive,
    draw=draw,
    draws=300,
    worst=worst,
    false_twin=e_0 + delta,
    twin_says="The polynomial's error is not made larger by alpha / gamma.",
    source="ours",
)
