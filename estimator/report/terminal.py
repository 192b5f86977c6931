"""Reports on a terminal, from 40 to 200 columns."""

import io
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import groupby
from typing import TextIO, TypeVar

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from estimator.report.layout import BESIDE, LEAST_VALUE, column_widths, name_width
from estimator.report.parts import (
    AnyReport,
    Chart,
    Column,
    Fact,
    Facts,
    NoteLine,
    Notes,
    Part,
    Span,
    Table,
    Tone,
    rows_of,
    shown,
)

T = TypeVar("T")

STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.QUIET: "dim",
    Tone.GOOD: "green",
    Tone.WARNING: "yellow",
    Tone.BAD: "bold red",
}
"""Of Rich, by tone."""

LEAST = 8
"""Characters that a column needs at least whose cells may take several lines."""


def console(file: TextIO | None = None, width: int | None = None) -> Console:
    """A console that highlights nothing."""
    return Console(highlight=False, soft_wrap=False, file=file, width=width)


def progress(steps: Iterable[T], label: str) -> Iterator[T]:
    """The steps, with a bar on the error channel of a terminal while they last."""
    shown_on = Console(stderr=True)
    yield from import_module("rich.progress").track(
        steps,
        description=label,
        console=shown_on,
        transient=True,
        disable=not shown_on.is_terminal,
    )


def text(report: AnyReport, width: int) -> str:
    """What `show` prints, on a terminal without colours."""
    stream = io.StringIO()
    plain = Console(
        highlight=False, soft_wrap=False, file=stream, width=width,
        color_system=None, force_jupyter=False,  # whatever the surroundings ask for
    )  # fmt: skip
    show(report, plain)
    return stream.getvalue()


def show(report: AnyReport, on: Console | None = None) -> None:
    """Print a report."""
    target = on or console()
    for item in _whole(report, target.width):
        target.print(item, soft_wrap=isinstance(item, Text) and item.no_wrap is True)


def _whole(report: AnyReport, width: int) -> Iterator[RenderableType]:
    if report.title and report.head != "none":
        yield Text(report.title, style="bold cyan")
    if report.settings and report.head == "all":
        style = report.settings_style
        yield Text(", ".join(f"{k} = {style.text(x)}" for k, x in report.settings.items()))
    for is_fact, parts in groupby(shown(report), lambda part: isinstance(part, (Fact, Facts))):
        if is_fact:
            yield from _facts(list(parts), width, report.widest_name)
            continue
        for part in parts:
            yield from _part(part, width)
    if report.glossary:
        yield Text("symbols", style="bold")
        for name, meaning in report.glossary.items():
            yield Text(f"  {name}: {meaning}")


def _facts(parts: Sequence[Part], width: int, widest: int) -> Iterator[RenderableType]:
    """Facts that follow each other in one table, up to the next heading."""
    facts: list[Fact] = []
    for part in parts:
        if isinstance(part, Facts) and part.heading:
            yield from _fact_grid(facts, width, widest)
            yield Text(part.heading, style="bold")
            facts = []
        facts += rows_of(part)
    yield from _fact_grid(facts, width, widest)


def _fact_grid(facts: Sequence[Fact], width: int, widest: int) -> Iterator[RenderableType]:
    if not facts:
        return
    rows = [(fact.shown_label, fact.style.text(fact.value), fact.shown_unit) for fact in facts]
    names, values, units = zip(*rows, strict=True)
    full, value, unit = (max(map(len, column)) for column in (names, values, units))
    name = name_width(names, widest)
    if width - name - unit - BESIDE >= min(value, LEAST_VALUE):
        grid = Grid(box=None, padding=(0, 2), show_header=False, pad_edge=False)
        if name < full:
            grid.add_column(style="bold", overflow="fold", width=name)
        else:
            grid.add_column(style="bold", no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_column(style="dim", no_wrap=True)
    else:
        room = width - 4
        value = min(value, max(LEAST_VALUE, room // 2))
        name = min(full, max((room - value) * 3 // 5, room - value - unit))
        grid = Grid(box=None, padding=(0, 1), show_header=False, pad_edge=False)
        grid.add_column(style="bold", overflow="fold", width=name)
        grid.add_column(overflow="fold", width=value)
        grid.add_column(style="dim", overflow="fold", width=max(0, room - value - name))
    for row in rows:
        grid.add_row(*map(Text, row))
    yield grid


def _part(part: Part, width: int) -> Iterator[RenderableType]:
    if isinstance(part, Chart):
        return
    if isinstance(part, Table):
        if part.is_section:
            yield Text("")
        if part.heading:
            yield Text(part.heading, style="bold")
        yield from tables(part, width)
        return
    if isinstance(part, Notes):
        if part.is_section:
            yield Text("")
        if part.heading:
            yield Text(part.heading, style="bold")
        for line in part.lines:
            yield _line(line, part)


def _line(line: str | NoteLine, notes: Notes) -> RenderableType:
    if isinstance(line, str):
        line = NoteLine((Span(line, notes.tone),), notes.indent)
    text = Text.assemble(*((span.text, STYLES[span.tone]) for span in line.spans))
    text.no_wrap = not notes.wraps
    return Padding(text, (0, 0, 0, line.indent)) if line.indent else text


def tables(table: Table, width: int) -> list[Grid]:
    """The rows; columns that do not fit go into further tables, each with the first column.

    Args:
        table: with at least one row, else there is nothing to show.
        width: of the terminal. Unit: characters.
    """
    if not table.rows:
        return []
    cells = [
        [column.style.text(row.get(column.key)) for row in table.rows] for column in table.columns
    ]
    texts = [
        [*column.heading.splitlines(), *shown_]
        for column, shown_ in zip(table.columns, cells, strict=True)
    ]
    natural = [max(map(len, each), default=0) for each in texts]
    least = [
        _least(column, each, table.keeps_words)
        for column, each in zip(table.columns, texts, strict=True)
    ]
    groups: list[list[int]] = []
    room = 0
    for index in range(1, len(table.columns)):
        wide = table.gap + least[index]
        if not groups or room < wide:
            groups.append([0])
            room = width - least[0]
        groups[-1].append(index)
        room -= wide
    grids = []
    for group in groups or [[0]]:
        room = width - table.gap * (len(group) - 1)
        widths = column_widths([natural[i] for i in group], [least[i] for i in group], room)
        grids.append(_grid(table, cells, group, widths if table.keeps_words else None))
    return grids


def _least(column: Column, texts: Sequence[str], keeps_words: bool) -> int:
    """Characters that a column takes at least."""
    widest = max(map(len, texts), default=0)
    if not column.wraps:
        return max(widest, column.least)
    words = (len(word) for text in texts for word in text.split()) if keeps_words else ()
    return min(widest, max(column.least, LEAST, *words))


def _grid(
    table: Table, cells: Sequence[Sequence[str]], chosen: Sequence[int], widths: list[int] | None
) -> Grid:
    half = table.gap // 2
    grid = Grid(box=None, padding=(0, half), pad_edge=False, header_style="dim")
    for number, index in enumerate(chosen):
        column = table.columns[index]
        grid.add_column(
            Text(column.heading),
            justify=column.align,
            no_wrap=not column.wraps,
            overflow="fold",
            min_width=column.least or None,
            width=None if widths is None else widths[number],
        )
    for row in range(len(table.rows)):
        grid.add_row(*(Text(cells[index][row]) for index in chosen))
    return grid
