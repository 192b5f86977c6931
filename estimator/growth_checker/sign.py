"""The sign and the size of a constant of the checker, for all positive values of its symbols.

**Argument.** A number without symbols is enclosed in an interval. Any other constant is a
polynomial in positive unknowns, times something positive, by one of the `pictures`. Of all
coefficients the ends are taken that make it smaller; if the polynomial that is left, whose
coefficients are rational, `is_positive` for all positive unknowns, so is the constant. A sum of
multiples of logarithms is the logarithm of a product, which has the sign of that product less one;
roots are compared by means and by powers (`radicals`).
What none of this decides counts as undecided, and a witness that needs it is refused.

The search finds signs by factors, roots and slopes, and by what SymPy assumes of an expression.
Nothing of that is used here: SymPy brings expressions into a normal form, and counts roots by
Sturm's theorem.
"""

from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import Any

import sympy

from estimator.growth_checker.images import pictures
from estimator.growth_checker.number import (
    WitnessError,
    added,
    demand,
    end_of,
    interval,
    interval_at,
    opposite,
    same,
    settled,
    side_of_number,
    symbolic,
)
from estimator.growth_checker.orthant import is_positive
from estimator.growth_checker.picture import by_unknowns
from estimator.growth_checker.radicals import side_of_radicals
from estimator.growth_checker.terms import ONE, Power, Terms, read, value_of

PRECISION = 40
"""Of a coefficient that is no rational number. Unit: bits."""

POINTS = tuple(map(Fraction, ("1/9", "1", "9/4", "6", "1/3", "30", "1/200")))
"""Values of symbols at which a sign is looked for that would be another one."""

MOST_OF_A_LOGARITHM = 20
"""Power to which the argument of a logarithm is raised."""


def direction(value: Any) -> int:
    """The sign of a number, the same for all positive values of its symbols.

    Raises:
        WitnessError: if that is not so, or cannot be seen.
    """
    if isinstance(value, Fraction):
        return (value > 0) - (value < 0)
    found = _direction(symbolic(value))
    if found is None:
        raise WitnessError(f"the sign of {value} cannot be seen")
    return found


@lru_cache(maxsize=20000)
def _direction(value: sympy.Expr) -> int | None:
    if value.is_Rational:
        return int(sympy.sign(value))
    if not value.free_symbols:
        return side_of_number(value)
    try:
        terms = read(value, direction)
        side = _side_of_logarithms(terms) or side_of_radicals(terms, direction)
        if side:
            return side
        for number, cases in enumerate(pictures(terms, direction)):
            sides = {_side_of_polynomial(case) for case in cases}
            if sides in ({1}, {-1}):
                return sides.pop()
            if number == 0 and _changes(value):
                return None
    except (WitnessError, sympy.PolynomialError):
        return None
    return None


def _changes(value: sympy.Expr) -> bool:
    """Whether an expression has both signs, so that nothing more need be tried."""
    symbols, sides = sorted(value.free_symbols, key=str), set()
    for shift in range(len(POINTS)):
        at = {
            x: interval(POINTS[(shift + 2 * place) % len(POINTS)])
            for place, x in enumerate(symbols)
        }
        around = interval_at(value, at)
        sides |= {None if around is None else _side(around)}
    return {1, -1} <= sides


def _side(around: Any) -> int | None:
    """The sign of all of an interval."""
    return 1 if around.a > 0 else -1 if around.b < 0 else None


def _side_of_polynomial(terms: Terms) -> int:
    """The sign of a polynomial in positive unknowns; 0 if none was seen."""
    parts = by_unknowns(terms)
    ranges = {powers: value_of(c) for powers, c in parts.items()}
    if not ranges or any(around is None for around in ranges.values()):
        return 0
    side = _side(sum(ranges.values()))
    if side is None:
        return 0
    unknowns = list(dict.fromkeys(x for powers in parts for x, _ in powers))
    smallest = {}
    for powers, c in parts.items():
        exponents = dict(powers)
        at = tuple(exponents.get(x, 0) for x in unknowns)
        is_exact = not set(c) - {ONE}
        smallest[at] = side * c[ONE] if is_exact else _shortened(side * ranges[powers])
    return side if is_positive(smallest) else 0


def _shortened(around: Any) -> Fraction:
    """A fraction of few digits below all of an interval."""
    low = end_of(around, -1)
    scale = Fraction(2) ** (
        PRECISION - abs(low.numerator).bit_length() + low.denominator.bit_length()
    )
    return Fraction((low * scale).__floor__()) / scale


def _side_of_logarithms(terms: Terms) -> int:
    """The sign of a sum of multiples of logarithms; 0 if it is none, or was not seen."""
    chosen = [
        (power - {pair}, pair[0].args[0], c)
        for power, c in terms.items()
        for pair in power
        if isinstance(pair[0], sympy.log) and pair[1] == 1
    ]
    for rest in {rest for rest, p, _ in chosen if p.free_symbols}:
        logs = [(p, c) for other, p, c in chosen if other == rest]
        factor = None if _has_symbols(rest) else value_of({rest: Fraction(1)})
        if len(logs) == len(terms) and factor is not None:
            return (_side(factor) or 0) * _side_of_product(logs)
    return 0


def _has_symbols(power: Power) -> bool:
    return any(atom.free_symbols for atom, _ in power)


def _side_of_product(logs: list[tuple[sympy.Expr, Fraction]]) -> int:
    """The sign of sum c log p; 0 if it was not seen."""
    numbers = [c for _, c in logs]
    unit = Fraction(gcd(*(c.numerator for c in numbers)), lcm(*(c.denominator for c in numbers)))
    if any(abs(c / unit) > MOST_OF_A_LOGARITHM for c in numbers):
        return 0
    above, below = (
        sympy.Mul(*(p ** int(side * c / unit) for p, c in logs if side * c > 0)) for side in (1, -1)
    )
    return direction_or_none(settled(above - below)) or 0


def at_most(x: Any, y: Any) -> bool:
    """Whether x <= y is certain."""
    if same(x, y):
        return True
    gap = added(y, opposite(x))
    try:
        return direction(gap) > 0
    except WitnessError:
        return False


def direction_or_none(value: Any) -> int | None:
    """The sign of a number, or `None` if it cannot be seen."""
    try:
        return direction(value)
    except WitnessError:
        return None


@lru_cache(maxsize=20000)
def size_of(x: Any) -> Any:
    """|x|; a bound of it by `no_less` if the sign of x cannot be seen."""
    if isinstance(x, Fraction):
        return abs(x)
    side = direction_or_none(x)
    return no_less(x) if side is None else x if side >= 0 else opposite(x)


def no_less(x: Any) -> Any:
    """The sum of the sizes of the terms of x, where |log y| <= y + 1/y."""
    if isinstance(x, Fraction):
        return abs(x)
    total = sympy.Integer(0)
    for term in sympy.Add.make_args(sympy.expand(x)):
        size = sympy.Integer(1)
        for factor in sympy.Mul.make_args(term):
            base, e = factor.as_base_exp()
            if isinstance(base, sympy.sin | sympy.cos) and e.is_Integer and e > 0:
                continue
            side = direction_or_none(settled(factor))
            if side:
                size *= side * factor
            else:
                known = isinstance(base, sympy.log) and e.is_Integer and e > 0
                demand(known and direction(settled(base.args[0])) > 0, f"the size of {x}")
                size *= (base.args[0] + 1 / base.args[0]) ** e
        total += size
    return settled(total)
