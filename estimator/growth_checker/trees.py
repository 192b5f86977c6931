"""Expression trees as the checker reads them: what they are made of, and the number one is.

How a tree is written down is said in `expressions.tree`. Nothing of that file is used here, so that
a mistake in it cannot lead the search and the checker astray together.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

import sympy

from estimator.growth_checker.number import demand, interval, settled, symbolic
from estimator.growth_checker.sign import direction, direction_or_none
from estimator.symbols import asked

Tree = tuple[Any, ...]


def whole(value: int | Fraction) -> Tree:
    """A rational number."""
    return ("q", Fraction(value))


ZERO, UNIT, MINUS = whole(0), whole(1), whole(-1)


def plus(*terms: Tree) -> Tree:
    """A sum, without zeros."""
    kept = tuple(term for term in terms if term != ZERO)
    if len(kept) < 2:
        return kept[0] if kept else ZERO
    return ("+", *kept)


def times(*factors: Tree) -> Tree:
    """A product, without ones; zero if a factor is."""
    if any(factor == ZERO for factor in factors):
        return ZERO
    kept = tuple(factor for factor in factors if factor != UNIT)
    if len(kept) < 2:
        return kept[0] if kept else UNIT
    return ("*", *kept)


def raised(base: Tree, exponent: Tree) -> Tree:
    """A power; one of Euler's number is `exp`, and the first is the base."""
    if exponent == UNIT:
        return base
    return ("f", "exp", exponent) if base == ("c", "E") else ("^", base, exponent)


def call(name: str, *arguments: Tree) -> Tree:
    """A function of arguments."""
    return ("f", name, *arguments)


def parts_of(tree: Tree) -> tuple[Tree, ...]:
    """The parts of a tree.

    Raises:
        WitnessError: if it is none.
    """
    demand(isinstance(tree, tuple) and len(tree) > 1, f"{tree!r} is not an expression")
    kind, *parts = tree
    if kind == "q":
        demand(len(parts) == 1 and isinstance(parts[0], Fraction), f"{tree!r} is not a number")
        return ()
    if kind in ("c", "x"):
        known = kind == "x" or tree[1] in ("pi", "E")
        demand(len(parts) == 1 and isinstance(tree[1], str) and known, f"{tree!r} is no name")
        return ()
    if kind == "f":
        return tuple(parts[1:])
    demand(kind in ("+", "*", "^"), f"{tree!r} is not an expression")
    demand(kind != "^" or len(parts) == 2, "a power of other than a base and an exponent")
    return tuple(parts)


@lru_cache(maxsize=20000)
def names_of(tree: Tree) -> frozenset[str]:
    """The symbols of a tree."""
    parts = parts_of(tree)
    if tree[0] == "x":
        return frozenset((tree[1],))
    return frozenset(name for part in parts for name in names_of(part))


def with_values(tree: Tree, values: Mapping[str, Tree]) -> Tree:
    """The tree with trees put in for symbols, for all of them at once."""
    parts = parts_of(tree)
    if tree[0] == "x":
        return values.get(tree[1], tree)
    return (*tree[: len(tree) - len(parts)], *(with_values(part, values) for part in parts))


def number_of(tree: Tree) -> Any:
    """The number that a tree is, for any positive values of its symbols.

    Raises:
        WitnessError: if it is not known to be defined and real for all of them.
    """
    return settled(_expression_of(tree))


@lru_cache(maxsize=20000)
def _expression_of(tree: Tree) -> sympy.Expr:
    values = [_expression_of(part) for part in parts_of(tree)]
    if tree[0] == "q":
        return symbolic(tree[1])
    if tree[0] == "c":
        return sympy.pi if tree[1] == "pi" else sympy.E
    if tree[0] == "x":
        return asked(tree[1])
    if tree[0] == "+":
        return sympy.Add(*values)
    if tree[0] == "*":
        return sympy.Mul(*values)
    return _power(*values) if tree[0] == "^" else _function(tree[1], values)


def _power(base: sympy.Expr, exponent: sympy.Expr) -> sympy.Expr:
    size, power = settled(base), settled(exponent)
    if size == 0:
        demand(direction(power) >= 0, "a power of zero")
    elif isinstance(power, Fraction) and power.denominator == 1:
        demand(power >= 0 or direction(size), "division by zero")
    else:
        demand(direction(size) > 0, "a broken power of a negative number")
    return sympy.Pow(base, exponent)


FUNCTIONS = {
    "log": sympy.log,
    "exp": sympy.exp,
    "ceiling": sympy.ceiling,
    "floor": sympy.floor,
    "Abs": sympy.Abs,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "factorial": sympy.factorial,
    "gamma": sympy.gamma,
    "binomial": sympy.binomial,
    "Max": sympy.Max,
    "Min": sympy.Min,
    "Mod": sympy.Mod,
}
"""Functions that a number may be made by."""


def _function(name: str, values: list[sympy.Expr]) -> sympy.Expr:
    demand(name in FUNCTIONS, f"{name} is not a function with a meaning here")
    count = {"Max": len(values), "Min": len(values), "binomial": 2, "Mod": 2}.get(name, 1)
    demand(values and len(values) == count, f"{name} has other arguments")
    if name == "Mod":
        demand(direction(settled(values[1])) > 0, "a remainder by what may be zero")
    if name == "log":
        demand(direction(settled(values[0])) > 0, "the logarithm of what may be negative")
    found = FUNCTIONS[name](*values)
    if name in ("gamma", "factorial"):
        least = 0 if name == "gamma" else -1
        is_above = direction_or_none(settled(values[0] - least)) == 1
        demand(is_above or interval(settled(found)) is not None, f"{found} may not be defined")
    demand(name != "binomial" or found.is_Rational, "a binomial that is no plain number")
    return found
