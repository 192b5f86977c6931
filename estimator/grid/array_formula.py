"""Formulas evaluated at every point of a block at once.

A part of a formula is worked out for the values of those axes that it depends on, and no others: a
degree that depends on one error is found once for each of its values. What is no sum, product,
power or maximum is left to SymPy, once for each combination of what goes in, so that a ceiling at
a power of two is what a single answer has.
"""

from collections.abc import Callable, Mapping
from math import lcm
from typing import Any

import numpy as np
import sympy

from estimator.grid.big_array import BigArray
from estimator.grid.whole_array import Array, TooLargeError, WholeArray

MOST_COMBINATIONS = 400_000
"""Combinations of values for which a function that is no array operation is worked out."""


class NoArrayError(Exception):
    """A formula cannot be evaluated so; a single answer can still be given."""


class NotWholeError(NoArrayError):
    """A formula is made of more than whole numbers."""


Whole = Any
"""`WholeArray` or `BigArray`."""


class Evaluator:
    """Formulas in the same symbols, block by block.

    Args:
        definitions: of symbols that occur in formulas, by name.
        known: results of functions that were worked out one by one, by function and arguments; it
            grows, and is shared by all blocks.
    """

    def __init__(self, definitions: Mapping[str, sympy.Expr], known: dict[Any, Any]) -> None:
        self.definitions = definitions
        self.known = known
        self.values: Mapping[str, Array] = {}
        self._wholes: dict[Any, tuple[Whole, int]] = {}
        self._floats: dict[sympy.Expr, Array] = {}
        self._needs: dict[sympy.Expr, frozenset[str]] = {}

    def start(self, values: Mapping[str, Array]) -> None:
        """Turn to a block.

        Args:
            values: of the symbols, by name; arrays that broadcast together, with as many
                dimensions as there are axes.
        """
        self.values = values
        self._wholes.clear()
        self._floats.clear()

    def column(self, formula: sympy.Expr) -> Array:
        """Its values, exact if they are whole; an array that broadcasts to the block.

        Raises:
            NoArrayError: if it cannot be evaluated so.
        """
        for kind in (WholeArray, BigArray):
            try:
                return self._divided(*self._whole(formula, kind))
            except TooLargeError:
                continue
            except NotWholeError:
                break
        return self.real(formula)

    def needs(self, formula: sympy.Expr) -> frozenset[str]:
        """Names of the symbols of a block that a formula depends on.

        Raises:
            NoArrayError: if it has a symbol that neither a block nor a definition knows.
        """
        if formula not in self._needs:
            found: set[str] = set()
            for symbol in formula.free_symbols:
                if symbol.name in self.values:
                    found.add(symbol.name)
                elif symbol.name in self.definitions:
                    found |= self.needs(self.definitions[symbol.name])
                else:
                    raise NoArrayError(symbol.name)
            self._needs[formula] = frozenset(found)
        return self._needs[formula]

    def _divided(self, value: Whole, by: int) -> Array:
        if by == 1:
            return value.exact()
        if isinstance(value, WholeArray) and by & (by - 1) == 0:
            return value.halved(by.bit_length() - 1).exact()
        exact = value.exact().astype(object)
        if np.any(exact % by):
            raise NotWholeError
        return BigArray(np.asarray(exact // by, dtype=object)).exact()

    def _whole(self, formula: sympy.Expr, kind: Any) -> tuple[Whole, int]:
        """Numerators, and one denominator for all."""
        key = (formula, kind)
        if key not in self._wholes:
            self._wholes[key] = self._whole_anew(formula, kind)
        return self._wholes[key]

    def _whole_anew(self, formula: sympy.Expr, kind: Any) -> tuple[Whole, int]:
        if formula.is_Rational:
            return self._constant(int(formula.p), kind), int(formula.q)
        if formula.is_number and not (formula.is_Add or formula.is_Mul or formula.is_Pow):
            raise NotWholeError(str(formula))
        if formula.is_Symbol:
            return self._symbol(formula, kind)
        if formula.is_Add:
            return self._sum([self._whole(each, kind) for each in formula.args], kind)
        if formula.is_Mul:
            return self._product([self._whole(each, kind) for each in formula.args])
        if formula.is_Pow:
            return self._power(formula, kind)
        if isinstance(formula, (sympy.Max, sympy.Min)):
            parts = [self._whole(each, kind) for each in formula.args]
            shared = lcm(*(by for _, by in parts))
            one, *rest = (self._scaled(each, shared, kind) for each in parts)
            for other in rest:
                one = one.larger(other) if isinstance(formula, sympy.Max) else one.smaller(other)
            return one, shared
        return kind.of(self._called(formula, whole=True)), 1

    def _constant(self, number: int, kind: Any) -> Whole:
        dimensions = max((each.ndim for each in self.values.values()), default=0)
        return kind.of(np.full((1,) * dimensions, number, dtype=object))

    def _symbol(self, symbol: sympy.Symbol, kind: Any) -> tuple[Whole, int]:
        if symbol.name in self.values:
            values = self.values[symbol.name]
            if values.dtype == np.float64:
                raise NotWholeError
            return kind.of(values), 1
        self.needs(symbol)
        return self._whole(self.definitions[symbol.name], kind)

    def _scaled(self, part: tuple[Whole, int], shared: int, kind: Any) -> Whole:
        value, by = part
        return value if by == shared else value * self._constant(shared // by, kind)

    def _sum(self, parts: list[tuple[Whole, int]], kind: Any) -> tuple[Whole, int]:
        shared = lcm(*(by for _, by in parts))
        scaled = sorted((self._scaled(each, shared, kind) for each in parts), key=_size)
        total = scaled[0]
        for each in scaled[1:]:
            total = total + each
        return total, shared

    def _product(self, parts: list[tuple[Whole, int]]) -> tuple[Whole, int]:
        ordered = sorted(parts, key=lambda part: _size(part[0]))
        total, by = ordered[0]
        for value, other in ordered[1:]:
            total, by = total * value, by * other
        return total, by

    def _power(self, formula: sympy.Expr, kind: Any) -> tuple[Whole, int]:
        base, exponent = formula.args
        if exponent.is_Integer and exponent > 0:
            value, by = self._whole(base, kind)
            total = value
            for _ in range(int(exponent) - 1):
                total = total * value
            return total, by ** int(exponent)
        if base == 2:
            size = self._divided(*self._whole(exponent, kind))
            least = int(size.min(initial=0))
            return kind.power_of_two(size - least if least < 0 else size), 2 ** max(0, -least)
        if exponent.is_number:
            raise NotWholeError  # a root or an inverse
        return kind.of(self._called(formula, whole=True)), 1

    def real(self, formula: sympy.Expr) -> Array:
        """Its values as floating-point numbers.

        Raises:
            NoArrayError: if it cannot be evaluated so.
        """
        if formula not in self._floats:
            self._floats[formula] = self._real_anew(formula)
        return self._floats[formula]

    def _real_anew(self, formula: sympy.Expr) -> Array:
        if formula.is_number:
            return np.asarray(float(formula))
        if formula.is_Symbol:
            if formula.name in self.values:
                return self.values[formula.name].astype(np.float64)
            self.needs(formula)
            return self.real(self.definitions[formula.name])
        if formula.is_Add or formula.is_Mul:
            parts = sorted((self.real(each) for each in formula.args), key=np.size)
            join = np.add if formula.is_Add else np.multiply
            total = parts[0]
            for each in parts[1:]:
                total = join(total, each)
            return total
        if formula.is_Pow:
            base, exponent = formula.args
            if base == sympy.E:
                return np.exp(self.real(exponent))
            if exponent == sympy.Rational(1, 2):
                return np.sqrt(self.real(base))
            return np.power(self.real(base), self.real(exponent))
        if isinstance(formula, (sympy.Max, sympy.Min)):
            choose = np.maximum if isinstance(formula, sympy.Max) else np.minimum
            total = self.real(formula.args[0])
            for each in formula.args[1:]:
                total = choose(total, self.real(each))
            return total
        if (function := REAL.get(formula.func)) is not None:
            return function(*map(self.real, formula.args))
        if (function := getattr(formula.func, "of_arrays", None)) is not None:
            return np.asarray(function(*map(self.real, formula.args)))
        return self._called(formula, whole=False).astype(np.float64)

    def _called(self, formula: sympy.Expr, whole: bool) -> Array:
        """What a function is, worked out for each combination of what goes in."""
        if getattr(formula.func, "number", None) is not None:  # a degree
            return self._numbers(formula)
        names = sorted(self.needs(formula))
        if not formula.args or formula.is_number or not names:
            raise NoArrayError(str(formula))
        arrays = np.broadcast_arrays(*(self.values[name] for name in names))
        plain = self._written_out(formula)
        shape = arrays[0].shape
        columns = [each.ravel().tolist() for each in arrays]
        if len(columns[0]) > MOST_COMBINATIONS:
            raise NoArrayError(str(formula))
        found = [self._one(plain, tuple(names), point) for point in zip(*columns, strict=True)]
        if whole and not all(isinstance(each, int) for each in found):
            raise NotWholeError
        return np.array(found, dtype=object).reshape(shape)

    def _numbers(self, formula: sympy.Expr) -> Array:
        """A degree, by its own function of floating-point numbers."""
        parts = np.broadcast_arrays(*map(self.real, formula.args))
        columns = [each.ravel().tolist() for each in parts]
        if len(columns[0]) > MOST_COMBINATIONS:
            raise NoArrayError(str(formula))
        found = []
        for point in zip(*columns, strict=True):
            key = (formula.func, point)
            if key not in self.known:
                try:
                    self.known[key] = int(formula.func.number(*point))
                except (ArithmeticError, ValueError) as problem:
                    raise NoArrayError(f"{formula.func} at {point}: {problem}") from None
            found.append(self.known[key])
        return np.array(found, dtype=object).reshape(parts[0].shape)

    def _written_out(self, formula: sympy.Expr) -> sympy.Expr:
        while inside := [x for x in formula.free_symbols if x.name not in self.values]:
            formula = formula.xreplace({x: self.definitions[x.name] for x in inside})
        return formula

    def _one(self, formula: sympy.Expr, names: tuple[str, ...], point: tuple[Any, ...]) -> Any:
        key = (formula, point)
        if key not in self.known:
            by_name = dict(zip(names, point, strict=True))
            value = formula.subs({x: by_name[x.name] for x in formula.free_symbols})
            if not value.is_number or value.is_finite is False or value.is_real is False:
                raise NoArrayError(str(formula))
            self.known[key] = int(value) if value.is_Integer else float(value)
        return self.known[key]


def _size(value: Whole) -> int:
    return int(value.low.size if isinstance(value, WholeArray) else value.values.size)


REAL: Mapping[Any, Callable[..., Array]] = {
    sympy.log: np.log,
    sympy.exp: np.exp,
    sympy.Abs: np.abs,
    sympy.sin: np.sin,
    sympy.cos: np.cos,
    sympy.tan: np.tan,
    sympy.asin: np.arcsin,
    sympy.acos: np.arccos,
    sympy.atan: np.arctan,
    sympy.sinh: np.sinh,
    sympy.cosh: np.cosh,
    sympy.tanh: np.tanh,
    sympy.asinh: np.arcsinh,
    sympy.acosh: np.arccosh,
    sympy.atanh: np.arctanh,
}
"""Functions that NumPy has."""
