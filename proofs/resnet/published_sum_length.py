"""How short the published sum of skip path and activation can be."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator
from scipy.special import erf

from bloqs.resnet.model.block_plan import Variant, block_plan
from proofs.derivation import bound, norm_at_most, step
from proofs.inequality import Draw, InequalityClaim
from proofs.resnet.drawn_maps import flat_reflection, near_reflection

KAPPA = 2
"""Largest alpha of the weights."""


def derive() -> sympy.Expr:
    """The vector is de-amplified to meet the activation, with nu = 8/5, and both are halved."""
    nu = sympy.Rational(4, 5) * KAPPA
    skip = 16 * nu / sympy.sqrt(sympy.pi)
    step("alpha of the skip path", skip, sympy.Rational(128, 5) / sympy.sqrt(sympy.pi))
    L = 8 / (5 * sympy.sqrt(sympy.pi))
    W, psi = sympy.symbols("W psi", commutative=False)
    one = sympy.Integer(1)
    image = norm_at_most("W shortens psi", W * psi, {W: one, psi: one})
    bound("activation and vector do not cancel", L * image, 1)
    alpha = 2 * skip / (1 - L)
    bound("what follows is below 300", alpha, 300)
    return alpha


def _point(W: Any, psi: Any) -> Draw:
    length = float(np.linalg.norm(psi + erf(0.8 * (W @ psi))))
    plan = block_plan(Variant.PUBLISHED, KAPPA, 0.09, 16, 0.01, 0.0)
    stated = 1 / (4 * float(plan.start))
    return Draw(at={}, value=2 * float(plan.scale) / length, stated=stated)


def draw(rng: Generator) -> Draw:
    """Real maps of norm 1, random or near the reflection of the vector."""
    return _point(*near_reflection(rng, (2, 4, 16)))


def worst() -> Draw:
    """The reflection of a flat vector."""
    return _point(*flat_reflection())


THEOREM = InequalityClaim(
    says="The published sum of skip path and activation, for weights with alpha 2, is at least "
    "1/400 long: its alpha is at most 400, and 297 is reached.",
    bound=sympy.Integer(400),
    derive=derive,
    draw=draw,
    draws=120,
    worst=worst,
    false_twin=sympy.Integer(256),
    twin_says="It is at least 2**-8 long.",
    source="[RHGPR25] Lem. 6, proof",
)
