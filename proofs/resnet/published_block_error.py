"""The published factor by which errors grow in a residual block."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator
from scipy.special import erf

from bloqs.resnet.model.block_plan import Variant, budget
from estimator.symbols import e_0, e_1
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim

SLOPE = 0.8
GAIN = 712


def derive() -> sympy.Expr:
    """A sum off by (1 + L) e_0 and at least 1 - L long turns by at most pi/2 times their ratio.

    An angle is at most pi/2 times its sine and a chord no longer than its angle. The polynomials
    of activation and normalisation add their own errors, e_1 each, the first as much as it grows.
    """
    L = 8 / (5 * sympy.sqrt(sympy.pi))
    gain = (1 + L) / (1 - L) * sympy.pi / 2
    step("of a block", gain, sympy.pi * (1 + L) / (2 * (1 - L)))
    own = 1 + sympy.pi / 2 / (1 - L)
    bound("what comes in grows by", gain, 31)
    bound("and what is added by", own, 18)
    return 31 * e_0 + 18 * e_1


def _point(W: Any, psi: Any, error: Any, own: Any) -> Draw:
    """The block of a wrong vector with a wrong activation, against the exact one."""
    exact = psi + erf(SLOPE * (W @ psi))
    found = psi + error + erf(SLOPE * (W @ (psi + error))) + own
    turned = exact / np.linalg.norm(exact) - found / np.linalg.norm(found)
    sizes = [float(np.linalg.norm(v)) for v in (error, own)]
    # Shares of the error of two blocks, one after the other, differ by twice the factor.
    shares = [float(budget(Variant.PUBLISHED, i, 3, 1, 1)[0]) for i in (2, 3)]
    return Draw(
        at={e_0: sizes[0], e_1: sizes[1]},
        value=float(np.linalg.norm(turned)),
        stated=shares[1] / shares[0] / 2 * sum(sizes),
    )


def draw(rng: Generator) -> Draw:
    """Real maps of norm 1, errors of all directions and of sizes up to a hundredth."""
    size = int(rng.choice([2, 4, 16]))
    psi, error, own = rng.normal(size=(3, size))
    psi /= np.linalg.norm(psi)
    W = rng.normal(size=(size, size))
    W = np.linalg.qr(W)[0] if rng.integers(2) else W / np.linalg.norm(W, 2)
    scale, other = 0.01 * rng.uniform(0.01, 1, size=2)
    return _point(W, psi, scale * error / np.linalg.norm(error), other * own / np.linalg.norm(own))


def worst() -> Draw:
    """The reflection of a flat vector, and an error across it."""
    psi = np.full(256, 1 / 16)
    error = 1e-4 * np.resize([1.0, -1.0], 256) / 16
    return _point(np.eye(256) - 2 * np.outer(psi, psi), psi, error, 0 * error)


THEOREM = InequalityClaim(
    says="A residual block turns errors e_0 of its vector and e_1 of its polynomials into at most "
    "712 (e_0 + e_1); 19.5 e_0 is reached.",
    assumptions=("Vector and weights are real, and |W| <= 1.",),
    bound=GAIN * (e_0 + e_1),
    derive=derive,
    draw=draw,
    draws=120,
    worst=worst,
    false_twin=19 * (e_0 + e_1),
    twin_says="The sum of a block is at least a tenth long.",
    tightness=0.02,
    source="[RHGPR25] Lem. 6",
)
