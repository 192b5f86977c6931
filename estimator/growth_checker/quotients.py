"""Whether two rational functions are one: both are multiplied out and compared crosswise."""

from fractions import Fraction

from estimator.growth_checker.number import demand
from estimator.growth_checker.terms import Terms, raised, rational, times, total_of
from estimator.growth_checker.trees import Tree, parts_of
from estimator.symbols import asked

HIGHEST = 12
"""Power of a part."""


def are_identical(one: Tree, two: Tree) -> bool:
    """Whether two expressions made by + - * / and whole powers are equal wherever both are defined.

    Raises:
        WitnessError: if one of them is made in another way, or too long.
    """
    (top, bottom), (top_too, bottom_too) = _quotient(one), _quotient(two)
    return times(top, bottom_too) == times(top_too, bottom)


def _quotient(tree: Tree) -> tuple[Terms, Terms]:
    """Numerator and denominator, which is not zero."""
    kind, parts = tree[0], parts_of(tree)
    if kind == "q":
        return rational(tree[1]), rational(1)
    if kind == "x":
        return {frozenset({(asked(tree[1]), Fraction(1))}): Fraction(1)}, rational(1)
    demand(kind in ("+", "*", "^"), "a rewriting of something that is no rational function")
    if kind == "^":
        return _power(parts[0], parts[1])
    total = _quotient(parts[0])
    for part in parts[1:]:
        (a, b), (c, d) = total, _quotient(part)
        top = times(a, c) if kind == "*" else total_of(times(a, d), times(c, b))
        total = top, times(b, d)
    return total


def _power(base: Tree, exponent: Tree) -> tuple[Terms, Terms]:
    is_whole = exponent[0] == "q" and exponent[1].denominator == 1
    demand(is_whole and abs(exponent[1]) <= HIGHEST, "a rewriting of a high or broken power")
    top, bottom = _quotient(base)
    if exponent[1] < 0:
        demand(top, "division by zero")
        top, bottom = bottom, top
    count = abs(int(exponent[1]))
    return raised(top, count), raised(bottom, count)
