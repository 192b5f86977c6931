"""A question of cost as one HTML file that needs neither script nor network."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from attrs import evolve, frozen

from estimator.ask.parameter import quoted
from estimator.pages.assumed import assumptions
from estimator.pages.page_style import STYLE
from estimator.pages.pictures import KINDS, chart, drawn
from estimator.pages.question_part import left_open, question_parts
from estimator.pages.result_parts import comparison_html, growth_html, no_answer, theorems_html
from estimator.pages.subject import Subject
from estimator.pages.words_used import WORDS
from estimator.report.html import CSS, heading_html, parts_html, symbols_html
from estimator.report.model import Report
from estimator.report.parts import Table, shown
from estimator.report.write_file import check_writable, write_file

ENDINGS = (".html", ".htm")
"""Of a page's file."""

MOST_DRAWN = 4
"""Circuits of one file that are drawn."""

SHARES = "expensive"
"""Key of the table that says where a cost goes."""


@frozen
class Section:
    """A part of a page.

    Args:
        name: its anchor.
        title: its heading.
        html: what it says.
    """

    name: str
    title: str
    html: str


def check_page(file: str | Path, reads: Sequence[object] = ()) -> None:
    """Refuse a file that cannot be written, before any work.

    Raises:
        ValueError: if its ending is another, or it cannot be written or is read.
    """
    if Path(file).suffix.lower() not in ENDINGS:
        raise ValueError(f"a report must be named .html, got {quoted(str(file))}")
    check_writable(file, reads)


def write_page(subject: Subject, file: str | Path) -> None:
    """Write the page about a question, whole or not at all.

    Raises:
        ValueError: if the question has no answer or the file cannot be written.
    """
    check_page(file, subject.reads)
    write_file(file, page_of(subject).encode())


def page_of(subject: Subject) -> str:
    """The page about a question.

    Raises:
        ValueError: if the question has no answer, in one sentence.
    """
    asked = parts_html(question_parts(subject)) + _left_open(subject)
    reports = subject.reports()
    forms = [report.form() for report in reports]
    glossary = {name: x for report in forms for name, x in report.glossary.items()}
    growth, symbols = growth_html(subject)
    sections = [
        Section("question", "The question", asked),
        Section("answer", "The answer", "\n".join(_answers(forms))),
        Section("pictures", "Pictures", "\n".join(_pictures(subject, reports))),
        Section("shares", "Where it goes", "\n".join(_shares(forms))),
        Section("growth", "Growth", growth),
        Section("comparison", "Beside classical algorithms", comparison_html(subject)),
        Section("assumptions", "What is assumed", _assumed(subject, reports)),
        Section("theorems", "What it rests on", theorems_html(subject, reports)),
        Section("glossary", "Glossary", _glossary({**symbols, **glossary})),
    ]
    return _whole(subject, sections)


def _left_open(subject: Subject) -> str:
    """Parameters that nobody named and that have no value of their own, folded away."""
    found = left_open(subject)
    if not found:
        return ""
    number = f"{len(found)} parameters" if len(found) > 1 else "1 parameter"
    return (
        f"\n<details><summary>{number} not named</summary>\n<p>Each stays a symbol, is settled by "
        f"the answer or is not needed.</p>\n{symbols_html(found, 'not named')}</details>"
    )


def _answers(reports: Sequence[Report]) -> Iterator[str]:
    """The reports, without what other sections have."""
    for report in reports:
        several = len(reports) > 1
        if several:
            yield heading_html(report.title, 3)
        parts = [part for part in shown(report) if part.key != SHARES]
        yield parts_html(parts, 4 if several else 3)


def _shares(reports: Sequence[Report]) -> Iterator[str]:
    said = False
    for report in reports:
        for part in shown(report):
            if isinstance(part, Table) and part.key == SHARES and part.rows:
                said = True
                if len(reports) > 1:
                    yield heading_html(report.title, 3)
                yield parts_html([evolve(part, heading="")])
    if not said:
        yield "<p>This answer has no table of shares: no part of it costs more than the rest.</p>"


def _pictures(subject: Subject, reports: Sequence[Report]) -> Iterator[str]:
    """Of each circuit the call graph and the score, and the charts."""
    drawable = [report for report in reports if report.bloq is not None]
    if not drawable:
        yield "<p>This answer has no circuit here, so there is none to draw.</p>"
    chosen = list(enumerate(drawable[:MOST_DRAWN], 1))
    steps = [(number, report, kind) for number, report in chosen for kind in KINDS]
    for number, report, kind in subject.tracker(steps, "drawings"):
        yield heading_html(f"{KINDS[kind]} of {report.title}", 3)
        yield _drawing(report, kind, f"{kind}-{number}")
    if len(drawable) > MOST_DRAWN:
        left = len(drawable) - MOST_DRAWN
        yield f"<p>{left} more circuits are not drawn here; `quledger draw --layer` does.</p>"
    for number, report in enumerate(reports, 1):
        if picture := chart(report, f"chart-{number}"):
            yield heading_html(f"Charts of {report.title}", 3)
            yield picture


def _drawing(report: Report, kind: str, name: str) -> str:
    """A drawing, or the sentence that says why there is none."""
    try:
        return drawn(report, kind, name)
    except ValueError as problem:
        return no_answer("It is not drawn", problem)


def _assumed(subject: Subject, reports: Sequence[Report]) -> str:
    table = assumptions(subject, reports)
    if not table.rows:
        return "<p>Nothing: every value was named, and every number is exact.</p>"
    kinds = (
        "<p>Numbers that are not listed are exact for the circuit. A theorem's own assumptions "
        'stand <a href="#theorems">with it</a>.</p>'
    )
    return kinds + "\n" + parts_html([table])


def _glossary(symbols: dict[str, str]) -> str:
    said = []
    if symbols:
        said += [heading_html("symbols", 3), symbols_html(symbols)]
    return "\n".join([*said, heading_html("words", 3), symbols_html(WORDS)])


def _whole(subject: Subject, sections: Sequence[Section]) -> str:
    title = escape(f"What {subject.target} costs")
    links = "\n".join(f'<li><a href="#{x.name}">{escape(x.title)}</a></li>' for x in sections)
    body = "\n".join(
        f'<section id="{x.name}" aria-labelledby="{x.name}-title">\n'
        f'<h2 id="{x.name}-title">{escape(x.title)}</h2>\n{x.html}\n</section>'
        for x in sections
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{CSS}{STYLE}</style>\n</head>\n"
        '<body>\n<div class="quledger">\n<a class="skip" href="#question">To the question</a>\n'
        f"<header>\n<h1>{title}</h1>\n<p>{escape(subject.question.says)}</p>\n"
        f'</header>\n<nav aria-label="contents">\n<ol>\n{links}\n</ol>\n</nav>\n'
        f"<main>\n{body}\n</main>\n"
        "<footer><p>Written by Quledger; the command line above gives the same numbers.</p>"
        "</footer>\n"
        "</div>\n</body>\n</html>\n"
    )
