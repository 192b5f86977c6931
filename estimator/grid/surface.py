"""The chart of a sweep: one cost over the first axis that grows, a curve for each other choice."""

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np

from estimator.grid.asking import Asking
from estimator.grid.plan import Parts, Ranges
from estimator.report.parts import Axis, Chart, Line

MOST_POINTS = 48
"""Points of one curve."""

MOST_CURVES = 6
"""Curves of one chart."""

DRAWN = ("t_count", "qubits")
"""Columns of which there is a chart, where they are there."""


def surface(
    asking: Asking, names: Sequence[str], parts: Parts, cut: Sequence[Ranges]
) -> list[Chart]:
    """A chart for each cost that is drawn.

    Args:
        asking: the question and its axes.
        names: columns of the table.
        parts: the chunks, all of them done.
        cut: their places.
    """
    along = _along(asking)
    size = len(asking.axes[along].values)
    others = [i for i in range(len(asking.axes)) if i != along]
    xs = _spread(size, MOST_POINTS)
    choices = list(product(*(_spread(asking.shape[i], MOST_CURVES) for i in others)))
    kept = [choices[i] for i in _spread(len(choices), MOST_CURVES)]
    places = []
    for choice in kept:
        for x in xs:
            place = [0] * len(asking.axes)
            place[along] = x
            for i, j in zip(others, choice, strict=True):
                place[i] = j
            places.append(tuple(place))
    columns = [name for name in DRAWN if name in names] or list(names[:1])
    found = _values(places, columns, parts, cut)
    return [
        _chart(asking, along, others, kept, xs, name, {p: found[p][name] for p in places})
        for name in columns
        if any(_is_number(found[p][name]) for p in places)
    ]


def _along(asking: Asking) -> int:
    """The first axis of numbers that takes several; the first one if there is none."""
    for i, axis in enumerate(asking.axes):
        if len(axis) > 1 and all(_is_number(value) for value in axis.values):
            return i
    return 0


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _spread(size: int, most: int) -> list[int]:
    """At most so many places, evenly spread, the first and the last among them."""
    if size <= most:
        return list(range(size))
    return sorted({round(i * (size - 1) / (most - 1)) for i in range(most)})


def _values(
    places: Sequence[tuple[int, ...]], columns: Sequence[str], parts: Parts, cut: Sequence[Ranges]
) -> dict[tuple[int, ...], dict[str, Any]]:
    """What the table has at these places."""
    found = {}
    left = set(places)
    for fragment, ranges in zip(parts.read(len(cut)), cut, strict=True):
        here = [p for p in left if all(i in each for i, each in zip(p, ranges, strict=True))]
        for place in here:
            inside = tuple(i - each.start for i, each in zip(place, ranges, strict=True))
            found[place] = {
                name: _at(fragment.columns.get(name), fragment.shape, inside) for name in columns
            }
        left -= set(here)
    return found


def _at(column: Any, shape: tuple[int, ...], place: tuple[int, ...]) -> Any:
    if column is None:
        return None
    value = np.broadcast_to(column, shape)[place]
    return value.item() if isinstance(value, np.generic) else value


def _chart(
    asking: Asking,
    along: int,
    others: Sequence[int],
    kept: Sequence[tuple[int, ...]],
    xs: Sequence[int],
    name: str,
    found: dict[tuple[int, ...], Any],
) -> Chart:
    axis = asking.axes[along]
    numbers = all(_is_number(value) for value in axis.values)
    at = [axis.values[x] if numbers else x for x in xs]
    lines = []
    values = list(found.values())
    for number, choice in enumerate(kept):
        ys = values[number * len(xs) : (number + 1) * len(xs)]
        label = ", ".join(
            f"{asking.axes[i].name} = {_short(asking.axes[i].values[j])}"
            for i, j in zip(others, choice, strict=True)
        )
        lines.append(
            Line(
                label=label or asking.target,
                x=at,
                y=[y if _is_number(y) and y > 0 else None for y in ys],
                is_classical=False,
            )
        )
    ratio = max(at) / min(at) if numbers and min(at) > 0 else 1
    return Chart(
        key=f"chart_{name}",
        title=f"{name} of {asking.target}",
        x=Axis(label=axis.name, is_logarithmic=ratio > 20),
        y=Axis(label=name, is_logarithmic=True),
        lines=lines,
        note=""
        if len(kept) == np.prod([asking.shape[i] for i in others], initial=1)
        else f"{len(kept)} of the other parameters' combinations, evenly spread",
    )


def _short(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
