"""Whether two rational functions are one: both are multiplied out and compared crosswise."""

from fractions import Fraction

from estimator.growth_checker.number import demand
from estimator.growth_checker.terms import Terms, raised, rational, times, total_of
from estimator.growth_checker.trees import Tree, parts_of
from estimator.symbols import asked

HIGHEST = 12
"""Power of a part."""


def are_identical(one: Tree, two: Tree, is_rational: bool = True) -> bool:
    """Whether two expressions are equal wherever both are defined, by + - * / and whole powers.

    Args:
        one: an expression.
        two: another.
        is_rational: whether they must be made in no other way. If not, a function or a broken power
            is known to equal itself, where it is defined, and nothing more.

    Raises:
        WitnessError: if one of them is made in another way, or too long.
    """
    (top, bottom), (top_too, bottom_too) = (_quotient(tree, is_rational) for tree in (one, two))
    return times(top, bottom_too) == times(top_too, bottom)


def _quotient(tree: Tree, is_rational: bool) -> tuple[Terms, Terms]:
    """Numerator and denominator, which is not zero."""
    kind, parts = tree[0], parts_of(tree)
    if kind == "q":
        return rational(tree[1]), rational(1)
    if kind == "x":
        return {frozenset({(asked(tree[1]), Fraction(1))}): Fraction(1)}, rational(1)
    if kind in ("c", "f") or (kind == "^" and not _is_small(parts[1])):
        demand(not is_rational, "a rewriting of something that is no rational function")
        return {frozenset({(tree, Fraction(1))}): Fraction(1)}, rational(1)
    if kind == "^":
        return _power(parts[0], parts[1], is_rational)
    total = _quotient(parts[0], is_rational)
    for part in parts[1:]:
        (a, b), (c, d) = total, _quotient(part, is_rational)
        top = times(a, c) if kind == "*" else total_of(times(a, d), times(c, b))
        total = top, times(b, d)
    return total


def _is_small(exponent: Tree) -> bool:
    is_whole = exponent[0] == "q" and exponent[1].denominator == 1
    return bool(is_whole and abs(exponent[1]) <= HIGHEST)


def _power(base: Tree, exponent: Tree, is_rational: bool) -> tuple[Terms, Terms]:
    top, bottom = _quotient(base, is_rational)
    if exponent[1] < 0:
        demand(top, "division by zero")
        top, bottom = bottom, top
    count = abs(int(exponent[1]))
    return raised(top, count), raised(bottom, count)
