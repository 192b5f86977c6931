"""Enclosures: a signed sum of monomials and a sum that bounds the error; bounds drawn from them."""

from fractions import Fraction
from itertools import combinations
from typing import Any

from attrs import field, frozen

from estimator.growth.ground import Ground
from estimator.growth.thresholds import Certificate
from estimator.growth_numbers import number as num
from estimator.growth_numbers.monomial import (
    CONSTANT,
    Monomial,
    Terms,
    plus,
    quotient,
    scaled,
    times,
)
from estimator.growth_numbers.number import ONE, Number, UndecidedError, approx, mul
from estimator.growth_numbers.sign import exact_absolute, sign_or_none

_MOST_FACTORS = 30
"""Terms of both factors of a product; beyond, the search gives up."""

MOST_TERMS = 2000
"""Of one enclosure; beyond, the search gives up."""


@frozen(eq=False)
class Enclosure:
    """|quantity - main| <= error beyond the thresholds.

    Args:
        main: signed sum of monomials.
        error: sum of monomials with positive coefficients.
    """

    main: Terms = field(factory=dict)
    error: Terms = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        if len(self.main) + len(self.error) > MOST_TERMS:
            raise UndecidedError(f"an expansion has more than {MOST_TERMS} terms")

    @property
    def is_exact(self) -> bool:
        """Whether there is no error."""
        return not self.error

    def plus(self, other: "Enclosure") -> "Enclosure":
        """Enclosure of the sum."""
        return Enclosure(plus(self.main, other.main), plus(self.error, other.error))

    def times(self, other: "Enclosure") -> "Enclosure":
        """Enclosure of the product."""
        error: Terms = {}
        if len(self.main) + len(self.error) > _MOST_FACTORS < len(other.main) + len(other.error):
            raise UndecidedError("an expansion has too many terms")
        if other.error:
            error = times(absolute(self.main), other.error)
        if self.error:
            error = plus(error, times(self.error, absolute(other.main)))
            error = plus(error, times(self.error, other.error)) if other.error else error
        return Enclosure(times(self.main, other.main), error)

    def scaled(self, factor: Number, by: Monomial = CONSTANT) -> "Enclosure":
        """Enclosure of the quantity times a number and a monomial."""
        return Enclosure(
            scaled(self.main, factor, by), scaled(self.error, exact_absolute(factor), by)
        )

    @property
    def size(self) -> Terms:
        """A sum that bounds the absolute value."""
        return plus(absolute(self.main), self.error)


def absolute(terms: Terms) -> Terms:
    """Coefficients without their signs."""
    return {each: exact_absolute(coefficient) for each, coefficient in terms.items()}


@frozen(eq=False)
class Floor:
    """sign * quantity >= sum of `terms` > 0, and why."""

    sign: int
    terms: Terms
    certificate: Certificate


def floor_of(ground: Ground, each: Enclosure) -> Floor | None:
    """A lower bound of the absolute value, of one sign, or `None` if none was found.

    The terms of the other sign and the error are each bounded by a part of a term of this sign;
    what is left of those is the bound.
    """
    signs = {m: sign_or_none(c) for m, c in each.main.items()}
    for side in (1, -1):
        keep = {m: exact_absolute(each.main[m]) for m, s in signs.items() if s == side}
        if not keep:
            continue
        against = [(m, c, "main") for m, c in each.main.items() if signs[m] != side]
        against += [(m, c, "error") for m, c in each.error.items()]
        found = _eaten(ground, keep, [(m, exact_absolute(c), k) for m, c, k in against])
        if found is not None:
            left, eaten = found
            return Floor(side, left, (side, eaten))
    return None


def _eaten(
    ground: Ground, keep: Terms, against: list[tuple[Monomial, Number, str]]
) -> tuple[Terms, tuple[Any, ...]] | None:
    """Which part of which kept term pays for every term against it."""
    plan: list[tuple[Monomial, Number, str, Monomial]] = []
    stubborn = []
    for m, c, kind in against:
        payer = next((p for p in keep if ground.vanishes(quotient(m, p))), None)
        if payer is None:
            stubborn.append((m, c, kind))
        else:
            plan.append((m, c, kind, payer))
    room = dict.fromkeys(keep, ONE)
    eaten: list[Any] = []
    for m, c, kind in stubborn:
        for p in keep:
            fitted = ground.fit(mul(c, num.power(keep[p], -ONE)), quotient(m, p), None)
            if fitted is None:
                continue
            share = fitted[0]
            if not isinstance(share, Fraction):
                if getattr(share, "free_symbols", None):
                    continue
                share = _just_above(share)
            if share < room[p]:
                room[p] -= share
                eaten.append((m, kind, ((p, share),), fitted[1]))
                break
        else:
            found = _by_means(keep, m, c, room)
            if found is None:
                return None
            pair, why = found
            for p, share in pair:
                room[p] -= share
            eaten.append((m, kind, pair, why))
    payers = [p for *_, p in plan]
    for m, c, kind, p in plan:
        share = room[p] / 2 / payers.count(p)
        fitted = ground.fit(mul(c, num.power(keep[p], -ONE)), quotient(m, p), share)
        if fitted is None:
            return None
        eaten.append((m, kind, ((p, share),), fitted[1]))
    left = {}
    for p, c in keep.items():
        part = ONE - sum((s for *_, pay, _ in eaten for q, s in pay if q == p), Fraction(0))
        left[p] = mul(c, part)
    return left, tuple(eaten)


def _by_means(
    keep: Terms, m: Monomial, c: Number, room: dict[Monomial, Fraction]
) -> tuple[tuple[tuple[Monomial, Fraction], ...], tuple[Any, ...]] | None:
    """Shares of two terms p, q with m = p**w q**(1 - w) whose weighted mean pays for c m."""
    for p in keep:
        q = quotient(m, quotient(p, m))
        if q not in keep or q == p:
            continue
        root = approx(c) / (2 * (approx(keep[p]) * approx(keep[q])) ** 0.5)
        share = _just_above_float(root)
        if share < room[p] and share < room[q]:
            return ((p, share), (q, share)), ("mean",)
    for p, q in combinations(keep, 2):
        w = _weight(m, p, q)
        if w is None:
            continue
        size = approx(keep[p]) ** float(w) * approx(keep[q]) ** float(1 - w)
        scale = _just_above_float(approx(c) / size)
        if scale * w < room[p] and scale * (1 - w) < room[q]:
            return ((p, scale * w), (q, scale * (1 - w))), ("mean", w)
    return None


def _weight(m: Monomial, p: Monomial, q: Monomial) -> Fraction | None:
    """w with m = p**w q**(1 - w)."""
    top, span = dict(quotient(m, q)), dict(quotient(p, q))
    if set(top) != set(span) or not all(isinstance(e, Fraction) for e in span.values()):
        return None
    ratios = {e / span[key] for key, e in top.items() if isinstance(e, Fraction)}
    if len(ratios) != 1 or not all(isinstance(e, Fraction) for e in top.values()):
        return None
    (w,) = ratios
    return w if 0 < w < 1 and w.denominator <= 60 else None


def _just_above(value: Number) -> Fraction:
    return _just_above_float(approx(value))


def _just_above_float(value: float) -> Fraction:
    exactly = Fraction(value).limit_denominator(1000)
    if abs(float(exactly) - value) < 1e-15:
        return exactly
    return Fraction(int(value * 10**9) + 2, 10**9)


def roof_of(each: Enclosure) -> Terms:
    """A sum of positive terms that bounds the quantity from above."""
    kept = {m: c for m, c in each.main.items() if sign_or_none(c) != -1}
    return plus(absolute(kept), each.error)


def leader(ground: Ground, each: Enclosure) -> Monomial | None:
    """The monomial that outgrows all others of the enclosure, or `None`."""
    best: Monomial | None = None
    for m in each.main:
        if best is None or ground.vanishes(quotient(best, m)):
            best = m
    if best is None:
        return None
    others = [m for m in (*each.main, *each.error) if m != best] + [
        m for m in each.error if m == best
    ]
    return best if all(ground.vanishes(quotient(m, best)) for m in others) else None
