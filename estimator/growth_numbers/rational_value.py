"""Whether a number without symbols is a rational one, shown by exact algebra.

A float suggests the rational number; the difference to it is written as a sum of products of
powers of primes, radicals and transcendental numbers, and vanishes if that sum does:

* roots of rational numbers go into powers of primes with exponents in [0, 1), which are linearly
  independent over the rational numbers (Besicovitch), logarithms of rational numbers into those of
  primes, and b**x with an irrational x into the exponential of x log b;
* equal products of transcendental numbers are collected; what they are multiplied by, an
  algebraic number, vanishes if its sines and cosines do modulo a cyclotomic polynomial, if u**q =
  (-v)**q r where it is u + v r**(1/q), if it is denested to zero, or if x is its minimal
  polynomial;
* a sum of rational multiples of logarithms vanishes if the product of their arguments' powers is
  one.

What is not shown in one of these ways may still vanish.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from math import lcm

import sympy

from estimator.symbols import asked

Product = frozenset[tuple[sympy.Basic, Fraction]]
"""Powers of primes, radicands, transcendental numbers."""

Sum = dict[Product, Fraction]

NOTHING: Product = frozenset()

FACTORED = 10**12
"""Integers up to here are taken apart into primes."""

MOST_TERMS = 60
HIGHEST = 12
"""Power of a sum that is multiplied out."""

MOST_POWER = 40
"""Of the argument of a logarithm."""

DEGREE = 16
"""Of a number whose minimal polynomial is computed, at most."""

DEEPEST = 4
"""Roots that are removed by powers, one inside the other."""

APART = sympy.Float("1e-8")
"""A number that is further from zero is not taken for zero."""

MOST_TURNS = 400
"""Of the roots of unity that sines and cosines are made of."""

DENOMINATOR = 1000
"""Of a rational number that is looked for, at most."""

NEAR = sympy.Float("1e-25")
"""A number nearer to a rational one is held against it."""


class _TooLongError(Exception):
    """A sum is too long, or made of something else."""


@lru_cache(maxsize=20000)
def rational_value(value: sympy.Expr) -> Fraction | None:
    """The rational number that an irrationally written one was shown to be; else `None`."""
    if not value.is_comparable and not value.is_real:
        return None
    near = value.evalf(32, maxn=60)
    if not near.is_Float or not near.is_finite or abs(near) > 10**6:
        return None
    guess = Fraction(str(near)).limit_denominator(DENOMINATOR)
    rational = sympy.Rational(guess.numerator, guess.denominator)
    if abs(near - rational) > NEAR:
        return None
    try:
        gap = value - rational
        if any(each.exp.is_negative for each in gap.atoms(sympy.Pow)):
            gap = sympy.numer(sympy.together(gap))
        return guess if _vanishes(sympy.expand(gap)) else None
    except _TooLongError:
        return None


def logarithms_of_primes(value: sympy.Expr) -> sympy.Expr:
    """The same with logarithms of rational numbers as sums of those of primes.

    Those that are divided by stay as they are, so that one quotient has one form.
    """
    if not value.has(sympy.log) or (value.is_Pow and value.exp.is_negative):
        return value
    if isinstance(value, sympy.log):
        inner = value.args[0]
        if not (inner.is_Rational and inner > 0 and _is_short(inner)):
            return value
        return sympy.Add(*(e * sympy.log(p) for p, e in _primes(inner)))
    return value.func(*map(logarithms_of_primes, value.args))


def _is_short(value: sympy.Rational) -> bool:
    return bool(max(abs(value.p), value.q) <= FACTORED)


def _primes(value: sympy.Rational) -> list[tuple[sympy.Integer, int]]:
    """Primes of a positive rational number, with their exponents."""
    if not _is_short(value):
        raise _TooLongError
    parts = ((value.p, 1), (value.q, -1))
    return [(sympy.Integer(p), s * e) for n, s in parts for p, e in sympy.factorint(n).items()]


def _vanishes(value: sympy.Expr) -> bool:
    """Whether a number near zero was shown to be zero."""
    groups: dict[Product, Sum] = {}
    for product, c in _read(value).items():
        outer = frozenset(pair for pair in product if not _is_algebraic(pair[0]))
        groups.setdefault(outer, {})[product - outer] = c
    open_groups = [(outer, inner) for outer, inner in groups.items() if not _is_zero(inner)]
    return not open_groups or _logarithms_cancel(open_groups)


def _is_zero(inner: Sum, depth: int = 0) -> bool:
    """Whether an algebraic number near zero, as a sum of radicals, was shown to be zero."""
    atoms = {atom for product in inner for atom, _ in product if not atom.is_Integer}
    if not inner or not atoms:
        return not inner
    if all(isinstance(atom, sympy.sin | sympy.cos) for atom in atoms):
        return _turns_cancel(inner)
    value = _written(inner)
    if abs(value.evalf(20, maxn=60)) > APART:
        return False
    if depth < DEEPEST:
        for atom in sorted(atoms, key=lambda each: -each.count_ops()):
            powers = _without_root(inner, atom)
            if powers is not None and _is_zero(powers, depth + 1):
                return True
    denested = sympy.expand(sympy.sqrtdenest(value))
    if denested != value and not _read(denested):
        return True
    if depth or _degree(value) > DEGREE:
        return False
    unknown = asked("#unknown")
    return bool(sympy.minimal_polynomial(value, unknown) == unknown)


def _without_root(inner: Sum, atom: sympy.Expr) -> Sum | None:
    """u**q - (-v)**q r for u + v r**(1/q) near zero; if it is zero so is that, as u is not."""
    without = {product: c for product, c in inner.items() if atom not in dict(product)}
    exponents = {dict(product).get(atom) for product in inner} - {None}
    if len(exponents) != 1:
        return None
    (e,) = exponents
    if e is None or e.denominator == 1 or e.denominator > HIGHEST:
        return None
    u = _written(without)
    v = _written({p - {(atom, e)}: c for p, c in inner.items() if atom in dict(p)})
    if not without or abs(u.evalf(20)) < APART:
        return None
    q = e.denominator
    return _read(sympy.expand(u**q - sympy.expand((-v) ** q) * sympy.expand(atom**e.numerator)))


def _turns_cancel(inner: Sum) -> bool:
    """Whether a sum of products of sines and cosines vanishes, by roots of unity."""
    turns = [atom.args[0] / sympy.pi for product in inner for atom, _ in product]
    n = lcm(4, *(2 * int(turn.q) for turn in turns))
    if n > MOST_TURNS:
        return False
    z = asked("#root")
    total = sympy.Poly(0, z, domain=sympy.QQ)
    for product, c in inner.items():
        part = sympy.Poly(_rational(c), z, domain=sympy.QQ)
        for atom, e in product:
            if e.denominator > 1 or e < 0:
                return False
            place = int(atom.args[0] / sympy.pi * n / 2) % n
            if isinstance(atom, sympy.sin):  # sin x = cos(x - pi/2)
                place = (place - n // 4) % n
            part *= sympy.Poly((z**place + z ** (-place % n)) / 2, z, domain=sympy.QQ) ** int(e)
        total += part
    return bool(total.rem(sympy.Poly(sympy.cyclotomic_poly(n, z), z, domain=sympy.QQ)).is_zero)


def _written(terms: Sum) -> sympy.Expr:
    return sympy.Add(*(_rational(c) * _product_of(product) for product, c in terms.items()))


def _product_of(product: Product) -> sympy.Expr:
    return sympy.Mul(*(atom ** _rational(e) for atom, e in product))


def _rational(value: Fraction) -> sympy.Rational:
    return sympy.Rational(value.numerator, value.denominator)


def _degree(value: sympy.Expr) -> int:
    """A number that the degree of an algebraic number does not exceed."""
    total = 1
    for each in value.atoms(sympy.Pow):
        total *= each.exp.q if each.exp.is_Rational else 1
    turns = [each.args[0] / sympy.pi for each in value.atoms(sympy.sin, sympy.cos)]
    return int(total * lcm(1, *(2 * turn.q for turn in turns)))


def _logarithms_cancel(groups: list[tuple[Product, Sum]]) -> bool:
    """Whether rational multiples of logarithms of algebraic numbers cancel."""
    parts: dict[Product, dict[sympy.Expr, Fraction]] = {}
    for outer, inner in groups:
        logs = [pair for pair in outer if isinstance(pair[0], sympy.log)]
        if len(logs) != 1 or logs[0][1] != 1 or set(inner) != {NOTHING}:
            return False
        parts.setdefault(outer - set(logs), {})[logs[0][0].args[0]] = inner[NOTHING]
    return all(map(_product_is_one, parts.values()))


def _product_is_one(powers: Mapping[sympy.Expr, Fraction]) -> bool:
    unit = lcm(*(c.denominator for c in powers.values()))
    whole = {p: int(c * unit) for p, c in powers.items()}
    if any(abs(e) > MOST_POWER or not _is_algebraic(p) for p, e in whole.items()):
        return False
    above, below = (
        sympy.Mul(*(p ** (side * e) for p, e in whole.items() if side * e > 0)) for side in (1, -1)
    )
    return _vanishes(sympy.expand(above - below))


def _is_algebraic(atom: sympy.Expr) -> bool:
    if isinstance(atom, sympy.sin | sympy.cos):
        return bool((atom.args[0] / sympy.pi).is_Rational)
    if atom.is_Pow:
        return bool(atom.exp.is_Rational) and _is_algebraic(atom.base)
    if atom.is_Add or atom.is_Mul:
        return all(map(_is_algebraic, atom.args))
    return bool(atom.is_Rational)


def _read(value: sympy.Expr) -> Sum:
    """A number as a sum of products.

    Raises:
        _TooLongError: if it is too long.
    """
    if value.is_Rational:
        return _plain(Fraction(int(value.p), int(value.q)))
    if value.is_Add:
        total: Sum = {}
        for part in value.args:
            for product, c in _read(part).items():
                total[product] = total.get(product, Fraction(0)) + c
        return _kept(total)
    if value.is_Mul:
        total = _plain(Fraction(1))
        for part in value.args:
            total = _times(total, _read(part))
        return total
    if isinstance(value, sympy.exp):
        return _exponential(value.exp)
    if value.is_Pow:
        return _power(value.base, value.exp)
    if isinstance(value, sympy.log) and value.args[0].is_Rational:
        return {
            frozenset({(sympy.log(p), Fraction(1))}): Fraction(e) for p, e in _primes(value.args[0])
        }
    return {frozenset({(value, Fraction(1))}): Fraction(1)}


def _plain(value: Fraction) -> Sum:
    return {NOTHING: value} if value else {}


def _kept(total: Sum) -> Sum:
    if len(total) > MOST_TERMS:
        raise _TooLongError
    return {product: c for product, c in total.items() if c}


def _times(one: Sum, two: Sum) -> Sum:
    total: Sum = {}
    for left, c in one.items():
        for right, d in two.items():
            factor, product = _merged(left, right)
            total[product] = total.get(product, Fraction(0)) + c * d * factor
    return _kept(total)


def _merged(left: Product, right: Product) -> tuple[Fraction, Product]:
    """The product of two, whole powers of primes apart."""
    exponents = dict(left)
    for atom, e in right:
        exponents[atom] = exponents.get(atom, Fraction(0)) + e
    factor, kept = Fraction(1), []
    for atom, e in exponents.items():
        whole = e.numerator // e.denominator if atom.is_Integer else 0
        if abs(whole) > 2000:
            raise _TooLongError
        factor *= Fraction(int(atom)) ** whole if whole else 1
        kept.append((atom, e - whole))
    return factor, frozenset((atom, e) for atom, e in kept if e)


def _power(base: sympy.Expr, exponent: sympy.Expr) -> Sum:
    if not exponent.is_Rational:
        if not base.is_positive:
            raise _TooLongError
        return _exponential(sympy.expand(exponent * sympy.expand_log(sympy.log(base))))
    e = Fraction(int(exponent.p), int(exponent.q))
    if exponent.is_Integer and 0 < e <= HIGHEST:
        total, inner = _plain(Fraction(1)), _read(base)
        for _ in range(int(e)):
            total = _times(total, inner)
        return total
    if base.is_Rational and base > 0:
        return (
            _times(
                _plain(Fraction(1)), {frozenset((p, s * e) for p, s in _primes(base)): Fraction(1)}
            )
            if base != 1
            else _plain(Fraction(1))
        )
    return {frozenset({(base, e)}): Fraction(1)}


def _exponential(exponent: sympy.Expr) -> Sum:
    """exp of a sum: powers of primes for multiples of their logarithms."""
    total = _plain(Fraction(1))
    for product, c in _read(exponent).items():
        atom = _product_of(product)
        is_log = isinstance(atom, sympy.log)
        base = atom.args[0] if is_log else sympy.exp(atom, evaluate=False)
        total = _times(total, {frozenset({(base, c)}): Fraction(1)})
    return total
