"""Exact constants of the search: a `Fraction`, or else a SymPy expression in positive symbols."""

import math
from fractions import Fraction
from functools import lru_cache
from typing import Any

import sympy

from estimator.growth_numbers.rational_value import logarithms_of_primes, rational_value

ZERO, ONE = Fraction(0), Fraction(1)


Number = Any
"""`Fraction` whenever rational, otherwise `sympy.Expr`."""


_HIGHEST = 30
"""Power of a sum of constants that is still multiplied out."""


_LONGEST = 100_000
"""Bits of a number."""


class UndecidedError(Exception):
    """The search cannot tell; the message says what it could not tell."""


class TimeUpError(UndecidedError):
    """The time allowed was not enough."""

    def __init__(self) -> None:
        super().__init__("the time allowed was not enough")


class HopelessError(UndecidedError):
    """Nothing that could be tried would tell."""


class DividedError(UndecidedError):
    """The answer may depend on a constant.

    Args:
        symbol: name of the constant.
        value: where the answer may change.
        expression: whose sign changes there.
    """

    def __init__(self, symbol: str, value: sympy.Expr, expression: sympy.Expr) -> None:
        super().__init__(f"it depends on whether {symbol} is below or above {value}")
        self.symbol, self.value, self.expression = symbol, value, expression


class OrderError(UndecidedError):
    """A sign depends on the size of one constant against an expression in the others.

    The search may get by without it, and divides the constant there only if it does not.

    Args:
        symbol: name of the constant.
        value: where the sign may change.
        expression: whose sign changes there.
    """

    def __init__(self, symbol: str, value: sympy.Expr, expression: sympy.Expr) -> None:
        names = ", ".join(sorted(map(str, expression.free_symbols)))
        super().__init__(f"the sign of {expression} depends on {names}")
        self.symbol, self.value, self.expression = symbol, value, expression


@lru_cache(maxsize=20000)
def number(value: sympy.Expr) -> Number:
    """A SymPy constant in the form used here: logarithms of integers in terms of primes."""
    if value.is_Rational:
        return Fraction(int(value.p), int(value.q))
    if any(
        each.base.is_Add and each.exp.is_Integer and abs(each.exp) > _HIGHEST
        for each in value.atoms(sympy.Pow)
    ):
        raise UndecidedError("a high power of a sum of constants")
    if any(
        each.exp.is_negative and not each.base.free_symbols and number(each.base) == 0
        for each in value.atoms(sympy.Pow)
    ):
        raise UndecidedError("division by zero")
    if value.has(sympy.log):
        value = logarithms_of_primes(sympy.expand_log(value))
    value = sympy.expand(value)
    if any(each.exp.is_negative and each.base.is_Add for each in value.atoms(sympy.Pow)) and (
        value.free_symbols or value.count_ops() < 30
    ):
        value = sympy.cancel(value)
    if not value.is_finite and value.has(sympy.oo, sympy.zoo, sympy.nan):
        raise UndecidedError(f"{value} is not a number")
    if value.is_Rational:
        return Fraction(int(value.p), int(value.q))
    return _without_hidden_zeros(value)


def _without_hidden_zeros(value: sympy.Expr) -> Number:
    """The number, rational where it was shown to be, without terms that cancel."""
    if not value.free_symbols:
        found = rational_value(value)
        return value if found is None else found
    parts: dict[sympy.Expr, list[sympy.Expr]] = {}
    for term in sympy.Add.make_args(value):
        factor, rest = term.as_independent(*value.free_symbols, as_Add=False)
        parts.setdefault(rest, []).append(factor)
    gone = [
        rest
        for rest, factors in parts.items()
        if len(factors) > 1 and number(sympy.Add(*factors)) == 0
    ]
    kept = [factor * rest for rest, each in parts.items() if rest not in gone for factor in each]
    return number(sympy.Add(*kept)) if gone else value


@lru_cache(maxsize=20000)
def exact(value: Number) -> sympy.Expr:
    """The number as SymPy sees it."""
    if isinstance(value, Fraction):
        return sympy.Rational(value.numerator, value.denominator)
    return value


def add(x: Number, y: Number) -> Number:
    """x + y."""
    if isinstance(x, Fraction) and isinstance(y, Fraction):
        return x + y
    return _sum(x, y)


@lru_cache(maxsize=20000)
def _sum(x: Number, y: Number) -> Number:
    return number(exact(x) + exact(y))


def mul(x: Number, y: Number) -> Number:
    """x y."""
    if isinstance(x, Fraction) and isinstance(y, Fraction):
        return x * y
    return _product(x, y)


@lru_cache(maxsize=20000)
def _product(x: Number, y: Number) -> Number:
    return number(exact(x) * exact(y))


@lru_cache(maxsize=20000)
def power(x: Number, y: Number) -> Number:
    """x**y."""
    if isinstance(x, Fraction) and isinstance(y, Fraction):
        if x == 1:
            return ONE
        bits = max(x.numerator.bit_length(), x.denominator.bit_length())
        if y.denominator == 1 and abs(y) * bits < _LONGEST:
            return x ** int(y)
        if abs(y) * bits >= _LONGEST:
            raise UndecidedError("a power of numbers is too large")
    return number(sympy.Pow(exact(x), exact(y)))


@lru_cache(maxsize=20000)
def log(x: Number) -> Number:
    """log x."""
    return number(sympy.log(exact(x)))


@lru_cache(maxsize=20000)
def exp(x: Number) -> Number:
    """exp x."""
    return number(sympy.exp(exact(x)))


@lru_cache(maxsize=20000)
def approx(value: Number) -> float:
    """A nearby float; infinity if it is too large.

    Raises:
        UndecidedError: if it has symbols.
    """
    try:
        if isinstance(value, Fraction):
            return float(value)
        if value.free_symbols:
            raise UndecidedError(f"{value} is not a fixed number")
        return float(value.evalf(20))
    except OverflowError:
        return float("inf")


@lru_cache(maxsize=20000)
def log_approx(value: Number) -> float:
    """About the logarithm of a positive number, however large or small."""
    if isinstance(value, Fraction):
        return math.log(value.numerator) - math.log(value.denominator)
    if value.free_symbols:
        raise UndecidedError(f"{value} is not a fixed number")
    return float(sympy.log(value).evalf(20))


def is_zero(value: Number) -> bool:
    """Whether the number is zero, for all values of its symbols."""
    return value == 0


def gamma(value: Number) -> sympy.Expr:
    """The gamma function of a constant."""
    return sympy.gamma(exact(value))


def largest(x: Number, y: Number) -> Number:
    """The larger of two numbers."""
    if not exact(x).free_symbols and not exact(y).free_symbols:
        gap = approx(add(x, mul(y, Fraction(-1))))
        if abs(gap) > 1e-9:
            return x if gap > 0 else y
    return number(sympy.Max(exact(x), exact(y)))
