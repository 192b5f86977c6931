"""What an inverse polynomial makes of encodings that err: epsilon of the solvers that use one."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.linear_systems.model.inexact import inverse_error
from bloqs.linear_systems.model.inverse import KINDS, inverse_of
from estimator.symbols import degree, e_0, e_1, epsilon, kappa, norm
from proofs.derivation import norm_at_most, step
from proofs.inequality import Draw, InequalityClaim
from proofs.linear_systems.inexact_solution import RHO
from proofs.linear_systems.random_systems import LinearSystem, random_system
from proofs.perturbed import Array, off_by

WIDER = (1 + 1 / kappa**2 - 2 * (1 / kappa - e_0) ** 2) / (1 - 1 / kappa**2)
"""Where the smallest singular value goes if the others go to [-1, 1]."""
GROWTH = sympy.cosh((degree + 1) / 2 * sympy.acosh(sympy.Max(1, WIDER)))


def derive() -> sympy.Expr:
    """P(A') b' - x = (R - 1) y + (y - x), where R y = P(A') A' y and |R - 1| is the residual.

    The residual is a polynomial of degree (d + 1) / 2 in the square of the argument; outside of
    [-1, 1] no polynomial of that degree grows faster than Chebyshev's.
    """
    a, u = 1 / kappa, sympy.Symbol("u", positive=True)  # u is the square of the argument
    mapped = (1 + a**2 - 2 * u) / (1 - a**2)
    step("the upper end", mapped.subs(u, 1), -1)
    step("the lower end", mapped.subs(u, a**2), 1)
    step("the least that is encoded", mapped.subs(u, (a - e_0) ** 2), WIDER)
    r, y, x = sympy.symbols("R y x", commutative=False)
    out = r * y - x
    step("two parts", sympy.expand((r - 1) * y + (y - x) - out), 0)
    residual, off = sympy.Symbol("Q", commutative=False), sympy.Symbol("o", commutative=False)
    sizes = {residual: epsilon * GROWTH, y: norm * (1 + RHO), off: norm * RHO}
    return norm_at_most("residual and offset", residual * y + off, sizes) / norm


def _point(system: LinearSystem, matrix: Array, vector: Array, kind: str, error: float) -> Draw:
    """The polynomial of the matrix that is encoded, on the vector that is encoded."""
    matrix = matrix / max(1.0, float(np.linalg.norm(matrix, 2)))  # as no block is larger
    of_matrix = float(np.linalg.norm(matrix - system.matrix, 2))
    of_vector = float(np.linalg.norm(vector - system.vector))
    found = inverse_of(kind, system.condition, error)
    left, values, right = np.linalg.svd(matrix)
    outputs = found.maximum * found.bounded().evaluate(np.minimum(values, 1))
    output = right.conj().T @ (outputs * (left.conj().T @ vector))
    at = {e_0: of_matrix, e_1: of_vector, kappa: system.condition, norm: system.norm}
    window = 1 / system.condition, 1.0
    return Draw(
        at=at | {epsilon: error, degree: found.degree},
        value=float(np.linalg.norm(output - system.solution)) / system.norm,
        stated=inverse_error(found.degree, error, window, system.norm, of_matrix, of_vector),
    )


def draw(rng: Generator) -> Draw:
    """Any polynomial, any system, and errors that leave the matrix far from singular."""
    condition, error = float(rng.uniform(1.2, 10)), float(10 ** rng.uniform(-3, -0.5))
    system = random_system("general", int(rng.integers(2, 5)), condition, int(rng.integers(2**32)))
    matrix = off_by(rng, system.matrix, float(10 ** rng.uniform(-4, -0.5)) / condition)
    vector = off_by(rng, system.vector, float(10 ** rng.uniform(-4, -1)))
    return _point(system, matrix, vector, KINDS[rng.integers(len(KINDS))], error)


def worst() -> Draw:
    """At the smallest singular value the polynomial is too small, and so is the vector there."""
    system = LinearSystem(np.diag([1.0, 0.1]), np.array([0.0, 1.0]), 10.0)
    return _point(system, system.matrix, 0.8 * system.vector, "relative", 0.18)


THEOREM = InequalityClaim(
    says="An odd polynomial of degree d with |x P(x) - 1| <= epsilon on [1/kappa, 1] takes "
    "encodings that err by e_0 (over alpha) and e_1 to the solution up to rho + epsilon cosh((d + "
    "1)/2 arcosh(w)) (1 + rho), relative to its norm, rho being the error of the encoded system's "
    "solution and w where the smallest singular value is taken that it can have.",
    bound=RHO + epsilon * GROWTH * (1 + RHO),
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=sympy.Max(RHO, epsilon * GROWTH),
    twin_says="The larger of the two errors covers the other.",
    source="ours; [Saa03] Thm. 6.25 for the growth of polynomials",
    assumptions=("The matrix errs by less than 1 / kappa.",),
)
