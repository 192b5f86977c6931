r"""Even polynomials that tell the kernel of an operator from the rest of its spectrum.

With $a = 1/\kappa$, $z(x) = (1 + a^2 - 2x^2)/(1 - a^2)$ and the Chebyshev polynomial $T_l$ of
degree $l = d/2$, the *projection* $R(x) = T_l(z(x))/T_l(z(0))$ is 1 at 0 and at most
$s = 1/T_l(z(0))$ in modulus on [a, 1], and the *reflection*
$K(x) = -1 + 2 (T_l(z(x)) + 1)/(T_l(z(0)) + 1)$ is 1 at 0 and between -1 and $-1 + 4s/(1 + s)$ on
[a, 1]. No even polynomial of that degree that is 1 at 0 is closer to 0 there, or, from above, to
-1. At $\kappa = 1$ they are $1 - x^2$ and $1 - 2x^2$, with $s = 0$.

Source: [LT20] Lem. 2 for R; [Dal24] Eqs. 51 and 62 for K.
"""

from math import acosh, ceil, cosh, exp, log1p
from typing import Literal

import numpy as np
import sympy

from bloqs.linear_systems.model.condition import check_condition
from estimator.polynomials.inverse import mapped_argument
from estimator.polynomials.polynomial import Polynomial
from estimator.polynomials.series import Reals, coefficients_of

Kind = Literal["reflection", "projection"]

LARGEST_DEGREE = 15_000
"""Phases are looked for up to here."""


def margin_of(degree: int) -> float:
    """How far below one the supremum is taken so that phases are found. Unit: 1.

    That of both polynomials is exactly one. Nearer than this to it, Newton's method stalls before
    its tolerance at some degrees from 70 on.
    """
    return 1e-7 if degree <= 1_000 else 1e-6


def check_degree(degree: int) -> None:
    """Refuse what is no degree of an even polynomial.

    Raises:
        ValueError: if it is not even and at least 2.
    """
    if degree < 2 or degree % 2:
        raise ValueError(f"a kernel polynomial needs an even degree >= 2, got {degree}")


def rate_of(condition: float) -> float:
    r"""$\mathrm{arcosh}\, z(0) = \ln((\kappa + 1)/(\kappa - 1))$, infinite at 1."""
    check_condition(condition)
    return log1p(2 / (condition - 1)) if condition > 1 else float("inf")


def suppression(condition: float, degree: int) -> float:
    """s, the largest modulus of the projection on [1/kappa, 1].

    Args:
        condition: kappa.
        degree: even, at least 2.
    """
    check_degree(degree)
    exponent = degree / 2 * rate_of(condition)
    return 2 * exp(-exponent) / (1 + exp(-2 * exponent))


def degree_for(condition: float, wanted: float) -> int:
    r"""Smallest degree with a suppression of at most `wanted`: no even polynomial does better.

    $2 \lceil \mathrm{arcosh}(1/s) / \ln((\kappa + 1)/(\kappa - 1)) \rceil$, and 2 at least.

    Args:
        condition: kappa.
        wanted: s, in (0, 1].

    Raises:
        ValueError: if `wanted` is outside (0, 1] or kappa below 1.
    """
    if not 0 < wanted <= 1:
        raise ValueError(f"a kernel polynomial suppresses by a factor in (0, 1], got {wanted}")
    order = max(1, ceil(acosh(1 / wanted) / rate_of(condition)))
    if order > 1 and suppression(condition, 2 * order - 2) <= wanted:  # rounded past a tie
        order -= 1
    return 2 * order


def degree_expression(condition: sympy.Expr, wanted: sympy.Expr) -> sympy.Expr:
    """`degree_for` in symbols, exactly, for kappa above 1."""
    rate = sympy.log((condition + 1) / (condition - 1))
    return 2 * sympy.Max(1, sympy.ceiling(sympy.acosh(1 / wanted) / rate))


def kernel_polynomial(condition: float, degree: int, kind: Kind) -> Polynomial:
    """The reflection or the projection.

    Args:
        condition: kappa.
        degree: even, at least 2.
        kind: which.

    Raises:
        ValueError: if the degree is odd or below 2, or kappa below 1.
    """
    check_degree(degree)
    check_condition(condition)
    order, small = degree // 2, suppression(condition, degree)

    def ratio(x: Reals) -> Reals:
        if condition == 1:
            return (1 - x**2) ** order
        top, gap, angle = mapped_argument(x, condition)
        near = np.exp(-order * gap) * (1 + np.exp(-2 * order * (top - gap)))
        near /= 1 + exp(-2 * order * top)
        return np.where(angle > 0, small * np.cos(order * angle), near)

    def values(x: Reals) -> Reals:
        if kind == "projection":
            return ratio(x)
        return -1 + 2 * (ratio(x) + small) / (1 + small)

    series = coefficients_of(values, degree)
    series[1::2] = 0
    return Polynomial(series)


def bent_suppression(condition: float, degree: int, smallest: float) -> float:
    """Largest |R| on [smallest, 1]; more than s if a singular value is smaller than promised.

    Args:
        condition: kappa.
        degree: even, at least 2.
        smallest: a smallest singular value, positive; 1 from 0 on downwards.
    """
    check_degree(degree)
    if smallest <= 0:
        return 1.0
    if smallest * condition >= 1 - 1e-12:  # rounded past it
        return suppression(condition, degree)
    if condition == 1:
        return (1 - smallest**2) ** (degree // 2)
    a = 1 / condition
    inside = max(1.0, (1 + a**2 - 2 * smallest**2) / ((1 - a) * (1 + a)))
    return min(1.0, cosh(degree / 2 * acosh(inside)) * suppression(condition, degree))
