"""How an error of the incoming vector grows in the output block."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.resnet.model.block_plan import Output, Variant
from bloqs.resnet.model.direction_error import direction_error
from bloqs.resnet.model.network_plan import network_plan
from estimator.symbols import e_0, e_1
from proofs.derivation import bound, norm_at_most, step
from proofs.inequality import Draw, InequalityClaim

TAU, SHORTEST = sympy.Rational(51, 100), sympy.Rational(2, 100)


def derive() -> sympy.Expr:
    """Squared moduli of unit vectors e apart are 2 e apart, so the sum is (2 - tau) e off at most.

    It is at least delta = 2 tau - 1 long and turns by an angle of at most pi/2 times the ratio;
    the normalisation adds its own error.
    """
    x, y = sympy.symbols("x y", real=True)
    step("a difference of squares", x**2 - y**2, (x - y) * (x + y))
    W, gap, total = sympy.symbols("W gap total", commutative=False)
    sizes = {W: sympy.Integer(1), gap: e_0, total: sympy.Integer(2)}
    dense = norm_at_most("dense layer", W * gap * total, sizes)
    off = TAU * e_0 + (1 - TAU) * dense
    step("of the sum", off, (2 - TAU) * e_0)
    bound("with an angle, in place of six", (2 - TAU) * sympy.pi / 2, 6)
    return 6 * e_0 / SHORTEST + 2 * e_1


def _point(W: Any, psi: Any, wrong: Any, own: Any) -> Draw:
    exact, found = (float(TAU) * v + (1 - float(TAU)) * (W @ v**2) for v in (psi, wrong))
    added = found / np.linalg.norm(found) + own
    error, size = float(np.linalg.norm(wrong - psi)), float(np.linalg.norm(own))
    value = float(np.linalg.norm(exact / np.linalg.norm(exact) - added))
    plan = network_plan(Variant.TIGHT, 1, 4, 0.1, 2, output=Output.LINEAR_POOL).output
    least = float(plan.length) if plan else 0.0
    turned = float(direction_error((2 - float(TAU)) * error / least))
    return Draw(at={e_0: error, e_1: size}, value=value if value <= turned + size else np.inf)


def _near(psi: Any, error: Any) -> Any:
    wrong = psi + error
    return wrong / np.linalg.norm(wrong)


def draw(rng: Generator) -> Draw:
    """Vectors spread or in one entry, maps of norm 1, random or against the vector."""
    size = int(rng.choice([2, 4, 8]))
    psi = rng.normal(size=size) * rng.choice([1e-3, 1.0], size=size)
    psi /= np.linalg.norm(psi)
    W = rng.normal(size=(size, size)) + rng.choice([0, 10]) * -np.diag(np.sign(psi))
    error, own = 1e-3 * rng.normal(size=(2, size)) * rng.uniform(size=(2, 1))
    return _point(W / np.linalg.norm(W, 2), psi, _near(psi, error), own)


def worst() -> Draw:
    """A vector in one entry, the map that changes its sign, and an error across it."""
    return _point(-np.eye(4), np.eye(4)[1], _near(np.eye(4)[1], 1e-4 * np.eye(4)[2]), np.zeros(4))


THEOREM = InequalityClaim(
    says="The output block with tau = .51, whose sum is at least delta = .02 long, turns errors "
    "e_0 of its vector and e_1 of its normalisation into at most 6 e_0 / delta + 2 e_1.",
    assumptions=("Vectors are real unit vectors, and |W| <= 1.",),
    bound=6 * e_0 / SHORTEST + 2 * e_1,
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=6 * e_0 / (100 * SHORTEST) + 2 * e_1,
    twin_says="The sum is not short: weights add up to one.",
    tightness=0.05,
    source="[RHGPR25] Lem. C.1",
)
