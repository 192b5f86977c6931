"""The error of a function without parity of the amplitudes of an encoded vector."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.qsvt.entrywise_function import EntrywiseFunction
from estimator.symbols import alpha_0, delta, e_0, lipschitz, n, norm
from proofs.inequality import Draw, InequalityClaim
from proofs.perturbed import unit_vector
from proofs.qsvt.nonlinear_amplitudes_error import derive
from proofs.stated import StatedVector

SYMBOLS = (alpha_0, e_0, delta, n, norm, lipschitz)


def _curve(slope: float, x: Any) -> Any:
    """Zero below zero, then a line: of all curves with that slope the one that errs most."""
    return slope * np.maximum(x, 0.0)


def _point(slope: float, alpha: float, psi: Any, encoded: Any, rounding: Any) -> Draw:
    exact = _curve(slope, psi / alpha)
    found = _curve(slope, encoded / alpha) + rounding
    length = float(np.linalg.norm(exact))
    error = float(np.abs(rounding).max())
    off, size = float(np.linalg.norm(psi - encoded)), len(psi).bit_length() - 1
    part = StatedVector(alpha, off, size)
    bloq = EntrywiseFunction(part, None, None, 3, slope / 2, slope / 2, slope, error, length)
    return Draw(
        at=dict(zip(SYMBOLS, (alpha, off, error, size, length, slope), strict=True)),
        value=float(np.linalg.norm(found - exact)) / length,
        stated=float(bloq.epsilon),
    )


def draw(rng: Generator) -> Draw:
    """A real vector that is off, and a polynomial that is off differently at every entry."""
    psi = unit_vector(rng, 8).real
    psi[0] = abs(psi[0])  # something is left of it
    psi /= np.linalg.norm(psi)
    encoded = psi + float(rng.uniform(0, 0.3)) * rng.normal(size=8) / np.sqrt(8)
    rounding = float(rng.uniform(0, 0.1)) * rng.choice([-1.0, 1.0], size=8)
    return _point(float(rng.uniform(0.5, 4)), float(rng.uniform(1, 3)), psi, encoded, rounding)


def worst() -> Draw:
    """Entries above zero, all off in the same sense."""
    psi = np.full(8, 8**-0.5)
    return _point(1.0, 2.0, psi, 1.05 * psi, np.full(8, 0.05))


THEOREM = InequalityClaim(
    says="max(x, 0) of the N = 2**n amplitudes of a vector encoded with (alpha, e), steepened to a "
    "slope Lip, by polynomials of both parities together within delta errs by at most "
    "(Lip e / alpha + sqrt(N) delta) / |f(psi / alpha)|.",
    bound=(lipschitz * e_0 / alpha_0 + sympy.sqrt(2**n) * delta) / norm,
    derive=derive,
    draw=draw,
    draws=300,
    worst=worst,
    false_twin=(lipschitz * e_0 / (2 * alpha_0) + sympy.sqrt(2**n) * delta) / norm,
    twin_says="Half of the amplitudes are below zero, so that half of the error is left.",
    source="[RHGPR25] Lem. B.18 for odd f; without parity ours",
)
