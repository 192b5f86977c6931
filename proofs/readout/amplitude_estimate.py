"""How often amplitude estimation is off by more than its bound."""

from math import pi, sqrt

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.readout.clock import ClockWindow, clock_distribution
from bloqs.readout.estimates import (
    amplitude_confidence,
    amplitude_error,
    estimated_probability,
)
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    r"""The two values of the clock next to the phase have 8 / pi**2, and both are within the bound.

    A value that is x steps away has probability sin(pi x)**2 / (T sin(pi x / T))**2, at least that
    with the small angle in place of its sine. With x and 1 - x for the two neighbours the sum is
    least in the middle. A phase that is off by d moves sin(phase)**2 = a by sin(d) sin(2 phase +
    d), which is at most 2 d sqrt(a (1 - a)) + d**2.
    """
    x, phase, d = sympy.symbols("x phase d", positive=True)
    least = sympy.sin(sympy.pi * x) ** 2 * (1 / x**2 + 1 / (1 - x) ** 2) / sympy.pi**2
    middle = sympy.Rational(1, 2)
    step("the sum does not change in the middle", sympy.diff(least, x).subs(x, middle))
    bound("and is curved upwards there", 0, sympy.diff(least, x, 2).subs(x, middle))
    step("where it is", least.subs(x, middle), 8 / sympy.pi**2)
    moved = sympy.sin(phase + d) ** 2 - sympy.sin(phase) ** 2
    step("a difference of squares", moved, sympy.sin(d) * sympy.sin(2 * phase + d))
    apart = sympy.sin(2 * phase) * sympy.cos(d) + sympy.cos(2 * phase) * sympy.sin(d)
    step("of which the first part is the root", sympy.sin(2 * phase + d), apart)
    return 1 - 8 / sympy.pi**2


def _missed(angle: float, m: int) -> Draw:
    """Probability of the values of the clock that are off by more than the bound."""
    probability = float(np.sin(angle) ** 2)
    both = [clock_distribution(sign * 2 * angle, m, ClockWindow.UNIFORM) for sign in (1, -1)]
    likely = (both[0] + both[1]) / 2
    off = np.abs(estimated_probability(np.arange(2**m), m) - probability)
    published = 2 * pi * sqrt(probability * (1 - probability)) / 2**m + (pi / 2**m) ** 2
    if abs(published - amplitude_error(probability, m)) > 1e-12:
        raise ValueError("the library states another bound on the estimate")
    missed = float(likely[off > published + 1e-12].sum())
    return Draw(at={}, value=missed, stated=1 - amplitude_confidence())


def draw(rng: Generator) -> Draw:
    """Any probability, and a clock of any size."""
    return _missed(float(rng.uniform(0, pi / 2)), int(rng.integers(1, 9)))


def worst() -> Draw:
    """In the middle between two values of a large clock, far from zero and one."""
    m = 8
    return _missed(pi * (2**m / 4 + 0.5) / 2**m, m)


THEOREM = InequalityClaim(
    says="An estimated probability is off by more than 2 pi sqrt(a (1 - a)) / T + (pi / T)**2 with "
    "probability 1 - 8 / pi**2 at most.",
    bound=1 - 8 / sympy.pi**2,
    derive=derive,
    draw=draw,
    draws=200,
    worst=worst,
    false_twin=1 - 9 / sympy.pi**2,
    twin_says="The neighbours of the phase have nine tenths of the probability.",
    source="[BHMT02] Thm. 12",
)
