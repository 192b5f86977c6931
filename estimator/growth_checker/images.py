"""What stands for the atoms of a constant: polynomials in unknowns that are positive.

**Argument.** Every atom that is no number is replaced by a quotient of polynomials in an unknown of
its own and in what it is made of, in such a way that at every point some positive values of the
unknowns give the values of all atoms, with denominators that are positive there. A polynomial that
is positive for all positive unknowns then is positive at every point; that the unknowns are taken
as independent of each other, which they are not, only asks for more. An atom that may attain its
least value, or is zero or of either sign, is replaced in several ways, one of which is right at
each point; then all of them must lead to the same sign.

The replacements, t being the unknown and q the root that is taken of the atom:

* a symbol: t**q;
* an atom that stays above a number b: (b**(1/q) + t)**q. Above b stay: c**m for c > 1 and m > 0, by
  what m stays above; log P and roots of P, by what P stays above; ceiling, floor, Max;
* c**m for c > 1 and m > b >= 0, with d = (m - b) log c: c**b (1 + d + ... + d**J/J! + t), or
  c**b / (1 - d + t), or c**b / (1 - d + d**2/2 - d**3/6 + t), by Taylor's theorem for exp d;
* an atom above another of its kind: that and t, where a logarithm or a root is above that of what
  its argument is above, and c**m above b**m and c**n, for m > 0, c > b and for c > 1, m > n;
* log P for P > 1: (P-1)/P + t, 2 (P-1)/(P+1) + t, (P-1) - (P-1)**2/2 + t, (P-1) - t and
  (P**2-1)/(2 P) - t, all of which are zero at P = 1 and compare by their derivatives; for any P > 0
  the first and the fourth with t >= 0, or else t, 0 and -t;
* a symbol x where a root of b + c x occurs, with numbers b >= 0 and c > 0: ((b + c x) - b) / c,
  b + c x being (b**(1/q) + t)**q;
* Max and Min also by each of their arguments, unless another is known to be above, or below, it;
* |P|: 0 and t.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, islice, product
from math import factorial, prod
from typing import Any

import sympy

from estimator.growth_checker.number import WitnessError, demand, end_of, settled
from estimator.growth_checker.picture import Image, Picture, Sign, Unknown, by_unknowns, gather
from estimator.growth_checker.terms import (
    ONE,
    Terms,
    raised,
    rational,
    read,
    stretched,
    times,
    total_of,
    value_of,
)

Cases = tuple[Image, ...]
"""Images of which one is right at each point."""

MOST_PICTURES = 40
"""Choices of replacements tried."""

MOST_CASES = 30
"""Of one choice."""

MOST_WAYS = 12
"""Replacements of one atom."""

TAYLOR = (1, 2, 3)
"""Orders of the Taylor polynomials of an exponential."""


def pictures(terms: Terms, sign: Sign, with_denominators: bool = True) -> Iterator[list[Terms]]:
    """Ways to see a constant, each a list of polynomials that cover all points.

    Args:
        terms: the constant.
        sign: of what the constant is made of.
        with_denominators: whether the polynomials may be that of the constant times something
            positive.
    """
    roots: dict[Any, int] = {}
    if with_denominators:
        terms = _without_common_factors(terms)
    gather(terms, sign, roots)
    seen = {atom: _ways(atom, roots, sign) for atom in roots}
    plain = [cases for ways in seen.values() if (cases := next(ways, None)) is not None]
    if len(plain) < len(roots):
        return
    below = None if with_denominators else rational(1)
    yield from _put(terms, plain, roots, below)
    ways = [
        [first, *islice(seen[atom], MOST_WAYS)] for atom, first in zip(roots, plain, strict=True)
    ]
    for choice in islice(_in_turn([len(way) for way in ways]), MOST_PICTURES):
        chosen = [way[place] for way, place in zip(ways, choice, strict=True)]
        yield from _put(terms, chosen, roots, below)


def _without_common_factors(terms: Terms) -> Terms:
    """Terms over the powers of positive atoms that all of them have."""
    shared = dict(next(iter(terms), ONE))
    for power in terms:
        exponents = dict(power)
        shared = {atom: min(e, exponents[atom]) for atom, e in shared.items() if atom in exponents}
    turn = frozenset((atom, -e) for atom, e in shared.items() if _is_positive_atom(atom))
    return times(terms, {turn: Fraction(1)})


def _is_positive_atom(atom: sympy.Expr) -> bool:
    """Whether an atom is positive by its kind: a sum was, where it was taken as an atom."""
    return bool(atom.free_symbols) and (atom.is_Symbol or atom.is_Add or atom.as_base_exp()[1] != 1)


def _put(
    terms: Terms, cases: Sequence[Cases], roots: Mapping[Any, int], below: Terms | None
) -> Iterator[list[Terms]]:
    """The polynomials of all cases, unless they are too many, too long or over something else."""
    if prod(map(len, cases)) > MOST_CASES:
        return
    try:
        found = [
            Picture(dict(zip(roots, images, strict=True)), roots).put(terms)
            for images in product(*cases)
        ]
    except WitnessError:
        return
    if below is None or all(each == below for _, each in found):
        yield [top for top, _ in found]


def _in_turn(counts: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Choices of one of each, but that of the first of all, with the fewest others first."""
    places = range(len(counts))
    for size in range(1, len(counts) + 1):
        for chosen in combinations(places, size):
            for others in product(*(range(1, counts[place]) for place in chosen)):
                choice = dict(zip(chosen, others, strict=True))
                yield tuple(choice.get(place, 0) for place in places)


def _ways(atom: Any, roots: Mapping[Any, int], sign: Sign) -> Iterator[Cases]:
    """All ways to replace the root of an atom."""
    t, q = _atom_as_terms(Unknown(atom)), roots[atom]
    if atom.is_Symbol:
        yield ((t, rational(1)),)
        if q == 1:
            yield from _by_roots(atom, roots, sign)
    elif atom.is_Add and q == 1:
        yield ((read(atom, sign), rational(1)),)
    elif isinstance(atom, sympy.Max | sympy.Min) and q == 1:
        yield from _ways_of_extreme(atom, t, sign)
    elif isinstance(atom, sympy.log):
        yield from _log_ways(atom, t, q, sign)
        yield from _by_others(atom, roots, sign)
    else:
        bound = _bound(atom, sign)
        yield _above(*bound, t, q, sign) if bound is not None else ((t, rational(1)),)
        yield from _by_others(atom, roots, sign)
        yield from _power_ways(atom, t, q, sign)


def _ways_of_extreme(atom: sympy.Expr, t: Terms, sign: Sign) -> Iterator[Cases]:
    """Max, or Min as the opposite of a Max, by a bound or by the arguments that may be it."""
    turn = 1 if isinstance(atom, sympy.Max) else -1
    turned = [turn * x for x in atom.args]
    kept = [x for x in turned if not any(_is_above(y, x, sign) for y in turned)]
    if len(kept) > 1:
        for bound, side in ((_highest(kept, sign), turn), (_lowest(atom.args, sign), 1)):
            if bound is not None:
                cases = _above(*bound, t, 1, sign)
                yield tuple((stretched(top, Fraction(side)), below) for top, below in cases)
    yield tuple((read(turn * part, sign), rational(1)) for part in kept)


def _plain_bounds(parts: Sequence[sympy.Expr], sign: Sign) -> list[tuple[Fraction, bool]]:
    """Rational numbers that expressions do not fall below, and whether they may be attained."""
    found = []
    for part in parts:
        bound = least_of(part, sign)
        if bound is not None and not set(bound[0]) - {ONE}:
            found.append((bound[0].get(ONE, Fraction(0)), bound[1]))
        elif bound is not None and (around := value_of(bound[0])) is not None:
            found.append((end_of(around, -1), True))
    return found


def _highest(parts: Sequence[sympy.Expr], sign: Sign) -> tuple[Terms, bool] | None:
    """What the largest of some does not fall below."""
    found = _plain_bounds(parts, sign)
    if not found:
        return None
    top = max(value for value, _ in found)
    return rational(top), all(attained for value, attained in found if value == top)


def _lowest(parts: Sequence[sympy.Expr], sign: Sign) -> tuple[Terms, bool] | None:
    """What none of some falls below."""
    found = _plain_bounds(parts, sign)
    if len(found) < len(parts):
        return None
    bottom = min(value for value, _ in found)
    return rational(bottom), any(attained for value, attained in found if value == bottom)


def _is_above(one: sympy.Expr, two: sympy.Expr, sign: Sign) -> bool:
    try:
        return sign(settled(one - two)) > 0
    except WitnessError:
        return False


def _by_others(atom: sympy.Expr, roots: Mapping[Any, int], sign: Sign) -> Iterator[Cases]:
    """An atom by another of its kind that it is above."""
    for other in roots:
        if other != atom and roots[other] == roots[atom] and _grows_beyond(atom, other, sign):
            e = Fraction(1, roots[atom])
            top = {frozenset({(other, e)}): Fraction(1)}
            yield ((total_of(top, _atom_as_terms(Unknown(atom))), rational(1)),)


def _grows_beyond(atom: sympy.Expr, other: sympy.Expr, sign: Sign) -> bool:
    if isinstance(atom, sympy.log) and isinstance(other, sympy.log):
        return _is_above(atom.args[0], other.args[0], sign)
    if atom.is_Add and other.is_Add:
        return _is_above(atom, other, sign)
    (base, exponent), (base_too, exponent_too) = atom.as_base_exp(), other.as_base_exp()
    if 1 in (exponent, exponent_too):
        return False
    if exponent == exponent_too:
        return _is_above(exponent, sympy.S.Zero, sign) and _is_above(base, base_too, sign)
    one = sympy.S.One
    return (
        base == base_too and _is_above(base, one, sign) and _is_above(exponent, exponent_too, sign)
    )


def _above(least: Terms, is_attained: bool, t: Terms, q: int, sign: Sign) -> Cases:
    """A root of what does not fall below a number, and is positive where a root is taken."""
    start = _root(least, q, sign)
    moved = (total_of(start, t), rational(1))
    return ((start, rational(1)), moved) if is_attained and (q == 1 or start) else (moved,)


def _atom_as_terms(atom: Any) -> Terms:
    return {frozenset({(atom, Fraction(1))}): Fraction(1)}


def _by_roots(symbol: sympy.Symbol, roots: Mapping[Any, int], sign: Sign) -> Iterator[Cases]:
    """A symbol by the argument b + c x of a root."""
    x = frozenset({(symbol, Fraction(1))})
    for atom, q in roots.items():
        if q > 1 and atom.is_Add and atom.free_symbols == {symbol}:
            inner = read(atom, sign)
            rest = {power: c for power, c in inner.items() if power != x}
            if inner.get(x, 0) > 0 and _at_least(rest, 0):
                top = total_of(_atom_as_terms(atom), stretched(rest, Fraction(-1)))
                yield ((top, rational(inner[x])),)


def _at_least(terms: Terms, limit: int) -> bool:
    """Whether terms are a number that is no less than a limit."""
    if any(atom.free_symbols for power in terms for atom, _ in power):
        return False
    if not set(terms) - {ONE}:
        return terms.get(ONE, Fraction(0)) >= limit
    around = value_of(terms)
    return bool(around is not None and around.a >= limit)


def _log_ways(atom: sympy.Expr, t: Terms, q: int, sign: Sign) -> Iterator[Cases]:
    p, bound = read(atom.args[0], sign), least_of(atom.args[0], sign)
    above_one = bound if bound is not None and _at_least(bound[0], 1) else None
    if above_one is not None:
        logarithm = sympy.expand_log(sympy.log(_as_number(above_one[0])))
        yield _above(read(logarithm, sign), above_one[1], t, q, sign)
    else:
        demand(q == 1, "a root of a logarithm that may be negative")
        yield (t, rational(1)), ({}, rational(1)), (stretched(t, Fraction(-1)), rational(1))
    if q > 1:
        return
    one, half = rational(1), Fraction(1, 2)
    less, more = total_of(p, rational(-1)), total_of(p, one)
    bounds = [(less, p, 1), (less, one, -1)]
    if above_one is not None:
        bounds += [
            (stretched(less, Fraction(2)), more, 1),
            (total_of(less, stretched(times(less, less), -half)), one, 1),
            (times(less, more), stretched(p, Fraction(2)), -1),
        ]
    is_strict = above_one is not None and not above_one[1]
    for top, below, side in bounds:
        moved = (total_of(top, times(stretched(t, Fraction(side)), below)), below)
        yield (moved,) if is_strict else ((top, below), moved)


def _power_ways(atom: sympy.Expr, t: Terms, q: int, sign: Sign) -> Iterator[Cases]:
    """A power by Taylor polynomials of an exponential."""
    base, exponent = atom.as_base_exp()
    if exponent == 1 or base.free_symbols or not _rises(base, exponent, sign):
        return
    start, is_attained = _start(exponent, sign)
    d = stretched(total_of(read(exponent, sign), rational(-start)), Fraction(1, q))
    if base != sympy.E:
        d = times(d, read(sympy.expand_log(sympy.log(base)), sign))
    factor = read(base ** sympy.Rational(start.numerator, start.denominator * q), sign)
    for order in TAYLOR:
        plain = _taylor(d, order)
        sums = (plain, total_of(plain, t)) if is_attained else (total_of(plain, t),)
        yield tuple((times(factor, each), rational(1)) for each in sums)
    for order in (1, 3):
        plain = _taylor(stretched(d, Fraction(-1)), order)
        sums = (plain, total_of(plain, t)) if is_attained else (total_of(plain, t),)
        yield tuple((factor, each) for each in sums)


def _start(exponent: sympy.Expr, sign: Sign) -> tuple[Fraction, bool]:
    """A rational number >= 0 that a positive exponent is not below, and whether it is attained."""
    bound = least_of(exponent, sign)
    if bound is None or set(bound[0]) - {ONE} or bound[0].get(ONE, Fraction(0)) <= 0:
        return Fraction(0), False
    return bound[0][ONE], bound[1]


def _taylor(m: Terms, order: int) -> Terms:
    powers = (stretched(raised(m, j), Fraction(1, factorial(j))) for j in range(order + 1))
    return total_of(*powers)


def _rises(base: sympy.Expr, exponent: sympy.Expr, sign: Sign) -> bool:
    """Whether a power is above one, because its base is and its exponent is positive."""
    try:
        return sign(base - 1) > 0 and sign(exponent) > 0
    except WitnessError:
        return False


def _bound(atom: sympy.Expr, sign: Sign) -> tuple[Terms, bool] | None:
    """A number that a positive atom does not fall below, and whether it may be attained."""
    if atom.is_Add:
        return least_of(atom, sign)
    base, exponent = atom.as_base_exp()
    if exponent != 1:
        if not _rises(base, exponent, sign):
            return None
        if base.free_symbols:
            return rational(1), False
        start, is_attained = _start(exponent, sign)
        power = base ** sympy.Rational(start.numerator, start.denominator)
        return read(power, sign), is_attained
    if isinstance(atom, sympy.Max | sympy.Min):
        return (_highest if isinstance(atom, sympy.Max) else _lowest)(atom.args, sign)
    if isinstance(atom, sympy.Abs):
        return {}, True
    if isinstance(atom, sympy.ceiling | sympy.floor):
        least = least_of(atom.args[0], sign)
        demand(least is not None and not set(least[0]) - {ONE}, f"{atom} has no known bound")
        assert least is not None
        value = least[0].get(ONE, Fraction(0))
        if isinstance(atom, sympy.floor):
            return rational(value // 1), True
        return rational(-(-value // 1) if least[1] else value // 1 + 1), True
    demand(isinstance(atom, sympy.gamma | sympy.factorial), f"{atom} has no known bound")
    return None


def least_of(value: sympy.Expr, sign: Sign) -> tuple[Terms, bool] | None:
    """A number that an expression does not fall below, and whether it may be attained.

    Each case is a polynomial in unknowns that rises with them and starts at that number.
    """
    try:
        cases = next(pictures(read(value, sign), sign, with_denominators=False), None)
    except WitnessError:
        return None
    starts, is_attained = [], False
    for case in cases or ():
        parts = by_unknowns(case)
        starts.append(parts.pop((), {}))
        is_attained |= not parts
        if not all(_at_least(c, 0) for c in parts.values()):
            return None
    if not starts or any(start != starts[0] for start in starts):
        return None
    return starts[0], is_attained


def _as_number(terms: Terms) -> sympy.Expr:
    parts = []
    for power, c in terms.items():
        factors = (a ** sympy.Rational(e.numerator, e.denominator) for a, e in power)
        parts.append(sympy.Mul(sympy.Rational(c.numerator, c.denominator), *factors))
    return sympy.Add(*parts)


def _root(terms: Terms, q: int, sign: Sign) -> Terms:
    """A number that the root of something positive stays above, where that stays above another."""
    if q == 1:
        return terms
    if set(terms) == {ONE} and terms[ONE] > 0:
        return read(_as_number(terms) ** sympy.Rational(1, q), sign)
    return {}
