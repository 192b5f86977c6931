r"""Degrees of the polynomials of a residual network as SymPy functions.

With symbols they stay as they are, so that a cost of twenty layers remains a short expression; with
numbers they are worked out; `bound` puts their closed-form upper bounds in their place.
"""

from functools import lru_cache
from math import log
from typing import Any, ClassVar

import sympy
from scipy.special import erfcinv

from estimator.polynomials.amplification import (
    amplification_degree_bound,
    amplification_sufficient_degree,
)
from estimator.polynomials.erf import erf_degree_bound, erf_tail_degree
from estimator.polynomials.minimax import (
    minimax_amplification_degree,
    minimax_amplification_sufficient_degree,
)
from estimator.polynomials.sign import (
    fixed_point_length,
    fixed_point_length_expression,
    sign_degree_bound,
)

SMALLEST_ERROR = 1e-7
"""Errors below this are beyond the linear programs that find minimax degrees. Unit: 1."""

RESOLVED_ERROR = 1e-10
"""Errors below this are left to the closed-form degree: a series in floating-point numbers takes
long near its rounding errors and fails at them. Unit: 1."""

LARGEST_PROGRAM = 300
"""Degrees that are likely to be above this are left to the closed-form series: linear programs of
that size take seconds each. Unit: 1."""

LARGEST_SERIES = 20_000
"""Closed-form degrees above this are not made smaller by summing the tail: it takes seconds."""

LARGEST_FACTOR = 100
"""Amplifications by more than this are left to the closed-form degree too: linear programs of
hundreds of unknowns take minutes. Unit: 1."""


@lru_cache(maxsize=256)
def amplification_degree(factor: float, margin: float, error: float) -> int:
    """Odd degree of a polynomial within `error` of factor x on [-(1 - margin)/factor, ...].

    The minimax degree; where a linear program on the way to it cannot be solved, a larger degree
    with a polynomial that was found; for errors below `SMALLEST_ERROR`, degrees likely above
    `LARGEST_PROGRAM`, or if none was found, the degree that the tail of the closed-form series
    proves sufficient; for errors below `RESOLVED_ERROR`, factors above `LARGEST_FACTOR` or series
    above `LARGEST_SERIES` the bound on it. All are sufficient.

    Args:
        factor: at least 1.
        margin: distance of factor times the largest argument from 1, above 0.
        error: sup-norm distance.

    Raises:
        ValueError: if a value is out of range.
    """
    most = int(amplification_degree_bound(*map(sympy.Float, (factor, margin, error))))
    if error < RESOLVED_ERROR or factor > LARGEST_FACTOR or most > LARGEST_SERIES:
        return most
    likely = 0.15 * factor / margin * log(1 / error)  # minimax degrees are 0.1 to 0.25 of that
    if error < SMALLEST_ERROR or likely > LARGEST_PROGRAM:
        return amplification_sufficient_degree(factor, margin, error)
    try:
        return minimax_amplification_degree(factor, margin, error)
    except ArithmeticError:
        found = minimax_amplification_sufficient_degree(factor, margin, error)
        return found or amplification_sufficient_degree(factor, margin, error)


class AbstractDegree(sympy.Function):
    """An odd number that depends on sizes and, last, on one error.

    Subclasses define `number`, which works it out and raises ValueError if a value is out of
    range, and `bound`, a closed-form upper bound of the same arguments.
    """

    number: ClassVar[Any]
    meaning: ClassVar[str]
    """What the function is, with its arguments in brackets, for an answer that contains it."""
    nargs = 2
    is_integer = True
    is_positive = True
    is_odd = True

    @classmethod
    def eval(cls, *args: Any) -> sympy.Integer | None:
        values = [sympy.sympify(value) for value in args]
        if all(value.is_number for value in values):
            return sympy.Integer(cls.number(*map(float, values)))
        return None


class ErfDegree(AbstractDegree):
    """`erf_degree(nu, e)`: of an odd polynomial within e of erf(nu x) on [-1, 1], at least 3.

    The degree is sufficient, by the tail of the Chebyshev series. Degree 1 is no activation.
    """

    meaning = (
        "ErfDegree(nu, e): odd degree, at least 3, that the tail of the Chebyshev series shows to "
        "be enough for erf(nu*x) within e on [-1, 1]"
    )

    @staticmethod
    def number(size: float, error: float) -> int:
        return max(3, erf_tail_degree(size, error))

    def bound(self) -> sympy.Expr:
        """Closed-form upper bound."""
        return sympy.Max(3, erf_degree_bound(*self.args))


class AmplificationDegree(AbstractDegree):
    """`amplification_degree(gamma, margin, e)`: of an odd polynomial within e of gamma x."""

    meaning = (
        "AmplificationDegree(gamma, margin, e): odd degree of a polynomial at most 1 and "
        "within e of gamma*x where that is at most 1 - margin"
    )

    nargs = 3

    @staticmethod
    def number(factor: float, margin: float, error: float) -> int:
        return amplification_degree(factor, margin, error)

    def bound(self) -> sympy.Expr:
        """Closed-form upper bound."""
        return amplification_degree_bound(*self.args)


class SignDegree(AbstractDegree):
    """`sign_degree(x_0, e)`: of an odd polynomial within e of 1 on [x_0, 1], at most 1 in modulus.

    The degree is sufficient, by the tail of the Chebyshev series of its error function.
    """

    meaning = (
        "SignDegree(x_0, e): odd degree that a Chebyshev series's tail shows to be enough for a "
        "polynomial at most 1 in modulus and within e of 1 on [x_0, 1]"
    )

    @staticmethod
    def number(size: float, error: float) -> int:
        return erf_tail_degree(float(erfcinv(error / 2)) / size, error / 4)

    def bound(self) -> sympy.Expr:
        """Closed-form upper bound."""
        return sign_degree_bound(*self.args)


class FixedPointDegree(AbstractDegree):
    r"""`fixed_point_degree(x_0, e)`: calls that lift lengths from x_0 on to sqrt(1 - 2 e) at least.

    The closed-form sequence reaches $\sqrt{1 - \delta^2}$; here $\delta = \sqrt{2e}$.
    """

    meaning = (
        "FixedPointDegree(x_0, e): calls of a fixed-point sequence that lifts lengths from x_0 on "
        "to sqrt(1 - 2*e) at least"
    )

    @staticmethod
    def number(size: float, error: float) -> int:
        return fixed_point_length(size, (2 * error) ** 0.5)

    def bound(self) -> sympy.Expr:
        """Closed form."""
        start, error = self.args
        return fixed_point_length_expression(start, sympy.sqrt(2 * error))


def bounded(expression: sympy.Expr) -> sympy.Expr:
    """`expression` with every degree replaced by its closed-form upper bound."""
    return expression.replace(
        lambda part: isinstance(part, AbstractDegree), lambda part: part.bound()
    )
