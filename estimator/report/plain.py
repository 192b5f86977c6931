"""Reports as plain data that JSON can hold."""

import json
import math
import sys
from collections.abc import Mapping
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from estimator.report.parts import (
    AnyReport,
    Chart,
    Fact,
    Facts,
    Kind,
    Part,
    Shown,
    Table,
    data,
)

SCHEMA = "quledger/1"
"""Name of the shape of every answer; `schema.json` in this folder describes it."""


def plain_value(value: Any) -> Any:
    """`value` as JSON can hold it: formulas as text, numbers that are not finite as `None`."""
    if value is None or (isinstance(value, (bool, str)) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Shown):
        return value.plain
    if isinstance(value, Enum):
        return plain_value(value.value)
    if isinstance(value, (int, float)):
        return value if not isinstance(value, float) or math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain_value(each) for key, each in value.items()}
    if (numpy := sys.modules.get("numpy")) and isinstance(value, numpy.ndarray | numpy.generic):
        return plain_value(value.tolist())
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain_value(each) for each in value]
    if isinstance(value, Path):
        return str(value)
    return _of_formula(import_module("sympy").sympify(value))


def _of_formula(formula: Any) -> Any:
    if formula.is_Integer:
        return int(formula)
    if not formula.is_number:
        return str(import_module("estimator.report.formula").pasteable(formula))
    number = float(formula)
    return number if math.isfinite(number) else None


def plain(report: AnyReport) -> dict[str, Any]:
    """The whole report; "units" and "kinds" say by the same keys what the values are."""
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "title": report.title,
        "settings": plain_value(report.settings),
    }
    parts = data(report)
    found |= {part.key: _part(part) for part in parts}
    if report.verdict is not None:
        found["verdict"] = report.verdict.name
    if report.passed is not None:
        found["passed"] = report.passed
    return found | {
        "symbols": dict(report.glossary),
        "units": {
            "settings": {name: report.units.get(name, "") for name in report.settings},
            **_beside(parts, "unit"),
        },
        "kinds": {
            "settings": {
                name: str(Kind.ASSUMED if name in report.assumed else Kind.EXACT)
                for name in report.settings
            },
            **_beside(parts, "kind"),
        },
    }


def _part(part: Part) -> Any:
    if isinstance(part, Fact):
        return plain_value(part.value)
    if isinstance(part, Facts):
        return {row.key: plain_value(row.value) for row in part.rows if row.place != "shown"}
    if isinstance(part, Table):
        keys = [column.key for column in part.columns]
        return [{key: plain_value(row.get(key)) for key in keys} for row in part.rows]
    if isinstance(part, Chart):
        return _chart(part)
    return [line if isinstance(line, str) else line.text for line in part.lines]


def _chart(chart: Chart) -> dict[str, Any]:
    return {
        "title": chart.title,
        "x": {"label": chart.x.label, "logarithmic": chart.x.is_logarithmic},
        "y": {"label": chart.y.label, "logarithmic": chart.y.is_logarithmic},
        "lines": [
            {
                "label": line.label,
                "classical": line.is_classical,
                "x": plain_value(line.x),
                "y": plain_value(line.y),
            }
            for line in chart.lines
        ],
        "marks": [
            {"x": plain_value(mark.x), "y": plain_value(mark.y), "label": mark.label}
            for mark in chart.marks
        ],
    }


def _beside(parts: list[Part], name: str) -> dict[str, Any]:
    """Unit or kind of each fact and column, by the keys of the values."""
    found: dict[str, Any] = {}
    for part in parts:
        if isinstance(part, Fact):
            found[part.key] = str(getattr(part, name))
        elif isinstance(part, Facts):
            found[part.key] = {row.key: str(getattr(row, name)) for row in part.rows}
        elif isinstance(part, Table):
            found[part.key] = {each.key: str(getattr(each, name)) for each in part.columns}
    return found


def dumped(found: Any) -> str:
    """JSON text of what `plain` gave, or of a list of that; strict, so without NaN."""
    return json.dumps(found, indent=2, allow_nan=False)


def line(found: Any) -> str:
    """JSON text of plain data on one line."""
    return json.dumps(found, allow_nan=False)


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of every answer."""
    found: dict[str, Any] = json.loads((Path(__file__).parent / "schema.json").read_text())
    return found
