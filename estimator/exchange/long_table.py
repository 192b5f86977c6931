"""Answers as one long table: a line for each value.

Its columns are `COLUMNS`. `report` is what was asked about; `part` the key of a part in JSON, or
`settings`; `row` the number of a line in a table, from 1, empty for facts; `name` the key of the
value; `value` the number, exact, or the formula in Python's notation; `unit` in words; `kind` one
of exact, upper bound, measured, assumed, published and estimate.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from estimator.report.model import Report
from estimator.report.parts import Fact, Facts, Kind, Notes, Table, data
from estimator.report.plain import plain_value

COLUMNS = ("report", "part", "row", "name", "value", "unit", "kind")


def written(reports: Sequence[Report], ending: str) -> bytes:
    """The table, in UTF-8 and with the line ends of RFC 4180."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for report in reports:
        writer.writerows((report.title, *line) for line in _lines(report))
    return stream.getvalue().encode()


def _lines(report: Report) -> Iterator[tuple[Any, ...]]:
    for name, value in report.settings.items():
        kind = Kind.ASSUMED if name in report.assumed else Kind.EXACT
        yield "settings", "", name, _cell(value), report.units.get(name, ""), str(kind)
    for part in data(report):
        if isinstance(part, Fact):
            yield from _fact("", part)
        elif isinstance(part, Facts):
            for fact in part.rows:
                if fact.place != "shown":
                    yield from _fact(part.key, fact)
        elif isinstance(part, Table):
            for number, row in enumerate(part.rows, 1):
                for column in part.columns:
                    value = _cell(row.get(column.key))
                    yield part.key, number, column.key, value, column.unit, str(column.kind)
        elif isinstance(part, Notes):
            for number, line in enumerate(part.lines, 1):
                yield part.key, number, "note", line if isinstance(line, str) else line.text, "", ""


def _fact(part: str, fact: Fact) -> Iterator[tuple[Any, ...]]:
    if fact.value is not None:
        yield part or fact.key, "", fact.key, _cell(fact.value), fact.unit, str(fact.kind)


def _cell(value: Any) -> Any:
    plain = plain_value(value)
    if isinstance(plain, list):
        return ", ".join(str(_cell(each)) for each in plain)
    return "" if plain is None else plain
