"""The error of two concatenated vectors."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.encodings.concatenation import Concatenation
from estimator.symbols import alpha_0, alpha_1, e_0, e_1
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim
from proofs.perturbed import off_by, unit_vector
from proofs.stated import StatedVector

LENGTH = sympy.sqrt(1 / alpha_0**2 + 1 / alpha_1**2)


def derive() -> sympy.Expr:
    """The two halves are orthogonal, so the squares of their errors add up."""
    f, g, s, t = sympy.symbols("f g s t", nonnegative=True)  # squared lengths and what they lack
    squares = f / alpha_0**2 + g / alpha_1**2
    most = e_0**2 / alpha_0**2 + e_1**2 / alpha_1**2
    lacking = {f: e_0**2 - s, g: e_1**2 - t}
    bound("squared errors at most e_0**2 and e_1**2", squares.subs(lacking), most)
    whole = sympy.sqrt(most / (1 / alpha_0**2 + 1 / alpha_1**2))
    mean = (e_0**2 * alpha_1**2 + e_1**2 * alpha_0**2) / (alpha_0**2 + alpha_1**2)
    step("a mean of the squared errors", whole**2, mean)
    return whole


def _point(alphas: Any, vectors: Any, encoded: Any) -> Draw:
    errors = [float(np.linalg.norm(x - y)) for x, y in zip(vectors, encoded, strict=True)]
    parts = tuple(StatedVector(float(x), e) for x, e in zip(alphas, errors, strict=True))
    exact, found = (
        np.concatenate([v / x for v, x in zip(pair, alphas, strict=True)])
        for pair in (vectors, encoded)
    )
    return Draw(
        at=dict(zip((alpha_0, alpha_1, e_0, e_1), (*alphas, *errors), strict=True)),
        value=float(np.linalg.norm(found - exact) / np.linalg.norm(exact)),
        stated=float(Concatenation(parts).epsilon),
    )


def draw(rng: Generator) -> Draw:
    """Complex vectors of different alphas, each off in some direction."""
    vectors = [unit_vector(rng, 3), unit_vector(rng, 3)]
    encoded = [off_by(rng, v, float(rng.uniform(0, 0.5))) for v in vectors]
    return _point(rng.uniform(1, 5, 2), vectors, encoded)


def worst() -> Draw:
    """The longer half is off by more."""
    v = np.array([1.0, 0.0])
    return _point((1.0, 3.0), [v, v], [1.4 * v, 1.1 * v])


THEOREM = InequalityClaim(
    says="Two concatenated vectors encoded with (alpha_0, e_0) and (alpha_1, e_1) err by at most "
    "sqrt((e_0 / alpha_0)**2 + (e_1 / alpha_1)**2) / N in the l2 norm, a mean of e_0 and e_1.",
    assumptions=("N = sqrt(alpha_0**-2 + alpha_1**-2).",),
    bound=sympy.sqrt((e_0 / alpha_0) ** 2 + (e_1 / alpha_1) ** 2) / LENGTH,
    derive=derive,
    draw=draw,
    draws=300,
    worst=worst,
    false_twin=sympy.sqrt((e_0**2 + e_1**2) / 2),
    twin_says="Both halves count the same, whatever their alphas.",
    source="ours; [RHGPR25] Lem. 4 for equal errors and alphas",
)
