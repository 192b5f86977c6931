"""A grid whose sizes are left as symbols: a few answers in symbols stand for all its points.

Axes that are sizes of a question's formulas stay symbols; for each combination of the others the
question is asked once, and what it says is evaluated at all sizes at once. Whether that is what
single answers say is tried at corners and inside, before anything is written.
"""

import random
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import sympy

from estimator.ask.parameter import Choice, Flag, Number
from estimator.grid.array_formula import Evaluator, NoArrayError
from estimator.grid.asking import Asking
from estimator.grid.columns import ERROR, cells
from estimator.grid.forms import Forms, Piece, joined
from estimator.grid.sizes import parameters_of, sizes_at
from estimator.grid.whole_array import Array
from estimator.report.parts import definitions

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
        named = parameters_of({each.formula: each.formula for each in question.sizes_hold})
        fixed |= {
            question.parameter(name).name: question.parameter(name).parse(value)
            for name, value in asking.fixed.items()
            if question.parameter(name).name in named
        }
        self.forms = Forms(question, asking.axes, fixed)
        self.choices = {
            question.parameter(name).name: value for name, value in asking.fixed.items()
        }
        self.known: dict[Any, Any] = {}
        self.tried: dict[tuple[int, ...], dict[str, Any]] = {}
        self.wholes: frozenset[str] = frozenset()
        self._formulas: OrderedDict[Any, tuple[dict[str, Any], Evaluator]] = OrderedDict()
        self._refusals: dict[tuple[int, ...], str | None] = {}
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

    def formulas(self, at: Mapping[int, int]) -> tuple[dict[str, Any], Evaluator]:
        """Columns in symbols where some axes stand at these places.

        Args:
            at: places by number of the axis, of all axes that are no sizes at least.

        Raises:
            ValueError: if the question has no answer there, in one sentence.
        """
        key = tuple(sorted(at.items()))
        if key not in self._formulas:
            answer = self.asking.answer(self._named(at))
            found = {name: _formula(value) for name, value in cells(answer).items()}
            named = {name: sympy.sympify(x) for name, x in definitions(answer).items()}
            self._formulas[key] = found, Evaluator(named, self.known)
            if len(self._formulas) > KEPT:
                self._formulas.popitem(last=False)
        return self._formulas[key]

    def _named(self, at: Mapping[int, int]) -> dict[str, Any]:
        return {self.asking.axes[i].name: self.asking.axes[i].values[j] for i, j in at.items()}

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
        pieces: list[Piece] = []
        refused = _cut(self.sizes.refused, ranges)
        for place in product(*(range(len(ranges[i])) for i in self.others)):
            there = {i: ranges[i][j] for i, j in zip(self.others, place, strict=True)}
            slab = [range(there[i], there[i] + 1) if i in there else x
                    for i, x in enumerate(ranges)]  # fmt: skip
            for at, where in self._parts(there, slab):
                inside = [range(at[i], at[i] + 1) if i in at else x for i, x in enumerate(ranges)]
                pieces.append(Piece(inside, where, *self._piece(at, inside, names)))
        whole = pieces[0].where is None and pieces[0].ranges == list(ranges)
        columns: Columns = pieces[0].columns if whole else joined(pieces, ranges, names)
        for each in pieces:
            refused = each.refusing(refused, ranges)
        return {**columns, ERROR: self._errors(refused, ranges)}

    def _parts(
        self, there: Mapping[int, int], ranges: Sequence[range]
    ) -> Iterator[tuple[dict[int, int], Array | None]]:
        """The axes that stand at numbers and their places, each with the points that it is for.

        Args:
            there: places of the axes that are no sizes.
            ranges: places of all axes; one each of those.
        """
        choices = {**self.asking.defaults, **self.choices, **self._named(there)}
        marks = _cut(self.forms.marks(choices, len(ranges)), ranges)
        marks, unasked = np.broadcast_arrays(marks, _cut(self.sizes.refused, ranges))
        asked = np.where(unasked, -1, marks)
        for mark in [int(x) for x in np.unique(asked) if x >= 0] or [0]:
            if mark == 0:
                yield dict(there), None if np.all(asked <= 0) else asked == 0
                continue
            axes = [i for i in range(len(ranges)) if mark >> i & 1]
            places = np.argwhere(asked == mark)[:, axes]
            for spot in sorted({tuple(int(x) for x in each) for each in places}):
                at = {i: ranges[i][j] for i, j in zip(axes, spot, strict=True)}
                inside = [slice(None)] * len(ranges)
                for i, j in zip(axes, spot, strict=True):
                    inside[i] = slice(j, j + 1)
                yield {**there, **at}, (asked == mark)[tuple(inside)]

    def _piece(
        self, at: Mapping[int, int], ranges: Sequence[range], names: Sequence[str]
    ) -> tuple[dict[str, Array], Array]:
        """The columns of a block by the formulas of one question, and where it has no answer."""
        try:
            found, evaluator = self.formulas(at)
        except ValueError:
            nothing: Array = np.full((1,) * len(ranges), None, dtype=object)
            return dict.fromkeys(names, nothing), np.ones((1,) * len(ranges), dtype=bool)
        sizes = {name: _cut(array, ranges) for name, array in self.sizes.values.items()}
        here, lacking = self._with_settled(sizes, found, evaluator, at, ranges)
        evaluator.start(here)
        columns = {name: _column(evaluator, found, name) for name in names}
        for name in self.wholes.intersection(names):
            if columns[name].dtype == np.float64:
                raise NoArrayError(f"{name} is a whole number in single answers")
        return columns, lacking

    def _with_settled(
        self,
        sizes: Mapping[str, Array],
        found: Mapping[str, Any],
        evaluator: Evaluator,
        at: Mapping[int, int],
        ranges: Sequence[range],
    ) -> tuple[dict[str, Array], Array]:
        """The sizes, with those that the answers work out; and where none is large enough."""
        here, lacking = dict(sizes), np.zeros((1,) * len(ranges), dtype=bool)
        for symbol, each in self.settled.items():
            error = found.get(each.column)
            if not isinstance(error, sympy.Basic) or symbol not in _names(error, evaluator):
                continue
            allowed = self._allowed(each.allowed, ranges) * (1 + each.slack)

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

    def _allowed(self, name: str, ranges: Sequence[range]) -> Array:
        """A parameter at the points of a block.

        Raises:
            NoArrayError: if it has no number.
        """
        for i, axis in enumerate(self.asking.axes):
            if axis.name == name:
                shape = [1] * len(ranges)
                shape[i] = len(ranges[i])
                return np.array([float(axis.values[j]) for j in ranges[i]]).reshape(shape)
        if name not in self.fixed:
            raise NoArrayError(f"{name} is not given")
        return np.full((1,) * len(ranges), float(self.fixed[name]))

    def _errors(self, refused: Array, ranges: Sequence[range]) -> Array:
        """Sentences where there is no answer, as single answers have them."""
        if not np.any(refused):
            return np.full(refused.shape, "", dtype=object)
        kinds = [isinstance(self.asking.found.question.parameter(axis.name), (Choice, Flag))
                 for axis in self.asking.axes]  # fmt: skip
        shape = [len(x) if kind else size
                 for x, kind, size in zip(ranges, kinds, refused.shape, strict=True)]  # fmt: skip
        said: Array = np.full(shape, "", dtype=object)
        for place in map(tuple, np.argwhere(np.broadcast_to(refused, shape))):
            found = self._sentence(place, shape, ranges)
            if found is None:  # it depends on what the refusal does not depend on
                if tuple(shape) == tuple(map(len, ranges)):
                    raise NoArrayError("parameters that should not go together do")
                return self._errors(np.broadcast_to(refused, tuple(map(len, ranges))), ranges)
            said[place] = found
        return said

    def _sentence(
        self, place: Sequence[int], shape: Sequence[int], ranges: Sequence[range]
    ) -> str | None:
        """What is said at a place whatever the other axes are, if it is the same there."""
        said = set()
        for share in (0.0, 0.5, 1.0):
            full = tuple(
                each[int(j)] if size > 1 else each[int(share * (len(each) - 1))]
                for each, j, size in zip(ranges, place, shape, strict=True)
            )
            if full not in self._refusals:
                self._refusals[full] = self.asking.row(full).get(ERROR)
            said.add(self._refusals[full])
        return said.pop() if len(said) == 1 else None

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
        self.wholes = frozenset(
            name for name in names
            if all(isinstance(row[name], int) and not isinstance(row[name], bool) for row in rows)
        )  # fmt: skip
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
        """Corners, places inside, the smallest sizes, and one of each kind of formula."""
        shape = self.asking.shape
        corners = list(product(*(sorted({0, size - 1}) for size in shape)))
        draw = random.Random(seed)
        if len(corners) > MOST_CORNERS:
            corners = [corners[0], corners[-1], *draw.sample(corners[1:-1], MOST_CORNERS - 2)]
        inside = [tuple(draw.randrange(size) for size in shape) for _ in range(INSIDE)]
        found = [place for place in corners if self._is_asked(place)]
        small = self._small(draw)
        found += [place for place in small if place not in found]
        return list(dict.fromkeys([*corners[:2], *found, *inside]))

    def _is_asked(self, place: Sequence[int]) -> bool:
        refused = self.sizes.refused
        where = tuple(j if size > 1 else 0 for j, size in zip(place, refused.shape, strict=True))
        return not refused[where]

    def _small(self, draw: random.Random) -> list[tuple[int, ...]]:
        """Places where a size is least, or formulas are others, and that have an answer."""
        shape, axes = self.asking.shape, self.asking.axes
        marks = self.forms.marks({**self.asking.defaults, **self.choices}, len(shape))
        marks, refused = np.broadcast_arrays(marks, self.sizes.refused)
        good = np.where(refused, -1, marks)
        wanted = [good == mark for mark in np.unique(good) if mark >= 0]
        for i in self.free:
            least = min(range(len(axes[i])), key=axes[i].values.__getitem__)
            if good.shape[i] > 1:
                here = np.zeros(good.shape, dtype=bool)
                here[(slice(None),) * i + (least,)] = True
                wanted.append((good >= 0) & here)
        found = []
        for each in wanted:
            places = np.argwhere(each)
            if len(places):
                one = places[draw.randrange(len(places))]
                found.append(tuple(
                    int(j) if size > 1 else draw.randrange(whole)
                    for j, size, whole in zip(one, good.shape, shape, strict=True)
                ))  # fmt: skip
        return found


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
