"""A grid whose sizes are left as symbols: a few answers in symbols stand for all its points.

Axes that are sizes of a question's formulas stay symbols; for each combination of the others the
question is asked once, and what it says is evaluated at all sizes at once. Whether that is what
single answers say is tried at corners and inside, before anything is written.
"""

import random
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import sympy

from estimator.ask.parameter import Number
from estimator.grid.array_formula import Evaluator, NoArrayError
from estimator.grid.asking import Asking
from estimator.grid.columns import ERROR, cells, definitions
from estimator.grid.sizes import parameters_of, sizes_at
from estimator.grid.whole_array import Array

MOST_CORNERS = 6
"""Corners of the grid at which formulas are tried against single answers."""

INSIDE = 3
"""Points inside at which they are tried."""

SAME = 1e-9
"""Relative distance at which two floating-point numbers are the same number, worked out twice."""

KEPT = 512
"""Combinations of axes that are no sizes whose formulas are kept at once."""

Columns = Mapping[str, Array]
"""Values by column; arrays that broadcast to the block."""


class FormulaGrid:
    """The formulas of a question over a grid.

    Args:
        asking: the question and its axes.

    Raises:
        NoArrayError: if no axis is a size of the question's formulas.
    """

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        question = asking.found.question
        names = parameters_of(question.sizes)
        self.free = [i for i, axis in enumerate(asking.axes) if axis.name in names]
        self.others = [i for i in range(len(asking.axes)) if i not in self.free]
        if not self.free:
            raise NoArrayError("no axis is a size")
        given = {*asking.fixed, *(axis.name for axis in asking.axes)}
        if unnamed := [name for name in question.sizes_need if name not in given]:
            raise NoArrayError(f"{', '.join(unnamed)} is chosen for each point by its numbers")
        wholes = {
            symbol
            for symbol, text in question.sizes.items()
            if not (text in names and _is_broken(question.parameter(text)))
        }
        fixed = {
            question.parameter(name).name: question.parameter(name).parse(value)
            for name, value in asking.fixed.items()
            if question.parameter(name).name in names
        }
        self.sizes = sizes_at(question.sizes, wholes, asking.axes, fixed)
        self.known: dict[Any, Any] = {}
        self.tried: dict[tuple[int, ...], dict[str, Any]] = {}
        self._formulas: OrderedDict[tuple[int, ...], tuple[dict[str, Any], Evaluator]] = (
            OrderedDict()
        )
        self._refusals: dict[tuple[int, ...], str] = {}
        self.settled = {
            symbol: each
            for symbol, each in question.settles.items()
            if symbol not in self.sizes.values and not given & {*each.unless}
        }
        self.fixed = {
            name: question.parameter(name).parse(value)
            for name, value in asking.fixed.items()
            if name in {each.allowed for each in self.settled.values()}
        }

    def formulas(self, others: tuple[int, ...]) -> tuple[dict[str, Any], Evaluator]:
        """Columns in symbols where the axes that are no sizes stand at these places.

        Raises:
            NoArrayError: if the question has no answer in symbols there.
        """
        if others not in self._formulas:
            values = {
                self.asking.axes[i].name: self.asking.axes[i].values[j]
                for i, j in zip(self.others, others, strict=True)
            }
            try:
                answer = self.asking.answer(values)
            except ValueError as problem:
                raise NoArrayError(str(problem)) from problem
            found = {name: _formula(value) for name, value in cells(answer).items()}
            named = {name: sympy.sympify(x) for name, x in definitions(answer).items()}
            self._formulas[others] = found, Evaluator(named, self.known)
            if len(self._formulas) > KEPT:
                self._formulas.popitem(last=False)
        return self._formulas[others]

    def block(self, ranges: Sequence[range], names: Sequence[str]) -> Columns:
        """The columns in a block of the grid.

        Args:
            ranges: places along each axis.
            names: of the columns.

        Returns:
            The columns, and sentences under `ERROR` where parameters do not go together.

        Raises:
            NoArrayError: if a formula cannot be evaluated so.
        """
        sizes = {name: _cut(array, ranges) for name, array in self.sizes.values.items()}
        refused = _cut(self.sizes.refused, ranges)
        pieces: list[tuple[tuple[int, ...], dict[str, Array]]] = []
        for place in product(*(range(len(ranges[i])) for i in self.others)):
            there = tuple(ranges[i][j] for i, j in zip(self.others, place, strict=True))
            found, evaluator = self.formulas(there)
            here, lacking = self._with_settled(sizes, found, evaluator, there, ranges)
            refused = refused | lacking
            evaluator.start(here)
            piece = {name: _column(evaluator, found, name) for name in names}
            pieces.append((place, piece))
        columns = pieces[0][1] if not self.others else self._joined(pieces, ranges, names)
        return {**columns, ERROR: self._errors(refused, ranges)}

    def _with_settled(
        self,
        sizes: Mapping[str, Array],
        found: Mapping[str, Any],
        evaluator: Evaluator,
        others: tuple[int, ...],
        ranges: Sequence[range],
    ) -> tuple[dict[str, Array], Array]:
        """The sizes, with those that the answers work out; and where none is large enough."""
        here, lacking = dict(sizes), np.zeros((1,) * len(ranges), dtype=bool)
        for symbol, each in self.settled.items():
            error = found.get(each.column)
            if not isinstance(error, sympy.Basic) or symbol not in _names(error, evaluator):
                continue
            allowed = self._allowed(each.allowed, others, ranges) * (1 + each.slack)

            def fits(
                size: Array, name: str = symbol, error: Any = error, allowed: Array = allowed
            ) -> Array:
                evaluator.start({**here, name: size})
                return np.asarray(evaluator.real(error) <= allowed)

            one = (1,) * len(ranges)
            good = fits(np.full(one, each.most))
            low = np.full(good.shape, each.least - 1)
            high = np.full(good.shape, each.most)
            while np.any(high - low > 1):
                middle = (low + high) // 2
                enough = fits(middle)
                low, high = np.where(enough, low, middle), np.where(enough, middle, high)
            here[symbol], lacking = high, lacking | ~good
        return here, lacking

    def _allowed(self, name: str, others: tuple[int, ...], ranges: Sequence[range]) -> Array:
        """A parameter at the points of a block.

        Raises:
            NoArrayError: if it has no number.
        """
        for i, axis in enumerate(self.asking.axes):
            if axis.name == name:
                places = [others[self.others.index(i)]] if i in self.others else list(ranges[i])
                shape = [1] * len(ranges)
                shape[i] = len(places)
                return np.array([float(axis.values[j]) for j in places]).reshape(shape)
        if name not in self.fixed:
            raise NoArrayError(f"{name} is not given")
        return np.full((1,) * len(ranges), float(self.fixed[name]))

    def _joined(
        self,
        pieces: Sequence[tuple[tuple[int, ...], dict[str, Array]]],
        ranges: Sequence[range],
        names: Sequence[str],
    ) -> dict[str, Array]:
        """Pieces of a block side by side."""
        shape = tuple(map(len, ranges))
        joined: dict[str, Array] = {}
        for name in names:
            kinds = {piece[name].dtype for _, piece in pieces}
            whole: Array = np.empty(shape, dtype=kinds.pop() if len(kinds) == 1 else object)
            for place, piece in pieces:
                where: list[Any] = [slice(None)] * len(shape)
                for i, j in zip(self.others, place, strict=True):
                    where[i] = slice(j, j + 1)
                whole[tuple(where)] = piece[name]
            joined[name] = whole
        return joined

    def _errors(self, refused: Array, ranges: Sequence[range]) -> Array:
        """Sentences where there is no answer, as single answers have them."""
        said = np.full(refused.shape, "", dtype=object)
        for place in np.argwhere(refused):
            where = tuple(int(x) for x in place)
            full = tuple(
                each[j] if refused.shape[i] > 1 else each[0]
                for i, (each, j) in enumerate(zip(ranges, where, strict=True))
            )
            if full not in self._refusals:
                row = self.asking.row(full)
                if ERROR not in row:
                    raise NoArrayError("parameters that should not go together do")
                self._refusals[full] = row[ERROR]
            said[where] = self._refusals[full]
        return said

    def probed(self, wanted: Sequence[str] = (), seed: int = 0) -> list[str]:
        """The columns of single answers; those that are wanted the formulas give, too.

        Args:
            wanted: columns; all if empty.
            seed: of the points inside at which formulas are tried.

        Raises:
            NoArrayError: if formulas and single answers differ somewhere, or no point has an
                answer of those that were tried.
        """
        self.tried = {place: self.asking.row(place) for place in self._probes(seed)}
        rows = [row for row in self.tried.values() if ERROR not in row]
        if not rows:
            raise NoArrayError("no point that was tried has an answer")
        names = list(rows[0])
        if any(set(names) != set(row) for row in rows):
            raise NoArrayError("columns differ from point to point")
        compared = [name for name in wanted if name in names] or names
        for place, row in self.tried.items():
            found = self.block([range(i, i + 1) for i in place], compared)
            if (ERROR in row) != bool(found[ERROR].flat[0]):
                raise NoArrayError("single answers refuse what formulas do not")
            for name in () if ERROR in row else compared:
                if not is_same(value_of(found[name].flat[0]), row[name]):
                    raise NoArrayError(f"{name} at {place}: {found[name].flat[0]}, not {row[name]}")
        return names

    def _probes(self, seed: int) -> list[tuple[int, ...]]:
        shape = self.asking.shape
        corners = list(product(*(sorted({0, size - 1}) for size in shape)))
        draw = random.Random(seed)
        if len(corners) > MOST_CORNERS:
            corners = [corners[0], corners[-1], *draw.sample(corners[1:-1], MOST_CORNERS - 2)]
        inside = [tuple(draw.randrange(size) for size in shape) for _ in range(INSIDE)]
        return list(dict.fromkeys([*corners, *inside]))


def is_same(one: Any, two: Any) -> bool:
    """Whether two values are the same: exactly, or as floating-point numbers worked out twice."""
    if isinstance(one, float) and isinstance(two, (int, float)) and not isinstance(two, bool):
        return bool(one == two or abs(one - two) <= SAME * max(abs(one), abs(two)))
    return bool(one == two) and (one is None) == (two is None)


def value_of(value: Any) -> Any:
    """A value of an array as Python's own."""
    return value.item() if isinstance(value, np.generic) else value


def _is_broken(parameter: Any) -> bool:
    """Whether a parameter takes numbers that are not whole."""
    return isinstance(parameter, Number) and not (parameter.whole or parameter.power_of_two)


def _names(formula: sympy.Basic, evaluator: Evaluator) -> set[str]:
    """Names of the symbols that a formula depends on, through definitions too."""
    found: set[str] = set()
    left = {each.name for each in formula.free_symbols}
    while left:
        found |= left
        inside = [evaluator.definitions[name] for name in left if name in evaluator.definitions]
        left = {x.name for each in inside for x in each.free_symbols} - found
    return found


def _formula(value: Any) -> Any:
    """A number or a formula of SymPy; words, truth values and `None` as they are."""
    return value if isinstance(value, (str, bool, type(None))) else sympy.sympify(value)


def _column(evaluator: Evaluator, found: Mapping[str, Any], name: str) -> Array:
    if name not in found:
        raise NoArrayError(name)
    value = found[name]
    if isinstance(value, sympy.Basic):
        return evaluator.column(value)
    single: Array = np.empty((), dtype=object)
    single[()] = value
    return single


def _cut(array: Array, ranges: Sequence[range]) -> Array:
    where = tuple(
        slice(each.start, each.stop) if size > 1 else slice(None)
        for size, each in zip(array.shape, ranges, strict=True)
    )
    return array[where]
