r"""Inversion by one polynomial: its degree, its size, and how likely it succeeds.

An odd polynomial P with $|x P(x) - 1| \le s$ on $[1/\kappa, 1]$ and maximum M on $[-1, 1]$ takes
b to $P(A/\alpha) b / M$, of length about norm / M.

* `relative`: the least s for its degree, [Saa03] Thm. 6.25.
* `absolute`: the least $|P - 1/x|$ for its degree, [SNWPB25]. As $|x P - 1| \le |P - 1/x|$, an
  absolute error of s is enough, and at most kappa times finer than needed.
* `binomial`: the truncated series of [CKS17] Lem. 14, longer; kept since costs assume it. Made
  with their error e it has $|x P - 1| \le e x + (1 - x^2)^b$, a convex function of x on
  $[1/\kappa, 1]$ that is e at 1 and at most $2 e/\kappa$ at $1/\kappa$.
"""

from functools import lru_cache
from math import comb, exp, pi, sqrt

import numpy as np
import sympy
from attrs import frozen

from bloqs.linear_systems.model.condition import (
    check_condition,
    check_error,
    check_solution_norm,
    sine_of,
)
from bloqs.linear_systems.model.plan import Plan, Provenance
from estimator.polynomials.inverse import (
    first_wave_maximum,
    inverse_degree_bound,
    inverse_maximum,
    inverse_minimal_degree,
    inverse_polynomial,
)
from estimator.polynomials.inverse_binomial import (
    binomial_exponent,
    binomial_inverse_degree,
    binomial_inverse_degree_bound,
    binomial_inverse_polynomial,
)
from estimator.polynomials.inverse_relative import (
    relative_inverse_degree_bound,
    relative_inverse_maximum,
    relative_inverse_minimal_degree,
    relative_inverse_polynomial,
)
from estimator.polynomials.polynomial import Polynomial

KINDS = ("relative", "absolute", "binomial")
SOURCES = {
    "relative": "[Saa03] Thm. 6.25",
    "absolute": "[SNWPB25], the analytic shortcut",
    "binomial": "[CKS17] Lems. 14, 17-19",
}
EXACT = 100
"""Tosses of a coin up to whose double the chances are worked out exactly."""

HEADROOM = 1e-9
"""How far below 1 the maximum of the polynomial that runs is kept, so that phases are found."""


@frozen
class Inverse:
    """A polynomial that inverts, before its coefficients are asked for.

    Args:
        kind: one of `KINDS`.
        condition: kappa, at least 1.
        relative: s, the largest |x P(x) - 1| on [1/kappa, 1] that is promised.
        degree: odd.
        maximum: M, at least max |P| on [-1, 1].
    """

    kind: str
    condition: float
    relative: float
    degree: int
    maximum: float

    def bounded(self) -> Polynomial:
        """P / M."""
        if self.kind == "relative":
            found = relative_inverse_polynomial(self.condition, self.degree)
        elif self.kind == "absolute":
            found = inverse_polynomial(self.condition, self.degree)
        else:
            error = series_error(self.condition, self.relative)
            found = binomial_inverse_polynomial(self.condition, error, self.degree)
        return Polynomial(found.array / self.maximum)


@lru_cache(maxsize=256)
def inverse_of(kind: str, condition: float, relative: float) -> Inverse:
    """The polynomial of least degree of a kind.

    Args:
        kind: one of `KINDS`.
        condition: kappa, at least 1.
        relative: s, in (0, 1).

    Raises:
        ValueError: if the kind is unknown, `condition` below 1 or `relative` not in (0, 1).
    """
    check_condition(condition)
    check_error(relative)
    if kind == "relative":
        degree = relative_inverse_minimal_degree(condition, relative)
        most = relative_inverse_maximum(condition, degree)
    elif kind == "absolute":
        degree = inverse_minimal_degree(condition, relative)
        most = inverse_maximum(condition, degree)
    elif kind == "binomial":
        degree = binomial_inverse_degree(condition, series_error(condition, relative))
        most = _binomial_maximum(condition, series_error(condition, relative))
    else:
        raise ValueError(f"an inverse polynomial is one of {', '.join(KINDS)}, got {kind!r}")
    return Inverse(kind, condition, relative, degree, most * (1 + HEADROOM))


def series_error(condition: float, relative: float) -> float:
    """The e of the binomial series for a relative error of at most `relative`."""
    return relative / max(1.0, 2 / condition)


def _binomial_maximum(condition: float, error: float) -> float:
    """Of the untruncated (1 - (1 - x^2)^b) / x, plus what truncation can add."""
    b = binomial_exponent(condition, error)
    width = sqrt(b)

    def values(x: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore"):
            return -np.expm1(b * np.log1p(-(x**2))) / x

    return first_wave_maximum(values, width) + error


def degree_expression(kind: str, condition: sympy.Expr, relative: sympy.Expr) -> sympy.Expr:
    """The degree in symbols, exactly.

    Raises:
        KeyError: if the kind is unknown.
    """
    return {
        "relative": relative_inverse_degree_bound,
        "absolute": inverse_degree_bound,
        "binomial": lambda k, s: binomial_inverse_degree_bound(k, s / sympy.Max(1, 2 / k)),
    }[kind](condition, relative)


def inverse_plan(kind: str, condition: float, error: float, norm: float) -> Plan:
    """One row of the table of solvers.

    Args:
        kind: one of `KINDS`.
        condition: kappa of the encoding.
        error: of the normalised solution (l2 norm).
        norm: t, between 1 and kappa.

    Raises:
        ValueError: if a number is out of its range.
    """
    check_solution_norm(norm, condition)
    found = inverse_of(kind, float(condition), sine_of(error))
    return Plan(
        solver=f"qsvt {kind}",
        provenance=Provenance.PROVEN,
        source=SOURCES[kind],
        matrix_calls=found.degree,
        vector_calls=1,
        success=min(1.0, (norm / found.maximum) ** 2),
        degrees={"degree": found.degree},
    )


def cks_plan(condition: float, error: float, norm: float) -> Plan:
    """The row of the linear combination of Chebyshev polynomials.

    Args:
        condition: kappa of the encoding.
        error: of the normalised solution (l2 norm).
        norm: t, between 1 and kappa.

    Raises:
        ValueError: if a number is out of its range.
    """
    check_solution_norm(norm, condition)
    relative = sine_of(error)
    degree = binomial_inverse_degree(condition, series_error(condition, relative))
    return Plan(
        solver="cks",
        provenance=Provenance.PROVEN,
        source="[CKS17] Lem. 14 and Sec. 4",
        matrix_calls=degree,
        vector_calls=1,
        success=min(1.0, (norm / weights_sum(condition, relative)) ** 2),
        degrees={"degree": degree},
    )


def chebyshev_weights(condition: float, relative: float) -> tuple[float, ...]:
    """Coefficients of T_1, T_3, ..., T_(2 j0 + 1) in the binomial series: those of `cks`.

    Their moduli add up to the subnormalisation of the linear combination.
    """
    error = series_error(condition, relative)
    degree = binomial_inverse_degree(condition, error)
    return binomial_inverse_polynomial(condition, error, degree).coefficients[1::2]


def weights_sum(condition: float, relative: float) -> float:
    r"""At least $\sum_j |c_j|$, and attained by the series that is not truncated; any kappa.

    $|c_j|$ is four times the chance that 2 b tosses of a coin show more than b + j heads, so all
    of them add up to twice the mean distance from b, $2 b \binom{2b}{b} 4^{-b} \approx
    2\sqrt{b/\pi}$.
    """
    b = binomial_exponent(condition, series_error(condition, relative))
    return 2 * b * central_share(b)


def central_share(b: int) -> float:
    r"""$\binom{2b}{b} 4^{-b}$, the chance of b heads in 2 b tosses, to 1e-14 for any b >= 0.

    Above `EXACT` by Stirling's series of its logarithm, whose next term is below 1e-14.
    """
    if b <= EXACT:
        return comb(2 * b, b) / 4**b
    return exp(-1 / (8 * b) + 1 / (192 * b**3) - 1 / (640 * b**5)) / sqrt(pi * b)


def weights_sum_expression(condition: sympy.Expr, relative: sympy.Expr) -> sympy.Expr:
    """`weights_sum` in symbols, exactly."""
    error = relative / sympy.Max(1, 2 / condition)
    b = sympy.ceiling(condition**2 * sympy.log(condition / error))
    return 2 * b * sympy.binomial(2 * b, b) / sympy.Integer(4) ** b
