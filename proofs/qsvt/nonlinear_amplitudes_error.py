"""The error of a function of the amplitudes of an encoded vector."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator
from scipy.special import erf

from bloqs.qsvt.nonlinear_amplitudes import NonlinearAmplitudes
from estimator.symbols import alpha_0, delta, e_0, lipschitz, n, norm
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim
from proofs.perturbed import unit_vector
from proofs.stated import StatedVector

SYMBOLS = (alpha_0, e_0, delta, n, norm, lipschitz)


def derive() -> sympy.Expr:
    """Entry by entry P(y) - f(x) = (P(y) - f(y)) + (f(y) - f(x)); then the l2 norm of each part.

    The first is at most delta in each of N = 2**n entries; the second is at most Lip times the
    l2 distance of y = psi'/alpha from x = psi/alpha, which is at most e_0 / alpha.
    """
    N = 2**n
    P_y, f_y, f_x = sympy.symbols("P_y f_y f_x", real=True)
    step("each entry in two parts", P_y - f_x, (P_y - f_y) + (f_y - f_x))
    s = sympy.Symbol("s", nonnegative=True)  # by how much delta is missed, in the mean
    bound("N squares of at most delta", N * delta**2 - s, N * delta**2)
    rounded = sympy.sqrt(N * delta**2)
    step("their l2 norm", rounded, sympy.sqrt(N) * delta)
    return (rounded + lipschitz * e_0 / alpha_0) / norm


def _point(nu: float, alpha: float, psi: Any, encoded: Any, rounding: Any) -> Draw:
    """erf(nu x), Lipschitz constant 2 nu / sqrt(pi), with a polynomial off by `rounding`."""
    exact = erf(nu * psi / alpha)
    found = erf(nu * encoded / alpha) + rounding
    length = float(np.linalg.norm(exact))
    slope, error = 2 * nu / np.sqrt(np.pi), float(np.abs(rounding).max())
    off, size = float(np.linalg.norm(psi - encoded)), len(psi).bit_length() - 1
    part = StatedVector(alpha, off, size)
    bloq = NonlinearAmplitudes(part, None, 2, slope, slope, error, length)
    return Draw(
        at=dict(zip(SYMBOLS, (alpha, off, error, size, length, slope), strict=True)),
        value=float(np.linalg.norm(found - exact)) / length,
        stated=float(bloq.epsilon),
    )


def draw(rng: Generator) -> Draw:
    """A real vector that is off, and a polynomial that is off differently at every entry."""
    psi = unit_vector(rng, 8).real
    psi /= np.linalg.norm(psi)
    step_size = float(rng.uniform(0, 0.3))
    encoded = psi + step_size * rng.normal(size=8) / np.sqrt(8)
    rounding = float(rng.uniform(0, 0.1)) * rng.choice([-1.0, 1.0], size=8)
    return _point(float(rng.uniform(0.5, 4)), float(rng.uniform(1, 3)), psi, encoded, rounding)


def worst() -> Draw:
    """Amplitudes so small that erf is a line, all off in the same sense."""
    psi = np.full(8, 8**-0.5)
    return _point(0.01, 2.0, psi, 1.1 * psi, np.full(8, 1e-3))


THEOREM = InequalityClaim(
    says="f applied to the N = 2**n amplitudes of a vector encoded with (alpha, e) by a polynomial "
    "within delta of f errs by at most (Lip e / alpha + sqrt(N) delta) / |f(psi / alpha)|.",
    assumptions=("f has Lipschitz constant Lip on the amplitudes that occur.",),
    bound=(lipschitz * e_0 / alpha_0 + sympy.sqrt(2**n) * delta) / norm,
    derive=derive,
    draw=draw,
    draws=300,
    worst=worst,
    false_twin=(lipschitz * e_0 / alpha_0 + delta) / norm,
    twin_says="The polynomial's error counts once, not in every entry.",
    source="[RHGPR25] Lem. B.18",
)
