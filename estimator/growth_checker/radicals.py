"""The sign of a constant with roots of symbols or of sums in it.

**Argument.** Two lemmas about positive quantities:

1. A weighted arithmetic mean is at least the geometric one, and above it unless all that is
   averaged is equal: with weights w_i > 0 that add up to one, L - c prod T_i**w_i >= L - c sum
   w_i T_i for c > 0, and more if two T_i differ.
2. u + v r**p has the sign of u and v if they agree; if they do not, u > -v r**p says the same as
   |u|**q > |v|**q r**(p q), and with q the denominator of p no root of r is left.

The signs of L - c sum w_i T_i, of differences T_i - T_j, of u and v and of what the second lemma
compares are asked for again.
"""

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from typing import Any

import sympy

from estimator.growth_checker.number import WitnessError, settled
from estimator.growth_checker.terms import Power, Terms

Direction = Callable[[Any], int]
"""The sign of a constant; refuses if there is none."""

HIGHEST = 6
"""Power to which two sides are raised."""

MOST_TERMS = 30


def side_of_radicals(terms: Terms, direction: Direction) -> int:
    """The sign of a constant for all positive values of its symbols; 0 if it was not seen."""
    atoms = {atom for power in terms for atom, e in power if e.denominator > 1}
    if len(terms) > MOST_TERMS or not any(atom.free_symbols for atom in atoms):
        return 0
    for way in (_side_of_means, _side_of_powers):
        try:
            if side := way(terms, direction):
                return side
        except WitnessError:
            continue
    return 0


def _side_of_means(terms: Terms, direction: Direction) -> int:
    """By the first lemma, for the constant or its opposite."""
    for power, c in terms.items():
        own = [(atom, e) for atom, e in power if atom.free_symbols]
        if len(own) < 2 or any(e <= 0 or direction(atom) <= 0 for atom, e in own):
            continue
        if len([1 for d in terms.values() if d * c > 0]) > 1:
            continue
        whole = sum((e for _, e in own), Fraction(0))
        factor = _written({power - set(own): abs(c)})
        if direction(settled(factor)) <= 0:
            continue
        averaged = [(atom ** _rational(whole), e / whole) for atom, e in own]
        rest = _written({p: d if c < 0 else -d for p, d in terms.items() if p != power})
        mean = sympy.Add(*(_rational(w) * value for value, w in averaged))
        low = direction(settled(rest - factor * mean))
        if low > 0 or (low == 0 and _differ([value for value, _ in averaged], direction)):
            return 1 if c < 0 else -1
    return 0


def _differ(values: list[sympy.Expr], direction: Direction) -> bool:
    """Whether two of some are known to differ for all values of the symbols."""
    for one, two in combinations(values, 2):
        try:
            if direction(settled(one - two)):
                return True
        except WitnessError:
            continue
    return False


def _side_of_powers(terms: Terms, direction: Direction) -> int:
    """By the second lemma, for a sum of which a root is taken."""
    for atom in sorted(
        {a for power in terms for a, e in power if a.is_Add and e.denominator > 1},
        key=lambda a: (-a.count_ops(), str(a)),
    ):
        parts: dict[Fraction, Terms] = {}
        for power, c in terms.items():
            e = dict(power).get(atom, Fraction(0))
            rest = e - e.__floor__()
            parts.setdefault(rest, {})[_shifted(power, atom, -rest)] = c
        u, v = _written(parts.pop(Fraction(0), {})), list(parts.items())
        if len(v) != 1 or v[0][0].denominator > HIGHEST:
            continue
        p, q = v[0][0], v[0][0].denominator
        w = _written(v[0][1])
        one, two = direction(settled(u)), direction(settled(w))
        if one * two >= 0:
            return one or two
        gap = settled((one * u) ** q - (two * w) ** q * atom ** int(p * q))
        return one * direction(gap)
    return 0


def _shifted(power: Power, atom: Any, by: Fraction) -> Power:
    exponents = dict(power)
    exponents[atom] = exponents.get(atom, Fraction(0)) + by
    return frozenset((a, e) for a, e in exponents.items() if e)


def _written(terms: Terms) -> sympy.Expr:
    return sympy.Add(
        *(
            sympy.Mul(_rational(c), *(atom ** _rational(e) for atom, e in power))
            for power, c in terms.items()
        )
    )


def _rational(value: Fraction) -> sympy.Rational:
    return sympy.Rational(value.numerator, value.denominator)
