"""How short the sum of skip path and dense layer in the output block can be."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.resnet.model.block_plan import Output, Variant
from bloqs.resnet.model.network_plan import network_plan
from bloqs.resnet.symbols import tau
from proofs.derivation import bound, norm_at_most, step
from proofs.inequality import Draw, InequalityClaim
from proofs.perturbed import unit_vector

WEIGHT = 0.51
"""Weight of the skip path that the network has. Unit: 1."""


def derive() -> sympy.Expr:
    """The squared moduli of a unit vector add up to 1, and are no longer than that.

    With entries p_j in [0, 1] that add up to 1, sum p_j**2 <= sum p_j: a square is the entry less
    p (1 - p). Then the triangle inequality, the other way around.
    """
    p, rest = sympy.symbols("p rest", positive=True)
    of_one = p / (p + rest)
    step("an entry less its square", of_one - of_one**2, of_one * (1 - of_one))
    bound("which is not negative", 0, sympy.factor(of_one * (1 - of_one)))
    W, squares = sympy.symbols("W squares", commutative=False)
    one = sympy.Integer(1)
    dense = norm_at_most("dense layer", W * squares, {W: one, squares: one})
    shortest = tau - (1 - tau) * dense
    step("triangle inequality", shortest, 2 * tau - 1)
    return 1 / shortest


def _point(W: Any, psi: Any, weight: float) -> Draw:
    length = float(np.linalg.norm(weight * psi + (1 - weight) * (W @ np.abs(psi) ** 2)))
    stated = None
    if weight == WEIGHT:
        plan = network_plan(Variant.TIGHT, 1, 4, 0.1, 2, output=Output.LINEAR_POOL)
        stated = 1 / float(plan.output.length) if plan.output else None
    return Draw(at={tau: weight}, value=1 / length, stated=stated)


def draw(rng: Generator) -> Draw:
    """Vectors spread or in one entry, maps of norm 1, random or against the vector."""
    size = int(rng.choice([2, 4, 8]))
    psi = unit_vector(rng, size).real * rng.choice([1e-3, 1.0], size=size)
    psi /= np.linalg.norm(psi)
    W = rng.normal(size=(size, size)) + rng.choice([0, 10]) * -np.diag(np.sign(psi))
    return _point(W / np.linalg.norm(W, 2), psi, rng.choice([WEIGHT, rng.uniform(0.51, 1.0)]))


def worst() -> Draw:
    """A vector in one entry, and the map that changes its sign: the bound is attained."""
    return _point(-np.eye(4), np.eye(4)[1], WEIGHT)


THEOREM = InequalityClaim(
    says="For a unit vector psi and |W| <= 1, tau psi + (1 - tau) W |psi|**2 is at least "
    "2 tau - 1 long: it is lifted by a factor of at most 1 / (2 tau - 1), 50 for tau = 0.51.",
    assumptions=("The weight tau of the skip path is above one half.",),
    bound=1 / (2 * tau - 1),
    derive=derive,
    draw=draw,
    draws=200,
    worst=worst,
    false_twin=1 / sympy.sqrt(tau**2 + (1 - tau) ** 2),
    twin_says="Skip path and dense layer are orthogonal, so that squares add up.",
    source="[RHGPR25] Lem. C.1, whose Eq. (C.2) has a wrong sign",
)
