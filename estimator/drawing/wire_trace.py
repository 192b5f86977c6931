"""Follow every bit of a composite bloq, so that split and join vanish and only gates remain."""

from collections.abc import Iterable

import networkx as nx
from attrs import define, field, frozen
from qualtran import (
    Bloq,
    BloqInstance,
    CompositeBloq,
    DanglingT,
    LeftDangle,
    Register,
    RightDangle,
    Side,
    Soquet,
)
from qualtran.bloqs.basic_gates import TwoBitSwap
from qualtran.bloqs.bookkeeping import Allocate, Free
from qualtran.drawing import Circle, ModPlus, WireSymbol

from estimator.costs.prices import BOOKKEEPING, is_gate
from estimator.report.text import bloq_name, rounded, shorten

CROSS = "\N{MULTIPLICATION SIGN}"
MARKS = {"●", "○", "⊕", CROSS}
"""Symbols drawn on the wire itself, without a box."""

KET_ZERO = "|0⟩"
LABEL_WIDTH = 16
"""Longest text in a box. Unit: characters."""

Piece = tuple[int, int, int]
"""Bits of one origin: its number, first bit, bit after the last."""


@frozen
class Origin:
    """Bits that appear together: a register of the signature, or one made on the way.

    Args:
        size: number of bits. Unit: bits.
        label: register name for an input, otherwise empty.
        allocated: whether they start as zeros, to be drawn as a ket.
    """

    size: int
    label: str = ""
    allocated: bool = False


@frozen
class Pin:
    """Where a gate holds bits: what to write there, and which bits."""

    symbol: str
    pieces: tuple[Piece, ...]


@frozen
class Gate:
    """One operation: its pins, the bits that end in it, and a title if the pins do not say it."""

    bloq: Bloq
    pins: tuple[Pin, ...]
    ending: tuple[Piece, ...]
    title: str = ""


@define
class Trace:
    """All bits and gates of a composite bloq, in an order its builder could have used.

    Args:
        origins: where bits come from.
        gates: the operations, bookkeeping left out.
        outputs: label and bits of each output register.
    """

    origins: list[Origin] = field(factory=list)
    gates: list[Gate] = field(factory=list)
    outputs: list[tuple[str, tuple[Piece, ...]]] = field(factory=list)

    def new(self, size: int, label: str = "", allocated: bool = False) -> tuple[Piece, ...]:
        """Add an origin and return all its bits."""
        self.origins.append(Origin(size, label, allocated))
        return ((len(self.origins) - 1, 0, size),)


def trace(circuit: CompositeBloq) -> Trace:
    """Trace the bits of a circuit of concrete size through all its operations."""
    found = Trace()
    held: dict[Soquet, tuple[Piece, ...]] = {}
    for soquet in _soquets(LeftDangle, circuit.signature.lefts()):
        held[soquet] = found.new(int(soquet.reg.bitsize), soquet.pretty())
    came_from = {cxn.right: cxn.left for cxn in circuit.connections}
    graph = nx.DiGraph()
    graph.add_nodes_from(circuit.bloq_instances)
    for cxn in circuit.connections:
        ends = cxn.left.binst, cxn.right.binst
        if not any(isinstance(end, DanglingT) for end in ends):
            graph.add_edge(*ends)
    for instance in nx.lexicographical_topological_sort(graph, key=lambda each: each.i):
        regs = instance.bloq.signature
        entering = {
            soquet: held.pop(came_from[soquet]) for soquet in _soquets(instance, regs.lefts())
        }
        held |= _passed(instance, entering, found)
    for soquet in _soquets(RightDangle, circuit.signature.rights()):
        found.outputs.append((soquet.pretty(), held[came_from[soquet]]))
    return found


def _soquets(instance: BloqInstance | DanglingT, registers: Iterable[Register]) -> list[Soquet]:
    return [Soquet(instance, reg, idx=idx) for reg in registers for idx in reg.all_idxs()]


def _passed(
    instance: BloqInstance, entering: dict[Soquet, tuple[Piece, ...]], found: Trace
) -> dict[Soquet, tuple[Piece, ...]]:
    """Add the gate, if it is one, to `found`, and return the bits at its right side."""
    bloq = instance.bloq
    leaving = {
        soquet: entering.get(soquet, ()) for soquet in _soquets(instance, bloq.signature.rights())
    }
    fresh = [soquet for soquet in leaving if soquet.reg.side is Side.RIGHT]
    ended = [soquet for soquet in entering if soquet.reg.side is Side.LEFT]
    bits = [piece for soquet in ended for piece in entering[soquet]]
    width = sum(int(soquet.reg.bitsize) for soquet in fresh)
    if fresh and ended and width == sum(end - start for _, start, end in bits):
        for soquet in fresh:  # the same bits under new names
            leaving[soquet], bits = _cut(bits, int(soquet.reg.bitsize))
        shown = list(entering)
    else:
        for soquet in fresh:
            leaving[soquet] = found.new(
                int(soquet.reg.bitsize), allocated=isinstance(bloq, Allocate)
            )
        shown = [*entering, *fresh]
    if not isinstance(bloq, (*BOOKKEEPING, Allocate)) and shown:
        held = leaving | entering
        pins = tuple(Pin(_symbol(soquet), held[soquet]) for soquet in shown)
        found.gates.append(_titled(bloq, shown, pins, tuple(bits)))
    return leaving


def _cut(pieces: list[Piece], size: int) -> tuple[tuple[Piece, ...], list[Piece]]:
    """The first `size` bits, pieces that touch joined, and the rest."""
    first: list[Piece] = []
    rest = list(pieces)
    while size > 0:
        origin, start, end = rest.pop(0)
        if end - start > size:
            rest.insert(0, (origin, start + size, end))
            end = start + size
        size -= end - start
        if first and (first[-1][0], first[-1][2]) == (origin, start):
            start = first.pop()[1]
        first.append((origin, start, end))
    return tuple(first), rest


def _symbol(soquet: Soquet) -> str:
    """What the bloq asks to be drawn here, or the register's name if it asks nothing usable."""
    bloq = soquet.binst.bloq
    if isinstance(bloq, Free):
        return KET_ZERO
    if isinstance(bloq, TwoBitSwap):
        return CROSS
    try:
        asked: WireSymbol | None = bloq.wire_symbol(soquet.reg, soquet.idx)
    except Exception:  # some bloqs fail here in Qualtran itself
        asked = None
    if isinstance(asked, Circle):
        return "●" if asked.filled else "○"
    if isinstance(asked, ModPlus):
        return "⊕"
    text = getattr(asked, "text", None)
    if isinstance(text, str) and text.strip():
        return shorten(rounded(text), LABEL_WIDTH)
    return soquet.pretty()


def _titled(
    bloq: Bloq, soquets: list[Soquet], pins: tuple[Pin, ...], ending: tuple[Piece, ...]
) -> Gate:
    """The gate with its name in its only box, or above it where boxes carry register names."""
    name = bloq_name(bloq)
    boxes = [i for i, pin in enumerate(pins) if pin.symbol not in {*MARKS, KET_ZERO}]
    unsaid = [i for i in boxes if pins[i].symbol == soquets[i].pretty()]
    if len(boxes) == 1 and unsaid:
        pins = tuple(Pin(name, pin.pieces) if i in boxes else pin for i, pin in enumerate(pins))
        return Gate(bloq, pins, ending)
    stem = name.split("(")[0]
    said = any(stem.startswith(pins[i].symbol.rstrip("†…")) for i in boxes if i not in unsaid)
    speaks = said or not boxes or (is_gate(bloq) and not unsaid)
    return Gate(bloq, pins, ending, "" if speaks else name)
