"""How small the kernel of two points can be at a depth."""

import sympy
from numpy.random import Generator

from bloqs.ntk.model.activation import Activation
from bloqs.ntk.model.bounds import smallest_entry
from bloqs.ntk.model.kernel import Kernel
from bloqs.ntk.symbols import chi, depth, mu, rho
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim

LOWEST = rho * (depth + 1) * (1 - mu) ** depth
"""Bound on the kernel before it is divided by that of equal points."""


def derive() -> sympy.Expr:
    """Every layer keeps a share 1 - mu of a correlation, and every slope is at least 1 - mu.

    The map of correlations is a series with coefficients of at least zero, the first 1 - mu. The
    kernel is a sum over layers l of rho_l times the slopes from there to the end.
    """
    l = sympy.Symbol("l", integer=True, nonnegative=True)
    term = rho * (1 - mu) ** l * (1 - mu) ** (depth - l)
    step("one layer", sympy.powsimp(term), rho * (1 - mu) ** depth)
    step("all of them", sympy.summation(sympy.powsimp(term), (l, 0, depth)), LOWEST)
    w = sympy.Symbol("w", positive=True)
    equal = sum((1 + w) ** j for j in range(4))
    step(
        "equal points: a geometric series", sympy.expand(equal * w), sympy.expand((1 + w) ** 4 - 1)
    )
    bound("which is below the next power", sympy.expand((1 + w) ** 4 - 1), (1 + w) ** 4)
    return chi ** (depth + 1) / (chi - 1) / LOWEST


def _point(name: str, gap: float, layers: int) -> Draw:
    law = Activation.of(name)
    return Draw(
        at={rho: 1 - gap, depth: layers, mu: law.mu, chi: law.chi},
        value=1 / float(Kernel.of(name, layers).at_gap(gap)),
        stated=1 / smallest_entry(1 - gap, law.mu, law.chi, layers),
    )


def draw(rng: Generator) -> Draw:
    """Either activation, correlations of all sizes, up to sixty layers."""
    name = ("erf", "relu")[int(rng.integers(2))]
    return _point(name, float(rng.uniform(0.01, 0.999)), int(rng.integers(1, 60)))


def worst() -> Draw:
    """Points almost orthogonal, deep down."""
    return _point("erf", 1 - 1e-6, 40)


THEOREM = InequalityClaim(
    says="Points with correlation rho >= 0 have a kernel of at least rho (L + 1) ((chi - 1)/chi) "
    "((1 - mu)/chi)**L: at L = 8 ln(n/delta)/mu a power of delta/n, and no less.",
    bound=chi ** (depth + 1) / (chi - 1) / LOWEST,
    derive=derive,
    draw=draw,
    draws=120,
    worst=worst,
    false_twin=chi**depth / (chi - 1) / LOWEST,
    twin_says="The kernel of equal points has a term for each layer, and none for the data.",
    source="[ZNL21] Eq. A.27, for a power of delta/n; the constants derived",
)
