"""Give every wire a row and every gate a column."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

import sympy
from attrs import evolve, frozen
from qualtran import Bloq
from qualtran.symbolics import SymbolicInt

from estimator.drawing.wire_names import WORK, Part
from estimator.drawing.wire_trace import KET_ZERO, Gate, Piece, Trace
from estimator.report.formula import expression_text

WIDTH_WIDTH = 20
"""Longest symbolic number of bits beside a wire. Unit: characters."""

_Wire = tuple[int, int]
"""An origin and the first bit of a bundle no gate separates."""


@frozen(kw_only=True)
class Line:
    """A wire from its first to its last column; -1 is the left edge, `n_columns` the right one.

    Args:
        row: place from above.
        start: column where it begins.
        end: column where it stops.
        label: name of an input, as it is called at its left end; empty for others.
        output: name at its right end where that differs from `label`.
        bits: how many bits it bundles. Unit: bits.
        holds: what they hold, to be said at the left edge of every system.
    """

    row: int
    start: int
    end: int
    label: str
    output: str
    bits: SymbolicInt
    holds: str = ""

    @property
    def width(self) -> str:
        """How many bits it bundles, as text; empty for one."""
        if self.bits == 1:
            return ""
        if sympy.sympify(self.bits).is_Integer:
            return str(self.bits)
        return expression_text(self.bits, WIDTH_WIDTH)


@frozen(kw_only=True)
class Box:
    """A gate in its column.

    Args:
        column: place from the left.
        pins: (symbol, rows) for each group of bits it holds.
        title: text above it, possibly empty.
        bloq: what it does; None for a ket that marks fresh bits, and for dots.
        name: as what its cost is counted, the bloq's name if empty.
    """

    column: int
    pins: tuple[tuple[str, tuple[int, ...]], ...]
    title: str = ""
    bloq: Bloq | None = None
    name: str = ""

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
    words = found.words()
    n_rows = max(rows.values(), default=-1) + 1
    taken = [-1] * n_rows  # last column in use
    start: dict[_Wire, int] = {}
    end: dict[_Wire, int] = {}
    boxes = []
    for gate in found.gates:
        held = wires.of_gate(gate)
        fresh = [wire for wire in held if wire not in start and found.origins[wire[0]].allocated]
        if all(pin.symbol == KET_ZERO for pin in gate.pins) and len(fresh) == len(held):
            continue  # freed without use
        span = range(min(rows[wire] for wire in held), max(rows[wire] for wire in held) + 1)
        column = 1 + max(max(taken[row] for row in span), *(taken[rows[w]] + 1 for w in fresh), -1)
        for wire in fresh:
            word = words.get(wire, WORK)
            boxes.append(Box(column=column - 1, pins=((f"{word} {KET_ZERO}", (rows[wire],)),)))
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
        origin = found.origins[wire[0]]
        label = wires.label(wire) if origin.is_input else ""
        if wire in start or label:
            line = Line(
                row=row,
                start=-1 if label else start[wire],
                end=end.get(wire, n_columns),
                label=label,
                output=outputs.get(wire, ""),
                bits=wires.bits[wire],
                holds=label or (words.get(wire, WORK) if origin.allocated else wires.label(wire)),
            )
            lines.append(evolve(line, output="") if line.output == label else line)
    return Circuit(lines=tuple(lines), boxes=tuple(boxes), n_rows=n_rows, n_columns=n_columns)


class _Wires:
    """The bundles: bits of one origin that every gate takes or leaves together."""

    def __init__(self, found: Trace) -> None:
        cuts = [{0, origin.size} | _ends(origin.parts) for origin in found.origins]
        for gate in found.gates:
            for pin in gate.pins:
                for origin, first, last in pin.pieces:
                    cuts[origin] |= {first, last}
        self._cuts = [sorted(each) for each in cuts]
        self._parts = [origin.parts for origin in found.origins]
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

    def label(self, wire: _Wire) -> str:
        """What a bundle holds where it begins, with bit numbers where that is split."""
        origin, first = wire
        return _label(self._parts[origin], first, self.bits[wire])

    def output_labels(self, found: Trace) -> dict[_Wire, str]:
        """What each bundle holds where it ends, with bit numbers where that is split."""
        labels = {}
        for parts, pieces in found.outputs:
            at = 0
            for wire in (wire for piece in pieces for wire in self.of(piece)):
                labels[wire] = _label(parts, at, self.bits[wire])
                at += self.bits[wire]
        return labels


def _ends(parts: Sequence[Part]) -> set[int]:
    """The bits at which parts end. Unit: bits."""
    return set(accumulate(int(part.size) for part in parts))


def _label(parts: Sequence[Part], first: int, size: int) -> str:
    """The names of all parts that some bits are of, with bit numbers where these are not all."""
    said, begin = [], 0
    for part in parts:
        end = begin + int(part.size)
        low, high = max(first, begin), min(first + size, end)
        if low < high:
            low, high, whole = low - begin, high - begin, int(part.size)
            bits = f"[{low}]" if high == low + 1 else f"[{low}:{high}]"
            said.append(part.name + (bits if high - low < whole else ""))
        begin = end
    return ", ".join(said)


def _rows(found: Trace, wires: _Wires) -> dict[_Wire, int]:
    """A row for each bundle that is an input or is used; near its maker, rows used again."""
    order = [wire for wire in wires.bits if found.origins[wire[0]].is_input]
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
