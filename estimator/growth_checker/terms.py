"""A constant written as a sum of products of powers of quantities that are taken as they are.

Such a quantity, an atom, is a SymPy expression: a symbol, a prime, pi, E, a logarithm, a power with
symbols in its exponent such as 2**k, a sum that is divided by or of which a root is taken. Sums and
products of rational numbers and of powers of one atom are computed; between two atoms nothing is
assumed.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import sympy

from estimator.growth_checker.number import demand, interval
from estimator.symbols import asked

Power = frozenset[tuple[Any, Fraction]]
"""A product of powers of atoms."""

Terms = dict[Power, Fraction]
"""Products of powers of atoms -> coefficient, none of them zero."""

ONE: Power = frozenset()
MOST = 4000
"""Terms of a sum."""

HIGHEST = 30
"""Power of a sum that is multiplied out."""

BITS = 20_000
"""Of a power of a number."""

PRIMES = 10**6
"""Numbers below are taken apart into primes."""

KNOWN = (
    *(sympy.Max, sympy.Min, sympy.Abs, sympy.ceiling, sympy.floor),
    *(sympy.gamma, sympy.factorial),
)
"""Functions that may be atoms, besides logarithms."""


def rational(value: int | Fraction) -> Terms:
    """A rational number."""
    return {ONE: Fraction(value)} if value else {}


def total_of(*sums: Mapping[Power, Fraction]) -> Terms:
    """A sum of sums."""
    total: Terms = {}
    for each in sums:
        for power, c in each.items():
            total[power] = total.get(power, Fraction(0)) + c
    demand(len(total) <= MOST, "a constant has too many terms")
    return {power: c for power, c in total.items() if c}


def stretched(terms: Mapping[Power, Fraction], factor: Fraction) -> Terms:
    """A sum times a number."""
    return {power: c * factor for power, c in terms.items()} if factor else {}


def times(one: Mapping[Power, Fraction], two: Mapping[Power, Fraction]) -> Terms:
    """A product of sums."""
    demand(len(one) * len(two) <= 50 * MOST, "a constant has too many terms")
    total: Terms = {}
    for left, c in one.items():
        for right, d in two.items():
            factor, power = _merged(left, right)
            total[power] = total.get(power, Fraction(0)) + c * d * factor
    demand(len(total) <= MOST, "a constant has too many terms")
    return {power: c for power, c in total.items() if c}


def raised(terms: Mapping[Power, Fraction], exponent: int) -> Terms:
    """A power of a sum with an exponent that is not negative."""
    if len(terms) == 1:
        ((power, c),) = terms.items()
        factor, kept = _folded({atom: e * exponent for atom, e in power})
        return {kept: _number_power(c, exponent) * factor}
    demand(exponent <= HIGHEST, "a high power of a sum of constants")
    total = rational(1)
    for _ in range(exponent):
        total = times(total, terms)
    return total


def _merged(left: Power, right: Power) -> tuple[Fraction, Power]:
    """The product of two products of powers: a number and what is left."""
    exponents = dict(left)
    for atom, e in right:
        exponents[atom] = exponents.get(atom, Fraction(0)) + e
    return _folded(exponents)


def _folded(exponents: Mapping[Any, Fraction]) -> tuple[Fraction, Power]:
    """Whole powers of numbers computed, so that sqrt(2) * sqrt(2) is 2."""
    factor, kept = Fraction(1), []
    for atom, e in exponents.items():
        if getattr(atom, "is_Integer", False):
            whole = e.numerator // e.denominator
            factor *= _number_power(Fraction(int(atom)), whole)
            kept.append((atom, e - whole))
        else:
            kept.append((atom, e))
    return factor, frozenset((atom, e) for atom, e in kept if e)


def _number_power(base: Fraction, exponent: int) -> Fraction:
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    demand(abs(exponent) * bits <= BITS, "a power of numbers is too large")
    return base**exponent


def read(value: sympy.Expr, sign: Callable[[Any], int]) -> Terms:
    """A constant as terms.

    Args:
        value: in positive symbols.
        sign: of a constant; refuses if there is none.

    Raises:
        WitnessError: if it is made of something else, or not defined for all positive symbols.
    """
    if value.is_Rational:
        return rational(Fraction(int(value.p), int(value.q)))
    if value.is_Symbol:
        demand(value == asked(value.name), f"{value} is not a symbol of the question")
        return {frozenset({(value, Fraction(1))}): Fraction(1)}
    if value in (sympy.pi, sympy.E):
        return {frozenset({(value, Fraction(1))}): Fraction(1)}
    if value.is_Add:
        return total_of(*(read(part, sign) for part in value.args))
    if value.is_Mul:
        total = rational(1)
        for part in value.args:
            total = times(total, read(part, sign))
        return total
    if isinstance(value, sympy.exp):
        return _power(sympy.E, value.exp, sign)
    if value.is_Pow:
        return _power(value.base, value.exp, sign)
    if isinstance(value, sympy.log):
        demand(sign(value.args[0]) > 0, f"{value} may not be defined")
    else:
        demand(isinstance(value, KNOWN), f"the sign of {value} cannot be seen")
    if isinstance(value, sympy.gamma | sympy.factorial):
        demand(sign(value.args[0]) > 0, f"{value} may not be defined")
    return {frozenset({(value, Fraction(1))}): Fraction(1)}


def _power(base: sympy.Expr, exponent: sympy.Expr, sign: Callable[[Any], int]) -> Terms:
    if exponent.is_Integer and exponent >= 0:
        return raised(read(base, sign), int(exponent))
    e = read(exponent, sign)
    is_whole = exponent.is_Integer
    factor, parts = _factors(base, is_whole and int(exponent) % 2 == 0, is_whole, sign)
    total: Terms = rational(factor)
    for atom, a in parts:
        for power, c in e.items():
            if power == ONE:
                number, kept = _folded({atom: a * c})
            else:
                number, kept = _folded({_tower(atom, power): a * c})
            total = times(total, {kept: number})
    return total


def _tower(atom: sympy.Expr, power: Power) -> sympy.Expr:
    """The atom b**m of a power with symbols in its exponent."""
    m = sympy.Mul(*(a ** sympy.Rational(e.numerator, e.denominator) for a, e in power))
    found = atom**m
    demand(found.is_Symbol or found.as_base_exp()[1] != 1, f"{found} is no power")
    return found


def _factors(
    base: sympy.Expr, is_even: bool, is_whole: bool, sign: Callable[[Any], int]
) -> tuple[int, list[tuple[sympy.Expr, Fraction]]]:
    """A sign and positive atoms with exponents, whose product a base is.

    The base must not be zero, and must be positive unless its exponent is whole.
    """
    if base == sympy.E:
        return 1, [(sympy.E, Fraction(1))]
    inner = read(base, sign)
    demand(inner, "a power of zero")
    if len(inner) > 1:
        side = sign(base)
        demand(side > 0 or (side < 0 and is_whole), f"a power of {base} may not be defined")
        return 1 if side > 0 or is_even else -1, [(base if side > 0 else -base, Fraction(1))]
    ((power, c),) = inner.items()
    side = 1 if c > 0 else -1
    parts = [*_primes(abs(c).numerator, 1), *_primes(abs(c).denominator, -1)]
    for atom, e in power:
        below = sign(atom)
        demand(below, f"a power of {atom} may not be defined")
        demand(below > 0 or e.denominator == 1, f"a power of {atom} may not be defined")
        side *= below if e.numerator % 2 else 1
        parts.append((atom if below > 0 else -atom, e))
    demand(side > 0 or is_whole, f"a power of {base} may not be defined")
    return 1 if side > 0 or is_even else -1, parts


def _primes(value: int, side: int) -> list[tuple[sympy.Integer, Fraction]]:
    if value == 1:
        return []
    found = sympy.factorint(value) if value <= PRIMES else {value: 1}
    return [(sympy.Integer(p), Fraction(side * e)) for p, e in found.items()]


def value_of(terms: Mapping[Power, Fraction]) -> Any:
    """An interval around a sum without symbols, or `None` if there is none."""
    total = interval(Fraction(0))
    for power, c in terms.items():
        part = interval(c)
        for atom, e in power:
            around = interval(atom ** sympy.Rational(e.numerator, e.denominator))
            if around is None:
                return None
            part = part * around
        total = total + part
    return total
