"""Reports as HTML that needs neither script nor network."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import groupby

from estimator.report.parts import (
    AnyReport,
    Chart,
    Fact,
    Facts,
    NoteLine,
    Notes,
    Part,
    Row,
    Span,
    Table,
    Tone,
    rows_of,
    shown,
)

CSS = """
.quledger { font: 14px/1.45 system-ui, sans-serif; color: #222; max-width: 78rem; }
.quledger h2 { font-size: 1.25rem; margin: 0 0 .2rem; }
.quledger h3 { font-size: 1rem; margin: 1.1rem 0 .3rem; }
.quledger p { margin: .25rem 0; }
.quledger .wide { overflow-x: auto; }
.quledger table { border-collapse: collapse; margin: .3rem 0; }
.quledger th, .quledger td { text-align: left; vertical-align: top; padding: .15rem .8rem .15rem 0;
  overflow-wrap: break-word; border: 0; background: none; }
.quledger td.prose { min-width: 14rem; }
.quledger thead th, .quledger thead td { color: #5b6470; font-weight: 600;
  border-bottom: 1px solid #d1d5db; vertical-align: bottom; }
.quledger td.right, .quledger th.right { text-align: right; overflow-wrap: normal; }
.quledger code { font: .95em/1.4 ui-monospace, monospace; }
.quledger td code { font: inherit; font-variant-numeric: tabular-nums; }
.quledger .quiet { color: #5b6470; } .quledger .strong { font-weight: 600; }
.quledger .good { color: #04714f; } .quledger .warning { color: #9a5b00; }
.quledger .bad { color: #b3261e; font-weight: 600; }
@media print { .quledger td.prose { min-width: 0; } .quledger .long { overflow-wrap: anywhere; }
  .quledger .many { font-size: .75em; }
  .quledger .many th, .quledger .many td { padding-right: .5em; overflow-wrap: anywhere; } }
"""

IN_NOTEBOOK = (
    CSS.replace(".quledger", ".quledger.quledger")
    + """.quledger.quledger { background: #fff; padding: .3rem .6rem; }
.quledger.quledger code { background: none; color: inherit; padding: 0; }
"""
)
"""The style where a notebook has rules for tables and a theme of its own: it outweighs them."""

PROSE = 30
"""Characters from which the text of a cell is read as a sentence, and wants some room."""

MANY = 8
"""Columns from which a table is set small on paper, where nothing scrolls."""

LONG = 20
"""Characters from which a word may be broken on paper, where nothing scrolls."""

HEADING = 3
"""Level of the headings of parts, below that of a report's title."""


def fragment(report: AnyReport) -> str:
    """The report as a notebook shows it."""
    return f'<div class="quledger"><style>{IN_NOTEBOOK}</style>{body(report)}</div>'


def body(report: AnyReport) -> str:
    """The report without its style sheet; its charts are left out."""
    return "\n".join(_whole(report))


def _whole(report: AnyReport) -> Iterator[str]:
    yield f"<h2>{escape(report.title)}</h2>"
    if report.settings:
        style = report.settings_style
        pairs = (f"{k} = {style.text(x)}" for k, x in report.settings.items())
        yield f"<p>{escape(', '.join(pairs))}</p>"
    yield parts_html(shown(report))
    if report.glossary:
        yield heading_html("symbols", HEADING)
        yield symbols_html(report.glossary)


def parts_html(parts: Iterable[Part], level: int = HEADING) -> str:
    """Parts one below the other; charts are left out.

    Args:
        parts: in order.
        level: of their headings.
    """
    found: list[str] = []
    for is_fact, some in groupby(parts, lambda part: isinstance(part, (Fact, Facts))):
        group = list(some)
        found += _facts(group, level) if is_fact else [_part(part, level) for part in group]
    return "\n".join(each for each in found if each)


def heading_html(text: str, level: int) -> str:
    """A heading."""
    return f"<h{level}>{escape(text)}</h{level}>"


def symbols_html(glossary: Mapping[str, str], label: str = "symbols") -> str:
    """Symbols or words and what they mean; `label` is what those who hear it are told."""
    rows = (
        f'<tr><th scope="row"><code>{escape(name)}</code></th><td>{escape(meaning)}</td></tr>'
        for name, meaning in glossary.items()
    )
    return _boxed("".join(rows), label)


def _boxed(rows: str, label: str, columns: int = 0) -> str:
    """A table in a box of its own, which scrolls where it is too wide, also by the keyboard."""
    kind = ' class="many"' if columns >= MANY else ""
    return (
        f'<div class="wide" role="group" tabindex="0" aria-label="{escape(label)}">'
        f"<table{kind}>{rows}</table></div>"
    )


def _facts(parts: list[Part], level: int) -> Iterator[str]:
    label, rows = "values", ""
    for part in parts:
        if isinstance(part, Facts) and part.heading:
            if rows:
                yield _boxed(rows, label)
            label, rows = part.heading, ""
            yield heading_html(part.heading, level)
        rows += "".join(map(_fact, rows_of(part)))
    if rows:
        yield _boxed(rows, label)


def _fact(fact: Fact) -> str:
    text = fact.style.text(fact.value)
    return (
        f'<tr><th scope="row"{_classes(fact.shown_label)}>{escape(fact.shown_label)}</th>'
        f"<td{_classes(text)}><code>{escape(text)}</code></td>"
        f'<td class="quiet">{escape(fact.shown_unit)}</td></tr>'
    )


def _classes(text: str, *others: str) -> str:
    """What a cell with this text is."""
    words = text.split()
    is_long = max(map(len, words), default=0) >= LONG
    found = [*others, *["long"] * is_long, *["prose"] * (len(words) > 3 and len(text) >= PROSE)]
    return f' class="{" ".join(found)}"' if found else ""


def _part(part: Part, level: int) -> str:
    heading = getattr(part, "heading", "")
    top = heading_html(heading, level) if heading else ""
    if isinstance(part, Table):
        return top + _table(part) if part.rows else top
    if isinstance(part, Notes):
        return top + "\n".join(_line(line, part) for line in part.lines)
    return ""


def _table(table: Table) -> str:
    sides = [("right",) if each.align == "right" else () for each in table.columns]
    head = "".join(
        f'<th scope="col"{_classes("", *side)}>{escape(each.heading)}</th>'
        if each.heading
        else "<td></td>"
        for each, side in zip(table.columns, sides, strict=True)
    )
    rows = ["<tr>" + "".join(_cells(table, row, sides)) + "</tr>" for row in table.rows]
    body_rows = "\n".join(rows)
    whole = f"<thead><tr>{head}</tr></thead><tbody>{body_rows}</tbody>"
    return _boxed(whole, table.heading or table.key, len(table.columns))


def _cells(table: Table, row: Row, sides: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for each, side in zip(table.columns, sides, strict=True):
        text = each.style.text(row.get(each.key))
        yield f"<td{_classes(text, *side)}><code>{escape(text)}</code></td>"


def _line(line: str | NoteLine, notes: Notes) -> str:
    if isinstance(line, str):
        line = NoteLine((Span(line, notes.tone),), notes.indent)
    spans = "".join(
        escape(span.text)
        if span.tone is Tone.PLAIN
        else f'<span class="{span.tone.value}">{escape(span.text)}</span>'
        for span in line.spans
    )
    text = line.spans[0].text if line.spans else ""
    blanks = line.indent + len(text) - len(text.lstrip(" "))  # a page drops those that lead
    indent = f' style="margin-left:{blanks / 2:g}em"' if blanks else ""
    return f"<p{indent}>{spans}</p>"


def charts_of(report: AnyReport) -> list[Chart]:
    """The charts that a page shows."""
    return [part for part in shown(report) if isinstance(part, Chart)]
