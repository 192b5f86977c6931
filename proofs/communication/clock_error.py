"""The clock of amplitude estimation is long enough for the error of the loss."""

import sympy
from numpy.random import Generator

from bloqs.communication.model.amplitude import clock_length
from bloqs.communication.symbols import epsilon
from bloqs.readout.estimates import amplitude_error
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    """The loss is 1 - 2 p, so twice the bound of p, largest at a half."""
    p, u = sympy.symbols("p u", positive=True)
    step("sqrt(p (1 - p)) is largest", sympy.diff(p * (1 - p), p).subs(p, sympy.Rational(1, 2)))
    error = 2 * (u + u**2)
    root = epsilon / (1 + sympy.sqrt(1 + 2 * epsilon))
    bound("a longer clock errs less", 0, sympy.diff(error, u))
    at = sympy.simplify(sympy.radsimp(error.subs(u, root)))
    step("at the least length", at, epsilon)
    return at


def _point(error: float) -> Draw:
    m = clock_length(error).bit_length() - 1
    return Draw(at={epsilon: error}, value=2 * amplitude_error(0.5, m))


def draw(rng: Generator) -> Draw:
    """Errors of six decades."""
    return _point(float(10 ** rng.uniform(-6, 0)))


def worst() -> Draw:
    """An error whose least length is nearly a power of two."""
    u = 3.14159265 / 64
    return _point(2 * u + 2 * u**2)


THEOREM = InequalityClaim(
    says="With T the next power of two of pi (1 + sqrt(1 + 2 epsilon))/epsilon, one estimate of "
    "the loss in Z errs by at most epsilon with probability 8/pi**2.",
    bound=epsilon,
    derive=derive,
    draw=draw,
    draws=200,
    worst=worst,
    false_twin=epsilon / 2,
    twin_says="On the scale of the probability.",
    source="[BHMT02] Thm. 12; derived",
)
