"""How an error of the incoming vector grows in a residual block."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator
from scipy.special import erf

from bloqs.resnet.circuits.residual_sum import ResidualSum
from bloqs.resnet.model.direction_error import direction_error
from estimator.symbols import e_0, norm
from proofs.derivation import bound, norm_at_most, step
from proofs.inequality import Draw, InequalityClaim
from proofs.stated import StatedEncoding, StatedVector

SLOPE = 0.8
GROWN = 1 + 8 / (5 * sympy.sqrt(sympy.pi))


def derive() -> sympy.Expr:
    """The sum changes by at most (1 + L) e, and normalising turns by less than an angle.

    erf(4 x / 5) is L-Lipschitz, so that the change of the activation is G W e with a diagonal G of
    norm at most L. A vector of length r at an angle t from a unit vector is at least sin(t) away.
    """
    x = sympy.Symbol("x", real=True)
    L = 8 / (5 * sympy.sqrt(sympy.pi))
    slope = sympy.diff(sympy.erf(sympy.Rational(4, 5) * x), x)
    step("slope of the activation", slope, L * sympy.exp(-sympy.Rational(16, 25) * x**2))
    u = sympy.Symbol("u", nonnegative=True)
    step("1 - exp(-u) is zero at zero", (1 - sympy.exp(-u)).subs(u, 0))
    bound("and grows, so that the slope is at most L", 0, sympy.diff(1 - sympy.exp(-u), u))
    e, W, G = sympy.symbols("e W G", commutative=False)
    sizes = {e: e_0, W: sympy.Integer(1), G: L}
    change = norm_at_most("change of the sum", e + G * W * e, sizes) / norm
    r, t = sympy.symbols("r t", positive=True)
    apart = r**2 - 2 * r * sympy.cos(t) + 1
    step("distance squared", apart, (r - sympy.cos(t)) ** 2 + sympy.sin(t) ** 2)
    step("chord squared", 2 - 2 * sympy.cos(t), 4 * sympy.sin(t / 2) ** 2)
    return 2 * sympy.sin(sympy.asin(change) / 2)


def _point(W: Any, psi: Any, error: Any) -> Draw:
    exact, found = (v + erf(SLOPE * (W @ v)) for v in (psi, psi + error))
    length, size = float(np.linalg.norm(exact)), float(np.linalg.norm(error))
    n = len(psi).bit_length() - 1
    vector = StatedVector(1.0, size, n, 1)
    weights = StatedEncoding(1.0, 0.0, n, 1)
    whole = ResidualSum(vector, weights, None, 3, 2.0, 0.0, length)
    turned = exact / length - found / np.linalg.norm(found)
    return Draw(
        at={e_0: size, norm: length},
        value=float(np.linalg.norm(turned)),
        stated=float(direction_error(whole.epsilon)),
    )


def draw(rng: Generator) -> Draw:
    """Real maps of norm 1, and errors of all directions and of sizes up to a third of the bound."""
    size = int(rng.choice([2, 4, 16]))
    psi = rng.normal(size=size)
    psi /= np.linalg.norm(psi)
    W = rng.normal(size=(size, size))
    W = np.linalg.qr(W)[0] if rng.integers(2) else W / np.linalg.norm(W, 2)
    error = rng.normal(size=size)
    scale = 0.05 * rng.uniform(0.01, 1)
    return _point(W, psi, scale * error / np.linalg.norm(error))


def worst() -> Draw:
    """The reflection of a flat vector, and an error across it."""
    psi = np.full(256, 1 / 16)
    error = 1e-4 * np.resize([1.0, -1.0], 256) / 16
    return _point(np.eye(256) - 2 * np.outer(psi, psi), psi, error)


THEOREM = InequalityClaim(
    says="A residual block whose sum is N long turns an error e of its vector into at most "
    "2 sin(asin(g e / N) / 2), to first order g e / N, with g = 1 + 8 / (5 sqrt(pi)).",
    assumptions=("Vector and weights are real, |W| <= 1, and g e is at most N.",),
    bound=2 * sympy.sin(sympy.asin(GROWN * e_0 / norm) / 2),
    derive=derive,
    draw=draw,
    draws=120,
    worst=worst,
    false_twin=2 * sympy.sin(sympy.asin(8 / (5 * sympy.sqrt(sympy.pi)) * e_0 / norm) / 2),
    twin_says="An error grows through the activation alone.",
    source="[RHGPR25] Lem. 6, which has the factor 712 in place of g / N <= 19.6",
)
