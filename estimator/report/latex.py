"""Facts and tables of a report as LaTeX."""

import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from estimator.report.parts import AnyReport, Fact, Facts, Table, data

_SPECIAL = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def latex(report: AnyReport) -> str:
    """A table of the facts and one of each table, numbers and formulas in mathematics."""
    facts: list[Fact] = []
    tables: list[str] = []
    for part in data(report):
        if isinstance(part, Fact):
            facts.append(part)
        elif isinstance(part, Facts):
            facts += part.rows
        elif isinstance(part, Table) and part.rows:
            tables.append(_table(part))
    rows = [
        f"{escaped(fact.shown_label)} & {formula(fact.value)} & {escaped(fact.shown_unit)}"
        for fact in facts
        if fact.value is not None and fact.place != "shown"
    ]
    head = [f"% {report.title}"]
    if rows:
        head.append(_tabular("lll", rows))
    return "\n\n".join([*head, *tables]) + "\n"


def formula(value: Any) -> str:
    """A value in mathematics, text as text."""
    if isinstance(value, str):
        return escaped(value)
    if value is None:
        return "--"
    if isinstance(value, (list, tuple)):
        return ", ".join(formula(each) for each in value)
    if isinstance(value, (bool, Mapping)):
        return escaped(str(value))
    sympy = import_module("sympy")
    try:
        return f"${sympy.latex(sympy.sympify(value))}$"
    except (sympy.SympifyError, TypeError):
        return escaped(str(value))


def escaped(text: str) -> str:
    """Text in which no character has a meaning of its own."""
    return re.sub(r"[\\&%$#_{}~^]", lambda found: _SPECIAL[found[0]], text)


def _table(table: Table) -> str:
    head = " & ".join(escaped(column.heading) for column in table.columns)
    rows = [
        " & ".join(formula(row.get(column.key)) for column in table.columns) for row in table.rows
    ]
    sides = "".join("r" if column.align == "right" else "l" for column in table.columns)
    caption = f"% {table.heading or table.key}\n"
    return caption + _tabular(sides, [head, *rows], has_head=True)


def _tabular(sides: str, rows: list[str], has_head: bool = False) -> str:
    lines = [rf"\begin{{tabular}}{{{sides}}}", r"\hline"]
    for number, row in enumerate(rows):
        lines.append(rf"{row} \\")
        if has_head and number == 0:
            lines.append(r"\hline")
    return "\n".join([*lines, r"\hline", r"\end{tabular}"])
