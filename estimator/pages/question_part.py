"""The question, in words."""

from estimator.ask.parameter import AbstractParameter
from estimator.pages.subject import Subject
from estimator.report.parts import Column, Fact, Facts, Notes, Part, Table
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
            "from": "asked" if each.name in asked.named else "assumed, as it is not named",
        }
        for each in question.parameters
        if asked.get(each.name) is not None
    ]
    open_ones = [each for each in question.parameters if asked.get(each.name) is None]
    names = ("parameter", "value", "unit", "meaning", "from")
    parts: list[Part] = [
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
    if open_ones:
        parts.append(
            Notes(
                key="open",
                heading="not named",
                lines=[
                    "Each of these stays a symbol, is settled by the answer or is not needed: "
                    + "; ".join(map(_described, open_ones))
                    + "."
                ],
            )
        )
    return parts


def _system(subject: Subject) -> str:
    system = subject.found.system
    return f"{system.name}: {system.says}"


def _described(parameter: AbstractParameter) -> str:
    return f"{parameter.name} ({parameter.meaning})"


def _written(value: object) -> str:
    if isinstance(value, (tuple, list)):
        return ", ".join(map(str, value))
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
