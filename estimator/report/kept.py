"""Reports as text that can be kept, and read again without what made them.

What is kept of a value is its plain form and what a person reads, so that a report read again has
the same JSON, text, page and picture; its bloq and its formulas are gone.
"""

import json
from collections.abc import Mapping, Sequence
from enum import Enum
from importlib import import_module
from typing import Any

import attrs

from estimator.report.model import Report
from estimator.report.parts import (
    Axis,
    Chart,
    Column,
    Fact,
    Facts,
    Kind,
    Line,
    Mark,
    NoteLine,
    Notes,
    Part,
    Row,
    Shown,
    Span,
    Table,
    Tone,
    Value,
)
from estimator.report.plain import plain_value
from estimator.report.text import AS_SHOWN, Style

RECORDS: Mapping[str, Any] = {
    each.__name__: each
    for each in (
        Axis, Chart, Column, Fact, Facts, Line, Mark, NoteLine, Notes, Report, Span, Table
    )
}  # fmt: skip
"""What a report is made of, by name."""

STYLED = {"Column": ("style",), "Fact": ("style",), "Report": ("settings_style",)}
"""Fields that say how values are shown, by name of the record."""

ENUMS: Mapping[str, Any] = {"Kind": Kind, "Tone": Tone}
"""Kinds and tones, by name; a verdict is loaded where there is one."""


def kept_text(answer: Report | Sequence[Report]) -> str:
    """An answer as text."""
    several = not isinstance(answer, Report)
    reports = answer if isinstance(answer, Sequence) else [answer]
    return json.dumps([several, [_written(_both_forms(each)) for each in reports]])


def _both_forms(report: Report) -> Report:
    """With every formula as JSON has it, and with it the short form."""
    full, short = as_shown(report.form(full=True)), as_shown(report.form())
    return attrs.evolve(full, kept_short=short)


def kept_answer(text: str) -> Report | tuple[Report, ...]:
    """The answer that a text holds.

    Raises:
        ValueError: if it holds none.
    """
    try:
        several, reports = json.loads(text)
        found = tuple(_read(each) for each in reports)
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError(f"this is no answer that was kept: {problem}") from problem
    if not found or not all(isinstance(each, Report) for each in found):
        raise ValueError("this is no answer that was kept")
    return found if several else found[0]


def as_shown(report: Report) -> Report:
    """The report with every value as it is shown, and without its bloq."""
    style = report.settings_style
    return attrs.evolve(
        report,
        settings={name: _shown(x, style) for name, x in report.settings.items()},
        settings_style=AS_SHOWN,
        parts=[_part_as_shown(part) for part in report.parts],
        assumed=sorted(report.assumed),
        bloq=None,
    )


def _part_as_shown(part: Part) -> Part:
    if isinstance(part, Fact):
        return _fact(part, part.place)
    if isinstance(part, Facts):
        rows = [_fact(row, row.place if part.place == "everywhere" else part.place)
                for row in part.rows]  # fmt: skip
        return attrs.evolve(part, rows=rows)
    if isinstance(part, Table):
        columns = [attrs.evolve(column, style=AS_SHOWN) for column in part.columns]
        return attrs.evolve(part, columns=columns, rows=[_row(row, part) for row in part.rows])
    if isinstance(part, Chart):
        lines = [
            attrs.evolve(line, x=map(_number, line.x), y=map(_number, line.y))
            for line in part.lines
        ]
        marks = [attrs.evolve(mark, x=_number(mark.x), y=_number(mark.y)) for mark in part.marks]
        return attrs.evolve(part, lines=lines, marks=marks)
    return part


def _fact(fact: Fact, place: str) -> Fact:
    if fact.value is None:
        return attrs.evolve(fact, style=AS_SHOWN)
    return attrs.evolve(fact, value=_shown(fact.value, fact.style, place), style=AS_SHOWN)


def _row(row: Row, table: Table) -> dict[str, Shown]:
    return {x.key: _shown(row.get(x.key), x.style, table.place) for x in table.columns}


def _shown(value: Value, style: Style, place: str = "everywhere") -> Shown:
    """What JSON and a person see of a value, as far as they see it."""
    return Shown(
        None if place == "shown" else plain_value(value),
        "" if place == "data" else style.text(value),
    )


def _number(value: Value) -> int | float | None:
    """A point of a curve, which may be nowhere."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if getattr(value, "is_Integer", False) else float(value)


def _written(value: Any) -> Any:
    """As lists, mappings and what JSON has; a record carries its name."""
    if isinstance(value, Shown):
        return {"is": "Shown", "plain": value.plain, "text": value.text}
    if isinstance(value, Enum):
        return {"is": type(value).__name__, "name": value.name}
    if isinstance(value, Mapping):
        return {"is": "mapping", "items": [[key, _written(x)] for key, x in value.items()]}
    if isinstance(value, (list, tuple)):
        return [_written(each) for each in value]
    if not attrs.has(type(value)):
        return value
    fields = {field.name: getattr(value, field.name) for field in attrs.fields(type(value))}
    kept = {
        name: _written(x)
        for name, x in fields.items()
        if not isinstance(x, Style) and name != "breakdown"
    }
    return {"is": type(value).__name__, **kept}


def _read(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(_read(each) for each in data)
    if not isinstance(data, dict):
        return data
    name = data["is"]
    if name == "Shown":
        return Shown(data["plain"], data["text"])
    if name == "mapping":
        return {key: _read(value) for key, value in data["items"]}
    if name == "Verdict":
        return import_module("estimator.verdict").Verdict[data["name"]]
    if name in ENUMS:
        return ENUMS[name][data["name"]]
    fields = {key: _read(value) for key, value in data.items() if key != "is"}
    return RECORDS[name](**fields, **dict.fromkeys(STYLED.get(name, ()), AS_SHOWN))
