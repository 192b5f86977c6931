"""Theorem 1 (a): how small the kernel of two different points is after enough layers."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.ntk.model.activation import Activation
from bloqs.ntk.model.bounds import largest_entry
from bloqs.ntk.model.depths import contraction_depth
from bloqs.ntk.model.kernel import Kernel
from bloqs.ntk.symbols import chi, layers, mu
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    """The kernel is a sum over layers l of rho_l times the slope from there to the end.

    Up to L_0, after which no correlation is above 1/2, the sum is at most that of equal points, K,
    and the slopes after it at most 1, as k 2**(1 - k) <= 1. Later correlations are at most
    (1 - mu/2)**j / 2. Equal points have slope chi in each layer and K >= 1.
    """
    k = sympy.Symbol("k", integer=True, positive=True)
    weight = k * 2 ** (1 - k)
    step("weight of the first coefficient", weight.subs(k, 1), 1)
    bound("weights do not grow", sympy.simplify(weight.subs(k, k + 1) / weight), 1)
    x, w = sympy.symbols("x w", positive=True)
    rest = (1 - mu / 2) / 2 / (mu / 2)  # geometric series from j = 1
    bound("later layers add", rest, 1 / mu)
    K = 1 + w
    step("a geometric series", x / (1 - x) * (1 - x), x)
    small = (K + 1 / mu) / (chi**layers * K)
    bound("K is at least one", small, (1 + 1 / mu) * chi**-layers)
    return (1 + 1 / mu) * chi**-layers


def _point(name: str, gap: float, beyond: int, sign: int) -> Draw:
    """Two points at that gap, so many layers beyond L_0."""
    law = Activation.of(name)
    depth = max(1, contraction_depth(gap, law.mu) + beyond)
    kernel = Kernel.of(name, depth)
    value = kernel.at_gap(gap) if sign > 0 else kernel.values(gap - 1)
    beyond = depth - contraction_depth(gap, law.mu)
    stated = largest_entry(gap, law.mu, law.chi, depth)
    return Draw(
        at={mu: law.mu, chi: law.chi, layers: beyond},
        value=float(np.abs(value)),
        stated=stated if stated < 1 else None,
    )


def draw(rng: Generator) -> Draw:
    """Either activation, gaps over five decades, up to 300 layers."""
    name = ("erf", "relu")[int(rng.integers(2))]
    gap = float(10 ** rng.uniform(-5, 0))
    return _point(name, gap, int(rng.integers(0, 300)), int(rng.choice([-1, 1])))


def worst() -> Draw:
    """Many layers, in each of which the slope's share of the kernel adds up."""
    return _point("erf", 0.3, 300, 1)


THEOREM = InequalityClaim(
    says="Once all correlations are at most 1/2, which takes L_0 layers, m more layers leave of "
    "the kernel of two different points at most (1 + 1/mu) chi**-m of that of equal ones.",
    bound=(1 + 1 / mu) * chi**-layers,
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=(1 + 1 / mu) * ((1 - mu) / chi) ** layers,
    twin_says="At the rate of the deep limit, without the number of layers in front.",
    source="[ZNL21] Thm. 1; the constants derived",
)
