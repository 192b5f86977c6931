r"""A smooth even function close to 1 inside an edge and to 0 outside it, and its ellipse.

$$R(x) = \tfrac12[\mathrm{erf}(k(x + t)) - \mathrm{erf}(k(x - t))], \qquad
k = \mathrm{erfc}^{-1}(\epsilon/2)/w,$$
for an edge at t and a transition of half-width w. On [-1, 1] $0 \le R \le 1$, $|R - 1| \le
\epsilon/2$ for $|x| \le t - w$, $R \le \epsilon/2$ for $|x| \ge t + w$.

With $z = x + iy$, $R(z) = (k/\sqrt\pi) \int_{-t}^{t} e^{-k^2(z-s)^2} ds$ gives
$|R(z)| \le e^{k^2y^2}$, and $|y| \le \sinh s$ on the ellipse with $\rho = e^s$.

Source: [GSLW18] Cor. 16; a Chebyshev series of what is made of R takes the place of theirs.
"""

from math import exp, sinh

import sympy
from scipy.special import erf, erfcinv

from estimator.polynomials.degree_search import require_epsilon
from estimator.polynomials.series import Reals
from estimator.polynomials.truncation import AnalyticFunction

_EXPONENT = 6.0
"""k s: the ellipse used to resolve R numerically has rho = exp(s). Unit: 1."""


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
    require_epsilon(error)
    k = float(erfcinv(error / 2)) / half_width

    def height(x: Reals) -> Reals:
        return (erf(k * (x + edge)) - erf(k * (x - edge))) / 2

    s = min(1.0, _EXPONENT / k)
    return AnalyticFunction(
        function=height, rho=exp(s), modulus=exp((k * sinh(s)) ** 2), parity="even"
    )


def ellipse_degree_bound(slope: sympy.Expr, factor: sympy.Expr, error: sympy.Expr) -> sympy.Expr:
    r"""Degree d with $2 f e^{k^2\sinh^2 s} e^{-ds}/s \le$ `error`, for slope k and factor f.

    Takes $s = \min(1, \sqrt{\ln(1/\mathrm{error})}/k)$ and uses
    $\sinh^2 s \le \sinh^2(1)\, s^2 < 1.3812\, s^2$ on [0, 1].
    """
    s = sympy.Min(1, sympy.sqrt(sympy.log(1 / error)) / slope)
    bend = sympy.Rational(13812, 10000)
    return sympy.ceiling(slope**2 * bend * s + sympy.log(2 * factor / (s * error)) / s)
