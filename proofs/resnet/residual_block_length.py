"""How short a vector plus the activation of a linear map of it can be."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator
from scipy.special import erf

from bloqs.resnet.model.block_plan import SLOPE, shortest
from proofs.derivation import bound, norm_at_most, step
from proofs.inequality import Draw, InequalityClaim
from proofs.resnet.drawn_maps import flat_reflection, near_reflection

FOUR_FIFTHS = sympy.Rational(4, 5)


def derive() -> sympy.Expr:
    """The activation shortens every entry, and the triangle inequality does the rest.

    L is the largest slope of the activation, where its argument is zero.
    """
    x, u = sympy.symbols("x u", nonnegative=True)
    L = 2 * FOUR_FIFTHS / sympy.sqrt(sympy.pi)
    slope = sympy.diff(L * x - sympy.erf(FOUR_FIFTHS * x), x)
    step("slope of L x - erf(4 x / 5)", slope, L * (1 - sympy.exp(-(FOUR_FIFTHS**2) * x**2)))
    step("it is zero at zero", (L * x - sympy.erf(FOUR_FIFTHS * x)).subs(x, 0))
    step("so is 1 - exp(-u), whose slope", sympy.diff(1 - sympy.exp(-u), u), sympy.exp(-u))
    bound("is not negative: each entry shrinks to L times itself or less", 0, sympy.exp(-u))
    W, psi = sympy.symbols("W psi", commutative=False)
    image = norm_at_most("W shortens psi", W * psi, {W: sympy.Integer(1), psi: sympy.Integer(1)})
    step("the activation is at most L long", L * image, L)
    bound("which is below one", L, 1)
    return 1 / (1 - L)


def _point(W: Any, psi: Any) -> Draw:
    length = float(np.linalg.norm(psi + erf(float(FOUR_FIFTHS) * (W @ psi))))
    return Draw(at={}, value=1 / length, stated=1 / float(shortest(SLOPE)))


def draw(rng: Generator) -> Draw:
    """Real maps of norm 1, random or near the reflection of the vector."""
    return _point(*near_reflection(rng, (2, 4, 16, 64)))


def worst() -> Draw:
    """The reflection of a flat vector."""
    return _point(*flat_reflection())


THEOREM = InequalityClaim(
    says="For a unit vector psi and a real W of norm at most 1, psi + erf(4 W psi / 5) is at least "
    "1 - 8 / (5 sqrt(pi)) = 0.0973 long, so that it is lifted by a factor of at most 10.28.",
    bound=1 / (1 - 8 / (5 * sympy.sqrt(sympy.pi))),
    derive=derive,
    draw=draw,
    draws=200,
    worst=worst,
    false_twin=sympy.Integer(10),
    twin_says="It is at least a tenth long: 0.9027 was rounded down.",
    source="[RHGPR25] Lem. 6, proof, which rounds to 0.09",
)
