"""The estimate from a one-bit sketch is right on average."""

import numpy as np
import sympy

from bloqs.communication.rivals.sketch import Sketch
from estimator.symbols import theta
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem

LENGTH = 200_000
"""Bits of the sketch; three standard deviations are .02."""


def derive() -> sympy.Expr:
    """The mean of |g| is sqrt(2/pi) for a Gaussian g, and pairs are independent."""
    g = sympy.Symbol("g", positive=True)
    density = sympy.exp(-(g**2) / 2) / sympy.sqrt(2 * sympy.pi)
    mean = 2 * sympy.integrate(g * density, (g, 0, sympy.oo))
    step("mean of a projection times its sign", mean, sympy.sqrt(2 / sympy.pi))
    x = sympy.Matrix([sympy.cos(theta), sympy.sin(theta)])
    pair = (mean * x).T * sympy.diag(1, -1) * (mean * x)
    return sympy.simplify(sympy.pi / 2 * pair[0])


def measure(theta: float) -> Measurement:
    """The estimate of Z on a vector at this angle, from a long sketch."""
    sketch = Sketch(2, LENGTH, 5)
    sent = sketch.sent(np.array([np.cos(theta), np.sin(theta)]))
    return Measurement(value=sketch.estimate(sent, np.diag([1.0, -1.0])))


THEOREM = Theorem(
    says="The estimate of an observable from a one-bit sketch has the true value for its mean.",
    relation="==",
    value=sympy.cos(2 * theta),
    derive=derive,
    measure=measure,
    instances=tuple({theta: angle} for angle in (0.0, 0.4, 1.5)),
    false_twin=2 / sympy.pi * sympy.cos(2 * theta),
    twin_says="Signs stand for the projections, without a factor of pi/2.",
    source="ours; derived",
    tolerance=0.03,
)
