r"""An odd polynomial close to 1/x on [1/kappa, 1], from the binomial series.

$$\frac{1 - (1 - x^2)^b}{x} =
4\sum_{j<b} (-1)^j \Big[\sum_{i>j} \binom{2b}{b+i} 4^{-b}\Big] T_{2j+1}(x)$$
is within $\epsilon$ of 1/x there for $b = \lceil\kappa^2\ln(\kappa/\epsilon)\rceil$, and its terms
up to $j_0 = \lceil\sqrt{b\ln(4b/\epsilon)}\rceil$ are within $\epsilon$ of it on [-1, 1].
Longer than `inverse_polynomial`; kept because published costs assume it.

Source: [CKS17] Lems. 14, 17-19; [GSLW18] Cor. 69 uses it.
"""

from math import ceil, log, sqrt

import numpy as np
import sympy
from scipy.special import betainc

from estimator.polynomials.degree_search import require_epsilon
from estimator.polynomials.inverse import require_condition, require_inverse_degree
from estimator.polynomials.polynomial import Polynomial
from estimator.symbols import epsilon, kappa


def binomial_exponent(condition: float, error: float) -> int:
    """b.

    Raises:
        ValueError: if `condition` is below 1, or `error` not between 0 and 1.
    """
    require_condition(condition)
    require_epsilon(error)
    return ceil(condition**2 * log(condition / error))


def binomial_inverse_degree(condition: float, error: float) -> int:
    """2 j_0 + 1, at which the absolute error is at most twice `error`.

    The smallest that the published bound on the terms left out allows, not the smallest there is:
    at kappa = 2 and 1e-2 the terms up to degree 17 would do, not 31; at 10 and 1e-4 203, not 287.

    Raises:
        ValueError: as `binomial_exponent`.
    """
    b = binomial_exponent(condition, error)
    return min(2 * ceil(sqrt(b * log(4 * b / error))) + 1, 2 * b - 1)


def binomial_inverse_polynomial(condition: float, error: float, degree: int) -> Polynomial:
    """The first terms, up to T_degree, of the series with exponent b.

    Args:
        condition: kappa, at least 1.
        error: half the absolute error aimed at on [1/kappa, 1]; decides b.
        degree: odd; terms beyond T_(2b-1) are zero.

    Raises:
        ValueError: if an argument is out of range, or `degree` not odd and positive.
    """
    b = binomial_exponent(condition, error)
    require_inverse_degree(degree)
    j = np.arange(min((degree + 1) // 2, b))
    series = np.zeros(2 * len(j))
    series[1::2] = 4 * (-1.0) ** j * betainc(b + j + 1, b - j, 0.5)  # upper binomial tail
    return Polynomial(series)


def binomial_inverse_degree_bound(
    condition: sympy.Expr = kappa, error: sympy.Expr = epsilon
) -> sympy.Expr:
    """`binomial_inverse_degree` in symbols, exactly."""
    b = sympy.ceiling(condition**2 * sympy.log(condition / error))
    terms = sympy.ceiling(sympy.sqrt(b * sympy.log(4 * b / error)))
    return sympy.Min(2 * terms + 1, 2 * b - 1)
