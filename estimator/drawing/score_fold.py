"""Make a long circuit fit: the middle folded away, the rest wrapped into systems like music."""

from attrs import evolve, frozen

from estimator.drawing.score_layout import Box, Circuit, Line

MOST_COLUMNS = 200
"""A circuit with more columns shows the first and last ones only."""

MOST_ROWS = 60
"""A circuit with more wires shows the first and last ones only."""


@frozen(kw_only=True)
class Slot:
    """A stretch of a system: one column, or the columns folded away.

    Args:
        first: its first column.
        last: its last column, equal to `first` unless it is a fold.
        x: middle, from the left end of the system.
        note: text in place of folded columns, empty otherwise.
    """

    first: int
    last: int
    x: float
    note: str = ""


def fold_rows(circuit: Circuit) -> Circuit:
    """The circuit with at most `MOST_ROWS` rows; one stands for all wires in the middle."""
    hidden = circuit.n_rows - MOST_ROWS + 1
    if hidden <= 1:
        return circuit
    fold = MOST_ROWS // 2

    def row(old: int) -> int:
        return old if old < fold else max(old - hidden + 1, fold)

    def inner(old: int) -> bool:
        return fold <= old < fold + hidden

    lines = [evolve(line, row=row(line.row)) for line in circuit.lines if not inner(line.row)]
    end = circuit.n_columns
    note = f"… {hidden} more wires"
    lines.append(Line(row=fold, start=-1, end=end, label=note, output="", bits=1, holds=note))
    boxes: list[Box] = []
    for box in circuit.boxes:
        outside = [
            (symbol, tuple(row(old) for old in rows if not inner(old))) for symbol, rows in box.pins
        ]
        pins = [pin for pin in outside if pin[1]]
        if pins and any(inner(old) for old in box.rows):
            pins.append(("⋮", (fold,)))
        if pins:
            boxes.append(evolve(box, pins=tuple(pins)))
    return evolve(circuit, lines=tuple(lines), boxes=tuple(boxes), n_rows=MOST_ROWS)


def systems(
    circuit: Circuit, widths: list[float], room: float, fold_width: float, most_systems: int
) -> list[list[Slot]]:
    """Break the columns into systems no wider than `room`, at most `most_systems` of them.

    Args:
        circuit: the circuit to break.
        widths: width of each column; one wider than `room` gets a system of its own.
        room: width of a system.
        fold_width: width of the note that stands for folded columns.
        most_systems: how many systems there may be before more columns are folded.
    """
    shown = min(circuit.n_columns, MOST_COLUMNS)
    while True:
        wrapped = _wrapped(_slots(circuit, shown), widths, room, fold_width)
        if len(wrapped) <= most_systems or shown <= 2:
            return wrapped
        shown = max(2, shown * 9 // 10)


def _slots(circuit: Circuit, shown: int) -> list[Slot]:
    n, front = circuit.n_columns, (shown + 1) // 2
    if shown >= n:
        return [Slot(first=k, last=k, x=0) for k in range(n)]
    back = n - (shown - front)
    hidden = sum(box.bloq is not None and front <= box.column < back for box in circuit.boxes)
    fold = Slot(first=front, last=back - 1, x=0, note=f"… {hidden} more operations …")
    ends = [Slot(first=k, last=k, x=0) for k in (*range(front), *range(back, n))]
    return [*ends[:front], fold, *ends[front:]]


def _wrapped(
    slots: list[Slot], widths: list[float], room: float, fold_width: float
) -> list[list[Slot]]:
    wrapped: list[list[Slot]] = [[]]
    at = 0.0
    for slot in slots:
        width = fold_width if slot.note else widths[slot.first]
        if wrapped[-1] and at + width > room:
            wrapped.append([])
            at = 0.0
        wrapped[-1].append(evolve(slot, x=at + width / 2))
        at += width
    return wrapped
