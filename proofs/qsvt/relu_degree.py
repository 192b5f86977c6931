"""How large a degree a polynomial close to max(x, 0) needs at most, on amplitudes x / A."""

import numpy as np
import sympy
from numpy.random import Generator

from estimator.polynomials.activation import activation_polynomial
from estimator.symbols import epsilon, reach
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    """The series of the sign, cut off: summation by parts bounds what is left.

    max(x, 0) is x/2 + |x|/2, and with u = x/A = sin(phi) the dropped terms of |x|/2, in the series
    of A u sign(u)/2, are (2 A / pi) sin(phi) times the sum of sin(k phi) / k over odd k >= d + 2.
    """
    a, phi, k, first, d = sympy.symbols("a phi k first d", positive=True)
    product = sympy.expand_trig(sympy.cos(a - phi) - sympy.cos(a + phi))
    step("each term is a difference", product, 2 * sympy.sin(a) * sympy.sin(phi))
    # sum of (c_(k-1) - c_(k+1)) / k = c_(first-1) / first - sum of c_(k+1) (1/k - 1/(k+2))
    falls = 1 / k - 1 / (k + 2)
    bound("the weights fall", 0, falls)
    total = sympy.limit(1 / first - 1 / (k + 2), k, sympy.oo)
    step("so that those of the cosines add up to", 1 / first + total, 2 / first)
    dropped = 2 * reach / sympy.pi * (2 / first) / 2 / 2
    error = dropped.subs(first, d + 2)
    step("the error at degree d is at most", error, reach / (sympy.pi * (d + 2)))
    enough = sympy.solve(sympy.Eq(error, epsilon), d)[0]
    step("which is epsilon at", enough, reach / (sympy.pi * epsilon) - 2)
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
    "at most A / (pi epsilon).",
    bound=reach / (sympy.pi * epsilon),
    derive=derive,
    draw=draw,
    draws=100,
    worst=worst,
    false_twin=reach / (2 * sympy.pi * epsilon),
    twin_says="Half of that is enough, less than best approximations of |x| take.",
    source="ours",
)
