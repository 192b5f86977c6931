"""Variables of the search, and how large each must at least be."""

from fractions import Fraction
from itertools import combinations
from math import ceil, exp, log
from typing import Any

import sympy
from attrs import define, field

from estimator.growth_numbers import number as num
from estimator.growth_numbers.monomial import (
    Key,
    Monomial,
    log_of_key,
    product,
    to_power,
    variables_in,
)
from estimator.growth_numbers.number import ONE, Number, UndecidedError, mul
from estimator.growth_numbers.sign import sign

PINNED_DEPTH = 2
"""Deepest logarithm of a variable that is only known to be at least `PINNED_LEAST`."""


PINNED_LEAST = Fraction(16)


_HUGE = 1e260


@define
class Thresholds:
    """Variables with their thresholds, and the atoms made so far.

    Args:
        variables: each goes to infinity unless it is pinned.
        pinned: variables that are at least 16 and otherwise free.
    """

    variables: frozenset[str]
    pinned: frozenset[str] = frozenset()
    low: dict[str, tuple[int, Fraction]] = field(factory=dict)
    extra: list[tuple[str, int, Number]] = field(factory=list)
    demands: list[tuple[str, int, Fraction]] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        for name in self.variables:
            self.low[name] = (0, PINNED_LEAST if name in self.pinned else ONE)

    def least(self, name: str, level: int) -> float:
        """A number that the iterated logarithm of a variable does not fall below."""
        height, value = self.low[name]
        size = min(float(value), _HUGE)
        for _ in range(level - height):
            size = log(size) if size > 0 else -1.0
        for _ in range(height - level):
            size = exp(size) if size < 590 else _HUGE
        return size * (1 - 1e-12)

    def raise_to(self, name: str, level: int, log_value: float) -> None:
        """Demand log(iterated logarithm) >= log_value.

        Raises:
            UndecidedError: if the variable is pinned too low, or the threshold is beyond writing.
        """
        if log_value > 0 and log(max(self.least(name, level), 1e-9)) >= log_value:
            return
        if log_value <= 0 and self.least(name, level) >= 1 - 1e-11:
            return
        if name in self.pinned:
            raise UndecidedError(f"{name} cannot be taken larger")
        while log_value > 13:
            level, log_value = level + 1, log(log_value)
        value = Fraction(ceil(exp(log_value) * (1 + 1e-9))) if log_value > 0 else ONE
        if level > 6:
            raise UndecidedError(f"the threshold of {name} is beyond writing")
        self.low[name] = (level, value)
        self.demands.append((name, level, value))

    def touch(self, each: Monomial) -> None:
        """Make every iterated logarithm in a monomial at least one."""
        for name, level in variables_in(each).items():
            if name in self.pinned and level > PINNED_DEPTH:
                raise UndecidedError(f"log log log {name} may be negative")
            if level:
                self.raise_to(name, level, 0.0)


Certificate = Any
"""Why coefficient * monomial <= value: nested tuples that `growth_checker` reads."""


def mean_of(
    key: Key, e: Number, negative: dict[Key, Number], keep: Fraction
) -> tuple[Any, ...] | None:
    """A step p**a <= q**d r**e for a p whose logarithm is a geometric mean."""
    if key[0] == "o":
        return None
    for one, two in combinations([other for other in negative if other[0] != "o"], 2):
        if to_power(log_of_key(key), Fraction(2)) == product(log_of_key(one), log_of_key(two)):
            ds = tuple(mul(negative[other], 1 - keep) for other in (one, two))
            room = num.add(mul(4 * ONE, mul(*ds)), mul(mul(e, e), -ONE))
            if sign(room) >= 0:
                return key, e, (one, two), ds, ("mean",)
    return None


def log_power(c: Number, d: Number, exact: bool = False) -> Number:
    """K with (log y)**c <= K y**d for y >= 1: K = (c / (e d))**c."""
    ratio = mul(c, num.power(d, -ONE))
    if isinstance(ratio, Fraction) and isinstance(c, Fraction) and not exact:
        return rounded_up(float(c) * (num.log_approx(ratio) - 1))
    return num.power(mul(ratio, num.exp(-ONE)), c)


def is_huge(c: Number, d: Number) -> bool:
    """Whether (c / (e d))**c has too many digits to be written."""
    if not (isinstance(c, Fraction) and isinstance(d, Fraction)):
        return False
    return float(c) * (num.log_approx(c / d) - 1) > 2000


def rounded_up(log_value: float) -> Fraction:
    """A fraction of few digits, above exp(log_value) by at most a thousandth."""
    digits = log_value / log(10)
    if digits > 4000:
        raise UndecidedError("a constant is beyond writing")
    if digits < -12:
        return Fraction(1, 10**12)
    shift = ceil(digits) - 4
    return Fraction(ceil(exp(log_value - shift * log(10)) * (1 + 1e-9))) * Fraction(10) ** shift


def at_least_one(value: Number) -> Number:
    """The larger of a number and one."""
    return num.number(sympy.Max(1, num.exact(value)))


def positive_floor(inner: Monomial) -> tuple[Number, Monomial] | None:
    """F and a monomial of positive exponents with inner >= F * monomial, for a growing one.

    A factor (log^j x)**-a is at least (e d / a)**a y**-d for y**b, b = 2 d, a less iterated
    logarithm of x that the monomial has; `None` if there is none.
    """
    exponents = dict(inner)
    factor = ONE
    for key, e in inner:
        if sign(e) > 0:
            continue
        payers = [
            k for k in exponents if k[:2] == key[:2] and k[0] == "v" and sign(exponents[k]) > 0
        ]
        if key[0] != "v" or not any(k[2] < key[2] for k in payers):
            return None
        payer = min(payers, key=lambda k: k[2])
        a, d = mul(e, -ONE), mul(exponents[payer], Fraction(1, 2))
        exponents.pop(key)
        exponents[payer] = d
        ratio = mul(mul(d, num.power(a, -ONE)), num.exp(ONE))
        factor = mul(factor, num.power(ratio, a))
    return factor, tuple((k, e) for k, e in exponents.items())


def above(value: Number) -> Number:
    """The number, or a short fraction just above it if it is irrational or long; positive."""
    return value if _is_short(value) else rounded_up(num.log_approx(value) + 1e-9)


def below(value: Number) -> Number:
    """The number, or a fraction just below it if it is irrational or long; positive."""
    return value if _is_short(value) else 1 / rounded_up(1e-9 - num.log_approx(value))


def _is_short(value: Number) -> bool:
    if isinstance(value, Fraction):
        return max(value.numerator.bit_length(), value.denominator.bit_length()) <= 40
    return bool(value.free_symbols)
