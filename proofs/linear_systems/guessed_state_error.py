"""The state error of a reflection for a guessed norm, after the projection that follows it."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.linear_systems.model.guessed import errors_with
from bloqs.linear_systems.model.kernel_polynomial import kernel_polynomial, suppression
from estimator.symbols import e_0, e_1, theta
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim
from proofs.linear_systems.random_systems import LinearSystem, random_system


def derive() -> sympy.Expr:
    """The reflection leaves m x + g, |g - c x|**2 + (c / sin(theta))**2 <= G**2.

    The projection keeps m + c and multiplies what is no solution by e_1 at most; the tangent is
    largest at c = -G**2 sin(theta)**2 / m.
    """
    m, G, c, S, s = sympy.symbols("m G c S s", positive=True)  # S = sin(theta)
    square = (G**2 - c**2 / S**2) / (m - c) ** 2
    at = G**2 * S**2 / m
    step("where the tangent is largest", sympy.diff(square, c).subs(c, at))
    C = sympy.sqrt(1 - S**2)
    sizes = {G: 2 * C * s / (1 + s), m: 2 * S * C / (1 + s)}
    q = sympy.simplify(sizes[G] / sizes[m])
    step("what is left over what is kept", q, s / S)
    largest = sympy.simplify(square.subs(c, at).subs(G, q * m))
    step("square of the largest tangent", largest, s**2 / (S**2 * (1 - s**2)))
    tangent = s / (S * sympy.sqrt(1 - s**2))
    return e_1 * tangent.subs({s: e_0, S: sympy.sin(theta)})


def _point(system: LinearSystem, guess: float, degrees: tuple[int, int]) -> Draw:
    """Both polynomials, of the new unknown."""
    size = len(system.vector)
    whole = np.zeros((size + 1, size + 1), dtype=complex)
    whole[:size, :size], whole[size, size] = system.matrix, 1 / guess
    right, state = np.append(system.vector, 1.0) / np.sqrt(2), np.eye(size + 1)[size]
    alone = system.matrix - np.outer(system.vector, system.vector.conj() @ system.matrix)
    augmented = whole - np.outer(right, right.conj() @ whole)
    reflection = kernel_polynomial(system.condition, degrees[0], "reflection")
    projection = kernel_polynomial(system.condition, degrees[1], "projection")
    found: Any = state
    for kernel, polynomial in ((augmented, reflection), (alone, projection)):
        _, values, basis = np.linalg.svd(kernel)
        outputs = polynomial.evaluate(np.clip(values, 0, 1))
        found = (basis.conj().T * outputs) @ (basis @ found[: len(basis)])
    one, two = (suppression(system.condition, degree) for degree in degrees)
    angle = float(np.arctan(guess / system.norm))
    given = system.condition, degrees, system.norm, guess, 0.0, 0.0
    return Draw(
        at={e_0: one, e_1: two, theta: angle},
        value=float(np.linalg.norm(found / np.linalg.norm(found) - system.direction)),
        stated=errors_with(*given)[1],
    )


def draw(rng: Generator) -> Draw:
    """Any system and any guess, at degrees that leave something to see."""
    condition = float(rng.uniform(1.2, 6))
    degrees = 2 * int(rng.integers(4, 12)), 2 * int(rng.integers(4, 10))
    size = int(rng.integers(2, 6))
    system = random_system("general", size, condition, int(rng.integers(2**32)))
    return _point(system, float(rng.uniform(1, condition)), degrees)


def worst() -> Draw:
    """A guess far below the norm, and what is no solution at an extreme of both polynomials."""
    return _point(random_system("general", 3, 6.0, 80), 1.0, (24, 6))


THEOREM = InequalityClaim(
    says="A reflection for a guessed norm, of suppression e_0 and tan(theta) = guess / norm, and a "
    "projection of suppression e_1 leave a normalised state within "
    "e_0 e_1 / (sin(theta) sqrt(1 - e_0**2)) of the solution.",
    bound=e_0 * e_1 / (sympy.sin(theta) * sympy.sqrt(1 - e_0**2)),
    derive=derive,
    draw=draw,
    draws=100,
    worst=worst,
    false_twin=e_0 * e_1,
    twin_says="The suppressions multiply, whatever is guessed.",
    source="[Dal24] Alg. 3; derived",
)
