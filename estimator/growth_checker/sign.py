"""The sign and the size of a number of the checker, for all positive values of its symbols."""

from fractions import Fraction
from functools import lru_cache
from itertools import count
from typing import Any

import sympy

from estimator.growth_checker.number import (
    WitnessError,
    added,
    demand,
    interval,
    opposite,
    same,
    settled,
)
from estimator.symbols import asked


@lru_cache(maxsize=20000)
def direction(value: Any) -> int:
    """The sign of a number, the same for all positive values of its symbols.

    Raises:
        WitnessError: if that is not so, or cannot be seen.
    """
    if isinstance(value, Fraction):
        return (value > 0) - (value < 0)
    if value.is_positive or value.is_negative:
        return 1 if value.is_positive else -1
    around = interval(value)
    if around is not None:
        demand(around.a > 0 or around.b < 0, f"the sign of {value} cannot be seen")
        return 1 if around.a > 0 else -1
    return _factors_direction(value)


def _factors_direction(value: sympy.Expr) -> int:
    top, bottom = sympy.fraction(sympy.factor(sympy.together(value)))
    factors = [part.as_base_exp() for part in sympy.Mul.make_args(top * bottom)]
    if len(factors) > 1 or factors[0][1] != 1:
        found = 1
        for base, e in factors:
            if not base.is_positive:
                side = direction(settled(base))
                demand(e.is_Integer or (e.is_real and side > 0), f"the sign of {value}")
                found *= side ** int(2 - e % 2) if e.is_Integer else 1
        return found
    return _sum_direction(sympy.expand(top))


def _root_direction(top: sympy.Expr, free: sympy.Symbol) -> int:
    """The sign of a polynomial in a root of a symbol; 0 if it is none."""
    powers = [each.exp for each in top.atoms(sympy.Pow) if each.base == free]
    if not powers or not all(e.is_Rational for e in powers):
        return 0
    q = sympy.ilcm(1, *(e.q for e in powers))
    root = asked("#root")
    trial = sympy.expand(top.subs(free, root**q))
    return _sum_direction(trial) if q > 1 and trial.is_polynomial(root) else 0


def _slope_direction(top: sympy.Expr, free: sympy.Symbol, depth: int) -> int:
    """s if the value at 0 is 0 or of sign s and the derivative is of sign s; otherwise 0."""
    if depth > 2 or top.has(sympy.Max, sympy.log(free)) or top.count_ops() > 60:
        return 0
    start = top.subs(free, 0)
    if not (start.is_number and start.is_finite and start.is_real):
        return 0
    slope = sympy.together(sympy.diff(top, free))
    try:
        side = _sum_direction(sympy.expand(sympy.numer(slope)), depth + 1)
        side *= direction(settled(sympy.denom(slope)))
        at_zero = settled(start)
        return side if at_zero == 0 or direction(at_zero) == side else 0
    except WitnessError:
        return 0


def _sum_direction(top: sympy.Expr, depth: int = 0) -> int:
    """The sign of a sum in positive symbols, by one of six arguments.

    A polynomial in one symbol, or in a root of it, without positive roots; a value at 0 and a
    derivative of one sign; a combination of logarithms, by the
    product; c**e with c > 1, e > 0 replaced by 1 + u, u > 0; a polynomial in two symbols x, y
    with coefficients of one sign after x = x + y and after y = x + y.
    """
    if top.is_positive or top.is_negative:
        return 1 if top.is_positive else -1
    free = sorted(top.free_symbols, key=str)
    if len(free) == 1 and top.is_polynomial(*free):
        polynomial = sympy.Poly(top, *free)
        rational = all(each.is_Rational for each in polynomial.all_coeffs())
        demand(rational, f"the sign of {top} cannot be seen")
        demand(polynomial.count_roots(0, None) == 0, f"the sign of {top} changes")
        return 1 if polynomial.eval(1) > 0 else -1
    if len(free) == 1:
        found = _root_direction(top, free[0]) or _slope_direction(top, free[0], depth)
        if found:
            return found
    product = _product_of_logs(top)
    if product is not None:
        sign, product = product
        return sign * direction(settled(sympy.numer(product) - sympy.denom(product)))
    growing = [
        each
        for each in top.atoms(sympy.Pow)
        if each.base.is_number and each.base > 1 and each.exp.free_symbols and each.exp.is_positive
    ]
    if growing:
        unused = (x for x in map(asked, (f"#v{i}" for i in count())) if x not in top.free_symbols)
        fresh = {each: 1 + next(unused) for each in growing}
        return direction(settled(top.xreplace(fresh)))
    demand(len(free) == 2 and top.is_polynomial(*free), f"the sign of {top} cannot be seen")
    x, y = free
    sides = [sympy.expand(top.subs(x, x + y)), sympy.expand(top.subs(y, x + y))]
    up, down = (all(getattr(side, name) for side in sides) for name in _SIGNS)
    demand(up or down, f"the sign of {top} cannot be seen")
    return 1 if up else -1


def _product_of_logs(top: sympy.Expr) -> tuple[int, sympy.Expr] | None:
    """Sign s and P with top = s c log(P), c > 0, for a sum of multiples of logarithms."""
    terms = [term.as_independent(*top.free_symbols) for term in sympy.Add.make_args(top)]
    unit = next((c for c, part in terms if isinstance(part, sympy.log)), None)
    if unit is None:
        return None
    found = sympy.Integer(1)
    for c, part in terms:
        ratio = sympy.expand(c / unit)
        if part == 1:
            ratio, part = ratio.as_coeff_Mul()
        if not (isinstance(part, sympy.log) and ratio.is_Integer and abs(ratio) <= 20):
            return None
        found *= part.args[0] ** ratio
    return direction(settled(unit)), sympy.together(found)


_SIGNS = ("is_positive", "is_negative")


def at_most(x: Any, y: Any) -> bool:
    """Whether x <= y is certain."""
    if same(x, y):
        return True
    gap = added(y, opposite(x))
    try:
        return direction(gap) > 0
    except WitnessError:
        return False


def direction_or_none(value: Any) -> int | None:
    """The sign of a number, or `None` if it cannot be seen."""
    try:
        return direction(value)
    except WitnessError:
        return None


@lru_cache(maxsize=20000)
def size_of(x: Any) -> Any:
    """|x|; a bound of it by `no_less` if the sign of x cannot be seen."""
    if isinstance(x, Fraction):
        return abs(x)
    side = direction_or_none(x)
    return no_less(x) if side is None else x if side >= 0 else opposite(x)


def no_less(x: Any) -> Any:
    """The sum of the sizes of the terms of x, where |log y| <= y + 1/y."""
    if isinstance(x, Fraction):
        return abs(x)
    total = sympy.Integer(0)
    for term in sympy.Add.make_args(sympy.expand(x)):
        size = sympy.Integer(1)
        for factor in sympy.Mul.make_args(term):
            base, e = factor.as_base_exp()
            if isinstance(base, sympy.sin | sympy.cos) and e.is_Integer and e > 0:
                continue
            if factor.is_positive or factor.is_negative:
                size *= factor if factor.is_positive else -factor
            else:
                known = isinstance(base, sympy.log) and e.is_Integer and e > 0
                demand(known and base.args[0].is_positive, f"the size of {x} cannot be seen")
                size *= (base.args[0] + 1 / base.args[0]) ** e
        total += size
    return settled(total)
