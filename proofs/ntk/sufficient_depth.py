"""Layers after which the kernel of two different points is small."""

import sympy
from numpy.random import Generator

from bloqs.ntk.model.activation import Activation
from bloqs.ntk.model.depths import exact_depth, proved_depth
from bloqs.ntk.symbols import chi, delta, mu, n
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim

START = sympy.ceiling(sympy.log(1 / (2 * delta)) / sympy.log(1 + mu / 2))
"""L_0, for delta of at most 1/2."""

REST = sympy.ceiling(sympy.log((1 + 1 / mu) * n**2) / sympy.log(chi))


def derive() -> sympy.Expr:
    """The kernel is a sum over layers l of rho_l times the slope from there to the end.

    Up to L_0, after which no correlation is above 1/2, the sum is at most that of equal points, K,
    and the slopes after it at most 1, as k 2**(1 - k) <= 1. Later correlations are at most
    (1 - mu/2)**j/2. Equal points have slope chi in each layer and K >= 1.
    """
    k = sympy.Symbol("k", integer=True, positive=True)
    weight = k * 2 ** (1 - k)
    step("weight of the first coefficient", weight.subs(k, 1), 1)
    bound("weights do not grow", sympy.simplify(weight.subs(k, k + 1) / weight), 1)
    rest = (1 - mu / 2) / 2 / (mu / 2)  # geometric series from j = 1
    bound("later layers add", rest, 1 / mu)
    w, m = sympy.symbols("w m", positive=True)
    K = 1 + w
    bound("K is at least one", (K + 1 / mu) / (chi**m * K), (1 + 1 / mu) * chi**-m)
    wanted = sympy.log((1 + 1 / mu) * n**2) / sympy.log(chi)
    small = sympy.log((1 + 1 / mu) * n**2) - m * sympy.log(chi)
    step("then it is n**-2", small.subs(m, wanted))
    return START + REST


def _point(name: str, size: int, gap: float) -> Draw:
    law = Activation.of(name)
    return Draw(
        at={mu: law.mu, chi: law.chi, n: size, delta: gap},
        value=exact_depth(size, gap, name),
        stated=proved_depth(size, gap, name),
    )


def draw(rng: Generator) -> Draw:
    """Either activation, gaps over six decades, up to a billion points."""
    name = ("erf", "relu")[int(rng.integers(2))]
    return _point(name, int(10 ** rng.uniform(1, 9)), float(10 ** rng.uniform(-6, -0.4)))


def worst() -> Draw:
    """Few points, two of which are very close."""
    return _point("relu", 8, 1e-10)


THEOREM = InequalityClaim(
    says="Points with 1 - |x . z| >= delta, delta <= 1/2, have a kernel of at most n**-2 after L_0 "
    "= ceil(ln(1/(2 delta))/ln(1 + mu/2)) and ceil(ln((1 + 1/mu) n**2)/ln chi) more layers.",
    bound=START + REST,
    derive=derive,
    draw=draw,
    draws=100,
    worst=worst,
    false_twin=REST,
    twin_says="Without the layers that take close points apart.",
    source="ours; derived",
)
