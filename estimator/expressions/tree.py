"""Expressions of growth questions as plain nested tuples, and their passage to and from SymPy.

("q", Fraction)          a rational number
("c", "pi" | "E")        a named number
("x", name)              a symbol
("+", a, b, ...)         a sum
("*", a, b, ...)         a product
("^", base, exponent)    a power
("f", name, a, ...)      a function: log (natural), exp, ceiling, floor, Max, Min, ...
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

import sympy

from estimator.symbols import asked

Tree = tuple[Any, ...]

ZERO: Tree = ("q", Fraction(0))
UNIT: Tree = ("q", Fraction(1))
MINUS: Tree = ("q", Fraction(-1))

FUNCTIONS: dict[str, tuple[int, int]] = {
    "log": (1, 1),
    "exp": (1, 1),
    "ceiling": (1, 1),
    "floor": (1, 1),
    "Max": (1, 99),
    "Min": (1, 99),
    "Abs": (1, 1),
    "sin": (1, 1),
    "cos": (1, 1),
    "factorial": (1, 1),
    "gamma": (1, 1),
    "binomial": (2, 2),
    "Mod": (2, 2),
}
"""Functions with a meaning here, and how few and how many arguments they take."""


def whole(value: int | Fraction) -> Tree:
    """A rational number."""
    return ("q", Fraction(value))


def plus(*terms: Tree) -> Tree:
    """A sum."""
    kept = [term for term in terms if term != ZERO]
    return kept[0] if len(kept) == 1 else ("+", *kept) if kept else ZERO


def times(*factors: Tree) -> Tree:
    """A product."""
    if ZERO in factors:
        return ZERO
    kept = [factor for factor in factors if factor != UNIT]
    return kept[0] if len(kept) == 1 else ("*", *kept) if kept else UNIT


def raised(base: Tree, exponent: Tree) -> Tree:
    """A power; a power of Euler's number is `exp`."""
    if exponent == UNIT:
        return base
    return call("exp", exponent) if base == ("c", "E") else ("^", base, exponent)


def call(name: str, *arguments: Tree) -> Tree:
    """A function of arguments."""
    return ("f", name, *arguments)


def log_to_base(argument: Tree, base: Tree) -> Tree:
    """The logarithm to a base."""
    return times(call("log", argument), raised(call("log", base), MINUS))


def children(tree: Tree) -> tuple[Tree, ...]:
    """The parts of a tree."""
    if tree[0] in "+*^":
        return tree[1:]
    return tree[2:] if tree[0] == "f" else ()


@lru_cache(maxsize=20000)
def names_in(tree: Tree) -> frozenset[str]:
    """The symbols of a tree."""
    if tree[0] == "x":
        return frozenset({tree[1]})
    return frozenset().union(*map(names_in, children(tree)))


@lru_cache(maxsize=20000)
def functions_in(tree: Tree) -> frozenset[str]:
    """The names of the functions of a tree."""
    own = frozenset({tree[1]}) if tree[0] == "f" else frozenset()
    return own.union(*map(functions_in, children(tree)))


def replaced(tree: Tree, values: Mapping[str, Tree]) -> Tree:
    """The tree with trees put in for symbols."""
    if tree[0] == "x":
        return values.get(tree[1], tree)
    if not names_in(tree) & set(values):
        return tree
    parts = tuple(replaced(part, values) for part in children(tree))
    return tree[:2] + parts if tree[0] == "f" else tree[:1] + parts


@lru_cache(maxsize=20000)
def to_sympy(tree: Tree) -> sympy.Expr:
    """The tree as SymPy sees it; every symbol is a positive real.

    Raises:
        ValueError: if a function has no meaning here.
    """
    kind = tree[0]
    if kind == "q":
        return sympy.Rational(tree[1].numerator, tree[1].denominator)
    if kind == "c":
        return sympy.pi if tree[1] == "pi" else sympy.E
    if kind == "x":
        return asked(tree[1])
    parts = [to_sympy(part) for part in children(tree)]
    if kind == "+":
        return sympy.Add(*parts)
    if kind == "*":
        return sympy.Mul(*parts)
    if kind == "^":
        return sympy.Pow(*parts)
    if tree[1] not in FUNCTIONS:
        raise ValueError(f"{tree[1]} is not a function with a meaning here")
    return getattr(sympy, tree[1])(*parts)


def from_sympy(expression: Any, is_ours: bool = False) -> Tree:
    """A SymPy expression, or a number, as a tree; Qualtran's `log2` is understood.

    Args:
        expression: it.
        is_ours: whether its symbols may have names that no user can type.

    Raises:
        ValueError: if a symbol's name is not an identifier.
    """
    value = sympy.sympify(expression)
    if value.is_Rational:
        return whole(Fraction(int(value.p), int(value.q)))
    if value.is_Float:
        return whole(Fraction(str(value)))
    if value in (sympy.pi, sympy.E):
        return ("c", str(value) if value == sympy.pi else "E")
    if value.is_Symbol:
        if not (is_ours or value.name.isidentifier()):
            raise ValueError(f"a symbol needs a name of letters, digits and _, got {value.name!r}")
        return ("x", value.name)
    parts = [from_sympy(part, is_ours) for part in value.args]
    if value.is_Add:
        return plus(*parts)
    if value.is_Mul:
        return times(*parts)
    if value.is_Pow:
        return raised(*parts)
    return named_call(value.func.__name__, parts)


SHORT = {"ceil": "ceiling", "ln": "log", "max": "Max", "min": "Min", "abs": "Abs"}


def named_call(name: str, parts: list[Tree]) -> Tree:
    """A function by the name a user gives it, with `sqrt`, `log2` and `log(x, b)` resolved."""
    name = SHORT.get(name, name)
    if name == "log" and len(parts) == 2:
        return log_to_base(*parts)
    if name in ("log2", "log10") and len(parts) == 1:
        return log_to_base(parts[0], whole(int(name[3:])))
    if name == "sqrt" and len(parts) == 1:
        return raised(parts[0], whole(Fraction(1, 2)))
    return call(name, *parts)
