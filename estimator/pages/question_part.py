"""The question, in words."""

from collections.abc import Mapping

from estimator.pages.subject import Subject
from estimator.report.parts import Column, Fact, Facts, Part, Table
from estimator.report.text import TEXT


def question_parts(subject: Subject) -> list[Part]:
    """The command line, where the question is from, and every parameter, with its value or not.

    Raises:
        ValueError: if a value is not allowed.
    """
    question, asked = subject.question, subject.asked
    rows = [
        {
            "parameter": each.name,
            "value": _written(asked.values[each.name]),
            "unit": each.unit,
            "meaning": each.meaning,
            "from": "asked" if each.name in asked.named else "assumed",
        }
        for each in question.parameters
        if asked.get(each.name) is not None
    ]
    names = ("parameter", "value", "unit", "meaning", "from")
    return [
        Facts(
            key="asked",
            rows=[
                Fact(key="command line", value=subject.command_line(), style=TEXT),
                Fact(key="source", value=question.source, style=TEXT),
                Fact(key="system", value=_system(subject), style=TEXT),
            ],
        ),
        Table(
            key="parameters",
            columns=[Column(key=name) for name in names],
            rows=rows,
            heading="parameters" if rows else "",
        ),
    ]


def left_open(subject: Subject) -> Mapping[str, str]:
    """Name of each parameter that has no value, and its meaning."""
    asked = subject.asked
    return {x.name: x.meaning for x in subject.question.parameters if asked.get(x.name) is None}


def _system(subject: Subject) -> str:
    system = subject.found.system
    return f"{system.name}: {system.says}"


def _written(value: object) -> str:
    if isinstance(value, (tuple, list)):
        return ", ".join(map(str, value))
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
