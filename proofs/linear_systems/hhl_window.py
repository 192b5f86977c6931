"""How far the phases in a clock with a sine window are off, in the mean."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.readout.clock import ClockWindow, clock_distribution
from estimator.symbols import degree
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    """The mean of a chord is a sum over neighbours in the window.

    The last step of the clock and the first are neighbours too, with any phase between them.
    """
    T, k = degree + 1, sympy.Symbol("k", integer=True)
    half = sympy.pi / T
    for size in (2, 4, 8):
        wave = sympy.sqrt(sympy.Rational(2, size)) * sympy.sin(
            sympy.pi * (k + sympy.Rational(1, 2)) / size
        )
        total = sum((wave * wave.subs(k, k + 1)).subs(k, j) for j in range(size - 1))
        wanted = ((size - 1) * sympy.cos(sympy.pi / size) + 1) / size
        step(f"overlap of neighbours, T = {size}", sympy.N(total - wanted, 30).round(20), 0)
    overlap = (degree * sympy.cos(half) + 1) / T
    seam = (1 - sympy.cos(half)) / T
    step("its first entry squared", 2 * sympy.sin(half / 2) ** 2 / T, seam)
    square = 2 - 2 * (overlap - seam)
    step("mean square of the chord", square, 2 * (1 - sympy.cos(half)))
    return square


def _point(phase: float, m: int) -> Draw:
    """Over the distribution of the clock."""
    size = 2**m
    likely = clock_distribution(phase, m, ClockWindow.SINE)
    chord = np.abs(np.exp(2j * np.pi * np.arange(size) / size) - np.exp(1j * phase))
    return Draw(at={degree: size - 1.0}, value=float(likely @ chord**2))


def draw(rng: Generator) -> Draw:
    """Any phase and a clock of up to ten bits."""
    return _point(float(rng.uniform(0, 2 * np.pi)), int(rng.integers(1, 11)))


def worst() -> Draw:
    """In the middle between two values of a clock, where first and last step are opposite."""
    return _point(3 * np.pi / 8, 3)


THEOREM = InequalityClaim(
    says="A clock of T = degree + 1 steps with a sine window is off by a chord of the unit circle "
    "whose mean square is 2 (1 - cos(pi / T)) at most.",
    bound=2 * (1 - sympy.cos(sympy.pi / (degree + 1))),
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=2 * (1 - sympy.cos(sympy.pi / (degree + 1))) * degree / (degree + 1),
    twin_says="First and last step are no neighbours.",
    source="[HHL09], for the window; derived",
)
