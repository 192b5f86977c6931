"""The state error of a walk that ends at some distance, after the filter."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.linear_systems.model.kernel_polynomial import kernel_polynomial, suppression
from bloqs.linear_systems.model.walk import errors_with
from estimator.symbols import delta, e_0
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim
from proofs.linear_systems.random_systems import random_system


def derive() -> sympy.Expr:
    """A unit vector at distance d has 1 - d**2 / 2 of the solution at least, and the rest of it.

    The filter leaves the solution as it is and multiplies the rest by e_0 at most; the distance of
    two unit vectors is at most the tangent of their angle.
    """
    d, a, t = delta, sympy.Symbol("a", real=True), sympy.Symbol("t", nonnegative=True)
    kept = sympy.solve(2 - 2 * a - d**2, a)[0]
    step("what is kept, from the distance", kept, 1 - d**2 / 2)
    rest = sympy.expand(1 - kept**2)
    step("and the rest", rest, d**2 - d**4 / 4)
    cosine = 1 / sympy.sqrt(1 + t**2)
    bound("a cosine from its tangent", (1 - t**2 / 2) ** 2 * (1 + t**2), 1 + t**6 / 4)
    step("square of the distance of unit vectors", 2 - 2 * cosine.subs(t, 0), 0)
    return e_0 * sympy.sqrt(rest) / kept


def _point(state: Any, system: Any, degree: int) -> Draw:
    """The state filtered, made a unit vector, and how far it was before."""
    kernel = system.matrix - np.outer(system.vector, system.vector.conj() @ system.matrix)
    _, values, basis = np.linalg.svd(kernel)
    polynomial = kernel_polynomial(system.condition, degree, "projection")
    outputs = polynomial.evaluate(np.clip(values, 0, 1))
    found = (basis.conj().T * outputs) @ (basis @ state)
    distance = float(np.linalg.norm(state - system.direction))
    given = system.condition, degree, system.norm, distance, 0.0, 0.0
    return Draw(
        at={delta: distance, e_0: suppression(system.condition, degree)},
        value=float(np.linalg.norm(found / np.linalg.norm(found) - system.direction)),
        stated=errors_with(*given)[1],
    )


def draw(rng: Generator) -> Draw:
    """Any unit vector that has a positive amplitude of the solution."""
    condition, degree = float(rng.uniform(1.2, 8)), 2 * int(rng.integers(2, 12))
    size = int(rng.integers(2, 6))
    system = random_system("general", size, condition, int(rng.integers(2**32)))
    other = rng.normal(size=size) + 1j * rng.normal(size=size)
    other -= np.vdot(system.direction, other) * system.direction
    angle = float(rng.uniform(0.05, 1.0))
    state = np.cos(angle) * system.direction + np.sin(angle) * other / np.linalg.norm(other)
    return _point(state, system, degree)


def worst() -> Draw:
    """The rest lies at the end of the spectrum, where the projection is largest."""
    matrix, vector = np.diag([1.0, 0.25]), np.array([1.0, 0.0])
    system = type(random_system("general", 2, 4.0, 0))(matrix, vector, 4.0)
    state = np.array([np.cos(0.9), np.sin(0.9)])
    return _point(state, system, 12)


THEOREM = InequalityClaim(
    says="A state at distance delta from the solution, filtered by a projection of suppression "
    "e_0 and normalised, is within e_0 sqrt(delta**2 - delta**4 / 4) / (1 - delta**2 / 2) of it.",
    bound=e_0 * sympy.sqrt(delta**2 - delta**4 / 4) / (1 - delta**2 / 2),
    derive=derive,
    draw=draw,
    draws=200,
    worst=worst,
    false_twin=e_0 * delta,
    twin_says="The filter multiplies the distance by its suppression.",
    source="[CABB23], in whose total the same infidelity is; derived",
    assumptions=("The distance is below the root of two, so that something is kept.",),
)
