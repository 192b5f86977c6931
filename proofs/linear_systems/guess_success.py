"""A random guess of the norm is good enough with a probability of one over a logarithm."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.linear_systems.model.guessed import guess_at
from estimator.symbols import kappa
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim

POINTS = 4_000
"""Quantiles of the guess over which success is averaged."""


def derive() -> sympy.Expr:
    """With u = ln(t / norm), sin(2 theta)**2 is sech(u)**2, whose integral is tanh.

    From the norm to either end of the range, the integral and half of the value at the end are
    h = tanh(y) + sech(y)**2 / 2, which is 1/2 at y = 0 and does not fall.
    """
    t, y, w = sympy.symbols("t y w", positive=True)
    sine = 2 * t / (1 + t**2)  # of the doubled angle, whose tangent is t
    logs = sympy.exp(y)
    sech = 1 / sympy.cosh(y)
    step("success in the logarithm", (sine.subs(t, logs) - sech).rewrite(sympy.exp))
    step("its integral", (sympy.diff(sympy.tanh(y), y) - sech**2).rewrite(sympy.exp))
    h = sympy.tanh(y) + sech**2 / 2
    step("an end alone", h.subs(y, 0), sympy.Rational(1, 2))
    slope = sympy.simplify(sympy.diff(h, y).rewrite(sympy.exp).subs(y, sympy.log(1 + w)))
    bound("an end and the way to it only gain", 0, sympy.factor(slope))
    least = 2 * h.subs(y, 0)
    step("two ends", least, 1)
    return (sympy.log(kappa) + 1) / least


def _point(norm: float, condition: float) -> Draw:
    """One over the success averaged over the guesses."""
    quantiles = (np.arange(POINTS) + 0.5) / POINTS
    guesses = np.array([guess_at(float(x), condition) for x in quantiles])
    success = float(np.mean((2 * norm * guesses / (norm**2 + guesses**2)) ** 2))
    return Draw(at={kappa: condition}, value=1 / success)


def draw(rng: Generator) -> Draw:
    """Any norm between 1 and the condition number."""
    condition = float(10 ** rng.uniform(0.01, 5))
    return _point(float(condition ** rng.uniform()), condition)


def worst() -> Draw:
    """A condition number near one, where one of the ends is guessed."""
    return _point(1.0, 1.0001)


THEOREM = InequalityClaim(
    says="A reflection made for a random guess of the norm, on either end of its range with "
    "probability 1/2 (ln kappa + 1) and log-uniform between, succeeds at least once in "
    "ln kappa + 1 runs on average, whatever the norm is.",
    bound=sympy.log(kappa) + 1,
    derive=derive,
    draw=draw,
    draws=100,
    worst=worst,
    false_twin=(sympy.log(kappa) + 1) / 2,
    twin_says="Twice as often, as it does for a norm in the middle of the range.",
    source="[Dal24] Alg. 3; derived",
)
