r"""The odd polynomial of degree 2t - 1 with the smallest max |x P(x) - 1| on [1/kappa, 1].

With $a = 1/\kappa$ and $w(x) = (1 + a^2 - 2x^2)/(1 - a^2)$,
$$P(x) = \frac{1 - T_t(w(x))/T_t(w(0))}{x}, \qquad
\max_{[a, 1]} |xP - 1| = \frac{1}{T_t(w(0))}.$$
It is the residual polynomial of the Chebyshev iteration; no polynomial in $x^2$ of degree t that
is 1 at 0 is smaller on [a, 1].

Source: [Saa03] Thm. 6.25.
"""

from math import acosh, ceil, exp, log1p

import numpy as np
import sympy

from estimator.polynomials.degree_search import require_epsilon
from estimator.polynomials.inverse import (
    first_wave_maximum,
    mapped_argument,
    odd_interpolant,
    require_condition,
    require_inverse_degree,
)
from estimator.polynomials.polynomial import Polynomial
from estimator.polynomials.series import Reals
from estimator.symbols import epsilon, kappa


def relative_inverse_polynomial(condition: float, degree: int) -> Polynomial:
    """P; on [-1, 1] it exceeds 1, up to between 0.9 and about 2 times `condition`.

    Args:
        condition: kappa, at least 1.
        degree: odd.

    Raises:
        ValueError: if `condition` is below 1, or `degree` not odd and positive.
    """
    require_condition(condition)
    require_inverse_degree(degree)
    if condition == 1:
        return Polynomial.chebyshev(1)
    return odd_interpolant(lambda x: relative_inverse_values(x, condition, degree), degree)


def relative_inverse_values(x: Reals, condition: float, degree: int) -> Reals:
    """P at points of [-1, 1], without its coefficients; any degree.

    Args:
        x: of any shape.
        condition: kappa, above 1.
        degree: odd.
    """
    order = (degree + 1) // 2
    top, gap, angle = mapped_argument(x, condition)
    scale = 1 + exp(-2 * order * top)
    near = np.exp(-order * (2 * top - gap)) * np.expm1(-2 * order * gap) / scale
    near -= np.expm1(-order * gap)
    wave = 2 * exp(-order * top) / scale * np.cos(order * angle)
    return np.where(angle > 0, 1 - wave, near) / np.where(x == 0, np.inf, x)


def relative_inverse_maximum(condition: float, degree: int) -> float:
    """max |P| on [-1, 1], found on the first wave, to rounding; any degree.

    Raises:
        ValueError: as `relative_inverse_polynomial`.
    """
    require_condition(condition)
    require_inverse_degree(degree)
    if condition == 1:
        return 1.0
    return first_wave_maximum(lambda x: relative_inverse_values(x, condition, degree), condition)


def _rate(condition: float) -> float:
    """arcosh(w(0)) = ln((kappa + 1)/(kappa - 1))."""
    return log1p(2 / (condition - 1))


def relative_inverse_error(condition: float, degree: int) -> float:
    """max |x P(x) - 1| over [1/condition, 1], exactly.

    Raises:
        ValueError: as `relative_inverse_polynomial`.
    """
    require_condition(condition)
    require_inverse_degree(degree)
    if condition == 1:
        return 0.0
    exponent = (degree + 1) // 2 * _rate(condition)
    return 2 * exp(-exponent) / (1 + exp(-2 * exponent))


def relative_inverse_minimal_degree(condition: float, error: float) -> int:
    """Smallest odd degree with relative error at most `error`: no odd polynomial does better.

    Raises:
        ValueError: if `condition` is below 1, or `error` not between 0 and 1.
    """
    require_condition(condition)
    require_epsilon(error)
    if condition == 1:
        return 1
    order = max(1, ceil(acosh(1 / error) / _rate(condition)))
    if order > 1 and relative_inverse_error(condition, 2 * order - 3) <= error:  # rounded past
        order -= 1
    return 2 * order - 1


def relative_inverse_degree_bound(
    condition: sympy.Expr = kappa, error: sympy.Expr = epsilon
) -> sympy.Expr:
    """`relative_inverse_minimal_degree` in symbols, exactly; about kappa ln(2/epsilon)."""
    rate = sympy.log((condition + 1) / (condition - 1))
    return 2 * sympy.Max(1, sympy.ceiling(sympy.acosh(1 / error) / rate)) - 1
