"""Checks that rounded quantities may be replaced along a sequence that goes to infinity.

If x is continuous and goes to infinity, the intermediate value theorem gives, for every 0 <= h < 1
and every bound, a point beyond it at which x + h is an integer. There ceiling(x) = x + h, and
floor(x) is x + h - 1, or x if h = 0; the remainder of y by m, with x = y / m, is y - m floor(x).
"""

from fractions import Fraction
from typing import Any

from estimator.growth_checker.number import demand
from estimator.growth_checker.rules import Book
from estimator.growth_checker.sums import mono, mono_power
from estimator.growth_checker.trees import Tree, parts_of, times, whole

CONTINUOUS = frozenset({"log", "exp", "Max", "Min", "Abs", "sin", "cos"})
"""Functions that are continuous wherever they are defined."""


def replaced(tree: Tree, x: Tree, height: Any) -> Tree:
    """The tree at the points where x + height is an integer.

    Raises:
        WitnessError: if the height is none, or x is not continuous where it is defined.
    """
    demand(isinstance(height, Fraction) and 0 <= height < 1, "a phase is at least 0 and below 1")
    demand(_is_continuous(x), "what is rounded may jump")
    return _replaced(tree, x, height)


def _replaced(tree: Tree, x: Tree, height: Fraction) -> Tree:
    parts = parts_of(tree)
    floor: Tree = ("+", x, whole(height - 1)) if height else x
    if tree[0] == "f":
        name, *arguments = tree[1:]
        if arguments == [x] and name == "ceiling":
            return ("+", x, whole(height)) if height else x
        if arguments == [x] and name == "floor":
            return floor
        if name == "Mod" and x == ("*", arguments[0], ("^", arguments[1], whole(-1))):
            size = 1 - height if height else Fraction(0)
            return times(arguments[1], whole(size)) if size else whole(0)
    return (*tree[: len(tree) - len(parts)], *(_replaced(part, x, height) for part in parts))


def _is_continuous(tree: Tree) -> bool:
    if tree[0] == "f" and tree[1] not in CONTINUOUS:
        return False
    return all(map(_is_continuous, parts_of(tree)))


def check_growing(book: Book, x: Tree, certificate: Any) -> None:
    """Demand that a quantity is defined beyond the thresholds and goes to infinity.

    Raises:
        WitnessError: if its lower bound does not show it.
    """
    floor, written, steps = certificate
    side, terms = book.floor(x, floor)
    m = mono(written)
    demand(side > 0 and m in terms, "what is rounded may not be positive")
    _, rest = book.heights.pure(mono_power(m, Fraction(-1)), steps)
    demand(book.heights.falls(rest), "what is rounded may stay small")
