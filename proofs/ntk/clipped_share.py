"""Few points of a neighbourhood are so close that their kernel is cut off."""

import sympy
from numpy.random import Generator

from bloqs.ntk.model.bounds import near_share
from bloqs.ntk.symbols import d, gap, width
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim

BOUND = (gap * (2 - gap) / (width * (2 - width))) ** ((d - 1) / 2) / (1 - gap)


def derive() -> sympy.Expr:
    """Caps are incomplete beta functions of x = 1 - cos**2, with density t**(a - 1)/sqrt(1 - t).

    The root is at most 1, and at least that at the end: the smaller cap is at most
    x**a/(a sqrt(1 - x)), and the larger at least z**a/a.
    """
    t, x, z, a = sympy.symbols("t x z a", positive=True)
    power = sympy.integrate(t ** (a - 1), (t, 0, x))
    step("without the root", power, x**a / a)
    smaller, larger = power / sympy.sqrt(1 - x), power.subs(x, z)
    step("shares", smaller / larger, (x / z) ** a / sympy.sqrt(1 - x))
    step("its root", (1 - gap) ** 2, 1 - gap * (2 - gap))
    ratio = (gap * (2 - gap) / (width * (2 - width))) ** ((d - 1) / 2)
    return ratio / (1 - gap)


def _point(near: float, wide: float, size: int) -> Draw:
    return Draw(at={gap: near, width: wide, d: size}, value=near_share(near, wide, size))


def draw(rng: Generator) -> Draw:
    """Any caps and up to 100 dimensions."""
    wide = float(rng.uniform(0.05, 0.99))
    return _point(wide * float(rng.uniform(0.01, 0.99)), wide, int(rng.integers(2, 100)))


def worst() -> Draw:
    """Small caps, where the root is one."""
    return _point(1e-4, 1e-2, 6)


THEOREM = InequalityClaim(
    says="Of uniform directions within a cap 1 - cos <= w, at most a share of (e (2 - e)/(w "
    "(2 - w)))**((d - 1)/2)/(1 - e) lies within a smaller cap e = eps'.",
    bound=BOUND,
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=(gap * (2 - gap) / (width * (2 - width))) ** (d / 2) / (1 - gap),
    twin_says="With d in place of d - 1.",
    source="[ZNL21] App. A.3, Eqs. A.27 to A.29; the constants derived",
)
