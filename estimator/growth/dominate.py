"""Finds why one sum of monomials is at most a constant times another."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

from attrs import frozen

from estimator.growth.ground import Ground
from estimator.growth.thresholds import above, below
from estimator.growth_numbers import number as num
from estimator.growth_numbers.monomial import (
    Monomial,
    Terms,
    plus,
    product,
    quotient,
    scaled,
    to_power,
)
from estimator.growth_numbers.number import ONE, DividedError, Number, UndecidedError, add, mul
from estimator.growth_numbers.sign import sign

Weights = tuple[tuple[Monomial, Number], ...]

_MOST_PAIRS = 40


@frozen(eq=False)
class Domination:
    """upper <= sum over moves <= constant * lower.

    Args:
        shifts: atoms that both sides are divided by, with the power: (index, exponent).
        moves: for every monomial on the left, the weighted geometric mean on the right that
            bounds it, the steps of the bound, and the part kept to vanish:
            (monomial, ((monomial, weight), ...), steps, keep).
        constant: C, by monomial of the right side; the largest one counts.
        fall: what the ratio of the sides falls like, a list of (K, monomial), if all K vanish.
    """

    shifts: tuple[tuple[int, Number], ...]
    moves: tuple[Any, ...]
    loads: Terms
    fall: tuple[tuple[Number, Monomial], ...]


def dominate(ground: Ground, upper: Terms, lower: Terms, vanishing: bool) -> Domination | None:
    """Why upper <= C lower, or why upper / lower goes to zero; `None` if that was not found."""
    shifts = []
    while True:
        indices = {key[1] for m in (*upper, *lower) for key, _ in m if key[0] == "o"}
        if not indices:
            break
        index = max(indices)
        key = ("o", index)
        least: Number = Fraction(0)
        powers = [dict(m).get(key, Fraction(0)) for m in (*upper, *lower)]
        least = powers[0]
        for each in powers[1:]:
            if each != least and sign(add(each, mul(least, -ONE))) < 0:
                least = each
        shifts.append((index, least))
        shift = ((key, mul(least, -ONE)),) if least != 0 else ()
        upper = _without(ground, scaled(upper, ONE, shift), index, upward=True)
        lower = _without(ground, scaled(lower, ONE, shift), index, upward=False)
    keep = Fraction(1, 2) if vanishing else Fraction(0)
    moves, fall = [], []
    loads: Terms = {}
    for m, c in upper.items():
        found = _bounded_by(ground, m, lower, keep)
        if found is None:
            return None
        weights, bound, rest, steps = found
        ground.touch(m)
        moves.append((m, weights, steps, keep))
        constant = mul(c, bound)
        for b, weight in weights:
            constant = above(mul(constant, num.power(lower[b], mul(weight, -ONE))))
        for b, weight in weights:
            loads = plus(loads, {b: above(mul(constant, weight))})
        fall.append((constant, rest))
    for m in lower:
        ground.touch(m)
    return Domination(tuple(shifts), tuple(moves), loads, tuple(fall) if vanishing else ())


def _without(ground: Ground, terms: Terms, index: int, upward: bool) -> Terms:
    """Terms with a power >= 0 of an atom replaced by its upper or lower bound.

    Y <= sum u m gives Y**e <= (sum u)**e * sum m**e; Y >= sum l m over n terms gives
    Y**e >= (sum l**e m**e) / n.
    """
    key, atom = ("o", index), ground.atoms[index]
    total: Terms = {}
    for m, c in terms.items():
        e = dict(m).get(key, Fraction(0))
        if e == 0:
            total = plus(total, {m: c})
            continue
        rest = tuple(pair for pair in m if pair[0] != key)
        if upward:
            amount: Number = Fraction(0)
            for u, _ in atom.upper:
                amount = add(amount, u)
            factor = above(mul(c, num.power(amount, e)))
            for _, each in atom.upper:
                total = plus(total, {product(rest, to_power(each, e)): factor})
        else:
            for l, each in atom.lower:
                factor = mul(below(mul(c, num.power(l, e))), Fraction(1, len(atom.lower)))
                total = plus(total, {product(rest, to_power(each, e)): factor})
    return total


def _bounded_by(
    ground: Ground, m: Monomial, lower: Terms, keep: Fraction
) -> tuple[Weights, Number, Monomial, tuple[Any, ...]] | None:
    for b in lower:
        found = _covered(ground, quotient(m, b), keep)
        if found is not None:
            return (((b, ONE),), *found)
    for weights in _means(m, list(lower)):
        ratio = m
        for b, weight in weights:
            ratio = product(ratio, to_power(b, mul(weight, -ONE)))
        found = _covered(ground, ratio, keep)
        if found is not None:
            return (weights, *found)
    return None


def _covered(
    ground: Ground, ratio: Monomial, keep: Fraction
) -> tuple[Number, Monomial, tuple[Any, ...]] | None:
    if keep and not ground.vanishes(ratio):
        return None
    try:
        found = ground.cover(ratio, keep)
        if found is not None:
            ground.touch(ratio)
    except DividedError:
        raise
    except UndecidedError:
        return None
    return found


def _means(m: Monomial, others: list[Monomial]) -> Iterator[Weights]:
    """Weighted means of two or three monomials in which some exponents of m are matched."""
    ratios = [dict(quotient(m, b)) for b in others]
    keys = sorted({key for ratio in ratios for key in ratio}, key=repr)
    made = 0
    for i, j in combinations(range(len(others)), 2):
        seen = set()
        for key in keys:
            p, q = ratios[i].get(key, Fraction(0)), ratios[j].get(key, Fraction(0))
            if p == q or not _opposite(p, q):
                continue
            gap = add(q, mul(p, -ONE))
            first = mul(q, num.power(gap, -ONE))
            if first in seen:
                continue
            seen.add(first)
            made += 1
            if made > _MOST_PAIRS:
                return
            yield ((others[i], first), (others[j], add(ONE, mul(first, -ONE))))
    for triple in combinations(range(len(others)), 3):
        for one, two in combinations(keys, 2):
            made += 1
            if made > 5 * _MOST_PAIRS:
                return
            found = _balance([ratios[i] for i in triple], one, two)
            if found is not None:
                yield tuple((others[i], w) for i, w in zip(triple, found, strict=True))


def _opposite(p: Number, q: Number) -> bool:
    try:
        return sign(p) * sign(q) < 0
    except UndecidedError:
        return False


def _balance(ratios: list[dict[Any, Number]], one: Any, two: Any) -> list[Number] | None:
    """Weights > 0, one in sum, for which the exponents of two keys cancel."""
    rows = [[ratio.get(key, Fraction(0)) for ratio in ratios] for key in (one, two)]
    if not all(isinstance(x, Fraction) for row in rows for x in row):
        return None
    (a, b, c), (p, q, r) = rows
    minors = [b * r - c * q, c * p - a * r, a * q - b * p]
    total = sum(minors)
    if total == 0:
        return None
    weights = [x / total for x in minors]
    return weights if all(w > 0 for w in weights) else None


def largest_load(loads: Terms) -> Number:
    """C: the largest of the loads, as a number if they are numbers."""
    best: Number = Fraction(0)
    for load in loads.values():
        if isinstance(load, Fraction) and isinstance(best, Fraction):
            best = max(best, load)
        else:
            best = num.largest(best, load)
    return best
