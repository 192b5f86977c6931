"""The symbols of a question's formulas, worked out from its parameters.

A question says, by name of the symbol, what it is in its parameters: `m` is `log2(N/C)/2`. A size
that comes out as no whole number belongs to parameters that do not go together, such as a vector
whose length is no channels times a square.
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np
import sympy
from attrs import frozen

from estimator.grid.axis import Axis
from estimator.grid.whole_array import Array
from estimator.symbols import bare


def _exact_log2(value: Any) -> Any:
    """log2 of a power of two, else `None`."""
    value = Fraction(value)
    up, down = value.numerator, value.denominator
    if up < 1 or up & (up - 1) or down & (down - 1):
        return Fraction(1, 3)  # whatever is made of it is no size
    return up.bit_length() - down.bit_length()


def _ceil_log2(value: int) -> int:
    """Bits that tell so many things apart."""
    return (int(value) - 1).bit_length()


FUNCTIONS = {
    "log2": _exact_log2, "ceil_log2": _ceil_log2, "Max": max, "Min": min, "rest": operator.mod,
}  # fmt: skip
"""What may stand in a declaration of sizes besides + - * / and parameters."""


@lru_cache(maxsize=64)
def _parsed(text: str) -> Callable[..., Any]:
    """A function of the parameters that occur, in the order of `_names`."""
    names = [bare(name) for name in _names(text)]
    made: Callable[..., Any] = sympy.lambdify(names, formula_of(text), modules=[FUNCTIONS])
    return made


def formula_of(text: str) -> sympy.Expr:
    """A declaration as an expression in parameters by name and the functions of `FUNCTIONS`."""
    names = {name: bare(name) for name in _names(text)}
    known = {**names, **{name: sympy.Function(name) for name in FUNCTIONS}}
    return sympy.parse_expr(text, local_dict=known, evaluate=False)


@lru_cache(maxsize=64)
def _names(text: str) -> tuple[str, ...]:
    """Parameters that occur; functions of SymPy have small letters and brackets after them."""
    words = re.findall(r"[A-Za-z_][A-Za-z_0-9]*(?!\w|\s*\()", text)
    return tuple(dict.fromkeys(words))


def parameters_of(sizes: Mapping[str, str]) -> set[str]:
    """Names of the parameters that the symbols are worked out from."""
    return {name for text in sizes.values() for name in _names(text)}


@frozen
class Sizes:
    """Symbols at the points of a grid.

    Args:
        values: by name of the symbol; arrays with a dimension for each axis, of one value where
            the symbol does not depend on it; what is refused has a value that another point has.
        refused: of the same form, true where parameters do not go together.
    """

    values: Mapping[str, Array]
    refused: Array


def sizes_at(
    sizes: Mapping[str, str],
    wholes: set[str],
    axes: Sequence[Axis],
    fixed: Mapping[str, Any],
) -> Sizes:
    """The symbols whose parameters all have values.

    Args:
        sizes: by name of the symbol, what it is in parameters.
        wholes: symbols that must be whole numbers, not negative.
        axes: parameters that vary.
        fixed: the others that have numbers.
    """
    place = {axis.name: i for i, axis in enumerate(axes)}
    found: dict[str, Array] = {}
    refused: Array = np.zeros((1,) * len(axes), dtype=bool)
    for symbol, text in sizes.items():
        names = _names(text)
        if not all(name in place or name in fixed for name in names):
            continue
        function = _parsed(text)
        varying = [name for name in names if name in place]
        shape = [1] * len(axes)
        for name in varying:
            shape[place[name]] = len(axes[place[name]])
        order = sorted(varying, key=place.__getitem__)
        numbers = []
        for point in product(*(axes[place[name]].values for name in order)):
            known = {**fixed, **dict(zip(order, point, strict=True))}
            numbers.append(function(*(known[name] for name in names)))
        if symbol in wholes:
            good = [each >= 0 and each == int(each) for each in numbers]
            other = next((int(x) for x, ok in zip(numbers, good, strict=True) if ok), 0)
            whole = [int(x) if ok else other for x, ok in zip(numbers, good, strict=True)]
            wide = max(map(abs, whole), default=0) >= 2**62
            found[symbol] = np.array(whole, dtype=object if wide else np.int64).reshape(shape)
            refused = refused | ~np.array(good).reshape(shape)
        else:
            found[symbol] = np.array([float(each) for each in numbers]).reshape(shape)
    return Sizes(found, refused)
