"""Checks that a number times a monomial stays below a value, from the thresholds up.

Rules, for variables beyond their thresholds, where every iterated logarithm that occurs is >= 1:

* (log y)**a <= (a / (e d))**a y**d for a, d > 0, because y**(d/a) exp(-1) a/d >= log y;
* y**a <= (a / (e d))**a exp(y)**d;
* p**a <= q**d if (a/d) log(p)/log(q) <= 1;
* p**a <= q**d r**e if log(p)**2 = log(q) log(r) and a**2 <= 4 d e;
* a factor q**-d with d > 0 is largest at the threshold of q;
* an atom Y with l m + ... <= Y <= sum u m: Y**-a <= (l m)**-a, Y**a <= (sum u)**a sum m**a.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy
from attrs import define, field
from mpmath import iv

from estimator.growth_checker.number import (
    added,
    demand,
    interval,
    multiplied,
    opposite,
    powered,
    same,
    settled,
    symbolic,
    widened,
)
from estimator.growth_checker.sign import at_most, direction, direction_or_none
from estimator.growth_checker.sums import (
    UNIT,
    Sum,
    key_of,
    log_of,
    mono_power,
    mono_product,
    mono_ratio,
)

_DEEPEST = 40


@define
class Heights:
    """Thresholds and the atoms proved so far.

    Args:
        low: variable -> (level, value): its iterated logarithm of that level is >= value.
        pinned: variables that are only at least 16.
        extra: further thresholds, (variable, level, expression in the constants).
        atoms: lower and upper bounds of the atoms, by number.
        names: rule of each atom and what it was made from.
    """

    low: dict[str, tuple[int, Fraction]]
    pinned: frozenset[str]
    extra: list[tuple[str, int, Any]]
    atoms: list[tuple[Sum, Sum]] = field(factory=list)
    names: list[Any] = field(factory=list)
    _least: dict[tuple[str, int], Any] = field(factory=dict)

    def least(self, name: str, level: int) -> Any:
        """Lower end of an interval around what an iterated logarithm cannot fall below."""
        if (name, level) not in self._least:
            demand(name in self.low, f"{name} has no threshold")
            height, value = self.low[name]
            size = interval(value)
            for _ in range(level - height):
                demand(size.a > 0, f"an iterated logarithm of {name} is not defined")
                size = widened(iv.log(iv.mpf(size.a)))
            for _ in range(height - level):
                size = widened(iv.exp(iv.mpf(min(size.a, iv.mpf(10**6).a))))
            self._least[name, level] = iv.mpf(size.a)
        return self._least[name, level]

    def walk(self, each: frozenset[Any]) -> None:
        """Demand that every iterated logarithm in a monomial is at least one."""
        for key, _ in each:
            if key[0] == "v":
                demand(self.least(key[1], key[2]).a >= 1, f"log^{key[2]} {key[1]} may be below 1")
            elif key[0] == "e":
                self.walk(key[1])
            else:
                demand(0 <= key[1] < len(self.atoms), "an atom is used before it is made")

    def floor(self, key: Any) -> Any:
        """Interval whose lower end a key does not fall below."""
        if key[0] == "v":
            return self.least(key[1], key[2])
        simple = self.simpler(key[1])
        total = None if simple is None else interval(simple[0])
        if simple is None or total is None:
            return iv.mpf(1)
        for inner, e in simple[1].items():
            around = interval(e)
            if around is None:
                return iv.mpf(1)
            total = total * self.floor(inner) ** around
        return widened(iv.exp(iv.mpf(min(total.a, iv.mpf(10**6).a))))

    def pure(self, each: frozenset[Any], steps: Any) -> tuple[Any, frozenset[Any]]:
        """K and rest with monomial <= K * rest, where the rest has no positive exponent."""
        bound: Any = Fraction(1)
        rest = each
        for key, a, other, d, inner in steps:
            if inner == ("mean",):
                rest = self._mean(rest, key, a, other, d)
                continue
            if inner == ("exp",):
                q, a, d = key_of(key), settled(a), settled(d)
                demand(q == key_of(other) and q[0] == "e", "not an exponential")
                demand(direction(a) > 0 and direction(d) > 0, "a bound with a negative power")
                rest = mono_product(rest, mono_power(q[1], opposite(a)))
                rest = mono_product(rest, frozenset({(q, d)}))
                bound = _times_log_power(bound, multiplied(a, powered(d, Fraction(-1))), a)
                continue
            p, q, a, d = key_of(key), key_of(other), settled(a), settled(d)
            demand(p[0] in "ve" and q[0] in "ve" and p != q, "a bound of atoms by each other")
            demand(direction(a) > 0 and direction(d) > 0, "a bound with a negative power")
            rest = mono_product(rest, frozenset({(p, opposite(a)), (q, d)}))
            if inner is None:
                demand(p[0] == q[0] == "v", "a bound without a reason")
                demand(p[1] == q[1] and p[2] > q[2], f"{p} does not grow slower than {q}")
                ratio = multiplied(a, powered(d, Fraction(-1)))
                bound = _times_log_power(bound, ratio, a)
            else:
                ratio = multiplied(a, powered(d, Fraction(-1)))
                self.below(ratio, mono_ratio(log_of(p), log_of(q)), inner, Fraction(1))
        for key, e in rest:
            demand(key[0] in "ve" and direction(e) < 0, "a growing factor is left without a bound")
        self.walk(each)
        return bound, rest

    def _mean(self, rest: frozenset[Any], key: Any, a: Any, others: Any, ds: Any) -> frozenset[Any]:
        """p**a <= q**d r**e where log(p)**2 = log(q) log(r) and 4 d e >= a**2."""
        p, q, r = key_of(key), *(key_of(other) for other in others)
        a, d, e = settled(a), *(settled(each) for each in ds)
        demand(len({p, q, r}) == 3, "a mean of too few")
        demand(min(map(direction, (a, d, e))) > 0, "a bound with a negative power")
        square = mono_power(log_of(p), Fraction(2))
        demand(square == mono_product(log_of(q), log_of(r)), "not the mean")
        room = multiplied(Fraction(4), multiplied(d, e))
        demand(at_most(powered(a, Fraction(2)), room), "a mean is too small")
        return mono_product(rest, frozenset({(p, opposite(a)), (q, d), (r, e)}))

    def falls(self, rest: frozenset[Any]) -> bool:
        """Whether a monomial without positive exponents goes to zero."""
        return any(self.grows(key) for key, _ in rest)

    def grows(self, key: Any) -> bool:
        """Whether a key goes to infinity with the variables."""
        if key[0] == "v":
            return key[1] not in self.pinned
        simple = self.simpler(key[1]) if key[0] == "e" else None
        return simple is not None and any(self.grows(inner) for inner in simple[1])

    def simpler(self, inner: frozenset[Any]) -> tuple[Any, dict[Any, Any]] | None:
        """F and positive powers with inner >= F * their product; `None` if there are none.

        From log(y) <= y**c / (e c): (log y)**-a >= (e d / a)**a y**-d, with half of the power of
        the least iterated logarithm y of the same variable.
        """
        powers = dict(inner)
        factor: Any = Fraction(1)
        if any(key[0] == "o" for key in powers):
            return None
        for key, e in sorted(inner, key=str):
            if direction(e) > 0:
                continue
            lowest = min(
                (k for k in powers if k[:2] == key[:2] and direction(powers[k]) > 0),
                key=lambda k: k[2],
                default=key,
            )
            if key[0] != "v" or lowest[2] >= key[2]:
                return None
            a, d = opposite(powers.pop(key)), multiplied(powers[lowest], Fraction(1, 2))
            powers[lowest] = d
            ratio = multiplied(multiplied(d, powered(a, Fraction(-1))), sympy.E)
            factor = multiplied(factor, powered(ratio, a))
        return factor, powers

    def below(self, c: Any, each: frozenset[Any], certificate: Any, target: Any) -> None:
        """Demand that c * monomial <= target.

        Raises:
            WitnessError: if the certificate does not show it.
        """
        value = self.numeric(c, each, certificate, 0)
        if value is not None:
            goal = interval(target)
            if goal is not None and value.b <= goal.a:
                return
            if each == UNIT and at_most(c, target):
                return
        self._below_by_parts(c, each, certificate, target, 0)

    def _terms(self, c: Any, each: frozenset[Any], certificate: Any) -> list[Any]:
        """An atom replaced by its bounds: (coefficient, monomial, certificate) of each part."""
        kind, index = certificate[0], certificate[1]
        demand(isinstance(index, int) and 0 <= index < len(self.atoms), "an unknown atom")
        lower, upper = self.atoms[index]
        e = dict(each).get(("o", index))
        demand(e is not None, "an atom is replaced that does not occur")
        rest = frozenset(pair for pair in each if pair[0] != ("o", index))
        if kind == "up":
            demand(direction(e) > 0 and len(certificate[2]) == len(upper), "a bound is incomplete")
            total: Any = Fraction(0)
            for u in upper.values():
                total = added(total, u)
            factor = multiplied(c, powered(total, e))
            found = [mono_product(rest, mono_power(m, e)) for m in upper]
            return [(factor, m, part) for m, part in zip(found, certificate[2], strict=True)]
        demand(kind == "lo" and direction(e) < 0, "an atom is bounded on the wrong side")
        demand(0 <= certificate[2] < len(lower), "a lower bound that does not exist")
        m, l = list(lower.items())[certificate[2]]
        inner = mono_product(rest, mono_power(m, e))
        return [(multiplied(c, powered(l, e)), inner, certificate[3])]

    def numeric(self, c: Any, each: frozenset[Any], certificate: Any, depth: int) -> Any:
        """An interval whose upper end bounds c * monomial; `None` if there are symbols."""
        demand(isinstance(certificate, tuple) and depth < _DEEPEST, "a certificate is malformed")
        length = {"plain": 2, "up": 3, "lo": 4}.get(certificate[0])
        demand(len(certificate) == length, "a certificate is malformed")
        if certificate[0] != "plain":
            parts = [
                self.numeric(amount, m, why, depth + 1)
                for amount, m, why in self._terms(c, each, certificate)
            ]
            return None if any(part is None for part in parts) else sum(parts, iv.mpf(0))
        bound, rest = self.pure(each, certificate[1])
        total = interval(multiplied(c, bound))
        if total is None:
            return None
        for key, e in rest:
            around = interval(e)
            if around is not None:
                total = total * self.floor(key) ** around
        return total

    def _below_by_parts(
        self, c: Any, each: frozenset[Any], certificate: Any, target: Any, depth: int
    ) -> None:
        demand(depth < _DEEPEST, "a certificate is malformed")
        if certificate[0] != "plain":
            parts = self._terms(c, each, certificate)
            share = multiplied(target, Fraction(1, len(parts)))
            for amount, m, why in parts:
                self._below_by_parts(amount, m, why, share, depth + 1)
            return
        bound, rest = self.pure(each, certificate[1])
        amount = multiplied(c, bound)
        ratio = multiplied(amount, powered(target, Fraction(-1)))
        for enough in (is_same, is_multiple, is_below):
            if any(self._reaches(key, opposite(e), ratio, enough) for key, e in rest):
                return
        demand(at_most(amount, target), f"{c} * {sorted(map(str, each))} is not below {target}")

    def _reaches(self, key: Any, d: Any, wanted: Any, enough: Callable[..., bool]) -> bool:
        """Whether key**d >= wanted by a threshold that depends on the constants."""
        if key[0] == "v":
            return any(
                (name, level) == key[1:] and enough(wanted, value, d)
                for name, level, value in self.extra
            )
        simple = self.simpler(key[1]) if key[0] == "e" else None
        if simple is None:
            return False
        inner_wanted = settled(sympy.Max(1, symbolic(settled(sympy.log(symbolic(wanted))))))
        inner_wanted = multiplied(inner_wanted, powered(d, Fraction(-1)))
        inner_wanted = multiplied(inner_wanted, powered(simple[0], Fraction(-1)))
        return any(self._reaches(inner, e, inner_wanted, enough) for inner, e in simple[1].items())


def _times_log_power(bound: Any, ratio: Any, a: Any) -> Any:
    """bound * (ratio / e)**a."""
    power = powered(multiplied(ratio, settled(sympy.exp(-1))), a)
    return multiplied(bound, power)


def is_same(wanted: Any, value: Any, d: Any) -> bool:
    """Whether value is wanted**(1/d) as it is written."""
    return same(value, powered(wanted, powered(d, Fraction(-1))))


def is_multiple(wanted: Any, value: Any, d: Any) -> bool:
    """Whether value**d is a fixed multiple, at least one, of what is wanted."""
    if direction_or_none(wanted) != 1:
        return False
    ratio = interval(settled(sympy.cancel(symbolic(powered(value, d)) / symbolic(wanted))))
    return bool(ratio is not None and ratio.a >= 1)


def is_below(wanted: Any, value: Any, d: Any) -> bool:
    """Whether wanted <= value**d."""
    return at_most(wanted, powered(value, d)) or at_most(
        powered(wanted, powered(d, Fraction(-1))), value
    )
