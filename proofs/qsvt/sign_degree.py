"""How large a degree normalisation needs at most, and that none much smaller does."""

import numpy as np
import sympy
from numpy.random import Generator

from estimator.polynomials.sign import sign_degree_bound, sign_polynomial
from estimator.symbols import epsilon, x_0
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim, in_floats

SQRT_PI = sympy.sqrt(sympy.pi)
SLOPE = sympy.sqrt(sympy.log(2 / epsilon)) / x_0
EXPONENT = sympy.Max(0, sympy.log(16 * SLOPE / (SQRT_PI * epsilon)))


def derive() -> sympy.Expr:
    """erf(k x) within epsilon / 2 of 1 from x_0 on, by a polynomial within epsilon / 4 of it.

    erfc(t) <= exp(-t**2) asks for k x_0 = sqrt(ln(2 / epsilon)); scaled by 1 - epsilon / 4 the
    polynomial is at most 1 and at least (1 - epsilon / 4)(1 - epsilon / 2 - epsilon / 4). The
    degree is that of `erf_degree` for slope k and error epsilon / 4.
    """
    t, nu, l, z = sympy.symbols("t nu l z", positive=True)
    above = sympy.exp(-(t**2)) - sympy.erfc(t)
    step("exp(-t**2) - erfc(t) is zero at both ends", above.subs(t, 0), sympy.limit(above, t, "oo"))
    turns = 2 * (1 / SQRT_PI - t) * sympy.exp(-(t**2))
    step("and rises before it falls", sympy.diff(above, t), turns)
    reached = sympy.exp(-(SLOPE**2) * x_0**2)
    step("the tail is epsilon / 2 at x_0", sympy.simplify(reached), epsilon / 2)
    low = (1 - epsilon / 4) * (1 - epsilon / 2 - epsilon / 4)
    bound("scaled, still within epsilon of 1", 1 - epsilon, sympy.expand(low))
    step("and at most one", (1 - epsilon / 4) * (1 + epsilon / 4), 1 - epsilon**2 / 16)
    solved = l / 3 + sympy.sqrt(l**2 / 9 + 2 * z * l)
    step("terms of erf", solved**2, 2 * l * (z + solved / 3))
    terms = solved.subs({z: nu**2 / 2})
    exponent = sympy.Max(0, sympy.log(4 * nu / (SQRT_PI * (epsilon / 4))))
    enough = terms.subs(l, exponent).subs(nu, SLOPE)
    return 2 * sympy.Max(1, sympy.ceiling(enough)) - 1


STATED = sign_degree_bound()


def minimal_degree(start: float, error: float) -> int:
    """Smallest odd degree at which the polynomial is close to 1 and nowhere above, on a grid."""
    x = np.cos(np.linspace(0, np.pi / 2, 500))
    for degree in range(1, 1000, 2):
        values = sign_polynomial(start, error, degree).evaluate(x)
        near = np.abs(values[x >= start] - 1).max() <= error
        if near and np.abs(values).max() <= 1 + 1e-9:
            return degree
    raise ArithmeticError(f"no degree below 1000 reaches {error} from {start} on")


def _point(start: float, error: float) -> Draw:
    at = {x_0: start, epsilon: error}
    return Draw(at=at, value=minimal_degree(start, error), stated=in_floats(STATED)(at))


def draw(rng: Generator) -> Draw:
    """Lengths from .4 on and errors over two orders of magnitude."""
    return _point(float(rng.uniform(0.4, 0.9)), float(10 ** rng.uniform(-3, -1)))


def worst() -> Draw:
    """A short vector and a large error."""
    return _point(0.02, 0.1)


THEOREM = InequalityClaim(
    says="An odd polynomial at most 1 and within epsilon of 1 on [x_0, 1] takes a degree of at "
    "most 2 ceil(l / 3 + sqrt(l**2 / 9 + k**2 l)) - 1, k = sqrt(ln(2 / epsilon)) / x_0, "
    "l = ln(16 k / (sqrt(pi) epsilon)).",
    assumptions=("0 < x_0 < 1 and 0 < epsilon < 1.",),
    bound=2
    * sympy.Max(1, sympy.ceiling(EXPONENT / 3 + sympy.sqrt(EXPONENT**2 / 9 + SLOPE**2 * EXPONENT)))
    - 1,
    derive=derive,
    draw=draw,
    draws=100,
    worst=worst,
    false_twin=2 * sympy.Max(1, sympy.ceiling(sympy.log(2 / epsilon) / x_0 / 8)) - 1,
    twin_says="ln(2 / epsilon) / (4 x_0) is enough, a quarter of what a fixed point needs.",
    source="[GSLW18] Lem. 25; [RHGPR25] Lem. B.8",
)
