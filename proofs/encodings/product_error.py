"""The error of a product of encoded operators."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.encodings.product_encoding import ProductEncoding
from estimator.symbols import alpha_0, alpha_1, e_0, e_1
from proofs.derivation import norm_at_most, step
from proofs.inequality import Draw, InequalityClaim
from proofs.perturbed import matrix_of_norm, off_by
from proofs.stated import StatedEncoding


def derive() -> sympy.Expr:
    """What runs is at most alpha, what is meant is off by at most e, and errors multiply too."""
    A, B, E, F = sympy.symbols("A B E F", commutative=False)  # A and B run, A + E, B + F are meant
    left = A * F + E * B + E * F
    step("what is meant less what is encoded", (A + E) * (B + F) - A * B, left)
    return norm_at_most("triangle inequality", left, {A: alpha_0, B: alpha_1, E: e_0, F: e_1})


def _point(alphas: Any, runs: Any, meant: Any) -> Draw:
    errors = [float(np.linalg.norm(x - y, 2)) for x, y in zip(runs, meant, strict=True)]
    parts = tuple(StatedEncoding(float(x), e) for x, e in zip(alphas, errors, strict=True))
    return Draw(
        at=dict(zip((alpha_0, alpha_1, e_0, e_1), (*alphas, *errors), strict=True)),
        value=float(np.linalg.norm(meant[0] @ meant[1] - runs[0] @ runs[1], 2)),
        stated=float(ProductEncoding(parts).epsilon),
    )


def draw(rng: Generator) -> Draw:
    """Blocks of norm at most alpha, and operators that are off."""
    alphas = rng.uniform(0.2, 10, 2)
    runs = [matrix_of_norm(rng, 3, x * rng.uniform(0.5, 1)) for x in alphas]
    return _point(alphas, runs, [off_by(rng, A, float(rng.uniform(0, 2))) for A in runs])


def worst() -> Draw:
    """Multiples of the identity, both meant larger than they are."""
    return _point((1.0, 1.0), [np.eye(2)] * 2, [1.2 * np.eye(2)] * 2)


THEOREM = InequalityClaim(
    says="The product of operators encoded with (alpha_0, e_0) and (alpha_1, e_1) errs by at most "
    "alpha_0 e_1 + alpha_1 e_0 + e_0 e_1 in the spectral norm.",
    bound=alpha_0 * e_1 + alpha_1 * e_0 + e_0 * e_1,
    derive=derive,
    draw=draw,
    draws=300,
    worst=worst,
    false_twin=alpha_0 * e_1 + alpha_1 * e_0,
    twin_says="The product of the two errors can be dropped, as printed.",
    source="[GSLW18] Lem. 53; [RHGPR25] Lem. B.1 without the last term",
)
