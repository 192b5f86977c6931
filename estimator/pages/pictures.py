"""Drawings as elements of a page, each with names of its own for its parts."""

import re
from collections import Counter
from html import escape

from estimator.drawing.drawn_report import svg_of
from estimator.report.chart import charts, inline_svg
from estimator.report.model import Report

MOST_BYTES = 600_000
"""A drawing that is larger is left out: a page is to be read."""


def drawn(report: Report, kind: str, name: str) -> str:
    """The call graph or the circuit of a report's bloq.

    Args:
        report: what the drawing is of.
        kind: one of those that can be drawn.
        name: of the picture on the page, no other has it.

    Raises:
        ValueError: if there is nothing to draw, or the drawing is too large.
    """
    text = svg_of(report, kind)
    if len(text) > MOST_BYTES:
        size = f"{len(text) / 1e6:.1f} MB"
        raise ValueError(f"its drawing would take {size}; `quledger draw` writes it to a file")
    return element(text[text.index("<svg") :], name, f"{KINDS[kind]} of {report.title}")


def chart(report: Report, name: str) -> str:
    """The charts of a report; nothing if it has none."""
    if not charts(report):
        return ""
    return element(inline_svg(report), name, f"charts of {report.title}")


SMALLEST = 0.75
"""Least width of a drawing on a screen, as a share of its own: its text stays readable, and it
scrolls in a box of its own where that is too wide."""

KINDS = {"callgraph": "Call graph", "circuit": "Circuit"}
"""What a drawing is called."""


def element(svg: str, name: str, says: str) -> str:
    """An SVG drawing for a page: it says what it is, and its parts have names of their own."""
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    seen: Counter[str] = Counter()

    def own(at: re.Match[str]) -> str:
        """A name that no other part has: a curve stands in several panels under one."""
        seen[at[1]] += 1
        again = f"-{seen[at[1]]}" if seen[at[1]] > 1 else ""
        return f'id="{name}-{_plain(at[1])}{again}"'

    svg = re.sub(r'\bid="([^"]*)"', own, svg)
    svg = re.sub(r'href="#([^"]*)"', lambda at: f'href="#{name}-{_plain(at[1])}"', svg)
    svg = re.sub(r"url\(#([^)]*)\)", lambda at: f"url(#{name}-{_plain(at[1])})", svg)
    label = escape(says, quote=True)
    width = re.search(r'\bwidth="([\d.]+)pt"', svg)
    least = f'style="min-width:{SMALLEST * float(width[1]):.0f}pt" ' if width else ""
    svg = svg.replace("<svg ", f'<svg role="img" aria-label="{label}" {least}', 1)
    box = f'<div class="picture" role="group" tabindex="0" aria-label="{label}">'
    return f"{box}{svg.strip()}</div>"


def _plain(name: str) -> str:
    """A name without blanks, which are not allowed in one."""
    return re.sub(r"\s+", "_", name)
