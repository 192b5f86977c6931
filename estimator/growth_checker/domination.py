"""Checks that a sum is at most a constant times another, term by term."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from estimator.growth_checker.bounds import largest
from estimator.growth_checker.number import (
    added,
    demand,
    interval,
    multiplied,
    opposite,
    powered,
    rounded,
    same,
    settled,
)
from estimator.growth_checker.sign import at_most, direction
from estimator.growth_checker.sizes import Heights
from estimator.growth_checker.sums import (
    Sum,
    mono,
    mono_power,
    mono_product,
    mono_ratio,
    sum_of,
    times_term,
)


def check_moves(
    heights: Heights, upper: Sum, lower: Sum, witness: Mapping[str, Any]
) -> tuple[Sum, list[Any]]:
    """The load of every term of the lower sum, and what the parts of the ratio fall like."""
    shifted = [index for index, _ in witness["shifts"]]
    demand(len(set(shifted)) == len(shifted), "divided by an atom twice")
    for index, least in witness["shifts"]:
        key = ("o", index)
        shift = frozenset({(key, opposite(settled(least)))} if least != 0 else ())
        upper = _without(heights, times_term(upper, Fraction(1), shift), index, above=True)
        lower = _without(heights, times_term(lower, Fraction(1), shift), index, above=False)
    loads: Sum = {}
    rests = []
    pending = dict(upper)
    for written, weights, steps in witness["moves"]:
        m = mono(written)
        demand(m in pending, "a term is bounded twice, or does not exist")
        constant = pending.pop(m)
        ratio = m
        total: Any = Fraction(0)
        for b, weight in weights:
            place, w = mono(b), settled(weight)
            demand(place in lower and direction(w) > 0, "a mean of terms that do not exist")
            ratio = mono_product(ratio, mono_power(place, opposite(w)))
            constant = rounded(multiplied(constant, powered(lower[place], opposite(w))), 1)
            total = added(total, w)
        demand(same(total, Fraction(1)), "weights that are not one in sum")
        demand(all(key[0] != "o" for key, _ in mono_ratio(ratio, frozenset())), "an atom is left")
        bound, rest = heights.pure(ratio, steps)
        rests.append(rest)
        for b, weight in weights:
            load = multiplied(rounded(multiplied(constant, bound), 1), settled(weight))
            loads = sum_of(loads, {mono(b): load})
    demand(not pending, "a term is not bounded")
    return loads, rests


def _without(heights: Heights, terms: Sum, index: int, above: bool) -> Sum:
    lower, upper = heights.atoms[index]
    total: Sum = {}
    for m, c in terms.items():
        e = dict(m).get(("o", index), Fraction(0))
        if e == 0:
            total = sum_of(total, {m: c})
            continue
        demand(direction(e) > 0, "an atom is left with a negative power")
        rest = frozenset(pair for pair in m if pair[0] != ("o", index))
        bounds = upper if above else lower
        amount: Any = Fraction(0)
        for u in upper.values():
            amount = added(amount, u)
        for each, l in bounds.items():
            inner = mono_product(rest, mono_power(each, e))
            part = rounded(powered(amount, e), 1) if above else rounded(powered(l, e), -1)
            share = Fraction(1) if above else Fraction(1, len(lower))
            factor = rounded(multiplied(multiplied(c, part), share), 1 if above else -1)
            total = sum_of(total, {inner: settled(factor)})
    return total


def check_constant(loads: Sum, claimed: Any) -> None:
    needed: Any = Fraction(0)
    for load in loads.values():
        needed = largest(needed, load)
    claimed = settled(claimed)
    around = interval(needed)
    if around is None:
        total: Any = Fraction(0)
        for load in loads.values():
            total = added(total, load)
        demand(same(total, claimed) or at_most(total, claimed), "the constant is too small")
        return
    demand(isinstance(claimed, Fraction), "a constant that is not a number")
    if isinstance(needed, Fraction) and needed.denominator <= 1000 and needed <= 10**6:
        demand(claimed == needed, f"the constant is {needed}, not {claimed}")
        return
    digits = str(claimed.numerator * 10 ** len(str(claimed.denominator)) // claimed.denominator)
    short = claimed.denominator <= 10**5 or len(digits.rstrip("0")) <= 8
    demand(short, "a constant with too many digits")
    goal = interval(claimed)
    demand(at_most(needed, claimed) or around.b <= goal.a, f"the constant {claimed} is too small")
    room = Fraction(101, 100)
    demand(goal.b <= (around * interval(room)).b or claimed <= Fraction(1, 10**6), "a constant off")
