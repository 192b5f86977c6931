"""Whether a number without symbols is zero, or a rational number of few digits.

**Argument.** An algebraic number that is nearer to zero than any but zero can be (`separation`) is
zero. Any other number is brought over one denominator and written as a sum of products of
logarithms, exponentials and pi, each with a coefficient that is algebraic: it is zero if all
coefficients are. Before, logarithms of rational numbers are taken apart into those of primes, and
powers with other exponents than rational numbers into exponentials of sums of logarithms; a sum of
rational multiples of logarithms is zero if the product of powers that it is the logarithm of is
one.

The search compares minimal polynomials and products of powers of primes instead.
"""

from collections.abc import Callable
from fractions import Fraction
from math import lcm
from typing import Any

import sympy

from estimator.growth_checker.separation import separation

Evaluate = Callable[[sympy.Expr, int], Any]
"""An interval around a number, at a precision in bits, or `None`."""

USUAL = 120
"""Precision at which a rational number is looked for. Unit: bits."""

DENOMINATOR = 1000
LARGEST = 10**6
"""Of a rational number that a number is held against."""

FACTORED = 10**12
"""Integers up to here are taken apart into primes."""

MOST_POWER = 40
"""Of the argument of a logarithm."""

MOST_TERMS = 60


def rational_of(value: sympy.Expr, evaluate: Evaluate) -> Fraction | None:
    """The rational number that a number was shown to be, or `None`."""
    around = evaluate(value, USUAL)
    if around is None or around.b - around.a > 2.0 ** (-USUAL // 2) or abs(around).b > LARGEST:
        return None
    low, high = (_end(around, side) for side in (0, 1))
    found = ((low + high) / 2).limit_denominator(DENOMINATOR)
    if not low <= found <= high:
        return None
    gap = value - sympy.Rational(found.numerator, found.denominator)
    return found if is_zero(gap, evaluate) else None


def _end(around: Any, side: int) -> Fraction:
    sign, mantissa, exponent, _ = around._mpi_[side]
    return Fraction((-1) ** sign * int(mantissa)) * Fraction(2) ** int(exponent)


def side_of_algebraic(value: sympy.Expr, evaluate: Evaluate) -> int | None:
    """The sign of an algebraic number, zero among them; `None` if it is none, or too long."""
    bits = separation(value)
    if bits is None:
        return None
    around = evaluate(value, bits + 60 + value.count_ops())
    if around is None:
        return None
    if around.a > 0 or around.b < 0:
        return 1 if around.a > 0 else -1
    return 0 if _is_below(around, bits) else None


def _is_below(around: Any, bits: int) -> bool:
    return max(abs(_end(around, 0)), abs(_end(around, 1))) < Fraction(1, 2**bits)


def is_zero(value: sympy.Expr, evaluate: Evaluate) -> bool:
    """Whether a number was shown to be zero."""
    side = side_of_algebraic(value, evaluate)
    if side is not None:
        return side == 0
    groups: dict[sympy.Expr, list[sympy.Expr]] = {}
    top = sympy.fraction(sympy.together(value))[0]
    for term in sympy.Add.make_args(sympy.expand(_by_exponentials(top))):
        parts = sympy.Mul.make_args(term)
        inner = [part for part in parts if separation(part) is not None]
        outer = [part for part in parts if separation(part) is None]
        groups.setdefault(sympy.Mul(*outer), []).append(sympy.Mul(*inner))
    if sum(map(len, groups.values())) > MOST_TERMS:
        return False
    sums = {outer: sympy.Add(*inner) for outer, inner in groups.items()}
    left = {
        outer: total for outer, total in sums.items() if side_of_algebraic(total, evaluate) != 0
    }
    return not left or _is_logarithm_of_one(left, evaluate)


def by_primes(value: sympy.Expr) -> sympy.Expr:
    """The same with logarithms of rational numbers as sums of those of primes.

    What is divided by is left alone: a sum there would have many forms.
    """
    if isinstance(value, sympy.log):
        inner = value.args[0]
        if not inner.is_Rational or inner <= 0 or max(inner.p, inner.q) > FACTORED:
            return value
        total = sympy.Integer(0)
        for number, side in ((inner.p, 1), (inner.q, -1)):
            for prime, count in sympy.factorint(int(number)).items():
                total += side * count * sympy.log(prime)
        return total
    if not value.has(sympy.log) or (value.is_Pow and value.exp.is_negative):
        return value
    return value.func(*(by_primes(part) for part in value.args))


def _by_exponentials(value: sympy.Expr) -> sympy.Expr:
    """The same with b**x for an x that is not rational as the exponential of x log b."""
    if value.is_Atom:
        return value
    parts = [_by_exponentials(part) for part in value.args]
    if isinstance(value, sympy.log):
        return by_primes(sympy.expand_log(sympy.log(parts[0])))
    if value.is_Pow and not value.exp.is_Rational and value.base != sympy.E:
        if not value.base.is_positive:
            return value
        exponent = parts[1] * by_primes(sympy.expand_log(sympy.log(parts[0])))
        return sympy.expand_power_exp(sympy.exp(sympy.expand(exponent)))
    return value.func(*parts)


def _is_logarithm_of_one(sums: dict[sympy.Expr, sympy.Expr], evaluate: Evaluate) -> bool:
    """Whether rational multiples of logarithms, times equal things, cancel."""
    logs: dict[sympy.Expr, list[tuple[sympy.Expr, Fraction]]] = {}
    for outer, total in sums.items():
        parts = sympy.Mul.make_args(outer)
        own = [part for part in parts if isinstance(part, sympy.log)]
        if len(own) != 1 or not total.is_Rational:
            return False
        rest = sympy.Mul(*(part for part in parts if part != own[0]))
        logs.setdefault(rest, []).append((own[0].args[0], Fraction(int(total.p), int(total.q))))
    return all(_is_one(powers, evaluate) for powers in logs.values())


def _is_one(powers: list[tuple[sympy.Expr, Fraction]], evaluate: Evaluate) -> bool:
    """Whether a product of powers of positive numbers was shown to be one."""
    unit = lcm(*(c.denominator for _, c in powers))
    if any(abs(c * unit) > MOST_POWER for _, c in powers):
        return False
    product = sympy.Mul(*(sympy.Pow(p, int(c * unit)) for p, c in powers))
    return side_of_algebraic(product - 1, evaluate) == 0
