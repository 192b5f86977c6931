"""SymPy formulas as a list of steps that a page's script works out one after the other.

A step is a list: what is done, then what it is done to. Numbers there are places of earlier steps,
texts are names, whole numbers in digits, or numbers as they are. The same step stands in the list
once, however many formulas have it.
"""

from collections.abc import Callable, Mapping
from typing import Any

import sympy

from estimator.polynomials.degrees import AbstractDegree
from estimator.symbols import bare

Step = tuple[Any, ...]
"""A step: `("whole", "12")`, `("sum", 3, 5)`."""

ONE_ARGUMENT = {
    sympy.ceiling: "ceiling", sympy.floor: "floor", sympy.exp: "exp", sympy.Abs: "abs",
    sympy.sin: "sin", sympy.cos: "cos", sympy.tan: "tan", sympy.asin: "asin", sympy.acos: "acos",
    sympy.atan: "atan", sympy.sinh: "sinh", sympy.cosh: "cosh", sympy.tanh: "tanh",
    sympy.asinh: "asinh", sympy.acosh: "acosh", sympy.atanh: "atanh", sympy.log: "log",
}  # fmt: skip
"""Functions that the script has under these names."""

NAMED = {"log2": "exact_log2", "ceil_log2": "ceil_log2", "rest": "rest", "Max": "largest",
         "Min": "smallest", "DirectionError": "direction_error"}  # fmt: skip
"""Functions that are no SymPy class of ours to import, by name."""

COMPARED = {
    sympy.StrictGreaterThan: ">", sympy.GreaterThan: ">=", sympy.StrictLessThan: "<",
    sympy.LessThan: "<=", sympy.Equality: "=", sympy.Unequality: "!=",
}  # fmt: skip
"""Relations that a condition may be."""


class NoScriptError(Exception):
    """A formula has something that the script does not know."""


class Steps:
    """All steps of a page, each once.

    Args:
        degree: gives the step that stands for a degree, a function of SymPy that has `number`.
    """

    def __init__(self, degree: Callable[["Steps", AbstractDegree], int] | None = None) -> None:
        self.steps: list[Step] = []
        self._degree = degree
        self._places: dict[Step, int] = {}
        self._known: dict[int, tuple[Any, dict[Any, int]]] = {}

    def add(self, *step: Any) -> int:
        """The place of a step."""
        if step not in self._places:
            self._places[step] = len(self.steps)
            self.steps.append(step)
        return self._places[step]

    def chosen(self, name: str, places: Mapping[str, int]) -> int:
        """The place of a step that is another one for each value of a choice."""
        return self.add("choose", name, *(x for pair in places.items() for x in pair))

    def stand(self, name: str, place: int, definitions: Mapping[str, Any]) -> None:
        """Let a name mean a step in formulas with these definitions that are written later."""
        self.of(0, definitions)
        self._known[id(definitions)][1][bare(name)] = place

    def of(self, formula: Any, definitions: Mapping[str, Any]) -> int:
        """The place of a formula's last step.

        Args:
            formula: a number or an expression of SymPy.
            definitions: what symbols stand for, by name; others are names that the page knows.

        Raises:
            NoScriptError: if the script cannot work it out.
        """
        key = id(definitions)
        if key not in self._known:
            self._known = {key: (definitions, {})}
        return self._of(sympy.sympify(formula), definitions, self._known[key][1])

    def _of(self, formula: sympy.Basic, named: Mapping[str, Any], known: dict[Any, int]) -> int:
        if formula not in known:
            known[formula] = self._anew(formula, named, known)
        return known[formula]

    def _anew(self, formula: Any, named: Mapping[str, Any], known: dict[Any, int]) -> int:
        def parts(*inside: Any) -> list[int]:
            return [self._of(each, named, known) for each in inside]

        if formula.is_Symbol:
            if formula.name in named:
                return self._of(sympy.sympify(named[formula.name]), named, known)
            return self.add("name", formula.name)
        if formula.is_Integer:
            return self.add("whole", str(int(formula)))
        if formula.is_Rational:
            return self.add("ratio", str(int(formula.p)), str(int(formula.q)))
        if formula.is_number and (formula.is_Float or not formula.args):
            return self.add("real", float(formula))
        if formula.is_Mul:
            return self._product(formula, parts)
        if formula.is_Add:
            return self.add("sum", *parts(*formula.args))
        if formula.is_Pow:
            base, exponent = formula.args
            if base == sympy.E:
                return self.add("exp", *parts(exponent))
            return self.add("power", *parts(base, exponent))
        if isinstance(formula, sympy.Max):
            return self.add("largest", *parts(*formula.args))
        if isinstance(formula, sympy.Min):
            return self.add("smallest", *parts(*formula.args))
        if formula.func in ONE_ARGUMENT and len(formula.args) == 1:
            return self.add(ONE_ARGUMENT[formula.func], *parts(*formula.args))
        if isinstance(formula, sympy.binomial):
            return self.add("binomial", *parts(*formula.args))
        if isinstance(formula, sympy.Piecewise):
            return self.add("cases", *(x for value, holds in formula.args
                                       for x in parts(value, holds)))  # fmt: skip
        if formula in (sympy.true, sympy.false):
            return self.add("whole", str(int(bool(formula))))
        if isinstance(formula, (sympy.Or, sympy.And)):
            kind = "largest" if isinstance(formula, sympy.Or) else "smallest"
            return self.add(kind, *parts(*formula.args))
        if formula.func in COMPARED:
            return self.add("compare", COMPARED[formula.func], *parts(*formula.args))
        if isinstance(formula, AbstractDegree) and self._degree is not None:
            return self._degree(self, formula.xreplace(self._written_out(formula, named)))
        if hasattr(formula, "cases"):
            return self._of(formula.cases, named, known)
        if formula.func.__name__ in NAMED:
            return self.add(NAMED[formula.func.__name__], *parts(*formula.args))
        raise NoScriptError(f"{formula.func.__name__} in {formula!s:.80}")

    def _product(self, formula: sympy.Mul, parts: Callable[..., list[int]]) -> int:
        """A product; a quotient of two logarithms of exact numbers is one logarithm."""
        factors = list(formula.args)
        for below in factors:
            if not (below.is_Pow and below.exp == -1 and isinstance(below.base, sympy.log)):
                continue
            above = next((x for x in factors if isinstance(x, sympy.log)), None)
            if above is None:
                continue
            ratio = self.add("log_to_base", *parts(above.args[0], below.base.args[0]))
            rest = [each for each in factors if each not in (above, below)]
            return self.add("product", ratio, *parts(*rest)) if rest else ratio
        return self.add("product", *parts(*factors))

    @staticmethod
    def _written_out(formula: sympy.Basic, named: Mapping[str, Any]) -> dict[Any, Any]:
        return {
            symbol: written_out(named[symbol.name], named)
            for symbol in formula.free_symbols
            if symbol.name in named
        }


def written_out(formula: Any, named: Mapping[str, Any]) -> sympy.Expr:
    """A formula with definitions put in, to the last."""
    formula = sympy.sympify(formula)
    while inside := {x: named[x.name] for x in formula.free_symbols if x.name in named}:
        formula = formula.xreplace({x: sympy.sympify(y) for x, y in inside.items()})
    return formula
