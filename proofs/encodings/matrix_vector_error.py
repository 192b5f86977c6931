"""The error of an encoded operator applied to an encoded vector."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.encodings.matrix_vector import MatrixVector
from estimator.symbols import alpha_0, e_0, e_1, norm
from proofs.derivation import norm_at_most, step
from proofs.inequality import Draw, InequalityClaim
from proofs.perturbed import matrix_of_norm, off_by, unit_vector
from proofs.stated import StatedEncoding, StatedVector


def derive() -> sympy.Expr:
    """The operator that runs has norm at most alpha, the vector that is meant has norm one."""
    B, E, psi, f = sympy.symbols("B E psi f", commutative=False)  # B runs, B + E is meant
    encoded, meant = B * (psi + f), (B + E) * psi
    step("what is encoded less what is meant", encoded - meant, B * f - E * psi)
    bounds = {B: alpha_0, E: e_0, psi: sympy.Integer(1), f: e_1}
    return norm_at_most("triangle inequality", B * f - E * psi, bounds) / norm


def _point(alpha: float, runs: Any, meant: Any, psi: Any, encoded: Any) -> Draw:
    exact = meant @ psi
    length = float(np.linalg.norm(exact))
    errors = float(np.linalg.norm(meant - runs, 2)), float(np.linalg.norm(encoded - psi))
    bloq = MatrixVector(StatedEncoding(alpha, errors[0]), StatedVector(1.0, errors[1]), length)
    return Draw(
        at=dict(zip((alpha_0, e_0, e_1, norm), (alpha, *errors, length), strict=True)),
        value=float(np.linalg.norm(runs @ encoded - exact)) / length,
        stated=float(bloq.epsilon),
    )


def draw(rng: Generator) -> Draw:
    """A block of norm at most alpha, and an operator and a vector that are off."""
    alpha, psi = float(rng.uniform(1, 5)), unit_vector(rng, 3)
    runs = matrix_of_norm(rng, 3, alpha * rng.uniform(0.5, 1))
    meant = off_by(rng, runs, float(rng.uniform(0, 0.3)))
    return _point(alpha, runs, meant, psi, off_by(rng, psi, float(rng.uniform(0, 0.3))))


def worst() -> Draw:
    """A multiple of the identity, meant smaller than it is, on a vector that is too long."""
    psi = np.array([1.0, 0.0])
    return _point(3.0, 3.0 * np.eye(2), 2.8 * np.eye(2), psi, 1.1 * psi)


THEOREM = InequalityClaim(
    says="An operator encoded with (alpha, e_0) applied to a vector encoded with error e_1 errs by "
    "at most (e_0 + alpha e_1) / |A psi| in the l2 norm.",
    bound=(e_0 + alpha_0 * e_1) / norm,
    derive=derive,
    draw=draw,
    draws=300,
    worst=worst,
    false_twin=(e_0 + e_1) / norm,
    twin_says="The vector's error is not multiplied by the size of the operator.",
    source="[RHGPR25] Lem. 2",
)
