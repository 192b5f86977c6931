"""Monomials of the logarithmic-exponential scale, as the search handles them.

A monomial is a sorted tuple of (key, exponent); a key is
    ("v", x, 0), ("v", x, 1), ("v", x, 2), ...   x, log x, log log x, ...
    ("e", monomial)                              exp(monomial)
    ("o", i)                                     atom i, a quantity known by its bounds alone
"""

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Any

from attrs import define

from estimator.growth_numbers.number import ONE, Number, add, mul

Key = tuple[Any, ...]
Monomial = tuple[tuple[Key, Number], ...]
Terms = dict[Monomial, Number]
"""A sum: coefficients by monomial."""


@define
class Atom:
    """A positive quantity between two sums of monomials; `lower` may be empty."""

    lower: list[tuple[Number, Monomial]]
    upper: list[tuple[Number, Monomial]]


CONSTANT: Monomial = ()


@lru_cache(maxsize=50000)
def _order(key: Key) -> str:
    return repr(key)


def monomial(pairs: Iterable[tuple[Key, Number]]) -> Monomial:
    """Sorted, without zero exponents."""
    kept = [(key, exponent) for key, exponent in pairs if exponent != 0]
    if len(kept) > 1:
        kept.sort(key=lambda pair: _order(pair[0]))
    return tuple(kept)


@lru_cache(maxsize=50000)
def product(left: Monomial, right: Monomial) -> Monomial:
    """left * right."""
    if not left or not right:
        return left or right
    merged = dict(left)
    for key, exponent in right:
        merged[key] = add(merged[key], exponent) if key in merged else exponent
    return monomial(merged.items())


@lru_cache(maxsize=50000)
def to_power(base: Monomial, exponent: Number) -> Monomial:
    """base ** exponent."""
    return monomial((key, mul(each, exponent)) for key, each in base)


def quotient(left: Monomial, right: Monomial) -> Monomial:
    """left / right."""
    return product(left, to_power(right, Fraction(-1)))


@lru_cache(maxsize=50000)
def exp_key(inner: Monomial) -> Key:
    """The key of exp(inner)."""
    if len(inner) == 1:
        (key, exponent) = inner[0]
        if key[0] == "v" and key[2] > 0 and exponent == 1:
            return ("v", key[1], key[2] - 1)
    return ("e", inner)


@lru_cache(maxsize=50000)
def log_of_key(key: Key) -> Monomial:
    """The logarithm of a key that is not an atom."""
    return ((("v", key[1], key[2] + 1), ONE),) if key[0] == "v" else key[1]


def atoms_in(each: Monomial) -> set[int]:
    """The numbers of the atoms in a monomial, at any depth."""
    found = set()
    for key, _ in each:
        if key[0] == "o":
            found.add(key[1])
        elif key[0] == "e":
            found |= atoms_in(key[1])
    return found


def variables_in(each: Monomial) -> dict[str, int]:
    """The variables of a monomial, with the deepest logarithm of each."""
    found: dict[str, int] = {}
    for key, _ in each:
        inner = {key[1]: key[2]} if key[0] == "v" else variables_in(key[1]) if key[0] == "e" else {}
        for name, level in inner.items():
            found[name] = max(level, found.get(name, 0))
    return found


def plus(left: Terms, right: Terms) -> Terms:
    """Sum of sums."""
    total = dict(left)
    for each, coefficient in right.items():
        value = add(total[each], coefficient) if each in total else coefficient
        total[each] = value
        if value == 0:
            del total[each]
    return total


def times(left: Terms, right: Terms) -> Terms:
    """Product of sums."""
    total: Terms = {}
    for one, x in left.items():
        for two, y in right.items():
            total = plus(total, {product(one, two): mul(x, y)}) if x != 0 and y != 0 else total
    return total


def scaled(terms: Terms, factor: Number, by: Monomial = CONSTANT) -> Terms:
    """A sum times a number and a monomial."""
    return {product(each, by): mul(coefficient, factor) for each, coefficient in terms.items()}
