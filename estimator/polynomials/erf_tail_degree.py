r"""A sufficient degree for erf(nu x), read off the tail of its Chebyshev series.

With $z = \nu^2/2$ the error of the polynomial of degree $2n - 1$ is at most
$$\frac{2\nu}{\sqrt\pi} \sum_{j \ge n} e^{-z} I_j(z) \Big(\frac1{2j+1} + \frac1{2j-1}\Big),$$
the sum of the moduli of the coefficients left out. The sum costs one pass over the weights, which
the exact supremum does not: degrees of ten thousands take milliseconds.

For a large slope $e^{-z} I_j(z) \to e^{-j^2/2z} / \sqrt{2\pi z}$, and the sum from n + 1 on is
below $\frac1\pi E_1(n^2/\nu^2)$, where $E_1(x) = \int_x^\infty e^{-t}/t\,dt$.
"""

from functools import lru_cache
from math import isfinite, log, pi, sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.special import exp1, ive

from estimator.polynomials.degree_search import require_epsilon

SLACK = 1 + 1e-9
"""Factor on a computed tail that covers the rounding of its weights. Unit: 1."""

STEEP = 3e4
"""Slope from which on the limit for large slopes is used. Unit: 1."""

STEEP_SLACK = 1e-3
"""Relative distance of the weights from their limit, at most: j**4 / (24 z**3) for the largest j
that matters, 37 sqrt(z). Unit: 1."""

SMALLEST = 1e-280
"""Smallest error that floating-point weights resolve. Unit: 1."""


@lru_cache(maxsize=4096)
def erf_tail_degree(slope: float, error: float) -> int:
    """Smallest odd degree whose tail is at most `error`.

    Args:
        slope: nu, positive.
        error: sup-norm error on [-1, 1].

    Raises:
        ValueError: if `slope` is not positive and finite, or `error` is not between `SMALLEST`
            and 1.
    """
    if not (isfinite(slope) and slope > 0):
        raise ValueError(f"erf(nu x) needs a finite nu > 0, got nu={slope}")
    require_epsilon(error)
    if error < SMALLEST:
        raise ValueError(f"error must be at least {SMALLEST:g}, got {error:g}")
    if slope >= STEEP:
        return _steep_degree(slope, error)
    exponent = log(4 * slope / sqrt(pi) / error) + log(1e20)
    last = 2 + int(exponent / 3 + sqrt(exponent**2 / 9 + slope**2 * max(exponent, 1.0)))
    j = np.arange(1, last + 1)
    sizes = 2 * slope / sqrt(pi) * ive(j, slope**2 / 2) * (1 / (2 * j + 1) + 1 / (2 * j - 1))
    tails = np.cumsum(sizes[::-1])[::-1] * SLACK + error * 1e-9
    return 2 * int(j[np.argmax(tails <= error)]) - 1


def _steep_degree(slope: float, error: float) -> int:
    wanted = log(pi * error * (1 - STEEP_SLACK))

    def excess(x: float) -> float:
        return float(np.log(exp1(x))) - wanted

    root = brentq(excess, 1e-12, 700.0)
    return 2 * (int(slope * sqrt(root)) + 2) - 1
