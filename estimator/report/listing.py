"""What can be asked, as reports."""

from collections.abc import Sequence
from typing import Any

from estimator.report.model import Report
from estimator.report.parts import Column, Fact, NoteLine, Notes, Part, Span, Table, Tone
from estimator.report.text import TEXT

SHARED = ("variant", "loader")
"""Choices that stand above the table of parameters."""


def overview(found: Sequence[Any]) -> Report:
    """All questions on one screen: what is typed, and what it says."""
    rows = [
        {
            "typed": f"{x.question.verb.name} {x.question.name}",
            "says": f"{x.question.says}{_files(x.question)}",
        }
        for x in found
    ]
    columns = [Column(key="typed", label="quledger", wraps=False), Column(key="says", label="")]
    return Report(
        title="what can be asked",
        parts=[
            Table(key="questions", columns=columns, rows=rows),
            Notes(
                key="more",
                lines=["`quledger list NAME` has the parameters of one question or system."],
            ),
        ],
    )


def _files(question: Any) -> str:
    endings = " or ".join(question.suffixes)
    return f" About a file {endings}." if endings else ""


def listing(found: Sequence[Any]) -> tuple[Report, ...]:
    """A report for each question, with its parameters, units and ranges.

    Args:
        found: questions with their systems, as `estimator.ask.registry.questions` gives them.
    """
    return tuple(_question(each.system, each.question) for each in found)


def _question(system: Any, question: Any) -> Report:
    choices = {each.name: list(each.of) for each in question.parameters if hasattr(each, "of")}
    numbers = [each for each in question.parameters if each.name not in SHARED]
    head = NoteLine((Span(f"{question.says}  "), Span(question.source, Tone.QUIET)), indent=2)
    lines: list[str | NoteLine] = [head, f"  asked with: {question.verb.name}"]
    lines += [f"  {name}s: {', '.join(choices[name])}" for name in SHARED if name in choices]
    if question.suffixes:
        lines.append(f"  files: {', '.join(question.suffixes)}")
    parts: list[Part] = [
        *(
            Fact(key=key, value=value, style=TEXT, place="data")
            for key, value in (
                ("name", question.name),
                ("verb", question.verb.name),
                ("system", system.name),
                ("says", question.says),
                ("source", question.source),
                ("files", list(question.suffixes)),
                ("variants", choices.get("variant", [])),
                ("loaders", choices.get("loader", [])),
                ("options", {k: x for k, x in choices.items() if k not in SHARED}),
            )
        ),
        Notes(key="shown question", lines=lines, place="shown"),
        Table(
            key="parameters",
            columns=[
                Column(key="name", label="parameter", wraps=False),
                Column(key="meaning", least=20),
                Column(key="unit", wraps=False),
                Column(key="allowed", least=20),
            ],
            rows=[_shown_row(each) for each in numbers],
            place="shown",
        ),
        Table(
            key="parameters",
            columns=[
                Column(key=key)
                for key in (
                    "name", "meaning", "unit", "minimum", "maximum", "allowed", "default",
                    "required", "aliases", "symbol",
                )
            ],
            rows=[_row(each) for each in question.parameters],
            place="data",
        ),
    ]  # fmt: skip
    return Report(title=question.name, parts=parts)


def _shown_row(parameter: Any) -> dict[str, Any]:
    row = _row(parameter)
    if row["required"]:
        return {**row, "allowed": f"{row['allowed']}; required"}
    if row["default"] is not None:
        return {**row, "allowed": f"{row['allowed']}; {row['default']} if unset"}
    return row


def _row(parameter: Any) -> dict[str, Any]:
    default = parameter.default
    return {
        "name": parameter.name,
        "meaning": parameter.meaning,
        "unit": parameter.unit,
        "minimum": getattr(parameter, "least", None),
        "maximum": getattr(parameter, "most", None),
        "allowed": parameter.allowed,
        "default": ",".join(map(str, default)) if isinstance(default, tuple) else default,
        "required": parameter.is_required,
        "aliases": list(parameter.aliases),
        "symbol": getattr(parameter, "symbol", "") or None,
    }


def drawing(target: str, file: str) -> Report:
    """That a drawing was written."""
    return Report(title=f"drawing of {target}", parts=[Fact(key="file", value=file, style=TEXT)])
