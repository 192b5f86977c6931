"""A laid-out circuit in plain text with box-drawing characters."""

from collections.abc import Callable

from estimator.drawing.score_fold import Slot, systems
from estimator.drawing.score_layout import Box, Circuit, Line
from estimator.drawing.wire_trace import DOTS, is_bare

ROOM = 110
"""Width of a system. Unit: characters."""


def circuit_text(circuit: Circuit, is_hot: Callable[[Box], bool]) -> str:
    """The circuit as text; gates that `is_hot` have double strokes.

    A wire is ─, a bundle of k bits says /k. Each gate is a column joined by │: ● and ○ are
    controls, ⊕ is a bit flip, ┤x├ holds a wire. A wire the column merely passes is crossed ┼.
    """
    widths = [3.0] * circuit.n_columns
    for box in circuit.boxes:
        longest = max(len(_pin_text(symbol, False)) for symbol, _ in box.pins)
        widths[box.column] = max(widths[box.column], longest + 2, len(box.title) + 2)
    margin = max((len(_label(line)) for line in circuit.lines), default=0) + 1
    pages = systems(circuit, widths, ROOM - margin, 32, most_systems=10**6)
    return "\n\n".join(
        _system(circuit, slots, widths, margin, is_hot, slots is pages[-1]) for slots in pages
    )


def _label(line: Line) -> str:
    return f"{line.holds} /{line.width}" if line.width else line.holds


def _pin_text(symbol: str, hot: bool) -> str:
    if is_bare(symbol):
        return symbol
    return f"╡{symbol}╞" if hot else f"┤{symbol}├"


def _system(
    circuit: Circuit,
    slots: list[Slot],
    widths: list[float],
    margin: int,
    is_hot: Callable[[Box], bool],
    is_last: bool,
) -> str:
    middle = {slot.first: margin + int(slot.x) for slot in slots if not slot.note}
    first, last = slots[0].first, slots[-1].last
    width = margin + 1 + int(slots[-1].x + (16 if slots[-1].note else widths[last] / 2))
    grid = [[" "] * width for _ in range(2 * circuit.n_rows)]

    def put(row: int, x: int, text: str) -> None:
        for k, character in enumerate(text, max(x, 0)):
            if k >= len(grid[row]):
                grid[row].append(" ")
            grid[row][k] = character

    fold = next((slot for slot in slots if slot.note), None)
    for line in circuit.lines:
        if line.start <= last and line.end >= first:
            start = margin if line.start < first else middle.get(line.start, width - 1)
            end = width if line.end > last else middle.get(line.end, margin)
            y = 2 * line.row + 1
            put(y, start, "─" * (end - start))
            if line.start < first:
                put(y, 0, _label(line))
            if is_last and line.end > last and line.output:
                put(y, width, f" {line.output}")
    for box in circuit.boxes:
        if box.column in middle:
            _put_box(put, grid, box, middle[box.column], is_hot(box))
    if fold:
        at = margin + int(fold.x) - 16
        for y in range(2 * circuit.n_rows):
            put(y, at, (fold.note if y == circuit.n_rows else "").center(32))
    return "\n".join("".join(row).rstrip() for row in grid)


def _put_box(
    put: Callable[[int, int, str], None], grid: list[list[str]], box: Box, x: int, hot: bool
) -> None:
    rows = box.rows
    joined = range(0) if box.pins[0][0] == DOTS else range(2 * rows[0] + 2, 2 * rows[-1] + 1)
    for y in joined:
        crossed = grid[y][x] == "─"
        put(y, x, ("╫" if hot else "┼") if crossed else ("║" if hot else "│"))
    for symbol, held in box.pins:
        for k, row in enumerate(held):
            boxed = not is_bare(symbol)
            text = _pin_text(symbol if k == 0 or not boxed else "·", hot)
            put(2 * row + 1, x - len(text) // 2, text)
    if box.title:
        put(2 * rows[0], x - len(box.title) // 2, box.title)
