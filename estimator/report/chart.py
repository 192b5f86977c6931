"""Charts of a report as a picture: a panel each, curves named where they end."""

import math
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from estimator.report import ink
from estimator.report.chart_labels import mark_crossings, name_end, spread_names
from estimator.report.drawing import Drawing
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
"""Most characters in a line under two panels; under one half of it."""

FOOT_LINE = 0.15
"""Height of such a line. Unit: inches."""

TITLE, TITLE_WIDTH = 10.0, 6.0
"""Size of a panel's title, and its longest line. Unit: points, inches."""


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


def drawing(report: AnyReport) -> Drawing:
    """The charts of a report, for a notebook to show.

    Raises:
        ValueError: if there is none.
    """
    check_picture(report)
    svg = figure_bytes(figure(report), "svg").decode()
    return Drawing(f"charts of {report.title}", svg)


def inline_svg(report: AnyReport) -> str:
    """The picture as an element of an HTML page."""
    text = figure_bytes(figure(report), "svg").decode()
    return text[text.index("<svg") :]


def figure(report: AnyReport) -> Figure:
    """Panels two in a row, and below them what the report assumes."""
    panels = charts(report)
    columns = min(2, len(panels))
    rows = -(-len(panels) // columns)
    width = FOOT_WIDTH * columns // 2
    foot = [line for text in _foot(report) for line in textwrap.wrap(text, width)]
    height = 0.7 + 4.4 * rows + FOOT_LINE * len(foot)
    made = Figure(figsize=(7.6 * columns, height), facecolor="white", layout="constrained")
    grid = made.subplots(rows, columns, squeeze=False)
    looks = _looks(panels)
    drawn = []
    for place, axes in enumerate(grid.flat):
        if place < len(panels):
            drawn.append((axes, panels[place], _panel(axes, panels[place], looks)))
        else:
            axes.set_axis_off()
    made.suptitle(report.title, fontsize=11, color=INK)
    if foot:
        made.supxlabel(
            "\n".join(foot), x=0.01, ha="left", fontsize=7, color=INK, linespacing=1.3,
            parse_math=False,
        )  # fmt: skip
    made.draw_without_rendering()  # finds out how large the panels are
    made.set_layout_engine("none")
    for axes, chart, names in drawn:
        spread_names(axes, names)
        mark_crossings(axes, chart.marks, names)
    return made


def _foot(report: AnyReport) -> list[str]:
    """Settings, what marks are, and the lines that say what is assumed."""
    style = report.settings_style
    numbers = ", ".join(f"{name} = {style.text(x)}" for name, x in report.settings.items())
    lines = [f"fixed: {numbers}"] if numbers else []
    lines += dict.fromkeys(chart.note for chart in charts(report) if chart.marks and chart.note)
    for part in report.parts:
        if isinstance(part, Notes) and part.key in ("assumptions", "undecided", "ways"):
            lines += [line if isinstance(line, str) else line.text for line in part.lines]
    return lines


def _looks(panels: Sequence[Chart]) -> dict[str, dict[str, Any]]:
    """Colour and dashes of each curve, by its label: the same in every panel, different in one."""
    looks: dict[str, dict[str, Any]] = {}
    for label, number in _numbers(panels, is_classical=True).items():
        dash = DASHES[number % len(DASHES)]
        looks[label] = {"color": INK, "linestyle": dash, "linewidth": 2.0}
    for label, number in _numbers(panels, is_classical=False).items():
        looks[label] = {
            "color": COLOURS[number % len(COLOURS)],
            "linestyle": DASHES[number // len(COLOURS) % len(DASHES)],
            "linewidth": 1.3,
            "marker": "o",
            "markersize": 3,
        }
    return looks


def _numbers(panels: Sequence[Chart], is_classical: bool) -> dict[str, int]:
    """A number for each curve: while there are colours one of its own, then the least that no
    other one has with which it shares a panel.
    """
    rooms = [
        [line.label for line in chart.lines if line.is_classical is is_classical]
        for chart in panels
    ]
    found: dict[str, int] = {}
    for label in dict.fromkeys(label for room in rooms for label in room):
        beside = {found.get(other) for room in rooms if label in room for other in room}
        free = [number for number in range(len(COLOURS)) if number not in found.values()]
        rest = (number for number in range(len(beside) + 1) if number not in beside)
        found[label] = free[0] if free else next(rest)
    return found


def _panel(axes: Any, chart: Chart, looks: Mapping[str, Mapping[str, Any]]) -> list[Any]:
    """Draw the curves, and return their names, each at the end of its curve."""
    ends = []
    for line in chart.lines:
        xs, ys = _known(line)
        if xs:
            axes.plot(xs, ys, gid=line.label, **looks[line.label])
            ends.append((xs[-1], ys[-1], line.label))
    if chart.x.is_logarithmic:
        axes.set_xscale("log", base=2)
    elif all(isinstance(x, int) for line in chart.lines for x in line.x):
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    if chart.y.is_logarithmic:
        axes.set_yscale("log")
    title = "\n".join(ink.wrapped(chart.title, TITLE, TITLE_WIDTH))
    axes.set_title(title, fontsize=TITLE, color=INK, parse_math=False)
    axes.set_xlabel(chart.x.label, fontsize=9)
    axes.set_ylabel(chart.y.label, fontsize=9)
    axes.grid(True, color=QUIET, alpha=0.25, linewidth=0.5)
    axes.tick_params(labelsize=8)
    axes.autoscale_view()  # names are put by limits, which are found late otherwise
    return [name_end(axes, x, y, label, looks[label]["color"]) for x, y, label in ends]


def _known(line: Line) -> tuple[list[float], list[float]]:
    given = zip(line.x, line.y, strict=True)
    pairs = [(float(x), float(y)) for x, y in given if y is not None and math.isfinite(y)]
    return [x for x, _ in pairs], [y for _, y in pairs]
