r"""Newton's method on symmetric phases, for polynomials whose supremum touches one.

The unknowns are the first half of the palindrome $\psi_0 .. \psi_d$, $\psi_k = \psi_{d-k}$; the
equations are $\mathrm{Im} \langle 0|V_\psi|0\rangle = P$ at as many Chebyshev nodes in (0, 1),
where $V_\psi = e^{i\psi_0 Z} \prod_k W e^{i\psi_k Z}$. Where |P| reaches one the Jacobian is
singular in the limit and the error falls by a constant factor, about four, instead of being
squared.

Source: [DLNW24] Newton's method; the Jacobian here is sampled, theirs is in coefficients
"""

from collections import deque
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from estimator.phases.response import Complex, response_coefficients

Real = NDArray[np.float64]

RESIDUAL = 2e-13
"""Newton stops once every Chebyshev coefficient is met to this absolute error."""

STEPS, PATIENCE = 40, 4
"""Newton gives up after so many steps, and after more than so many without a new best."""


def palindrome(half: Real, degree: int) -> Real:
    """psi_0 .. psi_d from psi_0 .. psi_(d // 2)."""
    return np.concatenate([half, half[::-1][1 - degree % 2 :]])


def refined(psi: Real, coefficients: Real) -> Real:
    """Symmetric phases closest to their target among the Newton iterates that start at `psi`.

    Time grows as d**3, memory as d**2: 5,000 unknowns take some seconds a step.

    Args:
        psi: psi_0 .. psi_d, symmetric. Unit: radians.
        coefficients: c_0 .. c_d of P, of one parity.
    """
    degree = len(psi) - 1
    half = psi[: degree // 2 + 1]
    best, best_error, idle = psi, np.inf, 0
    for _ in range(STEPS):
        full = palindrome(half, degree)
        missing = coefficients - response_coefficients(full).imag
        error = float(np.abs(missing).max())
        idle = 0 if error < best_error else idle + 1
        if not idle:
            best, best_error = full, error
        if error <= RESIDUAL or idle > PATIENCE or not np.isfinite(error):
            break
        padded = np.zeros(2 * len(half))
        padded[: degree + 1] = missing / 2
        padded[0] *= 2
        try:
            half = half + np.linalg.solve(
                _jacobian(full, len(half)), fft.dct(padded, 3)[: len(half)]
            )
        except np.linalg.LinAlgError:
            break
    return best


def _jacobian(psi: Real, count: int) -> Real:
    """Derivatives of Im<0|V|0> at the nodes; entry (node, k) belongs to psi_k.

    Between Hadamard gates V is G, the signal is diag(u, 1/u) and a phase is exp(i psi X); then
    Im<0|V|0> = Im<0|G|1>. The derivative by psi_k is G_k iX G_k^dagger G with the prefix G_k.
    """
    ((p_all, q_all),) = deque(_prefixes(psi, count), maxlen=1)
    slope = np.empty((count, count))
    for k, (p, q) in enumerate(_prefixes(psi[:count], count)):
        mirrored = 1 if 2 * k == len(psi) - 1 else 2
        turned = 2j * (p * q.conj()).real * q_all + 1j * (p * p - q * q) * p_all.conj()
        slope[k] = mirrored * turned.imag
    return slope.T


def _prefixes(psi: Real, count: int) -> Iterator[tuple[Complex, Complex]]:
    """First rows of G_0, G_1 .. at the nodes."""
    u = np.exp(1j * (np.arange(count) + 0.5) * np.pi / (2 * count))
    p, q = np.ones(count, dtype=complex), np.zeros(count, dtype=complex)
    for k, (c, s) in enumerate(zip(np.cos(psi), 1j * np.sin(psi), strict=True)):
        if k:
            p, q = p * u, q / u
        p, q = p * c + q * s, q * c + p * s
        yield p, q
