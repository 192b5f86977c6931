"""A whole HTML page of reports: one file, readable without script and without a network."""

from collections.abc import Sequence
from html import escape
from importlib import import_module

from estimator.report.html import CSS, body, charts_of
from estimator.report.parts import AnyReport


def page(reports: Sequence[AnyReport]) -> str:
    """The reports one below the other, with their charts as drawings inside."""
    title = escape(reports[0].title if reports else "quledger")
    parts = [_section(report) for report in reports]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>body {{ margin: 2rem; }}{CSS}\n"
        ".quledger svg { max-width: 100%; height: auto; }</style>\n</head>\n<body>\n"
        + "\n<hr>\n".join(parts)
        + "\n</body>\n</html>\n"
    )


def _section(report: AnyReport) -> str:
    drawing = ""
    if charts_of(report):
        drawing = import_module("estimator.report.chart").inline_svg(report)
    return f'<div class="quledger">\n{body(report)}\n{drawing}\n</div>'
