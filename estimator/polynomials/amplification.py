r"""Odd polynomials close to $\gamma x$ for small x, and bounded by 1 on [-1, 1].

$P(x) = (1 - \epsilon/4) F_d(x)$ with $F_d$ the Chebyshev series up to degree d of
$F(x) = \gamma x R(x)$, where the rectangle R has its edge at $(1 - \delta/2)/\gamma$ and
half-width $\delta/2\gamma$. If $F_d$ is within $\epsilon/4$ of F, then $|P| \le 1$ on [-1, 1]
and $|P - \gamma x| \le \epsilon$ on $[0, (1 - \delta)/\gamma]$.

Source: [GSLW18] Thm. 30; [RHGPR25] Lem. B.3.
"""

from math import cosh, log

import numpy as np
import sympy

from estimator.polynomials.degree_search import first_degree
from estimator.polynomials.polynomial import BOUND_SLACK, Polynomial
from estimator.polynomials.rectangle import (
    ellipse_degree_bound,
    smooth_rectangle,
)
from estimator.polynomials.series import Reals
from estimator.polynomials.sup_norm import sup_norm
from estimator.polynomials.truncation import AnalyticFunction
from estimator.symbols import delta, epsilon, gamma


def require_amplification(factor: float, margin: float) -> None:
    """Accepts a factor gamma and a margin delta.

    Raises:
        ValueError: if `factor` is not above 1, or `margin` not between 0 and 1.
    """
    if not 1 < factor < float("inf"):
        raise ValueError(f"amplification needs gamma > 1, got gamma={factor}")
    if not 0 < margin < 1:
        raise ValueError(f"amplification needs 0 < delta < 1, got delta={margin}")


def smooth_amplification(factor: float, margin: float, error: float) -> AnalyticFunction:
    """F.

    Args:
        factor: gamma, above 1.
        margin: delta: amplified values up to 1 - delta must be accurate.
        error: absolute sup-norm error the slope of R is chosen for.

    Raises:
        ValueError: if an argument is out of range.
    """
    require_amplification(factor, margin)
    rectangle = smooth_rectangle((1 - margin / 2) / factor, margin / (2 * factor), error)

    def line(x: Reals) -> Reals:
        return factor * x * rectangle.function(x)

    widest = cosh(log(rectangle.rho))
    return AnalyticFunction(
        function=line,
        rho=rectangle.rho,
        modulus=factor * widest * rectangle.modulus,
        parity="odd",
    )


def amplification_polynomial(factor: float, margin: float, error: float, degree: int) -> Polynomial:
    """P of the given odd degree.

    Raises:
        ValueError: if an argument is out of range, or `degree` is not odd and positive.
    """
    if degree < 1 or degree % 2 == 0:
        raise ValueError(f"amplification needs an odd degree >= 1, got {degree}")
    return smooth_amplification(factor, margin, error).truncation(degree).scaled(1 - error / 4)


def amplification_error(polynomial: Polynomial, factor: float, margin: float) -> float:
    """Upper bound on max |P(x) - gamma x| over [0, (1 - delta) / gamma].

    Raises:
        ValueError: if `factor` or `margin` is out of range.
    """
    require_amplification(factor, margin)
    difference = polynomial - Polynomial.chebyshev(1).scaled(factor)
    return sup_norm(difference.array, 0.0, (1 - margin) / factor, tolerance=1e-6).bound


def amplification_sufficient_degree(factor: float, margin: float, error: float) -> int:
    """Smallest degree with the series accurate to error / 4: it and every larger one will do.

    Raises:
        ValueError: if an argument is out of range.
    """
    return smooth_amplification(factor, margin, error).minimal_degree(error / 4)


def amplification_minimal_degree(factor: float, margin: float, error: float) -> int:
    """Smallest degree at which P is bounded by 1 and within `error` of the line.

    A larger degree can fail again: the slope of the rectangle is not adapted to it. Of this
    family; `minimax_amplification` has far smaller degrees.

    Raises:
        ValueError: if an argument is out of range.
    """
    smooth = smooth_amplification(factor, margin, error)
    samples = (1 - margin) / factor * np.sin(np.linspace(0, np.pi / 2, 64))

    def accepts(degree: int) -> bool:
        candidate = smooth.truncation(degree).scaled(1 - error / 4)
        if np.abs(candidate.evaluate(samples) - factor * samples).max() > error:
            return False
        if amplification_error(candidate, factor, margin) > error:
            return False
        return sup_norm(candidate.array, 0.0, tolerance=1e-6).value <= 1 + BOUND_SLACK

    return first_degree(accepts, 1)


def amplification_degree_bound(
    factor: sympy.Expr = gamma, margin: sympy.Expr = delta, error: sympy.Expr = epsilon
) -> sympy.Expr:
    """Upper bound on the sufficient degree; cosh(1) < 1.5431 bounds |x| on the ellipse."""
    slope = 2 * factor * sympy.sqrt(sympy.log(2 / error)) / margin
    widest = factor * sympy.Rational(15431, 10000)
    return 2 * sympy.ceiling(ellipse_degree_bound(slope, widest, error / 4) / 2) + 1
