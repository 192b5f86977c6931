"""The error of a sum of encoded vectors."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.encodings.vector_sum import VectorSum
from estimator.symbols import alpha_0, alpha_1, e_0, e_1, norm, w_0, w_1
from proofs.derivation import norm_at_most, step
from proofs.inequality import Draw, InequalityClaim
from proofs.perturbed import off_by, unit_vector
from proofs.stated import StatedVector

SYMBOLS = (w_0, w_1, alpha_0, alpha_1, e_0, e_1, norm)


def derive() -> sympy.Expr:
    """The sum is linear in its parts, so that its error is the sum of theirs."""
    psi, phi, f, g = sympy.symbols("psi phi f g", commutative=False)
    encoded = w_0 * (psi + f) / alpha_0 + w_1 * (phi + g) / alpha_1
    meant = w_0 * psi / alpha_0 + w_1 * phi / alpha_1
    left = w_0 * f / alpha_0 + w_1 * g / alpha_1
    step("what is encoded less what is meant", encoded - meant, left)
    return norm_at_most("triangle inequality", left, {f: e_0, g: e_1}) / norm


def _point(tau: float, alphas: Any, errors: Any, vectors: Any, encoded: Any) -> Draw:
    weights = np.array([tau, 1 - tau])
    exact, found = ((weights / alphas) @ np.array(pair) for pair in (vectors, encoded))
    length = float(np.linalg.norm(exact))
    psi, phi = (StatedVector(float(x), float(e)) for x, e in zip(alphas, errors, strict=True))
    return Draw(
        at=dict(zip(SYMBOLS, (*weights, *alphas, *errors, length), strict=True)),
        value=float(np.linalg.norm(found - exact)) / length,
        stated=float(VectorSum(psi, phi, tau, length).epsilon),
    )


def draw(rng: Generator) -> Draw:
    """Complex vectors, each off in some direction."""
    vectors = [unit_vector(rng, 4), unit_vector(rng, 4)]
    errors = rng.uniform(0, 0.5, 2)
    encoded = [off_by(rng, v, e) for v, e in zip(vectors, errors, strict=True)]
    return _point(rng.uniform(0.05, 0.95), rng.uniform(1, 5, 2), errors, vectors, encoded)


def worst() -> Draw:
    """Equal vectors, both too long."""
    v = np.array([1.0, 0.0])
    return _point(0.3, np.array([2.0, 1.5]), (0.2, 0.4), [v, v], [1.2 * v, 1.4 * v])


THEOREM = InequalityClaim(
    says="A weighted sum of vectors encoded with errors e_0 and e_1 errs by at most "
    "(w_0 e_0 / alpha_0 + w_1 e_1 / alpha_1) / N in the l2 norm.",
    assumptions=("The weights add up to 1 and N is the norm of the sum that is meant.",),
    bound=(w_0 * e_0 / alpha_0 + w_1 * e_1 / alpha_1) / norm,
    derive=derive,
    draw=draw,
    draws=300,
    worst=worst,
    false_twin=sympy.sqrt((w_0 * e_0 / alpha_0) ** 2 + (w_1 * e_1 / alpha_1) ** 2) / norm,
    twin_says="The two branches are orthogonal, so that the squares of their errors add up.",
    source="[RHGPR25] Lem. 1, whose proof has this bound; the statement is larger",
)
