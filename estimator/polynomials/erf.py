r"""Odd polynomials close to erf(nu x) on [-1, 1], and the even ones close to erf(nu x) / x.

With $z = \nu^2/2$ and modified Bessel functions $I_j$,
$$P_k(x) = \frac{2\nu e^{-z}}{\sqrt\pi}\Big[I_0(z)\,x + \sum_{j=1}^{(k-1)/2} (-1)^j I_j(z)
\Big(\frac{T_{2j+1}(x)}{2j+1} - \frac{T_{2j-1}(x)}{2j-1}\Big)\Big],$$
the integral of the truncated Chebyshev series of the derivative of erf(nu x).

Source: [RHGPR25] Lem. F.1; [GSLW18] Lem. 25 for the role of erf.
"""

from functools import lru_cache
from math import isfinite, log, pi, sqrt

import numpy as np
import sympy
from scipy.optimize import brentq
from scipy.special import exp1, ive

from estimator.polynomials.degree_search import require_epsilon, smallest_degree
from estimator.polynomials.polynomial import Polynomial
from estimator.polynomials.series import Reals
from estimator.polynomials.sup_norm import sup_norm
from estimator.symbols import epsilon, nu

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


NEGLIGIBLE = 1e-18
"""Terms of the error's series this much smaller than its first are summed, not resolved. Unit: 1.
"""


def _exponent(slope: sympy.Expr, error: sympy.Expr) -> sympy.Expr:
    return sympy.Max(0, sympy.log(4 * slope / (sympy.sqrt(sympy.pi) * error)))


def erf_degree_bound(slope: sympy.Expr = nu, error: sympy.Expr = epsilon) -> sympy.Expr:
    r"""Upper bound on the smallest degree with sup-norm error at most `error`.

    $2\max(1, \lceil \ell/3 + \sqrt{\ell^2/9 + \nu^2\ell}\,\rceil) - 1$ with
    $\ell = \ln(4\nu / \sqrt\pi\epsilon)$. Derivation: $e^{-z}I_j(z)$ is the probability that two
    independent Poisson variables of mean z/2 differ by j, so that by Bernstein's inequality
    $\sum_{j \ge n} e^{-z}I_j(z) \le e^{-n^2/(2(z + n/3))}$; the error at degree 2n - 1 is at most
    $4\nu/\sqrt\pi$ times that.
    """
    exponent = _exponent(slope, error)
    terms = sympy.ceiling(exponent / 3 + sympy.sqrt(exponent**2 / 9 + slope**2 * exponent))
    return 2 * sympy.Max(1, terms) - 1


def _checked(slope: float, degree: int) -> None:
    if not (isfinite(slope) and slope > 0):
        raise ValueError(f"erf(nu x) needs a finite nu > 0, got nu={slope}")
    if degree < 1 or degree % 2 == 0:
        raise ValueError(f"an approximation of erf needs an odd degree >= 1, got {degree}")


def _weights(slope: float, first: int, last: int) -> Reals:
    """(2 nu / sqrt(pi)) (-1)^j e^-z I_j(z), j = first..last."""
    j = np.arange(first, last + 1)
    return 2 * slope / sqrt(pi) * (-1.0) ** j * ive(j, slope**2 / 2)


def erf_polynomial(slope: float, degree: int) -> Polynomial:
    """Close to erf(slope * x) on [-1, 1].

    Args:
        slope: nu, positive.
        degree: odd.

    Raises:
        ValueError: if `slope` is not positive and finite, or `degree` is not odd and positive.
    """
    _checked(slope, degree)
    return Polynomial(_integrated(_weights(slope, 0, (degree - 1) // 2), 0))


def _integrated(weights: Reals, first: int) -> Reals:
    """Coefficients of sum_j w_j (T_(2j+1)/(2j+1) - T_(2j-1)/(2j-1)), T_1 alone at j = 0."""
    j = np.arange(first, first + len(weights))
    series = np.zeros(2 * (first + len(weights)))
    series[2 * j + 1] += weights / (2 * j + 1)
    later = j > 0
    series[2 * j[later] - 1] -= (weights / (2 * j - 1))[later]
    return series


def erf_error(slope: float, degree: int) -> float:
    """Upper bound on max |P(x) - erf(slope * x)| over [-1, 1], tight to a relative 1e-4.

    The difference is the rest of the series. Its terms down to `NEGLIGIBLE` form a polynomial,
    whose maximum is bounded as in `sup_norm`; the sizes of the others are added, those never
    computed as a geometric series.

    Raises:
        ValueError: as `erf_polynomial`.
    """
    _checked(slope, degree)
    first = (degree + 1) // 2
    reach = log(1 / NEGLIGIBLE) + log(4 * slope / sqrt(pi) + 1) + (first / slope) ** 2
    last = first + int(reach / 3 + sqrt(reach**2 / 9 + slope**2 * reach)) + 1
    weights = _weights(slope, first, last)
    if weights[0] == 0.0:  # below the smallest floating-point number
        return float(np.finfo(float).tiny) * len(weights)
    kept = 1 + int(np.flatnonzero(np.abs(weights) > NEGLIGIBLE * np.abs(weights[0]))[-1])
    sizes = np.abs(weights[-2:])
    ratio = sizes[1] / sizes[0] if sizes[1] > 0 else 0.0  # of neighbours; it falls with j
    rest = 2 * np.abs(weights[kept:]).sum() + 2 * sizes[1] * ratio / (1 - ratio)
    peak = sup_norm(_integrated(weights[:kept], first), lower=0.0, tolerance=1e-5)
    return float(peak.bound + rest)


def erf_minimal_degree(slope: float, error: float) -> int:
    """Smallest degree with sup-norm error at most `error`.

    Raises:
        ValueError: if `slope` is not positive and finite, or `error` not between 0 and 1.
    """
    _checked(slope, 1)
    require_epsilon(error)
    likely = int(erf_degree_bound(sympy.Float(slope), sympy.Float(error)))
    return smallest_degree(lambda degree: erf_error(slope, degree) <= error, 1, likely)


def erf_ratio_polynomial(slope: float, degree: int) -> Polynomial:
    """P(x) / x, even, of degree one less, close to erf(slope * x) / x.

    Raises:
        ValueError: as `erf_polynomial`.
    """
    return erf_polynomial(slope, degree).over_x()


def erf_ratio_maximum(slope: float, degree: int) -> float:
    r"""max |P(x) / x| over [-1, 1], exactly: $P'(0) < 2\nu/\sqrt\pi$.

    The Chebyshev coefficients of P' alternate in sign, so |P'| is largest where all terms add
    up, at 0; and P(x) / x is a mean of values of P'. They add up to less than
    $e^{-z}(I_0 + 2\sum_j I_j) = 1$ times $2\nu/\sqrt\pi$.

    Raises:
        ValueError: as `erf_polynomial`.
    """
    _checked(slope, degree)
    weights = np.abs(_weights(slope, 0, (degree - 1) // 2))
    return float(weights[0] + 2 * weights[1:].sum())
