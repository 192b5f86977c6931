"""Ink shared by the drawings: colours, text sizes, and figures turned into bytes, no display."""

import functools
import io
import warnings
from pathlib import Path
from typing import Any

import matplotlib
from attrs import frozen
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font

from estimator.report.write_file import write_file

FORMATS = ("svg", "png", "pdf", "txt")
"""What a drawing can be written as."""

INK = "#222222"
QUIET = "#6b7280"
LINE = "#9aa3af"
PANEL = "#f3f6fa"
COOL = "#0072b2"
"""Ordinary items; with `HOT` a pair of Okabe and Ito's that colour-blind readers tell apart."""
HOT = "#d55e00"
"""The expensive ones."""
HOT_PANEL = "#fdeee2"

_STYLE = {"svg.fonttype": "none", "svg.hashsalt": "drawing"}  # text stays text, ids stay fixed


def check_format(who: str, fmt: str) -> None:
    """Refuse a format no drawing can be written in.

    Raises:
        ValueError: if `fmt` is not in `FORMATS`.
    """
    if fmt not in FORMATS:
        raise ValueError(f"{who} writes {', '.join(FORMATS)}, got fmt={fmt!r}; choose one of them.")


def write_text(path: str | Path, text: str) -> None:
    """Write a text drawing, with one newline at its end."""
    write_file(path, (text.rstrip() + "\n").encode())


def write_figure(path: str | Path, figure: Figure, fmt: str) -> None:
    """Write a figure, the same bytes each time it is drawn."""
    write_file(path, figure_bytes(figure, fmt))


def figure_bytes(figure: Figure, fmt: str) -> bytes:
    """A figure as svg, png or pdf."""
    buffer = io.BytesIO()
    dpi = 150 if figure.get_size_inches().max() < 60 else 100
    metadata = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(fmt, {})
    with matplotlib.rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # a box is drawn instead
        figure.savefig(buffer, format=fmt, dpi=dpi, metadata=metadata)
    return buffer.getvalue()


def canvas(width: float, height: float) -> tuple[Figure, Any]:
    """A white figure and axes of that size whose unit is one inch, y growing downwards."""
    figure = Figure(figsize=(width, height), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    return figure, axes


def write(axes: Any, x: float, y: float, text: str, size: float, **style: Any) -> None:
    """Put text on the axes, taking every character literally."""
    style = {"color": INK, "va": "center_baseline", "zorder": 5} | style
    axes.text(x, y, text, fontsize=size, parse_math=False, **style)


TITLE, TITLE_LINE = 13.0, 0.26
"""Size of a title, and distance of its lines. Unit: points, inches."""
SMALL, SMALL_LINE = 7.5, 0.17
"""Size of what is said beside a drawing, and distance of its lines. Unit: points, inches."""
READABLE = 8.5
"""Width that lines of text may have above a narrower drawing. Unit: inches."""


@frozen
class Heading:
    """Lines above a drawing, none wider than the drawing or `READABLE`.

    Args:
        title: its lines.
        facts: lines of smaller text below.
    """

    title: tuple[str, ...]
    facts: tuple[str, ...]

    @classmethod
    def of(cls, title: str, facts: str, width: float) -> "Heading":
        """Texts broken for a drawing of that width. Unit: inches."""
        room = max(width, READABLE)
        return cls(wrapped(title, TITLE, room, "bold"), wrapped(facts, SMALL, room))

    @property
    def width(self) -> float:
        """Of the longest line. Unit: inches."""
        titles = [text_width(line, TITLE, "bold") for line in self.title]
        return max([*titles, *(text_width(line, SMALL) for line in self.facts)], default=0.0)

    @property
    def height(self) -> float:
        """Where the drawing may begin. Unit: inches."""
        return 0.4 + TITLE_LINE * len(self.title) + SMALL_LINE * len(self.facts)

    def write(self, axes: Any, left: float) -> None:
        """Put it on the axes."""
        for k, line in enumerate(self.title):
            write(axes, left, 0.4 + TITLE_LINE * k, line, TITLE, weight="bold")
        top = 0.4 + TITLE_LINE * len(self.title)
        for k, line in enumerate(self.facts):
            write(axes, left, top + SMALL_LINE * k, line, SMALL, color=QUIET)


def wrapped(text: str, size: float, width: float, weight: str = "normal") -> tuple[str, ...]:
    """Text broken at blanks into lines of at most that width; a longer word has its own line."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


MAGNIFIED = 16
"""Text is measured so much larger, where rounding to whole pixels does not matter."""


@functools.lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Width of a line of text, a little generous. Unit: inches."""
    if not text.strip():
        return 0.0
    font = _font(weight)
    font.set_size(size * MAGNIFIED, 72)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        font.set_text(text)
    return float(font.get_width_height()[0]) / (64 * 72 * MAGNIFIED) * 1.06 + 0.02


@functools.cache
def _font(weight: str) -> Any:
    """The font that text is drawn with, here only measured."""
    return get_font(findfont(FontProperties(weight=weight)))
