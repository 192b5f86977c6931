"""What an answer says in single values, as the columns of a row."""

from collections.abc import Mapping, Sequence
from typing import Any

from estimator.ask.parameter import did_you_mean
from estimator.ask.question import Answer
from estimator.report.parts import Fact, Facts

BARE = ("gates",)
"""Parts whose values stand under their own names; others have that of the part before them."""

LEFT_OUT = ("rotation_price", "counted", "definitions")
"""Parts that are about how something was counted."""

ERROR = "error"
"""Column with the sentence of a point that has no answer."""


def cells(answer: Answer) -> dict[str, Any]:
    """Numbers, formulas and words of an answer, by column; of several reports, numbered."""
    if not isinstance(answer, tuple):
        return _of_report(answer)
    many = [_of_report(each) for each in answer]
    if len(many) == 1:
        return many[0]
    return {f"{i}.{name}": x for i, found in enumerate(many, 1) for name, x in found.items()}


def _of_report(report: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in report.parts:
        if part.place == "shown" or part.key in LEFT_OUT:
            continue
        if isinstance(part, Fact):
            found[part.key] = part.value
        elif isinstance(part, Facts):
            before = "" if part.key in BARE else f"{part.key}."
            found |= {f"{before}{row.key}": row.value for row in part.rows if row.place != "shown"}
    return {name: value for name, value in found.items() if not isinstance(value, (list, Mapping))}


def chosen(known: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """The columns that were named, in that order; all if none was.

    Raises:
        ValueError: if one does not exist.
    """
    for name in wanted:
        if name not in known:
            raise ValueError(
                f"there is no column {name!r:.60}{did_you_mean(name, known)}; there is "
                f"{', '.join(known)}"
            )
    return list(dict.fromkeys(wanted)) or list(known)
