"""Exact numbers of the checker, and intervals around them.

A number is a `Fraction` or a SymPy expression in positive symbols. Nothing here is shared with the
search.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache
from typing import Any

import sympy
from mpmath import iv

from estimator.growth_checker.zero import by_primes, rational_of, side_of_algebraic

iv.prec = 80

ROOM = 6
"""Last bits of what mpmath's functions say that are not relied on."""

MOST = iv.mpf(2) ** 1000
"""Of what an exponential is computed."""

PRECISE = 400
"""Precision of an interval around a number near zero. Unit: bits."""


class WitnessError(ValueError):
    """A witness does not prove what it claims."""


@contextmanager
def reading() -> Iterator[None]:
    """Turn whatever goes wrong with a malformed witness into `WitnessError`."""
    try:
        yield
    except WitnessError:
        raise
    except (
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        ValueError,
        OverflowError,
        ZeroDivisionError,
        RecursionError,
    ) as problem:
        raise WitnessError(f"the witness is malformed: {problem}") from problem


def demand(condition: object, message: str) -> None:
    """Refuse a witness unless the condition is met.

    Raises:
        WitnessError: if it is not.
    """
    if not condition:
        raise WitnessError(message)


@lru_cache(maxsize=20000)
def _settled(value: sympy.Expr) -> Any:
    if value.is_Rational:
        return Fraction(int(value.p), int(value.q))
    demand(
        not any(
            each.base.is_Add and each.exp.is_Integer and abs(each.exp) > 30
            for each in value.atoms(sympy.Pow)
        ),
        "a high power of a sum of constants",
    )
    if value.has(sympy.log):
        value = by_primes(sympy.expand_log(value))
    value = sympy.expand(value)
    if any(each.exp.is_negative and each.base.is_Add for each in value.atoms(sympy.Pow)) and (
        value.free_symbols or value.count_ops() < 30
    ):
        value = sympy.cancel(value)
    if value.is_Rational:
        return Fraction(int(value.p), int(value.q))
    return _without_zeros(value)


def _without_zeros(value: sympy.Expr) -> Any:
    """A rational number where the number is one, and no terms with coefficients that cancel."""
    symbols = value.free_symbols
    if not symbols:
        found = rational_of(value, _around)
        return value if found is None else found
    coefficients: dict[Any, Any] = {}
    for term in sympy.Add.make_args(value):
        c, rest = term.as_independent(*symbols, as_Add=False)
        coefficients.setdefault(rest, []).append(c)
    zeros = {
        rest for rest, cs in coefficients.items() if len(cs) > 1 and _settled(sympy.Add(*cs)) == 0
    }
    if not zeros:
        return value
    kept = ((rest, cs) for rest, cs in coefficients.items() if rest not in zeros)
    return _settled(sympy.Add(*(rest * c for rest, cs in kept for c in cs)))


def _around(value: sympy.Expr, bits: int) -> Any:
    """An interval at a precision of its own."""
    usual = iv.prec
    iv.prec = bits
    try:
        return interval_at(value, {})
    finally:
        iv.prec = usual


def side_of_number(value: sympy.Expr) -> int | None:
    """The sign of a number without symbols, zero among them, or `None` if it was not seen."""
    for bits in (iv.prec, PRECISE):
        around = _around(value, bits)
        if around is None:
            return None
        if around.a > 0 or around.b < 0:
            return 1 if around.a > 0 else -1
    if (side := side_of_algebraic(value, _around)) is not None:
        return side
    return 0 if _settled(value) == 0 else None


@lru_cache(maxsize=20000)
def symbolic(value: Any) -> sympy.Expr:
    """A number as SymPy sees it."""
    if isinstance(value, Fraction):
        return sympy.Rational(value.numerator, value.denominator)
    demand(isinstance(value, sympy.Expr), f"{value!r} is not a number")
    return value


def settled(value: Any) -> Any:
    """A number in the form in which equal ones look alike, as far as that is possible."""
    return value if isinstance(value, Fraction) else _settled(symbolic(value))


def added(x: Any, y: Any) -> Any:
    """x + y."""
    if isinstance(x, Fraction) and isinstance(y, Fraction):
        return x + y
    return _added(x, y)


@lru_cache(maxsize=20000)
def _added(x: Any, y: Any) -> Any:
    return _settled(symbolic(x) + symbolic(y))


def multiplied(x: Any, y: Any) -> Any:
    """x y."""
    if isinstance(x, Fraction) and isinstance(y, Fraction):
        return x * y
    return _multiplied(x, y)


@lru_cache(maxsize=20000)
def _multiplied(x: Any, y: Any) -> Any:
    return _settled(symbolic(x) * symbolic(y))


@lru_cache(maxsize=20000)
def powered(x: Any, y: Any) -> Any:
    """x**y."""
    if isinstance(x, Fraction) and isinstance(y, Fraction) and y.denominator == 1:
        demand(x != 0 or y > 0, "division by zero")
        bits = max(x.numerator.bit_length(), x.denominator.bit_length())
        demand(abs(x) == 1 or abs(y) * bits < 10**6, "a power is too large to compute")
        return x ** int(y)
    return _settled(sympy.Pow(symbolic(x), symbolic(y)))


def opposite(x: Any) -> Any:
    """-x."""
    return multiplied(Fraction(-1), x)


def same(x: Any, y: Any) -> bool:
    """Whether two numbers are identical."""
    if isinstance(x, Fraction) and isinstance(y, Fraction):
        return x == y
    return bool(x == y or _settled(symbolic(x) - symbolic(y)) == 0)


@lru_cache(maxsize=20000)
def interval(value: Any) -> Any:
    """An interval around a number without symbols, or `None` if it has symbols."""
    around = interval_at(value, {})
    if around is not None and around.delta > abs(around.mid) / 2**20:
        return _around(value, PRECISE)
    return around


def widened(found: Any) -> Any:
    """An interval with room for the last digits, which mpmath's functions round as they find them.

    `iv.exp(x) - 1 - x` is 0 for an x of 2**-89 at 160 bits, though the truth is above.
    """
    room = iv.mpf(2) ** (ROOM - iv.prec)
    size = room * max(abs(found.a), abs(found.b), room)
    return iv.mpf([(found - size).a, (found + size).b])


def interval_at(value: Any, point: Mapping[Any, Any]) -> Any:
    """An interval around an expression where its symbols have values, or `None`.

    Args:
        value: a number.
        point: an interval for each symbol.
    """
    if isinstance(value, Fraction):
        return iv.mpf(value.numerator) / iv.mpf(value.denominator)
    if value.is_Rational:
        return iv.mpf(int(value.p)) / iv.mpf(int(value.q))
    if value.is_Symbol:
        return point.get(value)
    if value == sympy.pi:
        return +iv.pi
    if value == sympy.E:
        return widened(iv.exp(1))
    parts = [interval_at(part, point) for part in value.args]
    if not parts or any(part is None for part in parts):
        return None
    return _interval_of(value, parts)


def _interval_of(value: sympy.Expr, parts: list[Any]) -> Any:
    """An interval around an operation, by those around its arguments."""
    if value.is_Add:
        return sum(parts[1:], parts[0])
    if value.is_Mul:
        total = parts[0]
        for part in parts[1:]:
            total = total * part
        return total
    if value.is_Pow:
        if value.exp.is_Integer:
            return parts[0] ** int(value.exp)
        return _exponential(parts[1] * widened(iv.log(parts[0]))) if parts[0].a > 0 else None
    if isinstance(value, sympy.log):
        return widened(iv.log(parts[0])) if parts[0].a > 0 else None
    if isinstance(value, sympy.exp):
        return _exponential(parts[0])
    if isinstance(value, sympy.sin | sympy.cos):
        return widened(getattr(iv, str(value.func))(parts[0]))
    if isinstance(value, sympy.Max | sympy.Min):
        pick = max if isinstance(value, sympy.Max) else min
        return iv.mpf([pick(part.a for part in parts), pick(part.b for part in parts)])
    if isinstance(value, sympy.Abs):
        return abs(parts[0])
    if isinstance(value, sympy.gamma | sympy.factorial):
        return widened(iv.gamma(parts[0] + isinstance(value, sympy.factorial)))
    return None


def _exponential(power: Any) -> Any:
    return widened(iv.exp(power)) if power.b < MOST else None


def rounded(value: Any, side: int) -> Any:
    """A fraction at least (side 1) or at most (side -1) an irrational number."""
    if isinstance(value, Fraction):
        return value
    around = interval(value)
    if around is None:
        return value
    found = end_of(around, side)
    demand(found, "a bound is zero")
    return found


def end_of(around: Any, side: int) -> Fraction:
    """The upper (side 1) or lower (side -1) end of an interval."""
    sign, mantissa, exponent, _ = around._mpi_[side > 0]
    demand(mantissa or not exponent, "a bound that is not finite")
    return (-1) ** sign * Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def floor_fraction(value: Any) -> int | None:
    """The integer that a number is, or `None`."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return int(value)
    return None
