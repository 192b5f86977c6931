"""Give every wire of an outline a row and every step a column."""

from estimator.drawing.outline import Outline, Step
from estimator.drawing.score_layout import Box, Circuit, Line
from estimator.drawing.wire_trace import DOTS
from estimator.report.formula import expression_text
from estimator.report.text import bloq_name

TIMES = "\N{MULTIPLICATION SIGN}"
TIMES_WIDTH = 18
"""Longest number of times above a box. Unit: characters."""


def outline_layout(outline: Outline) -> Circuit:
    """Lay out an outline: a column a step, in its order."""
    rows = {name: row for row, (name, _) in enumerate(outline.wires)}
    n_columns = len(outline.steps)
    lines = tuple(
        Line(row=rows[name], start=-1, end=n_columns, label=name, output="", bits=size, holds=name)
        for name, size in outline.wires
    )
    boxes = tuple(
        _box(step, column, tuple(sorted(rows[name] for name in step.on)))
        for column, step in enumerate(outline.steps)
    )
    return Circuit(lines=lines, boxes=boxes, n_rows=len(rows), n_columns=n_columns)


def _box(step: Step, column: int, rows: tuple[int, ...]) -> Box:
    if step.bloq is None:
        return Box(column=column, pins=tuple((DOTS, (row,)) for row in rows))
    times = "" if step.times is None else f"{TIMES} {expression_text(step.times, TIMES_WIDTH)}"
    title = " ".join(word for word in (step.layer, times) if word)
    pins = ((bloq_name(step.bloq), rows),)
    return Box(column=column, pins=pins, title=title, bloq=step.bloq, name=step.layer)
