"""Degrees of polynomials as tables: a page's script looks up what a search in Python found."""

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

import sympy
from attrs import frozen

from estimator.explorer.controls import Control
from estimator.explorer.script_formula import NoScriptError, Steps
from estimator.grid.sizes import formula_of
from estimator.polynomials.degrees import AbstractDegree
from estimator.symbols import bare

LARGEST = 40_000
"""Entries of one table."""


@frozen
class DegreeTable:
    """A degree at every combination of the values of some controls, the last one fastest.

    Args:
        names: of the controls.
        entries: the degrees; `None` where there is none.
    """

    names: tuple[str, ...]
    entries: tuple[int | None, ...]

    def plain(self) -> dict[str, Any]:
        """As a page's script reads it."""
        return {"names": list(self.names), "entries": list(self.entries)}


class DegreeTables:
    """The tables of a page, each once.

    Args:
        controls: by name of the parameter.
        sizes: what symbols are in parameters, as a question declares it.
        fixed: parameters that stand at one value.
    """

    def __init__(
        self, controls: Mapping[str, Control], sizes: Mapping[str, str], fixed: Mapping[str, Any]
    ) -> None:
        self.tables: list[DegreeTable] = []
        self._controls = controls
        self._sizes = {name: _by_logarithms(formula_of(text)) for name, text in sizes.items()}
        self._fixed = fixed
        self._numbers: dict[Any, int | None] = {}
        self._places: dict[DegreeTable, int] = {}
        self._known: dict[AbstractDegree, int] = {}

    def step(self, steps: Steps, degree: AbstractDegree) -> int:
        """The step of a page that stands for a degree.

        Raises:
            NoScriptError: if it depends on something that may be any number, or on too much.
        """
        if degree not in self._known:
            self._known[degree] = self._place(degree)
        return steps.add("table", self._known[degree])

    def _place(self, degree: AbstractDegree) -> int:
        """The place of the table of a degree."""
        arguments = [self._in_parameters(each) for each in degree.args]
        used = sorted({x.name for each in arguments for x in each.free_symbols})
        names = tuple(dict.fromkeys(_parameter(name) for name in used))
        for name in names:
            if name not in self._controls or self._controls[name].is_free:
                raise NoScriptError(
                    f"{type(degree).__name__} depends on {name}, which moves freely"
                )
        values = [self._controls[name].values for name in names]
        if prod(map(len, values)) > LARGEST:
            raise NoScriptError(f"{type(degree).__name__} depends on {', '.join(names)}: too many")
        function = sympy.lambdify([bare(name) for name in used], arguments, modules="math")
        entries = []
        for point in product(*values):
            at = dict(zip(names, point, strict=True))
            numbers = [_value(name, at) for name in used]
            entries.append(self._number(type(degree), function, numbers))
        table = DegreeTable(names, tuple(entries))
        if table not in self._places:
            self._places[table] = len(self.tables)
            self.tables.append(table)
        return self._places[table]

    def _in_parameters(self, formula: sympy.Expr) -> sympy.Expr:
        names = {x: self._sizes[x.name] for x in formula.free_symbols if x.name in self._sizes}
        bared = {x: bare(x.name) for x in formula.free_symbols if x.name not in self._sizes}
        return sympy.powsimp(sympy.expand_power_exp(formula.xreplace({**names, **bared})))

    def _number(self, kind: Any, function: Any, numbers: Sequence[Any]) -> int | None:
        try:
            point = tuple(float(each) for each in function(*numbers))
            key = (kind, point)
            if key not in self._numbers:
                self._numbers[key] = int(kind.number(*point))
            return self._numbers[key]
        except (ValueError, ArithmeticError):
            return None


def _by_logarithms(formula: sympy.Expr) -> sympy.Expr:
    """With the logarithms of parameters as symbols of their own, and those of quotients apart."""

    def apart(argument: sympy.Expr) -> sympy.Expr:
        if argument.is_Symbol:
            return bare(f"log2 {argument.name}")
        if argument.is_Mul:
            return sympy.Add(*map(apart, argument.args))
        if argument.is_Pow:
            return argument.exp * apart(argument.base)
        return sympy.log(argument, 2)

    simple = formula.replace(lambda x: getattr(x.func, "__name__", "") == "log2",
                             lambda x: apart(x.args[0]))  # fmt: skip
    return sympy.expand(simple)


def _parameter(name: str) -> str:
    return name.removeprefix("log2 ")


def _value(name: str, at: Mapping[str, Any]) -> Any:
    value = at[_parameter(name)]
    return value.bit_length() - 1 if name != _parameter(name) else value
