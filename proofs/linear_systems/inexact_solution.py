"""How far the solution of the system that is encoded is from the solution that is meant."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.linear_systems.model.inexact import solution_error
from estimator.symbols import e_0, e_1, kappa, norm
from proofs.derivation import norm_at_most, step
from proofs.inequality import Draw, InequalityClaim
from proofs.linear_systems.random_systems import random_system
from proofs.perturbed import Array, off_by

RHO = kappa * (e_1 / norm + e_0) / (1 - kappa * e_0)


def derive() -> sympy.Expr:
    """Y = (A + D)**-1 exists where |D| < 1/kappa, and y - x = Y (f - D x)."""
    a, x, d, f = sympy.symbols("A x D f", commutative=False)
    y = sympy.Symbol("Y", commutative=False)
    difference = y * (a * x + f) - y * (a + d) * x  # x is Y (A + D) x
    step("the difference", sympy.expand(difference), y * f - y * d * x)
    smallest = 1 / kappa - e_0  # by Weyl's inequality for singular values
    sizes = {y: 1 / smallest, f: e_1, d: e_0, x: norm}
    return norm_at_most("y - x", y * f - y * d * x, sizes) / norm


def _point(system: tuple[Array, Array, float], matrix: Array, vector: Array) -> Draw:
    """The same system with another matrix and another right-hand side."""
    given, right, condition = system
    x = np.linalg.solve(given, right)
    length = float(np.linalg.norm(x))
    of_matrix = float(np.linalg.norm(matrix - given, 2))
    of_vector = float(np.linalg.norm(vector - right))
    return Draw(
        at={e_0: of_matrix, e_1: of_vector, kappa: condition, norm: length},
        value=float(np.linalg.norm(np.linalg.solve(matrix, vector) - x)) / length,
        stated=solution_error(condition, length, of_matrix, of_vector),
    )


def draw(rng: Generator) -> Draw:
    """Errors up to nine tenths of the smallest singular value."""
    condition = float(rng.uniform(1, 20))
    system = random_system("general", int(rng.integers(2, 6)), condition, int(rng.integers(2**32)))
    off = float(rng.uniform(0, 0.9)) / condition
    matrix = off_by(rng, system.matrix, off)
    vector = off_by(rng, system.vector, float(rng.uniform(0, 0.5)))
    return _point((system.matrix, system.vector, condition), matrix, vector)


def worst() -> Draw:
    """Both errors act on the smallest singular value, and the right-hand side lies there."""
    given, right = np.diag([1.0, 0.2]), np.array([0.0, 1.0])
    return _point((given, right, 5.0), np.diag([1.0, 0.1]), np.array([0.0, 1.3]))


THEOREM = InequalityClaim(
    says="If the encoded matrix errs by e_0 (over alpha) and the encoded right-hand side by e_1, "
    "the encoded system's solution errs by kappa (e_1 / norm + e_0) / (1 - kappa e_0) relative to "
    "the norm of the solution.",
    bound=RHO,
    derive=derive,
    draw=draw,
    draws=200,
    worst=worst,
    false_twin=kappa * (e_1 / norm + e_0),
    twin_says="To first order only, as if the smallest singular value stayed what it is.",
    source="ours",
    assumptions=("The matrix errs by less than 1 / kappa.",),
)
