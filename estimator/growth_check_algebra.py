"""Arithmetic of the checker: exact numbers, intervals around them, monomials and sums.

A monomial is a frozenset of (key, exponent), a sum a dict from monomials to numbers; a number is
a `Fraction` or a SymPy expression in positive symbols. Nothing here is shared with the search.
"""

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Any

import sympy
from mpmath import iv

from estimator.symbols import asked

iv.prec = 80

Sum = dict[frozenset[Any], Any]
UNIT: frozenset[Any] = frozenset()


class WitnessError(ValueError):
    """A witness does not prove what it claims."""


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
        value = sympy.expand_log(value)
    value = sympy.expand(value)
    if any(each.exp.is_negative and each.base.is_Add for each in value.atoms(sympy.Pow)):
        value = sympy.cancel(value)
    return Fraction(int(value.p), int(value.q)) if value.is_Rational else value


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
    if isinstance(value, Fraction):
        return iv.mpf(value.numerator) / iv.mpf(value.denominator)
    if value.is_Rational:
        return iv.mpf(int(value.p)) / iv.mpf(int(value.q))
    if value == sympy.pi:
        return +iv.pi
    if value == sympy.E:
        return iv.exp(1)
    parts = [interval(part) for part in value.args]
    if not parts or any(part is None for part in parts):
        return None
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
        return iv.exp(parts[1] * iv.log(parts[0])) if parts[0].a > 0 else None
    if isinstance(value, sympy.log):
        return iv.log(parts[0]) if parts[0].a > 0 else None
    if isinstance(value, sympy.exp):
        return iv.exp(parts[0])
    if isinstance(value, sympy.Max):
        low, high = max(part.a for part in parts), max(part.b for part in parts)
        return iv.mpf([low, high])
    if isinstance(value, sympy.gamma):
        return iv.gamma(parts[0])
    return None


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
    q = sympy.ilcm(*(e.q for e in powers))
    root = asked("#root")
    trial = sympy.expand(top.subs(free, root**q))
    return _sum_direction(trial) if q > 1 and trial.is_polynomial(root) else 0


def _slope_direction(top: sympy.Expr, free: sympy.Symbol, depth: int) -> int:
    """s if the value at 0 is 0 or of sign s and the derivative is of sign s; otherwise 0."""
    start = top.subs(free, 0)
    if depth > 2 or not (start.is_number and start.is_finite and start.is_real):
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
        fresh = {each: 1 + asked(f"#u{place}") for place, each in enumerate(growing)}
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
            if factor.is_positive or factor.is_negative:
                size *= factor if factor.is_positive else -factor
            else:
                known = isinstance(base, sympy.log) and e.is_Integer and e > 0
                demand(known and base.args[0].is_positive, f"the size of {x} cannot be seen")
                size *= (base.args[0] + 1 / base.args[0]) ** e
        total += size
    return _settled(total)


def mono(pairs: Iterable[tuple[Any, Any]]) -> frozenset[Any]:
    """A monomial from (key, exponent) pairs, as a witness writes them."""
    merged: dict[Any, Any] = {}
    for key, exponent in pairs:
        clean = key_of(key)
        demand(clean not in merged, "a monomial repeats a factor")
        merged[clean] = settled(exponent)
    return frozenset((key, e) for key, e in merged.items() if e != 0)


def key_of(key: Any) -> Any:
    """A key as a witness writes it, in the checker's form."""
    demand(isinstance(key, tuple) and key, f"{key!r} is not a key")
    if key[0] == "e":
        return ("e", key[1] if isinstance(key[1], frozenset) else mono(key[1]))
    if key[0] == "v":
        demand(isinstance(key[2], int) and key[2] >= 0, f"{key!r} is not a key")
    else:
        demand(key[0] == "o", f"{key!r} is not a key")
    return key


def mono_product(left: frozenset[Any], right: frozenset[Any]) -> frozenset[Any]:
    """left * right."""
    if not left or not right:
        return left or right
    merged = dict(left)
    for key, e in right:
        merged[key] = added(merged.get(key, Fraction(0)), e)
    return frozenset((key, e) for key, e in merged.items() if e != 0)


def mono_power(base: frozenset[Any], exponent: Any) -> frozenset[Any]:
    """base ** exponent."""
    pairs = ((key, multiplied(e, exponent)) for key, e in base)
    return frozenset((key, e) for key, e in pairs if e != 0)


def mono_ratio(left: frozenset[Any], right: frozenset[Any]) -> frozenset[Any]:
    """left / right."""
    return mono_product(left, mono_power(right, Fraction(-1)))


def log_of(key: Any) -> frozenset[Any]:
    """The logarithm of a key that is not an atom."""
    demand(key[0] in "ve", "the logarithm of an atom is not a monomial")
    return frozenset({(("v", key[1], key[2] + 1), Fraction(1))}) if key[0] == "v" else key[1]


def exp_of(inner: frozenset[Any]) -> Any:
    """The key of exp(inner)."""
    if len(inner) == 1:
        ((key, e),) = inner
        if key[0] == "v" and key[2] > 0 and e == 1:
            return ("v", key[1], key[2] - 1)
    return ("e", inner)


def sum_of(left: Sum, right: Sum) -> Sum:
    """left + right."""
    total = dict(left)
    for each, c in right.items():
        total[each] = added(total.get(each, Fraction(0)), c)
    return {each: c for each, c in total.items() if c != 0}


def product_of(left: Sum, right: Sum) -> Sum:
    """left * right."""
    total: Sum = {}
    for one, x in left.items():
        for two, y in right.items():
            each = mono_product(one, two)
            total[each] = added(total.get(each, Fraction(0)), multiplied(x, y))
    return {each: c for each, c in total.items() if c != 0}


def times_term(terms: Sum, factor: Any, by: frozenset[Any] = UNIT) -> Sum:
    """A sum times a number and a monomial."""
    found = {mono_product(each, by): multiplied(c, factor) for each, c in terms.items()}
    return {each: c for each, c in found.items() if c != 0}


def sizes(terms: Sum) -> Sum:
    """A sum with its coefficients' absolute values."""
    return {each: size_of(c) for each, c in terms.items()}


def equal_sums(left: Sum, right: Sum) -> bool:
    """Whether two sums are identical."""
    return set(left) == set(right) and all(same(c, right[each]) for each, c in left.items())


def floor_fraction(value: Any) -> int | None:
    """The integer that a number is, or `None`."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return int(value)
    return None
