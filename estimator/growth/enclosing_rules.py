"""Encloses sums, products and powers, from the enclosures of their parts."""

from fractions import Fraction
from math import floor
from typing import Any

import sympy

from estimator.expressions.tree import MINUS, Tree, call, names_in, raised, times, whole
from estimator.expressions.tree import plus as tree_plus
from estimator.growth.derivation import HALF, Derivation, Ruled, constant_of, rewritten
from estimator.growth.enclosure import Enclosure, Floor, floor_of, leader, roof_of
from estimator.growth.estimates import CHOICES, binomial_bounds, difference
from estimator.growth.exponential import exp_rule, log_rule
from estimator.growth_numbers import number as num
from estimator.growth_numbers.monomial import CONSTANT, Terms, plus, scaled, to_power
from estimator.growth_numbers.number import ONE, HopelessError, Number, UndecidedError, add, mul
from estimator.growth_numbers.sign import exact_absolute, majorant, sign

INTEGER = "#n"
"""A parameter of curves that runs through the integers."""

_LARGEST = 500
"""Lower number of a binomial whose gamma function is computed."""

_FACTORS = 12
"""Of a binomial that is multiplied out."""


def enclose_function(d: Derivation, node: Tree) -> Ruled:
    """The enclosure of a function of something that varies.

    Raises:
        UndecidedError: if the function is not known, or its argument is out of reach.
    """
    name = node[1]
    if name == "log":
        return log_rule(d, node)
    if name == "exp":
        return exp_rule(d, node)
    if name in ("ceiling", "floor"):
        return _rounding(d, node)
    if name in ("Max", "Min"):
        return _extreme(d, node)
    if name == "Abs":
        return _absolute(d, node)
    if name in ("sin", "cos"):
        return _wave(d, node)
    if name == "factorial":
        return _factorial(d, node)
    if name == "gamma":
        return rewritten(d, times(call("factorial", node[2]), raised(node[2], MINUS)))
    if name == "binomial":
        return _binomial(d, node)
    if name == "Mod":
        return _remainder(d, node)
    raise HopelessError(f"nothing is known of the function {name}")


def _rounding(d: Derivation, node: Tree) -> Ruled:
    each = d.enclose(node[2])
    if _steps_by(each, ONE):
        c = each.main.get(CONSTANT, Fraction(0))
        value = Fraction(floor(c) if node[1] == "floor" else -floor(-c))
        return "integer", (), each.plus(Enclosure({CONSTANT: value - c} if value != c else {}))
    limit = each.main.get(CONSTANT, Fraction(0))
    rest = Enclosure({m: c for m, c in each.main.items() if m != CONSTANT}, each.error)
    if all(d.ground.vanishes(m) for m in (*rest.main, *rest.error)) and not getattr(
        limit, "free_symbols", None
    ):
        return _rounded_limit(d, node, limit, rest)
    shift = HALF if node[1] == "ceiling" else -HALF
    if not any(d.ground.vanishes(to_power(m, -ONE)) for m in each.main):
        found = floor_of(d.ground, each)
        d.is_varied |= found is not None
        if found is not None and found.sign > 0 and not d.variant:
            return _rounded_atom(d, node, each, found)
    return "rounding", (), each.plus(Enclosure({CONSTANT: shift}, {CONSTANT: HALF}))


def _rounded_atom(d: Derivation, node: Tree, each: Enclosure, found: Floor) -> Ruled:
    """For x > 0: x and 1 <= ceiling(x) <= x + 1, and 0 <= floor(x) <= x."""
    unit: Terms = {CONSTANT: ONE}
    lower: Terms = {}
    upper = roof_of(each)
    if node[1] == "ceiling":
        lower, upper = scaled(plus(found.terms, unit), HALF), plus(upper, unit)
    index = d.atom("rounded", (node, found.certificate), lower, upper)
    return "atom", (index,), Enclosure({((("o", index), ONE),): ONE})


def _rounded_limit(d: Derivation, node: Tree, limit: Any, rest: Enclosure) -> Ruled:
    down = node[1] == "floor"
    whole_part = Fraction(floor(limit))
    if limit == whole_part:
        side = 0
        certificate: Any = None
        if rest.main or rest.error:
            found = floor_of(d.ground, rest)
            if found is None:
                raise UndecidedError("the rounded quantity may be on either side of an integer")
            side, certificate = found.sign, found.certificate
        value = whole_part + ((side > 0) if not down else -(side < 0))
        gap = HALF
    else:
        value = whole_part if down else whole_part + 1
        certificate = None
        near = num.approx(limit) - float(whole_part)
        gap = Fraction(int(min(near, 1 - near) * 10**6), 10**6)
    size = [(m, exact_absolute(c), "main") for m, c in rest.main.items()]
    size += [(m, c, "error") for m, c in rest.error.items()]
    small = []
    for m, c, kind in size:
        fitted = d.ground.fit(c, m, gap / (len(size) + 1))
        if fitted is None:
            raise UndecidedError("a rounded quantity has no known limit")
        small.append((m, kind, fitted[1]))
    main = {CONSTANT: value} if value else {}
    return "limit", (value, gap, certificate, tuple(small)), Enclosure(main)


def _extreme(d: Derivation, node: Tree) -> Ruled:
    name, parts = node[1], node[2:]
    if len(parts) == 1:
        return rewritten(d, parts[0])
    if len(parts) > 2:
        half = len(parts) // 2
        sides = (side[0] if len(side) == 1 else call(name, *side)
                 for side in (parts[:half], parts[half:]))  # fmt: skip
        return rewritten(d, call(name, *sides))
    one, two = (d.enclose(part) for part in parts)
    gap = one.plus(two.scaled(-ONE))
    if not gap.main and gap.is_exact:
        return "extreme", (0, None), one
    found = floor_of(d.ground, gap)
    if found is not None:
        first = (found.sign > 0) == (name == "Max")
        return "extreme", (0 if first else 1, found.certificate), one if first else two
    floors = [floor_of(d.ground, each) for each in (one, two)]
    positive = [low is not None and low.sign > 0 for low in floors]
    if name == "Min" and all(positive):
        other = times(*parts, raised(call("Max", *parts), MINUS))
        why = tuple(low.certificate for low in floors if low is not None)
        return "smallest", (other, *why), d.enclose(other)
    zero = [not each.main and each.is_exact for each in (one, two)]
    if name == "Max" and (any(positive) or any(zero)):
        lower: Terms = {}
        share = Fraction(1, max(1, sum(positive)))
        for low, good in zip(floors, positive, strict=True):
            if low is not None and good:
                lower = plus(lower, scaled(low.terms, share))
        upper: Terms = {}
        for each in (one, two):
            upper = plus(upper, roof_of(each))
        why = tuple(
            low.certificate if low is not None and good else None
            for low, good in zip(floors, positive, strict=True)
        )
        index = d.atom("largest", (*parts, *why), lower, upper)
        return "atom", (index,), Enclosure({((("o", index), ONE),): ONE})
    return "either", (), Enclosure({}, plus(one.size, two.size))


def _absolute(d: Derivation, node: Tree) -> Ruled:
    each = d.enclose(node[2])
    found = floor_of(d.ground, each)
    if found is None:
        if not each.size:
            return "absolute", (None,), each
        index = d.atom("size", (node,), {}, each.size)
        return "atom", (index,), Enclosure({((("o", index), ONE),): ONE})
    return "absolute", (found.certificate,), each.scaled(Fraction(found.sign))


def _remainder(d: Derivation, node: Tree) -> Ruled:
    """0 <= Mod(y, m) <= m for m > 0."""
    each = d.enclose(node[3])
    found = floor_of(d.ground, each)
    if found is None or found.sign < 0:
        raise UndecidedError("a remainder by something that may not be positive")
    index = d.atom("remainder", (node, found.certificate), {}, roof_of(each))
    return "atom", (index,), Enclosure({((("o", index), ONE),): ONE})


def _steps_by(each: Enclosure, period: Any) -> bool:
    """Whether the quantity is a constant plus multiples of the period: an integer parameter's."""
    if not each.is_exact or not each.main:
        return False
    for m, c in each.main.items():
        if m == CONSTANT:
            continue
        times_period = mul(c, num.power(period, -ONE))
        if not isinstance(times_period, Fraction) or times_period.denominator != 1:
            return False
        if any(k[:2] != ("v", INTEGER) or k[2] or not _is_count(e) for k, e in m):
            return False
    return isinstance(each.main.get(CONSTANT, Fraction(0)), Fraction) or period != ONE


def _is_count(e: Any) -> bool:
    return isinstance(e, Fraction) and e.denominator == 1 and e > 0


def _wave(d: Derivation, node: Tree) -> Ruled:
    each = d.enclose(node[2])
    if _steps_by(each, num.number(2 * sympy.pi)):
        angle = num.exact(each.main.get(CONSTANT, Fraction(0)))
        value = num.number(getattr(sympy, node[1])(angle))
        return "turns", (), Enclosure({CONSTANT: value} if value != 0 else {})
    if all(d.ground.vanishes(m) for m in (*each.main, *each.error)):
        small = d.small_part(each, None)
        if small is not None:
            z, certificates = small
            coefficients, factor = [], ONE
            for j in range(d.order + 1):
                factor = factor / j if j else ONE
                odd = node[1] == "sin"
                hit = (j % 2 == 1) == odd
                coefficients.append(factor * (-1) ** (j // 2) if hit else Fraction(0))
            bound = factor / (d.order + 1)
            return "wave", (d.order, certificates), d.taylor(z, coefficients, bound)
    return "bounded", (), Enclosure({}, {CONSTANT: ONE})


def _factorial(d: Derivation, node: Tree) -> Ruled:
    x = node[2]
    body = times(
        call("exp", tree_plus(times(x, call("log", x)), times(MINUS, x))),
        raised(times(whole(2), ("c", "pi"), x), whole(Fraction(1, 2))),
    )
    main, inverse = d.enclose(body), d.enclose(raised(x, MINUS))
    if any(not d.ground.vanishes(m) for m in (*inverse.main, *inverse.error)):
        raise UndecidedError("the factorial of something that may stay small")
    small = d.small_part(inverse, None)
    if small is None:
        raise UndecidedError("the factorial of something that may stay small")
    blur = Enclosure({CONSTANT: ONE}, scaled(inverse.size, Fraction(1, 6)))
    d.truncated = True
    return "stirling", (body, small[1]), main.times(blur)


def _binomial(d: Derivation, node: Tree) -> Ruled:
    top, bottom = node[2:]
    if not names_in(bottom) & d.ground.variables:
        k = constant_of(bottom)
        if isinstance(k, Fraction) and k.denominator == 1 and 0 <= k <= _FACTORS:
            return rewritten(d, falling(top, int(k)))
        return _binomial_of_constant(d, top, k)
    gap = d.enclose(tree_plus(top, times(MINUS, bottom)))
    left = gap.main.get(CONSTANT, Fraction(0))
    if gap.is_exact and set(gap.main) <= {CONSTANT} and isinstance(left, Fraction):
        if left.denominator == 1 and 0 <= left <= _FACTORS:
            return rewritten(d, falling(top, int(left)))
        raise UndecidedError("a binomial with a broken lower number")
    if d.variant <= CHOICES:
        d.is_varied = True
        return binomial_bounds(d, node)
    rest = tree_plus(top, times(MINUS, bottom))
    shares = [raised(call("factorial", part), MINUS) for part in (bottom, rest)]
    return rewritten(d, times(call("factorial", top), *shares))


def falling(top: Tree, k: int) -> Tree:
    """top (top - 1) ... (top - k + 1) / k!"""
    factors = [tree_plus(top, whole(-j)) for j in range(k)]
    size = 1
    for j in range(2, k + 1):
        size *= j
    return times(whole(Fraction(1, size)), *factors)


def _binomial_of_constant(d: Derivation, top: Tree, k: Any) -> Ruled:
    if sign(k) <= 0:
        raise UndecidedError("a binomial with a negative lower number")
    if isinstance(k, Fraction) and k > _LARGEST:
        raise HopelessError(f"a binomial with a lower number above {_LARGEST}")
    each = d.enclose(top)
    first = leader(d.ground, each)
    small = None if first is None else d.small_part(each, first)
    if first is None or small is None or sign(each.main[first]) < 0:
        raise UndecidedError("a binomial of something without a leading term")
    c = each.main[first]
    quarter, fits = Fraction(1, 4), []
    for size in (ONE, k):
        amount = mul(size, num.power(c, -ONE))
        fitted = d.ground.fit(amount, to_power(first, -ONE), quarter)
        if fitted is None:
            raise UndecidedError("a binomial of something that may stay small")
        fits.append(fitted[1])
    shape = to_power(first, k)
    lower = {shape: num.power(mul(c, quarter), k)}
    upper = {shape: num.power(mul(c, Fraction(2)), k)}
    index = d.atom("falling", (top, num.exact(k), first, small[1], tuple(fits)), lower, upper)
    inverse = num.number(1 / num.gamma(add(k, ONE)))
    return "choose", (index,), Enclosure({((("o", index), ONE),): inverse})


_EXPANDED = 6
"""Highest power, and most terms, that are multiplied out."""


def enclose_node(d: Derivation, node: Tree) -> Ruled:
    """The enclosure of one expression from those of its parts."""
    if not names_in(node) & d.ground.variables:
        value = constant_of(node)
        return "number", (), Enclosure({CONSTANT: value} if value != 0 else {})
    kind = node[0]
    if kind == "x":
        return "symbol", (), Enclosure({((("v", node[1], 0), ONE),): ONE})
    if kind == "+":
        total = Enclosure()
        for part in node[1:]:
            total = total.plus(d.enclose(part))
        return difference(d, node, total) or ("sum", (), total)
    if kind == "*":
        total = Enclosure({CONSTANT: ONE})
        for part in sorted(node[1:], key=lambda part: part[0] == "+"):
            total = total.times(d.enclose(part))
        return "product", (), total
    if kind == "^":
        return power_rule(d, node)
    return enclose_function(d, node)


def power_rule(d: Derivation, node: Tree) -> Ruled:
    """Powers, by the kind of their base and exponent."""
    _, base, exponent = node
    if names_in(exponent) & d.ground.variables:
        if not names_in(base) & d.ground.variables:
            value = constant_of(base)
            if value == 0:
                raise UndecidedError("a power of zero")
            if sign(value) < 0:
                other = call("exp", times(exponent, call("log", times(("q", -ONE), base))))
                return "alternating", (other,), Enclosure({}, d.enclose(other).size)
        return rewritten(d, call("exp", times(exponent, call("log", base))))
    e = constant_of(exponent)
    each = d.enclose(base)
    if e == 0:
        return "power", ("one",), Enclosure({CONSTANT: ONE})
    if not each.main and each.is_exact:
        if sign(e) <= 0:
            raise UndecidedError("division by zero")
        return "power", ("zero",), Enclosure()
    if len(each.main) == 1 and each.is_exact:
        ((m, c),) = each.main.items()
        if sign(c) < 0 and not (isinstance(e, Fraction) and e.denominator == 1):
            raise UndecidedError("a broken power of a negative number")
        return "power", ("single",), Enclosure({to_power(m, e): num.power(c, e)})
    size = len(each.main) + len(each.error)
    if isinstance(e, Fraction) and e.denominator == 1 and 0 < e <= _EXPANDED and size <= _EXPANDED:
        total = each
        for _ in range(int(e) - 1):
            total = total.times(each)
        return "power", ("repeated",), total
    first = leader(d.ground, each)
    numeric = abs(e) < 1000 if isinstance(e, Fraction) else d.order > 0
    integer = isinstance(e, Fraction) and e.denominator == 1
    if first is not None and numeric and (integer or sign(each.main[first]) > 0):
        small = d.small_part(each, first)
        if small is not None:
            z, certificates = small
            coefficients, a = [ONE], ONE
            for j in range(1, d.order + 2):
                a = num.mul(a, num.mul(num.add(e, Fraction(1 - j)), Fraction(1, j)))
                coefficients.append(a)
            bound = num.mul(majorant(coefficients.pop()), growth_of_power(e, d.order))
            series = d.taylor(z, coefficients, bound)
            found = series.scaled(num.power(each.main[first], e), to_power(first, e))
            return "power", ("series", first, d.order, certificates), found
    d.truncated |= first is not None
    index = d.atom_of_sum(base, each)
    return "power", ("atom", index), Enclosure({((("o", index), e),): ONE})


def growth_of_power(e: Number, order: int) -> Number:
    """A bound of (1 + x)**(e - order - 1) for |x| <= 1/2."""
    if isinstance(e, Fraction):
        return Fraction(2) ** -int(-abs(e - order - 1) // 1)
    return num.power(Fraction(2), num.add(majorant(e), Fraction(order + 1)))
