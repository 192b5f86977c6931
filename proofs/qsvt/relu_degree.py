"""How large a degree a polynomial close to max(x, 0) needs at most, on amplitudes x / A."""

import numpy as np
import sympy
from numpy.random import Generator

from estimator.polynomials.activation import activation_polynomial
from estimator.symbols import epsilon, reach
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    """The series of the sign, cut off: a geometric sum under an integral bounds what is left.

    max(x, 0) is x/2 + |x|/2. With u = x/A = sin(phi) the terms of A u sign(u)/2 that are dropped
    after degree d are 2 A/pi sin(phi) times the sum of sin(k phi)/k over odd k from m = d + 2 on.
    1/k is the integral of t**(k-1) from 0 to 1; under it the sum is the imaginary part of a
    geometric one, t**(m-1) exp(i m phi) / (1 - t**2 exp(2 i phi)).
    """
    t, phi, d = sympy.symbols("t phi d", positive=True)
    m = sympy.Symbol("m", integer=True, positive=True) + 2  # at least 3
    cosine, sine = sympy.cos(2 * phi), sympy.sin(2 * phi)
    size = (1 - t**2 * cosine) ** 2 + (t**2 * sine) ** 2
    least = 4 * t**2 * sympy.sin(phi) ** 2
    step("the square of its denominator", size, (1 - t**2) ** 2 + least)
    bound("so that sin(phi) over it is at most 1 / (2 t)", least, (1 - t**2) ** 2 + least)
    integrand = sympy.powsimp(t ** (m - 1) / (2 * t))
    step("and sin(phi) times the sum at most", integrand, t ** (m - 2) / 2)
    total = sympy.integrate(t ** (m - 2) / 2, (t, 0, 1))
    step("which is integrated", total, 1 / (2 * (m - 1)))
    error = 2 * reach / sympy.pi / (2 * (d + 1))
    enough = sympy.solve(sympy.Eq(error, epsilon), d)[0]
    step("the error is epsilon at degree", enough, reach / (sympy.pi * epsilon) - 1)
    return enough + 2  # the next odd number is less than two larger


def _point(size: float, error: float) -> Draw:
    made = activation_polynomial("relu", size, size, error)
    x = size * np.linspace(-1, 1, 20_001)
    if np.abs(np.maximum(x, 0.0) - made.evaluate(x)).max() > error:
        return Draw(at={reach: size, epsilon: error}, value=np.inf)
    return Draw(at={reach: size, epsilon: error}, value=made.degree)


def draw(rng: Generator) -> Draw:
    """Reaches over three orders of magnitude, and degrees of up to a hundred or so."""
    size = float(10 ** rng.uniform(-1, 2))
    return _point(size, size * float(10 ** rng.uniform(-2.5, -1)))


def worst() -> Draw:
    """A degree of about a hundred."""
    return _point(40.0, 0.1)


THEOREM = InequalityClaim(
    says="A polynomial x Q(x / A) within epsilon of max(x, 0) for |x| <= A takes a Q of degree "
    "at most A / (pi epsilon) + 1.",
    bound=reach / (sympy.pi * epsilon) + 1,
    derive=derive,
    draw=draw,
    draws=100,
    worst=worst,
    false_twin=reach / (2 * sympy.pi * epsilon) + 1,
    twin_says="Half of that is enough, less than best approximations of |x| take.",
    source="ours",
)
