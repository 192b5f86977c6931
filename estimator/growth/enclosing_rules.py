"""Encloses sums, products and powers, from the enclosures of their parts."""

from fractions import Fraction

from estimator.expressions.tree import Tree, call, names_in, times
from estimator.growth import number as num
from estimator.growth.derivation import Derivation, Ruled
from estimator.growth.enclosure import Enclosure, leader
from estimator.growth.functions import enclose_function
from estimator.growth.monomial import CONSTANT, to_power
from estimator.growth.number import ONE, Number, UndecidedError
from estimator.growth.sign import majorant, sign
from estimator.growth.values import constant_of, rewritten

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
        return "sum", (), total
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
