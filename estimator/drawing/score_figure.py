"""A laid-out circuit as a figure, wrapped into systems like music."""

import itertools
from collections.abc import Callable
from typing import Any

from attrs import frozen
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, Rectangle

from estimator.drawing.score_fold import Slot, systems
from estimator.drawing.score_layout import Box, Circuit, Line
from estimator.drawing.wire_trace import CROSS, DOTS, MARKS, is_bare
from estimator.report import ink

ROOM = 12.0
MARGIN, PITCH, TALLEST, FOLD = 0.35, 0.34, 100.0, 2.2  # inches, as all lengths
SYMBOL, SMALL, WIDTH = 8.0, ink.SMALL, 5.5  # points


@frozen(kw_only=True)
class _Sheet:
    """What is needed to ink one system: where its columns and rows are."""

    axes: Any
    slots: list[Slot]
    left: float
    right: float
    rows: tuple[float, ...]
    is_last: bool

    def x(self, column: int, beyond: float) -> float:
        """Middle of a column of this system, `beyond` for any other."""
        return next(
            (self.left + s.x for s in self.slots if s.first == column and not s.note), beyond
        )

    def y(self, row: int) -> float:
        """Height of a wire."""
        return self.rows[row]


def circuit_figure(
    circuit: Circuit, is_hot: Callable[[Box], bool], title: str, caption: str
) -> Figure:
    """The circuit as a figure; gates that `is_hot` are orange."""
    widths = [0.34] * circuit.n_columns
    for box in circuit.boxes:
        texts = [(symbol, SYMBOL, "normal") for symbol, _ in box.pins]
        need = max(ink.text_width(*t) for t in [*texts, (box.title, SMALL, "bold")])
        widths[box.column] = max(widths[box.column], need + 0.3)
    left = MARGIN + 0.15 + max((_label_width(line) for line in circuit.lines), default=0)
    outputs = max((ink.text_width(line.output, SYMBOL) for line in circuit.lines), default=0)
    titled = {box.rows[0] for box in circuit.boxes if box.title}
    pitches = [PITCH + (0.18 if row in titled else 0) for row in range(circuit.n_rows)]
    heights = tuple(itertools.accumulate(pitches))
    tall = max(heights, default=0) + 0.35
    pages = systems(circuit, widths, ROOM, FOLD, most_systems=max(1, int(TALLEST / tall)))
    ends = [_end(slots, widths) for slots in pages]
    width = left + max(ends) + 0.1 + outputs
    heading = ink.Heading.of(title, caption, width - MARGIN)
    width = max(width, MARGIN + heading.width) + MARGIN
    figure, axes = ink.canvas(width, heading.height + 0.25 + tall * len(pages))
    heading.write(axes, MARGIN)
    for k, slots in enumerate(pages):
        sheet = _Sheet(
            axes=axes,
            slots=slots,
            left=left,
            right=left + ends[k],
            rows=tuple(heading.height + tall * k + height for height in heights),
            is_last=k == len(pages) - 1,
        )
        for line in circuit.lines:
            _draw_line(sheet, line)
        columns = {slot.first for slot in slots if not slot.note}
        for box in circuit.boxes:
            if box.column in columns:
                _draw_box(sheet, box, is_hot(box))
        for slot in (slot for slot in slots if slot.note):
            _draw_fold(sheet, slot, circuit.n_rows)
    return figure


def _end(slots: list[Slot], widths: list[float]) -> float:
    return slots[-1].x + (FOLD if slots[-1].note else widths[slots[-1].first]) / 2


def _label_width(line: Line) -> float:
    return ink.text_width(line.holds, SYMBOL) + (_slash_width(line) + 0.05 if line.width else 0)


def _slash_width(line: Line) -> float:
    """Room for the stroke through a bundle and the number below it."""
    return max(0.2, ink.text_width(line.width, WIDTH)) if line.width else 0.0


def _draw_line(sheet: _Sheet, line: Line) -> None:
    first, last = sheet.slots[0].first, sheet.slots[-1].last
    if line.start > last or line.end < first:
        return
    start = sheet.x(line.start, sheet.right) if line.start >= first else sheet.left
    end = sheet.x(line.end, sheet.left) if line.end <= last else sheet.right
    y = sheet.y(line.row)
    sheet.axes.plot([start, end], [y, y], color=ink.INK, lw=0.8, zorder=1)
    if line.start < first:
        x = sheet.left - 0.08 - _slash_width(line)
        ink.write(sheet.axes, x, y, line.holds, SYMBOL, ha="right", color=ink.QUIET)
    if line.width and line.start < first:
        x, room = sheet.left - 0.02, _slash_width(line)
        middle = x - room / 2
        sheet.axes.plot([x - room, x], [y, y], color=ink.INK, lw=0.8, zorder=1)
        sheet.axes.plot([middle - 0.03, middle + 0.03], [y + 0.06, y - 0.06], color=ink.INK, lw=0.8)
        ink.write(sheet.axes, middle, y - 0.11, line.width, WIDTH, ha="center")
    if sheet.is_last and line.end > last and line.output:
        ink.write(sheet.axes, sheet.right + 0.08, y, line.output, SYMBOL, color=ink.QUIET)


def _draw_fold(sheet: _Sheet, slot: Slot, n_rows: int) -> None:
    x, top = sheet.left + slot.x, sheet.y(0) - 0.15
    height = sheet.y(n_rows - 1) + 0.15 - top
    blank = Rectangle((x - FOLD / 2 + 0.1, top), FOLD - 0.2, height, fc="white", zorder=4)
    sheet.axes.add_patch(blank)
    y = top + height / 2
    ink.write(sheet.axes, x, y, slot.note, SYMBOL, ha="center", color=ink.QUIET)


def _draw_box(sheet: _Sheet, box: Box, hot: bool) -> None:
    x, rows = sheet.x(box.column, 0), box.rows
    stroke = ink.HOT if hot else ink.INK
    axes, ends = sheet.axes, [sheet.y(rows[0]), sheet.y(rows[-1])]
    if len(rows) > 1 and box.pins[0][0] != DOTS:
        axes.plot([x, x], ends, color=stroke, lw=1.6 if hot else 0.9, zorder=2)
    texts = [pin for pin in box.pins if not is_bare(pin[0])]
    held = [row for _, each in texts for row in each]
    if held:
        width = max(ink.text_width(symbol, SYMBOL) for symbol, _ in texts) + 0.14
        top, height = sheet.y(min(held)) - 0.13, sheet.y(max(held)) - sheet.y(min(held)) + 0.26
        style = "round,pad=0,rounding_size=0.04"
        edge: dict[str, Any] = {
            "ec": stroke if hot else ink.QUIET,
            "lw": 1.4 if hot else 0.8,
            "zorder": 3,
        }
        colour = ink.HOT_PANEL if hot else ink.PANEL
        where = (x - width / 2, top)
        axes.add_patch(FancyBboxPatch(where, width, height, boxstyle=style, fc=colour, **edge))
        for row in range(min(held), max(held)):
            if row not in held:  # a wire that passes under the box
                y = sheet.y(row)
                ends = [x - width / 2, x + width / 2]
                axes.plot(ends, [y, y], color=ink.LINE, lw=0.8, ls=":", zorder=4)
    for symbol, each in box.pins:
        if symbol in MARKS:
            for row in each:
                _draw_mark(axes, symbol, x, sheet.y(row), stroke)
        else:
            y = (sheet.y(each[0]) + sheet.y(each[-1])) / 2 if len(texts) == 1 else sheet.y(each[0])
            plain = {} if held else {"bbox": {"fc": "white", "lw": 0, "pad": 1}}
            ink.write(axes, x, y, symbol, SYMBOL, ha="center", **plain)
    if box.title:
        weight = {"weight": "bold" if hot else "normal", "color": stroke}
        ink.write(axes, x, sheet.y(rows[0]) - 0.22, box.title, SMALL, ha="center", **weight)


def _draw_mark(axes: Any, symbol: str, x: float, y: float, stroke: str) -> None:
    if symbol == CROSS:
        for slope in (-1, 1):
            ends = [y - 0.05 * slope, y + 0.05 * slope]
            axes.plot([x - 0.05, x + 0.05], ends, color=stroke, lw=1.2, zorder=4)
        return
    radius = 0.085 if symbol == "⊕" else 0.045
    face = stroke if symbol == "●" else "white"
    axes.add_patch(Circle((x, y), radius, fc=face, ec=stroke, lw=0.9, zorder=3))
    if symbol == "⊕":
        axes.plot([x - radius, x + radius], [y, y], color=stroke, lw=0.9, zorder=4)
        axes.plot([x, x], [y - radius, y + radius], color=stroke, lw=0.9, zorder=4)
