"""Everything that an answer takes for granted, and what its numbers are."""

from collections.abc import Iterator, Sequence

from estimator.pages.subject import Subject
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Kind, Notes, Row, Table
from estimator.report.text import TEXT

SAYS = ("assumptions", "undecided", "ways", "notes")
"""Keys of the notes of an answer that say what it assumes."""

PLAIN = (Kind.EXACT, Kind.MEASURED)
"""Kinds of numbers that rest on nothing else."""


def assumptions(subject: Subject, reports: Sequence[Report]) -> Table:
    """A row for each value that nobody named, each number that is no exact one, each note.

    Args:
        subject: the question.
        reports: the answers.
    """
    rows: list[Row] = []
    for row in (*_unnamed(subject), *(each for report in reports for each in _of(report))):
        if row not in rows:
            rows.append(row)
    return Table(
        key="assumptions",
        columns=[Column(key=key) for key in ("kind", "what", "value")],
        rows=rows,
    )


def _unnamed(subject: Subject) -> Iterator[Row]:
    for parameter in subject.question.parameters:
        value = subject.asked.get(parameter.name)
        if value is not None and parameter.name not in subject.asked.named:
            shown = ", ".join(map(str, value)) if isinstance(value, tuple) else TEXT.text(value)
            what = f"{parameter.name}: {parameter.meaning}"
            yield {"kind": Kind.ASSUMED.value, "what": what, "value": shown}


def _of(report: Report) -> Iterator[Row]:
    for name in sorted(report.assumed):
        if name in report.settings:
            value = report.settings_style.text(report.settings[name])
            yield {"kind": Kind.ASSUMED.value, "what": name, "value": value}
    for part in report.parts:
        if isinstance(part, Notes) and (part.key in SAYS or part.key.endswith("_note")):
            for line in part.lines:
                text = line if isinstance(line, str) else line.text
                yield {"kind": "said of the answer", "what": text, "value": ""}
        elif isinstance(part, Table):
            for column in part.columns:
                if column.kind not in PLAIN and part.rows:
                    what = f"{part.heading or part.key}: {column.heading}"
                    yield {"kind": column.kind.value, "what": what, "value": "each row"}
        elif isinstance(part, (Fact, Facts)):
            for fact in part.rows if isinstance(part, Facts) else [part]:
                if fact.kind not in PLAIN and fact.value is not None:
                    yield {
                        "kind": fact.kind.value,
                        "what": fact.shown_label.replace("_", " "),
                        "value": f"{fact.style.text(fact.value)} {fact.unit}".strip(),
                    }
