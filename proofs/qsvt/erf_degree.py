"""How large a degree a polynomial close to erf(nu x) needs at most."""

import numpy as np
import sympy
from numpy.random import Generator
from scipy.special import ive

from estimator.polynomials.erf import erf_degree_bound
from estimator.symbols import epsilon, nu
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim, in_floats

SQRT_PI = sympy.sqrt(sympy.pi)
STATED = erf_degree_bound()
EXPONENT = sympy.Max(0, sympy.log(4 * nu / (SQRT_PI * epsilon)))


def derive() -> sympy.Expr:
    """Bernstein's inequality for a difference of Poisson variables bounds the dropped terms.

    exp(-z) I_j(z), z = nu**2 / 2, is the probability that two independent Poisson variables of
    mean z / 2 differ by j, so that those from j = n on add up to at most
    exp(-n**2 / (2 (z + n / 3))); each term of the series of erf is dropped twice at most, with
    2 nu / sqrt(pi). The n below makes the exponent l = log(4 nu / (sqrt(pi) epsilon)).
    """
    l, n, z = sympy.symbols("l n z", positive=True)
    solved = l / 3 + sympy.sqrt(l**2 / 9 + 2 * z * l)
    step("n solves n**2 = 2 l (z + n / 3)", solved**2, 2 * l * (z + solved / 3))
    tail = -(n**2) / (2 * (z + n / 3))
    step("so that the exponent of the tail is -l", sympy.radsimp(tail.subs(n, solved)), -l)
    least = 4 * nu / (SQRT_PI * epsilon)
    step("and the error epsilon", 4 * nu / SQRT_PI * sympy.exp(-sympy.log(least)), epsilon)
    terms = solved.subs(z, nu**2 / 2)
    step("z is half of nu**2", terms, l / 3 + sympy.sqrt(l**2 / 9 + nu**2 * l))
    enough = terms.subs(l, sympy.Max(0, sympy.log(least)))
    return 2 * sympy.Max(1, sympy.ceiling(enough)) - 1


def minimal_degree(slope: float, error: float) -> int:
    """Smallest odd degree at which the series is within `error` on a grid, in plain NumPy."""
    x = np.cos(np.linspace(0, np.pi / 2, 400))
    angle, z = np.arccos(x), slope**2 / 2
    j = np.arange(int(20 + 8 * slope + 4 * np.log(1 / error)))
    weights = 2 * slope / np.sqrt(np.pi) * (-1.0) ** j * ive(j, z)
    odd = np.cos(np.outer(2 * j + 1, angle)) / (2 * j + 1)[:, None]
    terms = weights[:, None] * np.concatenate([odd[:1], np.diff(odd, axis=0)])
    rest = np.abs(np.cumsum(terms[::-1], axis=0)[::-1]).max(axis=1)  # error before term j
    return 2 * int(np.argmax(rest <= error)) - 1


def _point(slope: float, error: float) -> Draw:
    at = {nu: slope, epsilon: error}
    return Draw(
        at=at,
        value=max(1, minimal_degree(slope, error)),
        stated=in_floats(STATED)(at),
    )


def draw(rng: Generator) -> Draw:
    """Slopes and errors over four and ten orders of magnitude."""
    return _point(float(10 ** rng.uniform(-1, 1.5)), float(10 ** rng.uniform(-11, -1)))


def worst() -> Draw:
    """A steep function and a small error, where the degree exceeds what the error alone asks."""
    return _point(16.0, 1e-10)


THEOREM = InequalityClaim(
    says="A polynomial within epsilon of erf(nu x) on [-1, 1] takes a degree of at most "
    "2 ceil(l / 3 + sqrt(l**2 / 9 + nu**2 l)) - 1 with l = ln(4 nu / (sqrt(pi) epsilon)).",
    bound=2
    * sympy.Max(1, sympy.ceiling(EXPONENT / 3 + sympy.sqrt(EXPONENT**2 / 9 + nu**2 * EXPONENT)))
    - 1,
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=2 * sympy.Max(1, sympy.ceiling(2 * EXPONENT / 3)) - 1,
    twin_says="The degree grows with the logarithm of nu alone, like that of exp(x).",
    source="[RHGPR25] Lem. F.1 for the polynomial; the bound is ours",
)
