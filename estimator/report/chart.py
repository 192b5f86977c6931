"""Charts of a report as a picture: a panel each, curves named where they end."""

import textwrap
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from estimator.report.ink import INK, QUIET, figure_bytes
from estimator.report.parts import AnyReport, Chart, Line, Notes
from estimator.report.write_file import write_file

FORMATS = ("svg", "png", "pdf")
"""What a picture can be written as."""

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""Of curves, one after another; Okabe and Ito's palette."""

DASHES: tuple[Any, ...] = ("-", "--", ":", "-.", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 3)))
"""Of curves, once the colours are used up; of classical ones from the first on."""

FOOT_WIDTH = 190
"""Most characters in a line under the panels."""

FOOT_LINE = 0.15
"""Height of such a line. Unit: inches."""

LABEL_HEIGHT = 0.042
"""Least distance of two labels. Unit: height of a panel."""


def picture_format(path: str | Path) -> str:
    """The format that the name of a picture asks for.

    Raises:
        ValueError: if it is none of `FORMATS`.
    """
    fmt = Path(path).suffix.lstrip(".").lower()
    if fmt not in FORMATS:
        raise ValueError(f"a picture must be named .svg, .png or .pdf, got {path}")
    return fmt


def check_picture(report: AnyReport) -> None:
    """Refuse a report without a chart.

    Raises:
        ValueError: if it has none.
    """
    if not charts(report):
        raise ValueError(f"there is no chart of {report.title} to draw; leave --picture out")


def charts(report: AnyReport) -> list[Chart]:
    """What the picture shows."""
    return [part for part in report.parts if isinstance(part, Chart)]


def write_picture(report: AnyReport, path: str | Path) -> None:
    """Write the charts of a report.

    Raises:
        ValueError: if there is none, the name has another ending, or it cannot be written.
    """
    fmt = picture_format(path)
    check_picture(report)
    write_file(path, figure_bytes(figure(report), fmt))


def inline_svg(report: AnyReport) -> str:
    """The picture as an element of an HTML page."""
    text = figure_bytes(figure(report), "svg").decode()
    return text[text.index("<svg") :]


def figure(report: AnyReport) -> Figure:
    """Panels two in a row, and below them what the report assumes."""
    panels = charts(report)
    columns = min(2, len(panels))
    rows = -(-len(panels) // columns)
    foot = [line for text in _foot(report) for line in textwrap.wrap(text, FOOT_WIDTH)]
    height = 0.7 + 4.4 * rows + FOOT_LINE * len(foot)
    made = Figure(figsize=(7.6 * columns, height), facecolor="white", layout="constrained")
    grid = made.subplots(rows, columns, squeeze=False)
    for place, axes in enumerate(grid.flat):
        if place < len(panels):
            _panel(axes, panels[place])
        else:
            axes.set_axis_off()
    made.suptitle(report.title, fontsize=11, color=INK)
    if foot:
        made.supxlabel(
            "\n".join(foot), x=0.01, ha="left", fontsize=7, color=INK, linespacing=1.3,
            parse_math=False,
        )  # fmt: skip
    return made


def _foot(report: AnyReport) -> list[str]:
    """Settings, and the lines that say what is assumed."""
    style = report.settings_style
    numbers = ", ".join(f"{name} = {style.text(x)}" for name, x in report.settings.items())
    lines = [f"fixed: {numbers}"] if numbers else []
    for part in report.parts:
        if isinstance(part, Notes) and part.key in ("assumptions", "undecided", "ways"):
            lines += [line if isinstance(line, str) else line.text for line in part.lines]
    return lines


def _panel(axes: Any, chart: Chart) -> None:
    ends = []
    colours = [line for line in chart.lines if not line.is_classical]
    for line in chart.lines:
        xs, ys = _known(line)
        if not xs:
            continue
        if line.is_classical:
            number = sum(each.is_classical for each in chart.lines[: chart.lines.index(line)])
            look = {"color": INK, "linestyle": DASHES[number % len(DASHES)], "linewidth": 2.0}
        else:
            number = colours.index(line)
            look = {
                "color": COLOURS[number % len(COLOURS)],
                "linestyle": DASHES[number // len(COLOURS) % len(DASHES)],
                "linewidth": 1.3,
                "marker": "o",
                "markersize": 3,
            }
        axes.plot(xs, ys, gid=line.label, **look)
        ends.append((ys[-1], line.label, look["color"]))
    if chart.x.is_logarithmic:
        axes.set_xscale("log", base=2)
    if chart.y.is_logarithmic:
        axes.set_yscale("log")
    labelled: set[str] = set()
    for mark in chart.marks:
        at = (float(mark.x), float(mark.y))
        axes.plot(*([each] for each in at), "o", color=INK, markersize=6, fillstyle="none")
        if mark.label not in labelled:
            axes.annotate(
                mark.label, at, textcoords="offset points", xytext=(5, -11), fontsize=7, color=INK,
                parse_math=False,
            )  # fmt: skip
        labelled.add(mark.label)
    _name_ends(axes, ends)
    axes.set_title(chart.title, fontsize=10, color=INK, parse_math=False)
    axes.set_xlabel(chart.x.label, fontsize=9)
    axes.set_ylabel(chart.y.label, fontsize=9)
    axes.grid(True, color=QUIET, alpha=0.25, linewidth=0.5)
    axes.tick_params(labelsize=8)


def _known(line: Line) -> tuple[list[float], list[float]]:
    pairs = [(float(x), float(y)) for x, y in zip(line.x, line.y, strict=True) if y is not None]
    return [x for x, _ in pairs], [y for _, y in pairs]


def _name_ends(axes: Any, ends: Sequence[tuple[float, str, str]]) -> None:
    """Names of curves beside their ends, moved apart where they would overlap."""
    to_axes, right = axes.transAxes.inverted(), axes.get_xlim()[1]
    heights = [float(to_axes.transform(axes.transData.transform((right, y)))[1]) for y, *_ in ends]
    order = sorted(range(len(ends)), key=lambda number: heights[number])
    for below, above in pairwise(order):
        heights[above] = max(heights[above], heights[below] + LABEL_HEIGHT)
    if order:
        heights[order[-1]] = min(heights[order[-1]], 1.0)
    for above, below in pairwise(reversed(order)):
        heights[below] = min(heights[below], heights[above] - LABEL_HEIGHT)
    for height, (_, label, colour) in zip(heights, ends, strict=True):
        axes.annotate(
            label, (1.0, height), xycoords="axes fraction",
            xytext=(4, 0), textcoords="offset points", va="center", fontsize=7, color=colour,
            annotation_clip=False, parse_math=False,
        )  # fmt: skip
