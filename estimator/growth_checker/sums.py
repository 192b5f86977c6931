"""Arithmetic of the checker: exact numbers, intervals around them, monomials and sums.

A monomial is a frozenset of (key, exponent), a sum a dict from monomials to numbers; a number is
a `Fraction` or a SymPy expression in positive symbols. Nothing here is shared with the search.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from estimator.growth_checker.number import added, demand, interval, multiplied, same, settled
from estimator.growth_checker.sign import direction_or_none, no_less, size_of

Sum = dict[frozenset[Any], Any]


UNIT: frozenset[Any] = frozenset()


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
    demand(len(key) == {"e": 2, "v": 3, "o": 2}.get(key[0], 0), f"{key!r} is not a key")
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
        value = added(total[each], c) if each in total else c
        if value == 0:
            total.pop(each, None)
        else:
            total[each] = value
    return total


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


def covers(claimed: Sum, found: Sum, side: int) -> bool:
    """Whether a claimed sum has the terms of the found one, none of them on the wrong side.

    A claimed coefficient may be rounded up (side 1) or down (side -1) by one part in a hundred. On
    the upper side it may also be the sum of the sizes of its terms, and there may be further
    positive terms: so claims a search that knows less of signs.
    """
    further = set(claimed) - set(found)
    if set(found) - set(claimed) or (further and side < 0):
        return False
    if any(direction_or_none(claimed[each]) != 1 for each in further):
        return False
    return all(_is_covered(c, claimed[each], side) for each, c in found.items())


def _is_covered(found: Any, claimed: Any, side: int) -> bool:
    if same(found, claimed):
        return True
    inner, outer = interval(found), interval(claimed)
    if inner is None or outer is None:
        return side > 0 and same(no_less(found), claimed)
    if inner.a <= 0:
        return False
    ratio = outer / inner if side > 0 else inner / outer
    return bool(ratio.a >= 1 and ratio.b <= 1.01)


def equal_sums(left: Sum, right: Sum) -> bool:
    """Whether two sums are identical."""
    return set(left) == set(right) and all(same(c, right[each]) for each, c in left.items())
