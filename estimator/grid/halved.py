"""A block of a grid by formulas; where they fail, in halves, down to points asked by themselves."""

from collections.abc import Sequence

import numpy as np

from estimator.grid.array_formula import NoArrayError
from estimator.grid.columns import ERROR
from estimator.grid.formula_grid import Columns, FormulaGrid
from estimator.grid.whole_array import Array


def halved(formulas: FormulaGrid, ranges: Sequence[range], names: Sequence[str]) -> Columns:
    """The columns in a block, as `FormulaGrid.block` gives them.

    Args:
        formulas: of the grid.
        ranges: places along each axis.
        names: of the columns.
    """
    try:
        return formulas.block(ranges, names)
    except NoArrayError:
        pass
    longest = max(range(len(ranges)), key=lambda i: len(ranges[i]))
    size = len(ranges[longest])
    if size == 1:
        return _point(formulas, ranges, names)
    parts = []
    for half in (ranges[longest][: size // 2], ranges[longest][size // 2 :]):
        cut = [half if i == longest else each for i, each in enumerate(ranges)]
        found = halved(formulas, cut, names)
        shape = tuple(map(len, cut))
        parts.append({name: np.broadcast_to(column, shape) for name, column in found.items()})
    return {name: _beside(parts[0][name], parts[1][name], longest) for name in parts[0]}


def _beside(one: Array, two: Array, axis: int) -> Array:
    if one.dtype != two.dtype:
        one, two = one.astype(object), two.astype(object)
    return np.concatenate([one, two], axis)


def _point(formulas: FormulaGrid, ranges: Sequence[range], names: Sequence[str]) -> Columns:
    row = formulas.asking.row(tuple(each[0] for each in ranges))
    found = {}
    for name in (*names, ERROR):
        column: Array = np.empty((1,) * len(ranges), dtype=object)
        column[(0,) * len(ranges)] = row.get(name, "" if name == ERROR else None)
        found[name] = column
    return found
