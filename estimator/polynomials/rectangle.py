r"""Even polynomials close to 1 inside an edge and to 0 outside it.

$P(x) = (1 - \epsilon/4) R_d(x)$ with $R_d$ the Chebyshev series up to degree d of
$$R(x) = \tfrac12[\mathrm{erf}(k(x + t)) - \mathrm{erf}(k(x - t))], \qquad
k = \mathrm{erfc}^{-1}(\epsilon/2)/w,$$
for an edge at t and a transition of half-width w. If $R_d$ is within $\epsilon/4$ of R, then on
[-1, 1] $|P| \le 1$, $|P - 1| \le \epsilon$ for $|x| \le t - w$, $|P| \le \epsilon$ for
$|x| \ge t + w$.

With $z = x + iy$, $R(z) = (k/\sqrt\pi) \int_{-t}^{t} e^{-k^2(z-s)^2} ds$ gives
$|R(z)| \le e^{k^2y^2}$, and $|y| \le \sinh s$ on the ellipse with $\rho = e^s$.

Source: [GSLW18] Cor. 16, with the Chebyshev series of R itself.
"""

from math import exp, sinh

import numpy as np
import sympy
from scipy.special import erf, erfcinv

from estimator.polynomials.degree_search import first_degree, require_epsilon
from estimator.polynomials.polynomial import BOUND_SLACK, Polynomial
from estimator.polynomials.series import Reals
from estimator.polynomials.sup_norm import sup_norm
from estimator.polynomials.truncation import AnalyticFunction
from estimator.symbols import delta, epsilon

_EXPONENT = 6.0
"""k s: the ellipse used to resolve R numerically has rho = exp(s). Unit: 1."""


def rectangle_slope(half_width: float, error: float) -> float:
    """k.

    Raises:
        ValueError: if `error` is not between 0 and 1.
    """
    require_epsilon(error)
    return float(erfcinv(error / 2)) / half_width


def smooth_rectangle(edge: float, half_width: float, error: float) -> AnalyticFunction:
    """R.

    Args:
        edge: t.
        half_width: w; 0 < w <= t and t + w <= 1.
        error: sup-norm error outside the transition that k is chosen for.

    Raises:
        ValueError: if an argument is out of range.
    """
    if not (0 < half_width <= edge and edge + half_width <= 1):
        raise ValueError(
            f"a rectangle needs 0 < half-width <= edge <= 1 - half-width,"
            f" got edge {edge}, half-width {half_width}"
        )
    k = rectangle_slope(half_width, error)

    def height(x: Reals) -> Reals:
        return (erf(k * (x + edge)) - erf(k * (x - edge))) / 2

    s = min(1.0, _EXPONENT / k)
    return AnalyticFunction(
        function=height, rho=exp(s), modulus=exp((k * sinh(s)) ** 2), parity="even"
    )


def rectangle_polynomial(edge: float, half_width: float, error: float, degree: int) -> Polynomial:
    """P of the given even degree.

    Raises:
        ValueError: if an argument is out of range, or `degree` is odd or negative.
    """
    if degree % 2:
        raise ValueError(f"a rectangle needs an even degree, got {degree}")
    return smooth_rectangle(edge, half_width, error).truncation(degree).scaled(1 - error / 4)


def rectangle_error(polynomial: Polynomial, edge: float, half_width: float) -> float:
    """Upper bound on the distance to 1 on [0, t - w] and to 0 on [t + w, 1], for even P."""
    from_one = polynomial.array
    from_one[0] -= 1
    inside = edge - half_width
    parts = [abs(float(polynomial.evaluate(0.0)) - 1)]
    if inside > 0:
        parts.append(sup_norm(from_one, 0.0, inside, tolerance=1e-6).bound)
    if edge + half_width < 1:
        parts.append(sup_norm(polynomial.array, edge + half_width, tolerance=1e-6).bound)
    else:
        parts.append(abs(float(polynomial.evaluate(1.0))))
    return max(parts)


def rectangle_sufficient_degree(edge: float, half_width: float, error: float) -> int:
    """Smallest even degree with R_d accurate to error / 4: it and every larger one will do.

    Raises:
        ValueError: if an argument is out of range.
    """
    return smooth_rectangle(edge, half_width, error).minimal_degree(error / 4)


def rectangle_minimal_degree(edge: float, half_width: float, error: float) -> int:
    """Smallest even degree at which P is bounded by 1 and within `error` outside the transition.

    A larger degree can fail again: k is not adapted to it.

    Raises:
        ValueError: if an argument is out of range.
    """
    smooth = smooth_rectangle(edge, half_width, error)
    inside = (edge - half_width) * np.linspace(0, 1, 64)

    def accepts(degree: int) -> bool:
        candidate = smooth.truncation(degree).scaled(1 - error / 4)
        if np.abs(candidate.evaluate(inside) - 1).max() > error:
            return False
        if rectangle_error(candidate, edge, half_width) > error:
            return False
        return sup_norm(candidate.array, 0.0, tolerance=1e-6).value <= 1 + BOUND_SLACK

    return first_degree(accepts, 0)


def ellipse_degree_bound(slope: sympy.Expr, factor: sympy.Expr, error: sympy.Expr) -> sympy.Expr:
    r"""Degree d with $2 f e^{k^2\sinh^2 s} e^{-ds}/s \le$ `error`, for slope k and factor f.

    Takes $s = \min(1, \sqrt{\ln(1/\mathrm{error})}/k)$ and uses
    $\sinh^2 s \le \sinh^2(1)\, s^2 < 1.3812\, s^2$ on [0, 1].
    """
    s = sympy.Min(1, sympy.sqrt(sympy.log(1 / error)) / slope)
    bend = sympy.Rational(13812, 10000)
    return sympy.ceiling(slope**2 * bend * s + sympy.log(2 * factor / (s * error)) / s)


def rectangle_degree_bound(width: sympy.Expr = delta, error: sympy.Expr = epsilon) -> sympy.Expr:
    """Upper bound on the sufficient degree, for a transition of half-width `width`, any edge."""
    slope = sympy.sqrt(sympy.log(2 / error)) / width
    return 2 * sympy.ceiling(ellipse_degree_bound(slope, sympy.Integer(1), error / 4) / 2)
