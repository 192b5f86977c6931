"""Every choice with what it costs: by formulas where they stand for many, else one by one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations, product
from math import prod
from typing import Any

import numpy as np
from attrs import field, frozen

from estimator.ask.parameter import Choice, Flag, Number
from estimator.ask.question import Question, Settled, Tracker
from estimator.grid.array_formula import NoArrayError
from estimator.grid.asking import Asking
from estimator.grid.axis import Axis, axes_of
from estimator.grid.columns import ERROR
from estimator.grid.formula_grid import FormulaGrid, value_of

MOST = 200_000
"""Choices that are looked at."""

BEYOND = 2
"""Larger values of a settled size that are asked besides the least that the error allows."""

MOST_UNNAMED = 512
"""Values that a whole number may have for all of them to be meant."""


@frozen
class Candidate:
    """One choice.

    Args:
        chosen: parameters that were chosen, by name; `None` where the others leave it no meaning.
        costs: columns of its answer.
    """

    chosen: Mapping[str, Any] = field(hash=False)
    costs: Mapping[str, Any] = field(hash=False)


def choice_axes(question: Question, over: Sequence[str] | Mapping[str, Any]) -> tuple[Axis, ...]:
    """What is chosen: names with commas between, each of all its values, or NAME=VALUES.

    Raises:
        ValueError: as `axes_of` does.
    """
    if isinstance(over, Mapping):
        return axes_of(question, over)
    texts: list[str] = []
    for text in [over] if isinstance(over, str) else over:
        texts += _apart(question, text)
    return axes_of(question, [_with_values(question, text) for text in texts])


def _apart(question: Question, text: str) -> list[str]:
    """Parameters with commas between, each with its values, which have commas between, too."""
    found: list[str] = []
    for part in (each.strip() for each in text.split(",")):
        is_name = part.replace("-", "_") in question.spellings
        if found and "=" in found[-1] and "=" not in part and not is_name:
            found[-1] += f",{part}"
        elif part:
            found.append(part)
    return found


def _with_values(question: Question, text: str) -> str:
    """A name alone with all values of a whole number that has few."""
    if "=" in text:
        return text
    parameter = question.parameter(text)
    least, most = getattr(parameter, "least", None), getattr(parameter, "most", None)
    if (
        isinstance(parameter, Number)
        and parameter.whole
        and not parameter.power_of_two
        and least is not None
        and most is not None
        and most - least < MOST_UNNAMED
    ):
        return f"{text}={int(least)}..{int(most)}:{int(most - least) + 1}"
    return text


@frozen
class Found:
    """All choices.

    Args:
        candidates: those that have an answer.
        refused: sentences of the others, and how many have each.
        by_formulas: how many were evaluated by formulas.
        thinned: sizes of which only those near the least that is enough were asked somewhere.
    """

    candidates: list[Candidate]
    refused: Counter[str]
    by_formulas: int
    thinned: tuple[str, ...] = ()


def candidates_of(
    target: str, axes: Sequence[Axis], fixed: Mapping[str, Any], tracker: Tracker
) -> Found:
    """Every choice.

    Args:
        target: what is asked about.
        axes: what is chosen.
        fixed: parameters that are the same for all.
        tracker: shows progress.

    Raises:
        ValueError: if there are too many, or the question is not understood.
    """
    points = prod(map(len, axes))
    if points > MOST:
        raise ValueError(
            f"there are {points:,} choices and at most {MOST:,} are looked at; give fewer values, "
            f"such as --over b=8..32:25"
        )
    asking = Asking.of(target, {axis.name: axis.values for axis in axes}, fixed)
    question = asking.found.question
    kinds = [i for i, a in enumerate(axes) if _is_kind(question, a)]
    numbers = [i for i in range(len(axes)) if i not in kinds]
    found, refused, formulas = [], Counter[str](), 0
    thinned: set[str] = set()
    outer = list(product(*(axes[i].values for i in kinds)))
    for names in tracker(outer, "choosing"):
        chosen = {axes[i].name: x for i, x in zip(kinds, names, strict=True)}
        inner = [axes[i] for i in numbers]
        rows, is_formula = _rows(target, inner, {**fixed, **chosen})
        for left_out in _subsets(inner) if all(ERROR in row for _, row in rows) else ():
            kept = [axis for axis in inner if axis not in left_out]
            fewer, is_formula = _rows(target, kept, {**fixed, **chosen})
            if not all(ERROR in row for _, row in fewer):
                rows = fewer
                break
        formulas += len(rows) * is_formula
        if len(rows) < prod(map(len, inner)) and not is_formula:
            thinned |= {axis.name for axis in inner if axis.name in question.settles}
        for values, row in rows:
            if ERROR in row:
                refused[row[ERROR]] += 1
            else:
                whole = {**chosen, **values}
                found.append(Candidate({axis.name: whole.get(axis.name) for axis in axes}, row))
    return Found(found, refused, formulas, tuple(sorted(thinned)))


def _subsets(axes: Sequence[Axis]) -> list[tuple[Axis, ...]]:
    """Some of the axes, few first: what a choice of names has no use for is left out."""
    return [each for size in range(1, len(axes) + 1) for each in combinations(axes, size)]


def _is_kind(question: Question, axis: Axis) -> bool:
    return isinstance(question.parameter(axis.name), (Choice, Flag))


def _rows(
    target: str, axes: Sequence[Axis], fixed: Mapping[str, Any]
) -> tuple[list[tuple[dict[str, Any], dict[str, Any]]], bool]:
    """The parameters and the row of every point, and whether formulas gave them."""
    if not axes:
        return [({}, Asking.single(target, fixed).row(()))], False
    asking = Asking.of(target, {axis.name: axis.values for axis in axes}, fixed)
    places = list(product(*map(range, asking.shape)))
    if len(places) > 3:
        try:
            grid = FormulaGrid(asking)
            names = grid.probed()
            columns = grid.block([range(size) for size in asking.shape], names)
            return [(asking.at(p), _row(columns, asking.shape, p)) for p in places], True
        except NoArrayError:
            pass
    kept = _worth_asking(asking, places)
    return [(asking.at(place), asking.row(place)) for place in kept], False


def _worth_asking(asking: Asking, places: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The places without those whose size is smaller, or far larger, than the error needs.

    A size that an answer settles where it is not named, such as the bits of an angle, costs more
    as it grows: where all of its values are meant, the least that the error allows is asked, and
    `BEYOND` larger ones that show it.
    """
    question = asking.found.question
    for symbol, settled in question.settles.items():
        index = next((i for i, axis in enumerate(asking.axes) if axis.name == symbol), None)
        if index is None or settled.allowed not in {*asking.fixed, *(a.name for a in asking.axes)}:
            continue
        values = asking.axes[index].values
        if values != tuple(range(values[0], values[0] + len(values))) or len(values) <= BEYOND + 1:
            continue
        kept: list[tuple[int, ...]] = []
        for rest in dict.fromkeys(place[:index] + place[index + 1 :] for place in places):
            line = [(*rest[:index], i, *rest[index:]) for i in range(len(values))]
            least = _least(asking, line, settled)
            kept += line[least : least + 1 + BEYOND]
        return kept
    return list(places)


def _least(asking: Asking, line: Sequence[tuple[int, ...]], settled: Settled) -> int:
    """The first place on a line from which on the error is small enough; the last if none is."""

    def fits(place: tuple[int, ...]) -> bool:
        row = asking.row(place)
        allowed = {**asking.fixed, **asking.at(place)}[settled.allowed]
        error = row.get(settled.column)
        limit = float(asking.found.question.parameter(settled.allowed).parse(allowed))
        return isinstance(error, (int, float)) and error <= limit * (1 + settled.slack)

    low, high = -1, len(line) - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(line[middle]) else (middle, high)
    return high


def _row(columns: Mapping[str, Any], shape: Sequence[int], place: Sequence[int]) -> dict[str, Any]:
    def at(column: Any) -> Any:
        return value_of(np.broadcast_to(column, tuple(shape))[tuple(place)])

    if said := at(columns[ERROR]):
        return {ERROR: said}
    return {name: at(column) for name, column in columns.items() if name != ERROR}
