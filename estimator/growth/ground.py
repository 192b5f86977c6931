"""The search's knowledge of sizes: thresholds, atoms, and which monomial outgrows which."""

from fractions import Fraction
from math import log
from typing import Any

from attrs import define, field

from estimator.growth.thresholds import (
    Certificate,
    Thresholds,
    at_least_one,
    is_huge,
    log_power,
    mean_of,
    positive_floor,
    rounded_up,
)
from estimator.growth_numbers import number as num
from estimator.growth_numbers.monomial import (
    CONSTANT,
    Atom,
    Key,
    Monomial,
    log_of_key,
    product,
    quotient,
    to_power,
)
from estimator.growth_numbers.number import ONE, DividedError, Number, UndecidedError, approx, mul
from estimator.growth_numbers.sign import sign, sign_or_none

_NESTING = 8


@define
class Ground(Thresholds):
    """Thresholds, the atoms made so far, and which monomial outgrows which."""

    atoms: list[Atom] = field(factory=list)
    _vanishing: dict[Monomial, bool] = field(factory=dict)

    def smaller(self, one: Key, two: Key) -> bool:
        """Whether log(one) / log(two) goes to zero, as far as this can tell."""
        if one[0] == "v" and two[0] == "v":
            return bool(one[1] == two[1] and one[2] > two[2])
        if "o" in (one[0], two[0]):
            return False
        return self.vanishes(quotient(log_of_key(one), log_of_key(two)))

    def cover(
        self, each: Monomial, keep: Fraction, exact: bool = False
    ) -> tuple[Number, Monomial, tuple[Any, ...]] | None:
        """K, rest and steps with monomial <= K * rest, where rest has no positive exponent.

        See `_cover`; otherwise one power of an exponent is bounded by its exponential first.
        With `exact`, K is not rounded to a short fraction.
        """
        found = self._cover(each, keep, exact)
        if found is not None:
            return found
        for q, e in each:
            if q[0] != "e" or sign(e) > 0:
                continue
            powers = dict(q[1])
            for p, c in each:
                if p not in powers or sign(c) < 0 or sign(powers[p]) < 0:
                    continue
                a, d = mul(c, num.power(powers[p], -ONE)), mul(e, (keep - 1))
                less = product(each, to_power(q[1], mul(a, -ONE)))
                found = self._cover(product(less, ((q, d),)), keep, exact)
                if found is not None:
                    step = (q, a, q, d, ("exp",))
                    return mul(log_power(a, d, exact), found[0]), found[1], (step, *found[2])
        return None

    def _cover(
        self, each: Monomial, keep: Fraction, exact: bool
    ) -> tuple[Number, Monomial, tuple[Any, ...]] | None:
        """K, rest and steps with monomial <= K * rest, where rest has no positive exponent.

        Every factor p**c with c > 0 is bounded by K q**d with a faster growing q of which the
        monomial has a negative power; the part `keep` of that power is left over in the rest.
        """
        positive = [(key, e) for key, e in each if sign(e) > 0]
        negative = {key: mul(e, -ONE) for key, e in each if sign(e) < 0}
        if not positive:
            return ONE, each, ()
        chosen: list[Key] = []
        means = []
        for key, e in list(positive):
            better = [other for other in negative if self.smaller(key, other)]
            better = better or [
                other for other in negative if self._is_within(key, e, other, negative[other], keep)
            ]
            if not better:
                mean = mean_of(key, e, negative, keep)
                if mean is None:
                    return None
                means.append(mean)
                positive.remove((key, e))
                continue
            same = [other for other in better if other[:2] == key[:2]]
            chosen.append(max(same, key=lambda o: o[2]) if same and key[0] == "v" else better[0])
        if means and (chosen or len(means) > 1):
            return None
        bound, rest, steps = ONE, dict(each), means
        for key, _, others, ds, _ in means:
            rest.pop(key)
            for other, d in zip(others, ds, strict=True):
                rest[other] = num.add(rest[other], d)
        for (key, c), other in zip(positive, chosen, strict=True):
            d = mul(negative[other], (1 - keep) / chosen.count(other))
            rest.pop(key)
            rest[other] = num.add(rest[other], d)
            if key[0] == "v" and other[0] == "v" and not is_huge(c, d):
                steps.append((key, c, other, d, None))
                bound = mul(bound, log_power(c, d, exact))
            else:
                inner = quotient(log_of_key(key), log_of_key(other))
                ratio = mul(c, num.power(d, -ONE))
                fitted = self.fit(ratio, inner, ONE) or self.fit(ratio, inner, None)
                if fitted is None or sign(num.add(ONE, mul(fitted[0], -ONE))) < 0:
                    return None
                steps.append((key, c, other, d, fitted[1]))
        return bound, tuple((k, e) for k, e in rest.items() if e != 0), tuple(steps)

    def _is_within(self, key: Key, c: Number, other: Key, e: Number, keep: Fraction) -> bool:
        """Whether key**c is at most the part of other**e that may be used, by a bounded ratio."""
        if "o" in (key[0], other[0]) or "e" not in (key[0], other[0]):
            return False
        inner = quotient(log_of_key(key), log_of_key(other))
        if inner == CONSTANT or any(k[0] != "v" or sign(e) > 0 for k, e in inner):
            return False
        fitted = self.fit(mul(c, num.power(mul(e, 1 - keep), -ONE)), inner, None)
        return fitted is not None and sign_or_none(num.add(ONE, mul(fitted[0], -ONE))) in (0, 1)

    def vanishes(self, each: Monomial, depth: int = 0) -> bool:
        """Whether the monomial provably goes to zero when the unpinned variables grow."""
        if each in self._vanishing:
            return self._vanishing[each]
        if depth > _NESTING:
            return False
        split = self._split_atom(each)
        if split is not None:
            index, e, rest = split
            if sign(e) > 0:
                terms = self.atoms[index].upper
                result = all(
                    self.vanishes(product(rest, to_power(m, e)), depth + 1) for _, m in terms
                )
            else:
                terms = self.atoms[index].lower
                result = any(
                    self.vanishes(product(rest, to_power(m, e)), depth + 1) for _, m in terms
                )
            return result
        self._vanishing[each] = False
        try:
            self._vanishing[each] = self._vanishes_plainly(each)
        except DividedError:
            del self._vanishing[each]
            raise
        except UndecidedError:
            pass
        return self._vanishing[each]

    def _vanishes_plainly(self, each: Monomial) -> bool:
        negative = [key for key, e in each if sign(e) < 0 and self._can_grow(key)]
        if not negative:
            return False
        positive = [key for key, e in each if sign(e) > 0]
        every = [key for key, e in each if sign(e) < 0]
        return all(any(self.smaller(key, other) for other in every) for key in positive)

    def _can_grow(self, key: Key) -> bool:
        if key[0] == "v":
            return key[1] not in self.pinned
        if key[0] != "e":
            return False
        simple = positive_floor(key[1])
        return simple is not None and any(self._can_grow(k) for k, _ in simple[1])

    def _split_atom(self, each: Monomial) -> tuple[int, Number, Monomial] | None:
        indices = [key[1] for key, _ in each if key[0] == "o"]
        if not indices:
            return None
        index = max(indices)
        e = dict(each)[("o", index)]
        return index, e, tuple(pair for pair in each if pair[0] != ("o", index))

    def fit(
        self, coefficient: Number, each: Monomial, target: Fraction | None
    ) -> tuple[Number, Certificate] | None:
        """A value that coefficient * monomial does not exceed, and why.

        With a target the value is the target, and thresholds are raised until it is met; without
        one it is what the present thresholds give.
        """
        split = self._split_atom(each)
        if split is None:
            return self._fit_plain(coefficient, each, target)
        index, e, rest = split
        atom = self.atoms[index]
        if sign(e) > 0:
            total = ONE
            if len(atom.upper) > 1 or (atom.upper and atom.upper[0][0] != 1):
                amount: Number = Fraction(0)
                for u, _ in atom.upper:
                    amount = num.add(amount, u)
                total = num.power(amount, e)
            parts = []
            whole: Number = Fraction(0)
            for _, m in atom.upper:
                part = self.fit(
                    mul(coefficient, total),
                    product(rest, to_power(m, e)),
                    None if target is None else target / len(atom.upper),
                )
                if part is None:
                    return None
                parts.append(part[1])
                whole = num.add(whole, part[0])
            return whole if target is None else target, ("up", index, tuple(parts))
        for place, (l, m) in enumerate(atom.lower):
            inner = product(rest, to_power(m, e))
            if target is not None and not self.vanishes(inner):
                continue
            found = self.fit(mul(coefficient, num.power(l, e)), inner, target)
            if found is not None:
                return found[0], ("lo", index, place, found[1])
        return None

    def _fit_plain(
        self, coefficient: Number, each: Monomial, target: Fraction | None
    ) -> tuple[Number, Certificate] | None:
        if each == CONSTANT:
            if target is not None and sign(num.add(target, mul(coefficient, -ONE))) < 0:
                return None
            return (coefficient if target is None else target), ("plain", ())
        if target is not None and not self.vanishes(each):
            return None
        exact = not isinstance(coefficient, Fraction) and bool(coefficient.free_symbols)
        covered = self.cover(each, Fraction(0) if target is None else Fraction(1, 2), exact)
        if covered is None:
            return None
        bound, rest, steps = covered
        self.touch(each)
        amount = mul(coefficient, bound)
        if target is not None:
            self._reach(amount, rest, target)
            return target, ("plain", steps)
        return self._rounded(amount, rest), ("plain", steps)

    def _rounded(self, amount: Number, rest: Monomial) -> Number:
        """An upper bound of amount * rest at the thresholds, as a short fraction if numeric."""
        if not isinstance(amount, Fraction) and amount.free_symbols:
            return amount
        size = num.log_approx(amount) + sum(
            approx(e) * log(max(self.least(k[1], k[2]), 1.0))
            for k, e in rest
            if k[0] == "v" and (isinstance(e, Fraction) or not e.free_symbols)
        )
        return rounded_up(size)

    def _reach(self, amount: Number, rest: Monomial, target: Fraction) -> None:
        """Raise thresholds until amount * rest <= target."""
        growing = [(k, mul(e, -ONE)) for k, e in rest if self._can_grow(k)]
        key, d = min(growing, key=lambda pair: pair[0][2] if pair[0][0] == "v" else -1)
        ratio = mul(amount, 1 / target)
        if sign_or_none(num.add(ratio, -ONE)) in (0, -1):
            return
        if any(not isinstance(x, Fraction) and x.free_symbols for x in (ratio, d)):
            while key[0] == "e":
                ratio = at_least_one(num.log(ratio))
                ratio = mul(ratio, num.power(d, -ONE))
                factor, inner = positive_floor(key[1]) or (ONE, ())
                ratio = mul(ratio, num.power(factor, -ONE))
                key, d = next((k, e) for k, e in inner if self._can_grow(k))
            wanted = num.power(ratio, num.power(d, -ONE))
            self.touch(((key, ONE),))
            if (key[1], key[2], wanted) not in self.extra:
                self.extra.append((key[1], key[2], wanted))
            return
        needed = num.log_approx(ratio) / approx(d)
        while key[0] == "e" and needed > 0:
            factor, inner = positive_floor(key[1]) or (ONE, ())
            key, d = next((k, e) for k, e in inner if self._can_grow(k))
            needed = (log(needed) - num.log_approx(factor)) / approx(d)
        if needed > 0:
            self.raise_to(key[1], key[2], needed * (1 + 1e-9) + 1e-9)
