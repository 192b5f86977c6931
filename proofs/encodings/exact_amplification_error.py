"""The error of amplifying singular values one half to one, with an encoding that is off."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.encodings.exact_amplification import ExactAmplification
from estimator.symbols import alpha_0, e_0
from proofs.derivation import norm_at_most, step
from proofs.inequality import Draw, InequalityClaim
from proofs.perturbed import matrix_of_norm
from proofs.stated import StatedEncoding


def derive() -> sympy.Expr:
    """T_3 of W / 2 + E for a partial isometry W, expanded in E, and each order bounded.

    V is the adjoint of W and F that of E; P = V W and Q = W V are projectors.
    """
    W, V, E, F = sympy.symbols("W V E F", commutative=False)
    P, Q = sympy.symbols("P Q", commutative=False)
    B, B_adjoint = W / 2 + E, V / 2 + F
    cubic = 4 * B * B_adjoint * B - 3 * B
    zeroth = W * V * W / 2 - 3 * W / 2
    first = E * V * W + W * F * W + W * V * E - 3 * E
    second = 2 * (E * F * W + E * V * E + W * F * E)
    third = 4 * E * F * E
    step("T_3 in orders of E", cubic, zeroth + first + second + third)
    outside = W * F * W - E * (1 - P) - (1 - Q) * E - E
    step("first order, with projectors", first.subs({V * W: P, W * V: Q}), outside)
    size = e_0 / alpha_0
    P_left, Q_left = sympy.symbols("P_perp Q_perp", commutative=False)
    one = sympy.Integer(1)
    norms = {W: one, V: one, E: size, F: size, P_left: one, Q_left: one}
    linear = W * F * W - E * P_left - Q_left * E - E
    step("projectors on the rest", outside, linear.subs({P_left: 1 - P, Q_left: 1 - Q}))
    change = norm_at_most("first order", linear, norms)
    change += norm_at_most("second order", second, norms)
    change += norm_at_most("third order", third, norms)
    return sympy.expand(alpha_0 / 2 * change)


def _point(alpha: float, error: float, W: Any, E: Any) -> Draw:
    B = W / 2 + E / alpha
    amplified = -(4 * B @ B.conj().T @ B - 3 * B)
    return Draw(
        at={alpha_0: alpha, e_0: error},
        value=alpha / 2 * float(np.linalg.norm(amplified - W, 2)),
        stated=float(ExactAmplification(StatedEncoding(alpha, error)).epsilon),
    )


def draw(rng: Generator) -> Draw:
    """A partial isometry, and an error that often acts along it."""
    alpha, error = float(rng.uniform(0.5, 4)), float(10 ** rng.uniform(-6, -0.7))
    left, right = (np.linalg.qr(matrix_of_norm(rng, 3, 1.0) + np.eye(3) / 9)[0] for _ in range(2))
    W = left @ np.diag(rng.integers(0, 2, 3)) @ right
    E = matrix_of_norm(rng, 3, error)
    if rng.integers(2):
        E = error * left @ np.diag(rng.choice([-1, 1, 1j], 3)) @ right
    return _point(alpha, error, W, E)


def worst() -> Draw:
    """A singular value 0, which grows threefold, or an imaginary error of a value 1/2."""
    return _point(2.0, 1e-3, np.zeros((2, 2)), 1e-3 * np.eye(2))


THEOREM = InequalityClaim(
    says="Amplifying singular values 0 and 1/2 encoded with (alpha, e) errs by at most "
    "2 e + 3 e**2 / alpha + 2 e**3 / alpha**2 in the spectral norm.",
    assumptions=("The singular values of what is meant, divided by alpha, are 0 and 1/2.",),
    bound=2 * e_0 + 3 * e_0**2 / alpha_0 + 2 * e_0**3 / alpha_0**2,
    derive=derive,
    draw=draw,
    draws=300,
    worst=worst,
    false_twin=e_0 + 3 * e_0**2 / alpha_0 + 2 * e_0**3 / alpha_0**2,
    twin_says="The error stays e to first order, because alpha is halved and T_3 grows by two.",
    source="ours; [GSLW18] Thm. 28 for the polynomial",
)
