"""The error of a vector of unknown length that is amplified to length one."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.qsvt.normalised_vector import NormalisedVector
from estimator.symbols import delta, e_0
from proofs.derivation import bound, norm_at_most, step
from proofs.inequality import Draw, InequalityClaim
from proofs.perturbed import off_by, unit_vector
from proofs.stated import StatedVector


def derive() -> sympy.Expr:
    """The polynomial changes the length alone; a unit vector is |1 - length| from its multiple."""
    psi, unit = sympy.symbols("psi u", commutative=False)  # length u is encoded
    length, amplified = sympy.symbols("length amplified", real=True)
    parts = (amplified - 1) * unit, (1 - length) * unit, length * unit - psi
    step("amplification, length and encoding apart", amplified * unit - psi, sum(parts))
    low, high = sympy.symbols("low high", nonnegative=True)
    longest, shortest = 1 + e_0 - high, 1 - e_0 + low  # by the triangle of 0, psi and length u
    bound("a length above one", longest - 1, e_0)
    bound("a length below one", 1 - shortest, e_0)
    X, Y, Z = sympy.symbols("X Y Z", commutative=False)
    return norm_at_most("triangle inequality", X + Y + Z, {X: delta, Y: e_0, Z: e_0})


def _point(psi: Any, encoded: Any, amplified: complex, error: float) -> Draw:
    found = amplified * encoded / np.linalg.norm(encoded)
    off = float(np.linalg.norm(encoded - psi))
    bloq = NormalisedVector(StatedVector(3.0, off), None, 3, error)
    return Draw(
        at={e_0: off, delta: error},
        value=float(np.linalg.norm(found - psi)),
        stated=float(bloq.epsilon),
    )


def draw(rng: Generator) -> Draw:
    """A vector that is off, and a length after amplification that is off one."""
    psi, error = unit_vector(rng, 3), float(rng.uniform(0, 0.3))
    amplified = 1 + error * float(rng.uniform(-1, 1))
    return _point(psi, off_by(rng, psi, float(rng.uniform(0, 0.5))), amplified, error)


def worst() -> Draw:
    """An encoded vector tangent to the circle about psi: the largest angle an error can make."""
    psi, e = np.array([1.0, 0.0]), 0.9
    tangent = np.array([1 - e**2, e * np.sqrt(1 - e**2)])
    return _point(psi, tangent, 1.0, 0.0)


THEOREM = InequalityClaim(
    says="A vector encoded with error e, its length amplified to within delta of one, errs by at "
    "most 2 e + delta in the l2 norm, whatever its alpha.",
    bound=2 * e_0 + delta,
    derive=derive,
    draw=draw,
    draws=300,
    worst=worst,
    false_twin=e_0 + delta,
    twin_says="Normalising cannot make the error larger.",
    source="[RHGPR25] Lem. B.8",
)
