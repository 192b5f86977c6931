"""The state error of a reflection about a kernel, the norm of the solution being known."""

from math import sqrt
from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.linear_systems.model.kernel_polynomial import kernel_polynomial, suppression
from bloqs.linear_systems.model.shortcut import shortcut_error
from estimator.symbols import delta
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim
from proofs.linear_systems.random_systems import random_system


def derive() -> sympy.Expr:
    """The output is m x + g with |g| <= G, of which c is along x: g and the new unknown cancel.

    |g - c x|**2 + 2 c**2 <= G**2, so that the tangent of the angle is at most
    sqrt(G**2 - 2 c**2) / (m - c), largest at c = G**2 / (2 m). With q = G / m its square is
    q**2 / (1 - q**2 / 2), and the chord is at most q.
    """
    m, G, q, u, c, w = sympy.symbols("m G q u c w", positive=True)
    square = (G**2 - 2 * c**2) / (m - c) ** 2
    step("where the tangent is largest", sympy.diff(square, c).subs(c, G**2 / (2 * m)))
    largest = sympy.simplify(square.subs(c, G**2 / (2 * m)).subs(G, q * m))
    step("there its square is", largest, q**2 / (1 - q**2 / 2))
    cosine = (1 - u) / (1 + u)  # squared, with u = q**2 / 2
    step("cosine from tangent", 1 / (1 + largest), cosine.subs(u, q**2 / 2))
    below = w / (1 + w)  # u is below 1, or nothing is claimed
    bound("the cosine is at least 1 - u", (1 - below) ** 2, cosine.subs(u, below))
    step("so the chord is at most q", (2 - 2 * (1 - u)).subs(u, q**2 / 2), q**2)
    s = delta
    half, kept = 2 * s / (1 + s), 1 / (1 + s)
    step("q for a suppression", half / sympy.sqrt(2) / kept, sympy.sqrt(2) * s)
    return sympy.sqrt(2) * s


def _point(matrix: Any, vector: Any, condition: float, degree: int) -> Draw:
    """The polynomial of the augmented system applied to the new unknown."""
    size = len(vector)
    x = np.linalg.solve(matrix, vector)
    norm = float(np.linalg.norm(x))
    whole = np.zeros((size + 1, size + 1), dtype=complex)
    whole[:size, :size], whole[size, size] = matrix, 1 / norm
    right = np.append(vector, 1.0) / sqrt(2)
    _, values, basis = np.linalg.svd(whole - np.outer(right, right.conj() @ whole))
    outputs = kernel_polynomial(condition, degree, "reflection").evaluate(np.clip(values, 0, 1))
    found = ((basis.conj().T * outputs) @ basis[:, size])[:size]
    small = suppression(condition, degree)
    return Draw(
        at={delta: small},
        value=float(np.linalg.norm(found / np.linalg.norm(found) - x / norm)),
        stated=shortcut_error(small, norm, norm),
    )


def draw(rng: Generator) -> Draw:
    """A matrix that need not be Hermitian, and a degree at which something is left to see."""
    condition, degree = float(rng.uniform(1.2, 8)), 2 * int(rng.integers(2, 12))
    size = int(rng.integers(2, 6))
    system = random_system("general", size, condition, int(rng.integers(2**32)))
    return _point(system.matrix, system.vector, condition, degree)


def worst() -> Draw:
    """Two singular values off the kernel, at neighbouring extremes of K and equally weighted."""
    matrix = np.diag([0.5371285, 0.94795657])
    angle = -1.07843995
    return _point(matrix, np.array([np.cos(angle), np.sin(angle)]), 3.0, 6)


THEOREM = InequalityClaim(
    says="A reflection by a polynomial of suppression delta, the norm of the solution being known, "
    "leaves a normalised state within sqrt(2) delta of the solution in the l2 norm.",
    bound=sympy.sqrt(2) * delta,
    derive=derive,
    draw=draw,
    draws=120,
    worst=worst,
    false_twin=delta,
    twin_says="The polynomial's error is the state's.",
    source="[Dal24] Eq. 62; derived",
)
