"""The error of a tensor product of encoded vectors."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.encodings.tensor_vector import TensorVector
from estimator.symbols import e_0, e_1
from proofs.derivation import norm_at_most, step
from proofs.inequality import Draw, InequalityClaim
from proofs.perturbed import off_by, unit_vector
from proofs.stated import StatedVector


def derive() -> sympy.Expr:
    """Unit vectors times errors, and the product of the errors, which is attained."""
    psi, phi, f, g = sympy.symbols("psi phi f g", commutative=False)
    left = psi * g + f * phi + f * g
    step("what is encoded less what is meant", (psi + f) * (phi + g) - psi * phi, left)
    one = sympy.Integer(1)
    return norm_at_most("triangle inequality", left, {psi: one, phi: one, f: e_0, g: e_1})


def _point(vectors: Any, encoded: Any) -> Draw:
    errors = [float(np.linalg.norm(x - y)) for x, y in zip(vectors, encoded, strict=True)]
    bloq = TensorVector(StatedVector(1.0, errors[0]), StatedVector(1.0, errors[1]))
    return Draw(
        at=dict(zip((e_0, e_1), errors, strict=True)),
        value=float(np.linalg.norm(np.kron(*encoded) - np.kron(*vectors))),
        stated=float(bloq.epsilon),
    )


def draw(rng: Generator) -> Draw:
    """Complex vectors, each off in some direction."""
    vectors = [unit_vector(rng, 3), unit_vector(rng, 2)]
    return _point(vectors, [off_by(rng, v, float(rng.uniform(0, 0.5))) for v in vectors])


def worst() -> Draw:
    """Both vectors too long."""
    v = np.array([1.0, 0.0])
    return _point([v, v], [1.3 * v, 1.2 * v])


THEOREM = InequalityClaim(
    says="The tensor product of vectors encoded with errors e_0 and e_1 errs by at most "
    "e_0 + e_1 + e_0 e_1 in the l2 norm.",
    bound=e_0 + e_1 + e_0 * e_1,
    derive=derive,
    draw=draw,
    draws=300,
    worst=worst,
    false_twin=e_0 + e_1,
    twin_says="The product of the two errors can be dropped.",
    source="[RHGPR25] Lem. 3",
)
