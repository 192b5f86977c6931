"""The sign of a constant of the search, for all positive values of its symbols."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from functools import lru_cache

import sympy
from sympy.core.evalf import PrecisionExhausted

from estimator.growth_numbers.number import (
    DividedError,
    Number,
    OrderError,
    TimeUpError,
    UndecidedError,
    mul,
    number,
)
from estimator.growth_numbers.several import sign_by_order
from estimator.symbols import asked

_SLOPES = 2
"""Derivatives taken to find a sign."""

_DEEPEST = 8
"""Signs found by other signs, one inside the other."""

_DIGITS = 400
"""Of a number near zero, at most."""


_depth: ContextVar[int] = ContextVar("depth", default=0)
_noticed: ContextVar[list[OrderError] | None] = ContextVar("noticed", default=None)


@contextmanager
def noticing() -> Iterator[list[OrderError]]:
    """Collect, in the body, what signs that were asked for depend on."""
    found: list[OrderError] = []
    token = _noticed.set(found)
    try:
        yield found
    finally:
        _noticed.reset(token)


def sign(value: Number) -> int:
    """-1, 0 or 1, the same for every positive value of the symbols.

    Raises:
        DividedError: if it changes at a known value of one symbol.
        OrderError: if it changes with the size of one symbol against the others.
        UndecidedError: if it could not be found.
    """
    if isinstance(value, Fraction):
        return (value > 0) - (value < 0)
    try:
        return _sign(value)
    except OrderError as problem:
        seen = _noticed.get()
        if seen is not None:
            seen.append(problem)
        raise


def _sign(value: Number) -> int:
    if isinstance(value, Fraction):
        return (value > 0) - (value < 0)
    depth = _depth.get()
    if depth > _DEEPEST:
        raise UndecidedError(f"the sign of {value} was not found")
    token = _depth.set(depth + 1)
    try:
        found = _sign_or_order(value)
    finally:
        _depth.reset(token)
    if isinstance(found, OrderError):
        raise OrderError(found.symbol, found.value, found.expression)
    return found


@lru_cache(maxsize=20000)
def _sign_or_order(value: sympy.Expr) -> int | OrderError:
    try:
        return _found(value)
    except OrderError as problem:
        return OrderError(problem.symbol, problem.value, value)


def _found(value: sympy.Expr) -> int:
    if value.is_zero:
        return 0
    if value.is_positive:
        return 1
    if value.is_negative:
        return -1
    if not value.free_symbols:
        return _sign_of_number(value)
    top, bottom = sympy.fraction(sympy.factor(sympy.together(value)))
    parts = list(sympy.Mul.make_args(top * bottom))
    if len(parts) > 1 or bottom != 1:  # where a factor of the bottom is zero there is no sign
        result = 1
        for part in parts:
            base = part.base if part.is_Pow and part.exp.is_Integer else part
            odd = not (part.is_Pow and part.exp.is_Integer and part.exp % 2 == 0)
            result *= _sign(number(base)) ** (1 if odd else 2)
        return result
    return _sign_of_sum(sympy.expand(top), value)


def _sign_of_number(value: sympy.Expr) -> int:
    """By as many digits as it takes, up to a limit: `number` has found the zeros that it can."""
    try:
        near = value.evalf(20, maxn=_DIGITS, strict=True)
    except PrecisionExhausted:
        raise UndecidedError(f"the sign of {value} was not found") from None
    if not near.is_real or near == 0:
        raise UndecidedError(f"the sign of {value} was not found")
    return 1 if near > 0 else -1


def _sign_of_sum(top: sympy.Expr, value: sympy.Expr, depth: int = 0) -> int:
    if top.is_positive or top.is_negative or top.is_zero:
        return 1 if top.is_positive else -1 if top.is_negative else 0
    symbols = sorted(top.free_symbols, key=str)
    if len(symbols) == 1 and top.is_polynomial(symbols[0]):
        return _sign_of_polynomial(top, symbols[0], value)
    if len(symbols) == 1:
        found = _sign_of_roots(top, symbols[0]) or _sign_of_slope(top, symbols[0], depth)
        if found:
            return found
    for trial in (_without_logs(top), _without_exponentials(top)):
        if trial is not None:
            try:
                return _sign(trial)
            except (DividedError, OrderError) as problem:
                if not _has_new_names(problem):
                    raise
            except TimeUpError:
                raise
            except UndecidedError:
                continue
    if len(symbols) == 2 and top.is_polynomial(*symbols):
        one, two = symbols
        sides = [sympy.expand(top.subs(x, x + y)) for x, y in ((one, two), (two, one))]
        sides.append(sympy.expand(top.subs(one, two)))
        if all(side.is_positive for side in sides) or all(side.is_negative for side in sides):
            return 1 if sides[0].is_positive else -1
    found_so = sign_by_order(top, _sign)
    if found_so is not None:
        return found_so
    raise UndecidedError(f"the sign of {value} depends on {', '.join(map(str, symbols))}")


def _has_new_names(problem: DividedError | OrderError) -> bool:
    names = {problem.symbol, *(x.name for x in sympy.sympify(problem.value).free_symbols)}
    return any(name.startswith("#u") for name in names)


def _sign_of_roots(top: sympy.Expr, unknown: sympy.Symbol) -> int:
    """The sign of a polynomial in a root of the symbol; 0 if it is none."""
    exponents = [each.exp for each in top.atoms(sympy.Pow) if each.base == unknown]
    if not exponents or not all(e.is_Rational for e in exponents):
        return 0
    q = sympy.ilcm(1, *(e.q for e in exponents))
    root = asked("#root")
    trial = sympy.expand(top.subs(unknown, root**q))
    if q == 1 or not trial.is_polynomial(root):
        return 0
    try:
        return _sign_of_polynomial(trial, root, top)
    except DividedError as problem:
        raise DividedError(unknown.name, problem.value**q, top) from None


def _sign_of_slope(top: sympy.Expr, unknown: sympy.Symbol, depth: int) -> int:
    """The sign of a sum that starts at zero or with that sign and keeps growing; else 0."""
    if depth > _SLOPES or top.has(sympy.Max, sympy.log(unknown)) or top.count_ops() > 60:
        return 0
    start = top.subs(unknown, 0)
    if not start.is_number or not start.is_finite or not start.is_real:
        return 0
    try:
        slope = sympy.together(sympy.diff(top, unknown))
        side = _sign_of_sum(sympy.expand(sympy.numer(slope)), slope, depth + 1)
        side *= _sign(number(sympy.denom(slope)))
        return side if side and _sign(number(start)) * side >= 0 else 0
    except UndecidedError:
        return 0


def _sign_of_polynomial(top: sympy.Expr, unknown: sympy.Symbol, value: sympy.Expr) -> int:
    polynomial = sympy.Poly(top, unknown)
    if polynomial.degree() == 1:
        slope, offset = polynomial.all_coeffs()
        roots = [-offset / slope]
    elif all(each.is_Rational for each in polynomial.all_coeffs()):
        roots = polynomial.real_roots()
    else:
        raise UndecidedError(f"the sign of {value} was not found")
    for root in roots:
        if root.is_positive is None:
            raise UndecidedError(f"the sign of {value} was not found")
        if root.is_positive:
            raise DividedError(unknown.name, root, value)
    return _sign(number(top.subs(unknown, 1)))


def _without_logs(top: sympy.Expr) -> Number | None:
    """A number of the sign of a rational combination of logarithms."""
    product = sympy.Integer(1)
    for term in sympy.Add.make_args(top):
        factor, log_part = term.as_coeff_Mul()
        if not isinstance(log_part, sympy.log) or not factor.is_Integer or abs(factor) > 20:
            return None
        product *= log_part.args[0] ** factor
    top, bottom = sympy.fraction(sympy.together(product))
    return number((top - bottom) * bottom)


def _without_exponentials(top: sympy.Expr) -> Number | None:
    """The same with c**e = 1 + u for numbers c > 1 and e > 0, for any positive u."""
    powers = [
        each
        for each in top.atoms(sympy.Pow)
        if each.base.is_number and each.base > 1 and each.exp.free_symbols and each.exp.is_positive
    ]
    if not powers:
        return None
    taken = [int(x.name[2:]) for x in top.free_symbols if x.name.startswith("#u")]
    first = 1 + max(taken, default=-1)  # a name that is used already would mean two things
    fresh = {each: 1 + asked(f"#u{first + place}") for place, each in enumerate(powers)}
    return number(top.xreplace(fresh))


def exact_absolute(value: Number) -> Number:
    """|value| for a value of known sign, otherwise something that it does not exceed."""
    try:
        return mul(value, Fraction(-1)) if sign(value) < 0 else value
    except UndecidedError:
        return majorant(value)


def majorant(value: Number) -> Number:
    """A positive number that |value| does not exceed: term by term, |log x| <= x + 1/x.

    Raises:
        UndecidedError: if a term has a factor of unknown sign that is no logarithm.
    """
    if isinstance(value, Fraction):
        return abs(value)
    total = sympy.Integer(0)
    for term in sympy.Add.make_args(sympy.expand(value)):
        size = sympy.Integer(1)
        for factor in sympy.Mul.make_args(term):
            base, e = factor.as_base_exp()
            if factor.is_positive or factor.is_negative:
                size *= factor if factor.is_positive else -factor
            elif isinstance(base, sympy.sin | sympy.cos) and e.is_Integer and e > 0:
                continue
            elif isinstance(base, sympy.log) and e.is_Integer and e > 0:
                size *= (base.args[0] + 1 / base.args[0]) ** e
            else:
                raise UndecidedError(f"the sign of {value} was not found")
        total += size
    return number(total)


def sign_or_none(value: Number) -> int | None:
    """The sign, or `None` if it is not the same for all symbols or was not found."""
    try:
        return sign(value)
    except UndecidedError:
        return None
