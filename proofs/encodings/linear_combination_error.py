"""The error of a linear combination of encoded operators, angles of the index included."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.linear_combination import LinearCombination
from estimator.symbols import alpha_0, alpha_1, b, e_0, e_1, w_0, w_1
from proofs.derivation import bound, norm_at_most, step
from proofs.inequality import Draw, InequalityClaim
from proofs.perturbed import matrix_of_norm
from proofs.stated import StatedEncoding

SYMBOLS = (w_0, w_1, alpha_0, alpha_1, e_0, e_1, b)


def derive() -> sympy.Expr:
    """Inherited errors add up with their weights; a wrong angle moves probability.

    With probabilities cos(t)**2 and sin(t)**2 of the index and an angle off by u, both change by
    |sin u| |sin(2 t + u)| <= u, and u is at most half a step, pi / 2**b.
    """
    E, F = sympy.symbols("E F", commutative=False)
    inherited = norm_at_most("errors of the parts", w_0 * E + w_1 * F, {E: e_0, F: e_1})
    t, u = sympy.symbols("t u", real=True)
    change = sympy.cos(t + u) ** 2 - sympy.cos(t) ** 2
    product = -sympy.sin(u) * sympy.sin(2 * t + u)
    step("change of the first probability", sympy.expand_trig(change - product).simplify())
    step("the second changes by the opposite", sympy.sin(t + u) ** 2 - sympy.sin(t) ** 2 + change)
    x = sympy.Symbol("x", nonnegative=True)
    z = sympy.Symbol("z", nonnegative=True)
    slope = 1 - sympy.cos(z)  # of x - sin x, at z
    bound("x - sin x never falls", 0, 2 * sympy.sin(z / 2) ** 2)
    step("because its slope is twice a square", slope, 2 * sympy.sin(z / 2) ** 2)
    step("and it starts at zero", (x - sympy.sin(x)).subs(x, 0))
    half_step = sympy.pi / 2**b
    alpha = w_0 * alpha_0 + w_1 * alpha_1
    return inherited + alpha * 2 * half_step


def _point(weights: Any, alphas: Any, errors: Any, bits: int, off: float, runs: Any) -> Draw:
    """The combination with an angle off by so many half steps; parts are off by their errors."""
    moduli = np.abs(weights)
    alpha = float(moduli @ alphas)
    angle = np.arccos(np.sqrt(moduli[0] * alphas[0] / alpha)) + off * np.pi / 2**bits
    shares = np.array([np.cos(angle) ** 2, np.sin(angle) ** 2])
    phases = weights / moduli
    blocks, meant = runs
    found = alpha * sum(s * p * B for s, p, B in zip(shares, phases, blocks, strict=True))
    exact = sum(w * A for w, A in zip(weights, meant, strict=True))
    parts = tuple(StatedEncoding(float(x), float(e)) for x, e in zip(alphas, errors, strict=True))
    bloq = LinearCombination(
        parts, tuple(complex(w) for w in weights), bits, QROMLoader(), Rotation.BITWISE
    )
    return Draw(
        at=dict(zip(SYMBOLS, (*moduli, *alphas, *errors, bits), strict=True)),
        value=float(np.linalg.norm(found - exact, 2)),
        stated=float(bloq.epsilon),
    )


def draw(rng: Generator) -> Draw:
    """Complex weights, blocks often equal and opposite, and an angle off by half a step."""
    weights = rng.normal(size=2) + 1j * rng.normal(size=2)
    alphas, errors = rng.uniform(0.2, 5, 2), rng.uniform(0, 0.3, 2)
    same = matrix_of_norm(rng, 3, 1.0)
    blocks = [same, same * rng.choice([-1, 1])] if rng.integers(2) else [same, np.eye(3)]
    if rng.integers(2):
        blocks = [B * np.conj(w) / abs(w) for B, w in zip(blocks, weights, strict=True)]
    pairs = zip(blocks, alphas, errors, strict=True)
    meant = [x * B + matrix_of_norm(rng, 3, e) for B, x, e in pairs]
    bits = int(rng.integers(4, 9))
    return _point(weights, alphas, errors, bits, float(rng.choice([-1, 1])), (blocks, meant))


def worst() -> Draw:
    """Opposite blocks of equal weight, so that shifted probability is all error."""
    ones = np.eye(2)
    meant = [1.01 * -ones, 1.01 * ones]
    return _point(
        np.array([1.0, 1.0]), np.ones(2), (0.01, 0.01), 6, 1.0, ([ones, -ones], [-x for x in meant])
    )


THEOREM = InequalityClaim(
    says="A combination of two encoded operators by an index with an angle of b bits errs by at "
    "most w_0 e_0 + w_1 e_1 + 2 alpha pi / 2**b in the spectral norm.",
    assumptions=("alpha = w_0 alpha_0 + w_1 alpha_1, w_0 and w_1 the moduli of the weights.",),
    bound=w_0 * e_0 + w_1 * e_1 + (w_0 * alpha_0 + w_1 * alpha_1) * 2 * sympy.pi / 2**b,
    derive=derive,
    draw=draw,
    draws=300,
    worst=worst,
    false_twin=w_0 * e_0 + w_1 * e_1 + (w_0 * alpha_0 + w_1 * alpha_1) * sympy.pi / 2**b,
    twin_says="Probability that one term gains is not lost by the other.",
    source="[RHGPR25] Lem. B.5 for the inherited part; the rounding is ours",
)
