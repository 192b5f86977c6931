"""Give every wire a row and every gate a column."""

from itertools import pairwise

from attrs import evolve, frozen
from qualtran import Bloq

from estimator.drawing.wire_trace import KET_ZERO, Gate, Piece, Trace

_Wire = tuple[int, int]
"""An origin and the first bit of a bundle no gate separates."""


@frozen(kw_only=True)
class Line:
    """A wire from its first to its last column; -1 is the left edge, `n_columns` the right one.

    Args:
        row: place from above.
        start: column where it begins.
        end: column where it stops.
        label: name at its left end, empty unless it is an input.
        output: name at its right end where that differs from `label`.
        bits: how many bits it bundles. Unit: bits.
    """

    row: int
    start: int
    end: int
    label: str
    output: str
    bits: int


@frozen(kw_only=True)
class Box:
    """A gate in its column.

    Args:
        column: place from the left.
        pins: (symbol, rows) for each group of bits it holds.
        title: text above it, possibly empty.
        bloq: what it does; None for a ket that marks fresh bits.
    """

    column: int
    pins: tuple[tuple[str, tuple[int, ...]], ...]
    title: str = ""
    bloq: Bloq | None = None

    @property
    def rows(self) -> list[int]:
        """All rows it touches, from above."""
        return sorted(row for _, rows in self.pins for row in rows)


@frozen(kw_only=True)
class Circuit:
    """A laid-out circuit."""

    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]
    n_rows: int
    n_columns: int


def circuit_layout(found: Trace) -> Circuit:
    """Lay out a trace: inputs from above in order, new bits next to the gate that makes them.

    A gate stands as far left as its rows allow, where the rows between its own count as taken.
    Rows of bits that ended serve again.
    """
    wires = _Wires(found)
    rows = _rows(found, wires)
    n_rows = max(rows.values(), default=-1) + 1
    taken = [-1] * n_rows  # last column in use
    start: dict[_Wire, int] = {}
    end: dict[_Wire, int] = {}
    boxes = []
    for gate in found.gates:
        held = wires.of_gate(gate)
        fresh = [wire for wire in held if wire not in start and found.origins[wire[0]].allocated]
        if all(symbol.symbol == KET_ZERO for symbol in gate.pins) and len(fresh) == len(held):
            continue  # freed without use
        span = range(min(rows[wire] for wire in held), max(rows[wire] for wire in held) + 1)
        column = 1 + max(max(taken[row] for row in span), *(taken[rows[w]] + 1 for w in fresh), -1)
        for wire in fresh:
            boxes.append(Box(column=column - 1, pins=((KET_ZERO, (rows[wire],)),)))
        for wire in held:
            start.setdefault(wire, column - (wire in fresh))
        end |= dict.fromkeys((wire for piece in gate.ending for wire in wires.of(piece)), column)
        pins = tuple(
            (pin.symbol, tuple(rows[wire] for piece in pin.pieces for wire in wires.of(piece)))
            for pin in gate.pins
        )
        boxes.append(Box(column=column, pins=pins, title=gate.title, bloq=gate.bloq))
        for row in span:
            taken[row] = column
    n_columns = max(taken, default=-1) + 1
    outputs = wires.output_labels(found)
    lines = []
    for wire, row in rows.items():
        label = wires.label(wire, found.origins[wire[0]].label)
        if wire in start or label:
            line = Line(
                row=row,
                start=-1 if label else start[wire],
                end=end.get(wire, n_columns),
                label=label,
                output=outputs.get(wire, ""),
                bits=wires.bits[wire],
            )
            lines.append(evolve(line, output="") if line.output == label else line)
    return Circuit(lines=tuple(lines), boxes=tuple(boxes), n_rows=n_rows, n_columns=n_columns)


class _Wires:
    """The bundles: bits of one origin that every gate takes or leaves together."""

    def __init__(self, found: Trace) -> None:
        cuts = [{0, origin.size} for origin in found.origins]
        for gate in found.gates:
            for pin in gate.pins:
                for origin, first, last in pin.pieces:
                    cuts[origin] |= {first, last}
        self._cuts = [sorted(each) for each in cuts]
        self._sizes = [origin.size for origin in found.origins]
        self.bits = {(i, a): b - a for i, at in enumerate(self._cuts) for a, b in pairwise(at)}

    def of(self, piece: Piece) -> list[_Wire]:
        """The bundles of a piece."""
        origin, first, last = piece
        return [(origin, at) for at in self._cuts[origin] if first <= at < last]

    def of_gate(self, gate: Gate) -> list[_Wire]:
        """The bundles a gate touches, each once."""
        return list(
            dict.fromkeys(wire for pin in gate.pins for p in pin.pieces for wire in self.of(p))
        )

    def label(self, wire: _Wire, name: str) -> str:
        """The name of an input's bundle, with bit numbers where the register is split."""
        origin, first = wire
        if not name or self.bits[wire] == self._sizes[origin]:
            return name
        last = first + self.bits[wire] - 1
        return f"{name}[{first}]" if last == first else f"{name}[{first}:{last + 1}]"

    def output_labels(self, found: Trace) -> dict[_Wire, str]:
        """The name of the output each bundle ends in, with bit numbers where it is split."""
        labels = {}
        for name, pieces in found.outputs:
            ends = [wire for piece in pieces for wire in self.of(piece)]
            at = 0
            for wire in ends:
                bits = f"[{at}]" if self.bits[wire] == 1 else f"[{at}:{at + self.bits[wire]}]"
                labels[wire] = name + (bits if len(ends) > 1 else "")
                at += self.bits[wire]
        return labels


def _rows(found: Trace, wires: _Wires) -> dict[_Wire, int]:
    """A row for each bundle that is an input or is used; near its maker, rows used again."""
    order = [wire for wire in wires.bits if found.origins[wire[0]].label]
    owners = [[wire] for wire in order]
    ended: set[_Wire] = set()
    where = dict(zip(order, owners, strict=True))
    for gate in found.gates:
        held = wires.of_gate(gate)
        old = [i for i, owner in enumerate(owners) if any(owner is where.get(w) for w in held)]
        at = max(old, default=len(owners) - 1)
        for wire in held:
            if wire in where:
                continue
            free = [i for i in (at + 1, at, at - 1, at - 2, at + 2) if 0 <= i < len(owners)]
            free = [i for i in free if owners[i][-1] in ended]
            if free:
                at = free[0]
                owners[at].append(wire)
            else:
                at += 1
                owners.insert(at, [wire])
            where[wire] = owners[at]
        ended |= {wire for piece in gate.ending for wire in wires.of(piece)}
    return {wire: row for row, owner in enumerate(owners) for wire in owner}
