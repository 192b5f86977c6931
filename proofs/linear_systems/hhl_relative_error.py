"""How far the filter of a clock with a sine window is off, relative to the inverse."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.linear_systems.model.hhl import error_bound, filter_values
from bloqs.readout.clock import ClockWindow, clock_distribution
from estimator.symbols import degree, kappa
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim

T = degree + 1
CHORD = 1 - sympy.cos(sympy.pi / T)


def derive() -> sympy.Expr:
    """The filter off by D / lambda, in the mean no more than the window; the rest by D squared.

    lambda is in [1/kappa, 1], D = lambda - lambda_y, and the filter at y is lambda / lambda_y
    relative to the inverse, or 0 where lambda_y is below 1/2 kappa; D is half of lambda there.
    """
    x, y, u = sympy.symbols("x y u", positive=True)
    step("the filter less one", x / y - 1, (x - y) / y)
    rest = (x - y) / y - (x - y) / x
    step("and less D / lambda", rest, (x - y) ** 2 / (x * y))
    least = rest.subs({x: (1 + u) / kappa, y: 1 / (2 * kappa)})  # x - y is D
    most = 2 * kappa**2 * (x - y).subs({x: (1 + u) / kappa, y: 1 / (2 * kappa)}) ** 2
    bound("which is 2 kappa**2 D**2 at most, as x >= 1/kappa and y >= 1/2 kappa", least, most)
    half = sympy.Rational(1, 2) + u  # D / lambda where the filter is zero
    bound("and so is 1 + D / lambda where it is not", 1 + half, 6 * half**2)
    # E D = lambda (1 - overlap of neighbours) + what first and last step of the clock add
    neighbours = (degree * sympy.cos(sympy.pi / T) + 1) / T
    step("first and last step add", 1 - neighbours, CHORD * degree / T)
    mean = CHORD * degree / T + kappa * CHORD / T
    step("E D over lambda", mean, CHORD * (1 + (kappa - 1) / T))
    square = 2 * CHORD  # of the chord of the circle; `linear_systems.hhl_window`
    return CHORD * (1 + (kappa - 1) / T) + 6 * kappa**2 * square


def _point(condition: float, eigenvalue: float, m: int) -> Draw:
    """Over the distribution of the clock."""
    likely = clock_distribution(float(np.arccos(eigenvalue)), m, ClockWindow.SINE)
    made = likely @ filter_values(condition, m, "walk")
    size = 2.0**m
    return Draw(
        at={degree: size - 1, kappa: condition},
        value=float(abs(2 * condition * eigenvalue * made - 1)),
        stated=error_bound(condition, size, ClockWindow.SINE, "walk"),
    )


def draw(rng: Generator) -> Draw:
    """Condition numbers over two orders of magnitude, a clock of up to eleven bits."""
    condition = float(10 ** rng.uniform(0, 2))
    eigenvalue = float(condition ** -rng.uniform(0, 1))
    return _point(condition, eigenvalue, int(rng.integers(1, 12)))


def worst() -> Draw:
    """A least eigenvalue of twice a value of the clock that the filter just leaves out."""
    condition = (1 - 1e-7) / (2 * np.cos(np.pi * (2**9 - 4) / 2**10))
    return _point(float(condition), float(1 / condition), 9)


THEOREM = InequalityClaim(
    says="Phase estimation of a walk by T = degree + 1 steps of a sine window makes of an "
    "eigenvalue its inverse with a relative error of at most (1 - cos(pi / T)) (12 kappa**2 + 1 + "
    "(kappa - 1) / T).",
    bound=CHORD * (12 * kappa**2 + 1 + (kappa - 1) / T),
    derive=derive,
    draw=draw,
    draws=200,
    worst=worst,
    tightness=1 / 3,  # where no distribution of this window is worst for the filter
    false_twin=CHORD * (1 + (kappa - 1) / T),
    twin_says="The mean of the clock's error is all that counts.",
    source="[HHL09] supplement, for the window; derived",
)
