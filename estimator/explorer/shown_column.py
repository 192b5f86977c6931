"""What an answer says in single values, with what a reader needs to know of each."""

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from estimator.ask.question import Answer
from estimator.grid.columns import BARE, cells
from estimator.report.parts import Fact, Facts


@frozen
class ShownColumn:
    """A number that moves.

    Args:
        key: as tables of sweeps call it.
        label: for a reader.
        unit: in words.
        group: what it is one of; empty for gates.
        value: a number, a formula or words.
        is_rival: whether it is of another way of doing the same.
    """

    key: str
    label: str
    unit: str
    group: str
    value: Any
    is_rival: bool = False


def columns_of(answer: Answer) -> tuple[ShownColumn, ...]:
    """The numbers and formulas of an answer, in order, without names that formulas are put in."""
    known = cells(answer)
    named = {each.name for value in known.values() for each in getattr(value, "free_symbols", ())}
    return tuple(
        each
        for each in _all(answer)
        if each.key in known and each.value is not None and each.key.rpartition(".")[2] not in named
    )


def _all(answer: Answer) -> Iterator[ShownColumn]:
    reports = answer if isinstance(answer, tuple) else (answer,)
    for number, report in enumerate(reports, 1):
        before = f"{number}." if len(reports) > 1 else ""
        for part in report.parts:
            if isinstance(part, Fact):
                yield _column(part, f"{before}{part.key}", "")
            elif isinstance(part, Facts):
                inside = "" if part.key in BARE else f"{part.key}."
                group = part.heading or ("" if part.key in BARE else part.key)
                for row in part.rows:
                    yield _column(row, f"{before}{inside}{row.key}", group)


def _column(fact: Fact, key: str, group: str) -> ShownColumn:
    return ShownColumn(key, fact.shown_label, fact.shown_unit, group, fact.value)
