"""Checks lower bounds of sums and the bounds of atoms."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import sympy

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
    symbolic,
)
from estimator.growth_checker.sign import at_most, direction, direction_or_none, size_of
from estimator.growth_checker.sizes import Heights
from estimator.growth_checker.sums import (
    UNIT,
    Sum,
    exp_of,
    log_of,
    mono,
    mono_power,
    mono_product,
    mono_ratio,
    sum_of,
    times_term,
)


def floor_sum(heights: Heights, main: Sum, error: Sum, certificate: Any) -> tuple[int, Sum]:
    """The sign s and the sum with s * quantity >= sum that a certificate shows.

    Terms c m of sign s are kept, unless they are listed. Every other term b and every term of the
    error is listed once, with shares of kept terms that pay for it: b <= share * c m, or, for the
    mean of two, b**2 = p q and share * (c p + c' q) >= 2 share sqrt(c c' p q) >= b. What is left is
    the bound.
    """
    side, eaten = certificate
    demand(side in (1, -1), "a lower bound has no sign")
    listed = {mono(written) for written, kind, *_ in eaten if kind == "main"}
    keep = {
        m: size_of(c) for m, c in main.items() if m not in listed and direction_or_none(c) == side
    }
    demand(keep, "a lower bound keeps no term")
    debts = {(m, "main"): size_of(c) for m, c in main.items() if m not in keep}
    debts |= {(m, "error"): c for m, c in error.items()}
    left = dict.fromkeys(keep, Fraction(1))
    for written, kind, shares, why in eaten:
        m = mono(written)
        demand((m, kind) in debts, "a term is paid for twice, or does not exist")
        c = debts.pop((m, kind))
        payers = [(mono(p), share) for p, share in shares]
        for p, share in payers:
            demand(p in keep and isinstance(share, Fraction) and share > 0, "a payer is not kept")
            left[p] -= share
        if why == ("mean",):
            (p, x), (q, y) = payers
            demand(x == y and p != q, "a mean of two needs equal shares")
            demand(mono_product(p, q) == mono_power(m, Fraction(2)), "not the mean of its payers")
            paid = multiplied(4 * x * y, multiplied(keep[p], keep[q]))
            demand(at_most(powered(c, Fraction(2)), paid), "a mean is too small")
        elif why[0] == "mean":
            _check_weighted(keep, m, c, payers, why)
        else:
            ((p, share),) = payers
            amount = multiplied(c, powered(keep[p], Fraction(-1)))
            heights.below(amount, mono_ratio(m, p), why, share)
    demand(not debts, "a term is not paid for")
    demand(all(part > 0 for part in left.values()), "nothing is left of a term")
    return side, {m: multiplied(c, left[m]) for m, c in keep.items()}


def _check_weighted(keep: Sum, m: frozenset[Any], c: Any, payers: Any, why: Any) -> None:
    """c p**w q**(1-w) <= x c' p + y c'' q if c <= (x c'/w)**w (y c''/(1-w))**(1-w)."""
    (p, x), (q, y) = payers
    _, w = why
    demand(isinstance(w, Fraction) and 0 < w < 1 and p != q, "a mean without a weight")
    rest = 1 - w
    demand(mono_product(mono_power(p, w), mono_power(q, rest)) == m, "not the mean of its payers")
    n = w.denominator
    paid = powered(multiplied(x / w, keep[p]), Fraction(w.numerator))
    paid = multiplied(paid, powered(multiplied(y / rest, keep[q]), Fraction(rest.numerator)))
    demand(at_most(powered(c, Fraction(n)), paid), "a mean is too small")


def positive_part(main: Sum, error: Sum) -> Sum:
    """An upper bound: terms below zero dropped, the error added."""
    return sum_of({m: size_of(c) for m, c in main.items() if direction_or_none(c) != -1}, error)


def log_sum(heights: Heights, index: int) -> tuple[Sum, Sum] | None:
    """log Y as a sum and an error, for an atom between multiples of one monomial."""
    lower, upper = heights.atoms[index]
    if len(lower) == 1 and set(lower) == set(upper):
        ((m, low),) = lower.items()
        if any(key[0] == "o" for key, _ in m):
            return None
        half = Fraction(1, 2)
        high = multiplied(settled(sympy.log(symbolic(upper[m]))), half)
        low = multiplied(settled(sympy.log(symbolic(low))), half)
        middle, blur = added(high, low), added(high, opposite(low))
        logs = sum_of(log_terms(Fraction(1), m), {UNIT: middle} if middle != 0 else {})
        return logs, {UNIT: blur} if blur != 0 else {}
    return None


def log_terms(c: Any, m: frozenset[Any]) -> Sum:
    """log(c m)."""
    value = settled(sympy.log(symbolic(c)))
    total: Sum = {} if value == 0 else {UNIT: value}
    for key, e in m:
        total = sum_of(total, {log_of(key): e})
    return total


def largest(x: Any, y: Any) -> Any:
    """The larger of two numbers."""
    one, two = interval(x), interval(y)
    if one is not None and two is not None and (one.a > two.b or two.a > one.b):
        return x if one.a > two.b else y
    return settled(sympy.Max(symbolic(x), symbolic(y)))


def log_atom(heights: Heights, index: int, why: Any, small: Any) -> tuple[Sum, Sum]:
    """Bounds of log Y for an atom Y.

    Above: log(sum u m) <= log(max(1, sum u)) + sum log m, as every m >= 1; without the first term
    if `small` shows of two or more m that each is at least sum u, as the sum is at most sum u times
    the largest, and another one pays for that factor. Below: the mean, over
    some of the terms l m, of log l + log m, where a negative log l is paid for by half of a term.
    """
    lower, upper = heights.atoms[index]
    amount: Any = Fraction(0)
    above: Sum = {}
    for m, u in upper.items():
        amount = added(amount, u)
        demand(all(k[0] != "o" and direction(e) > 0 for k, e in m), "a term may be below one")
        heights.walk(m)
        above = sum_of(above, log_terms(Fraction(1), m))
    if small is None:
        top = largest(settled(sympy.log(symbolic(amount))), Fraction(0))
        above = sum_of(above, {UNIT: top} if top != 0 else {})
    else:
        demand(len(small) == len(upper) > 1, "the sum may be more than the product of its terms")
        for m, certificate in zip(upper, small, strict=True):
            heights.below(amount, mono_power(m, Fraction(-1)), certificate, Fraction(1))
    below: Sum = {}
    terms = list(lower.items())
    if not why:
        sure: Any = Fraction(0)
        for m, l in terms:
            large = all(k[0] != "o" and direction(e) > 0 for k, e in m)
            sure = added(sure, l) if large else sure
            heights.walk(m)
        demand(at_most(Fraction(1), sure), "the logarithm may be negative")
    demand(len({place for place, _ in why}) == len(why), "a term is used twice")
    for place, certificate in why:
        demand(0 <= place < len(terms), "a lower bound that does not exist")
        m, l = terms[place]
        demand(all(k[0] != "o" and direction(e) > 0 for k, e in m), "a term may be below one")
        heights.walk(m)
        logs = log_terms(Fraction(1), m)
        loss = opposite(settled(sympy.log(symbolic(l))))
        if certificate is None:
            demand(at_most(loss, Fraction(0)), "a negative logarithm is not paid for")
        elif certificate[0] == "part":
            w = certificate[1]
            _check_part(lower.get(UNIT, Fraction(0)), l, w)
            logs = times_term(logs, w)
        else:
            payer = mono(certificate[0])
            demand(payer in logs, "a payer that does not exist")
            ratio = multiplied(loss, powered(logs[payer], Fraction(-1)))
            half = Fraction(1, 2)
            heights.below(ratio, mono_power(payer, Fraction(-1)), certificate[1], half)
            logs[payer] = multiplied(logs[payer], half)
        below = sum_of(below, times_term(logs, Fraction(1, len(why))))
    return below, above


def _check_part(c: Any, l: Any, w: Any) -> None:
    """log(c + l m) >= w log m, since c + l m >= (c / (1-w))**(1-w) (l m / w)**w."""
    demand(isinstance(w, Fraction) and 0 < w < 1, "no share of a logarithm")
    demand(direction(c) > 0 and direction(l) > 0, "a number that is not positive")
    size = multiplied(powered(multiplied(c, 1 / (1 - w)), 1 - w), powered(multiplied(l, 1 / w), w))
    demand(at_most(Fraction(1), size), "too large a share of a logarithm")


def exp_terms(terms: Sum, side: int) -> tuple[Any, frozenset[Any]]:
    """Coefficient and monomial of exp(side * sum)."""
    coefficient: Any = Fraction(1)
    shape = UNIT
    for m, c in terms.items():
        power = multiplied(c, Fraction(side))
        if m == UNIT:
            coefficient = settled(sympy.exp(symbolic(power)))
        else:
            shape = mono_product(shape, frozenset({(exp_of(m), power)}))
    return coefficient, shape


def bounded_exp(heights: Heights, m: frozenset[Any], c: Any, why: Any) -> tuple[Sum, Sum]:
    """Bounds of exp(c m) for a positive m with |c| m <= B: 1 and exp(B), or exp(-B) and 1."""
    size = heights.numeric(size_of(c), m, why, 0)
    demand(size is not None, "a bound with symbols")
    most = settled(sympy.exp(sympy.Rational(int(size.b * 10**6) + 1, 10**6)))
    one: Sum = {UNIT: Fraction(1)}
    if direction(c) < 0:
        return {UNIT: powered(most, Fraction(-1))}, one
    return one, {UNIT: most}


def exp_bounds(heights: Heights, m: frozenset[Any], c: Any) -> tuple[Sum, Sum]:
    """Bounds of exp(c m), where m has atoms to the first power: of c times the bounds of m."""
    least, most = (_bound_of(heights, m, above) for above in (False, True))
    if direction(c) < 0:
        least, most = most, least
    low, high = (
        exp_terms({each: multiplied(c, size) for each, size in terms.items()}, 1)
        for terms in (least, most)
    )
    return {low[1]: low[0]}, {high[1]: high[0]}


def _bound_of(heights: Heights, m: frozenset[Any], above: bool) -> Sum:
    """A monomial with its atoms, the last ones first, replaced by their bounds."""
    terms: Sum = {m: Fraction(1)}
    for index in reversed(range(len(heights.atoms))):
        total: Sum = {}
        for each, c in terms.items():
            e = dict(each).get(("o", index))
            if e is None:
                total = sum_of(total, {each: c})
                continue
            demand(e == 1, "a power of an atom in an exponent")
            rest = frozenset(pair for pair in each if pair[0] != ("o", index))
            for part, size in heights.atoms[index][1 if above else 0].items():
                total = sum_of(total, {mono_product(rest, part): multiplied(c, size)})
        terms = total
    return terms


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
            total = added(total, w)
        demand(same(total, Fraction(1)), "weights that are not one in sum")
        demand(all(key[0] != "o" for key, _ in mono_ratio(ratio, frozenset())), "an atom is left")
        bound, rest = heights.pure(ratio, steps)
        rests.append(rest)
        constant = multiplied(constant, bound)
        for b, weight in weights:
            least = powered(lower[mono(b)], opposite(settled(weight)))
            constant = rounded(multiplied(constant, least), 1)
        for b, weight in weights:
            loads = sum_of(loads, {mono(b): rounded(multiplied(constant, settled(weight)), 1)})
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
    room = Fraction(6, 5)  # roundings of many steps add up
    demand(goal.b <= (around * interval(room)).b or claimed <= Fraction(1, 10**6), "a constant off")
