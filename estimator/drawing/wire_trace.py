"""Follow every bit of a composite bloq, so that split and join vanish and only gates remain."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import networkx as nx
from attrs import define, evolve, field, frozen
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
from estimator.drawing.wire_names import WORK, Part, index_text, parts_of, register_word, work_words
from estimator.report.text import bloq_name, rounded, shorten

CROSS = "\N{MULTIPLICATION SIGN}"
MARKS = {"●", "○", "⊕", CROSS}
"""Symbols drawn on the wire itself, without a box."""

KET_ZERO = "|0⟩"
DOTS = "⋯"
"""In place of a box, for boxes that are left out."""
LABEL_WIDTH = 20
"""Longest text in a box. Unit: characters."""


def is_bare(symbol: str) -> bool:
    """Whether a symbol stands on the wire without a box around it."""
    return symbol in {*MARKS, DOTS, "⋮"} or symbol.endswith(KET_ZERO)


Piece = tuple[int, int, int]
"""Bits of one origin: its number, first bit, bit after the last."""


@frozen
class Origin:
    """Bits that appear together: a register of the signature, or one made on the way.

    Args:
        size: number of bits. Unit: bits.
        parts: what the bits hold where they begin.
        is_input: whether they are there from the beginning.
        allocated: whether they start as zeros, to be drawn as a ket.
    """

    size: int
    parts: tuple[Part, ...]
    is_input: bool = False
    allocated: bool = False


@frozen
class Pin:
    """Where a gate holds bits: what to write there, which bits, and what they hold for it."""

    symbol: str
    pieces: tuple[Piece, ...]
    word: str = WORK


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
        outputs: what the bits of each output register hold, and the bits.
    """

    origins: list[Origin] = field(factory=list)
    gates: list[Gate] = field(factory=list)
    outputs: list[tuple[tuple[Part, ...], tuple[Piece, ...]]] = field(factory=list)

    def new(
        self, parts: tuple[Part, ...], is_input: bool = False, allocated: bool = False
    ) -> tuple[Piece, ...]:
        """Add an origin and return all its bits."""
        size = sum(int(part.size) for part in parts)
        self.origins.append(Origin(size, parts, is_input, allocated))
        return ((len(self.origins) - 1, 0, size),)

    def words(self) -> dict[tuple[int, int], str]:
        """What allocated bits hold, by origin and bit: the output that they become, else what the
        bloq that allocates them says, else what the first bloq that is no gate takes them for, else
        `WORK`.
        """
        said = {
            (number, bit): origin.parts[0].name
            for number, origin in enumerate(self.origins)
            if origin.allocated and origin.parts[0].name != WORK
            for bit in range(origin.size)
        }
        for gate in self.gates:
            for pin in gate.pins:
                if pin.word != WORK and len(pin.word) > 1:
                    for bit in self._allocated(pin.pieces):
                        said.setdefault(bit, pin.word)
        for parts, pieces in self.outputs:
            if any(self._allocated(pieces)):
                names = (part.name for part in parts for _ in range(int(part.size)))
                bits = ((origin, k) for origin, first, last in pieces for k in range(first, last))
                said |= dict(zip(bits, names, strict=True))
        return said

    def _allocated(self, pieces: Iterable[Piece]) -> Iterator[tuple[int, int]]:
        """Those bits of these pieces that are allocated on the way."""
        for origin, first, last in pieces:
            if self.origins[origin].allocated:
                yield from ((origin, bit) for bit in range(first, last))


def trace(
    circuit: CompositeBloq,
    whole: Bloq | None = None,
    inner: Mapping[Bloq, CompositeBloq] | None = None,
) -> Trace:
    """Trace the bits of a circuit of concrete size through all its operations.

    Args:
        circuit: the operations.
        whole: the bloq whose circuit it is and that knows what its registers hold; the circuit
            itself if `None`.
        inner: circuits to go through in place of bloqs.
    """
    whole = circuit if whole is None else whole
    found = Trace()
    left = {
        (soquet.reg.name, soquet.idx): found.new(_parts(whole, soquet), is_input=True)
        for soquet in _soquets(LeftDangle, circuit.signature.lefts())
    }
    right = _through(whole, circuit, left, found, inner or {})
    for soquet in _soquets(RightDangle, circuit.signature.rights()):
        found.outputs.append((_parts(whole, soquet), right[soquet.reg.name, soquet.idx]))
    return found


_Held = dict[tuple[str, tuple[int, ...]], tuple[Piece, ...]]
"""The bits at the registers of a circuit, by name and index."""


def _through(
    whole: Bloq,
    circuit: CompositeBloq,
    left: _Held,
    found: Trace,
    inner: Mapping[Bloq, CompositeBloq],
) -> _Held:
    """Add the operations of a bloq's circuit to `found`, and return the bits at its right side."""
    work = work_words(whole)
    held: dict[Soquet, tuple[Piece, ...]] = {
        soquet: left[soquet.reg.name, soquet.idx]
        for soquet in _soquets(LeftDangle, circuit.signature.lefts())
    }
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
        if instance.bloq in inner:
            at = {(soquet.reg.name, soquet.idx): bits for soquet, bits in entering.items()}
            leaving = _through(instance.bloq, inner[instance.bloq], at, found, inner)
            for soquet in _soquets(instance, regs.rights()):
                held[soquet] = leaving[soquet.reg.name, soquet.idx]
        else:
            held |= _passed(instance, entering, found, work)
    return {
        (soquet.reg.name, soquet.idx): held[came_from[soquet]]
        for soquet in _soquets(RightDangle, circuit.signature.rights())
    }


def _word(bloq: Bloq, soquet: Soquet) -> str:
    """What one of the registers of that name holds, as a whole."""
    return register_word(bloq, soquet.reg, soquet.idx)


def _parts(bloq: Bloq, soquet: Soquet) -> tuple[Part, ...]:
    """What the bits of one of the registers of that name hold."""
    which = index_text(soquet.reg, soquet.idx)
    return tuple(Part(part.name + which, part.size) for part in parts_of(bloq, soquet.reg))


def _soquets(instance: BloqInstance | DanglingT, registers: Iterable[Register]) -> list[Soquet]:
    return [Soquet(instance, reg, idx=idx) for reg in registers for idx in reg.all_idxs()]


def _passed(
    instance: BloqInstance,
    entering: dict[Soquet, tuple[Piece, ...]],
    found: Trace,
    work: Iterator[str],
) -> dict[Soquet, tuple[Piece, ...]]:
    """Add the gate, if it is one, to `found`, and return the bits at its right side.

    Args:
        instance: the gate.
        entering: the bits at its left side.
        found: what was found so far.
        work: what bits hold that are allocated from now on.
    """
    bloq = instance.bloq
    is_elementary = is_gate(bloq)
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
            size, is_zero = int(soquet.reg.bitsize), isinstance(bloq, Allocate)
            if is_zero:
                word, *_ = islice(work, size)
            else:
                word = bloq_name(bloq) if is_elementary else _word(bloq, soquet)
            leaving[soquet] = found.new((Part(word, size),), allocated=is_zero)
        shown = [*entering, *fresh]
    if not isinstance(bloq, (*BOOKKEEPING, Allocate)) and shown:
        held = leaving | entering
        words = [WORK if is_elementary else _word(bloq, soquet) for soquet in shown]
        pins = tuple(
            Pin(_symbol(soquet, word), held[soquet], word)
            for soquet, word in zip(shown, words, strict=True)
        )
        found.gates.append(_titled(bloq, is_elementary, shown, pins, tuple(bits)))
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


def _symbol(soquet: Soquet, word: str) -> str:
    """What the bloq asks to be drawn here, or what the register holds if it asks nothing usable."""
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
    if isinstance(text, str) and text.strip() and text != soquet.pretty():
        return shorten(rounded(text), LABEL_WIDTH)
    return _by_register(soquet, word)


def _by_register(soquet: Soquet, word: str) -> str:
    """What the register holds, or its name on a gate."""
    return soquet.pretty() if word == WORK else shorten(word, LABEL_WIDTH)


def _titled(
    bloq: Bloq,
    is_elementary: bool,
    soquets: list[Soquet],
    pins: tuple[Pin, ...],
    ending: tuple[Piece, ...],
) -> Gate:
    """The gate with its name in its only box, or above it where boxes carry register names."""
    name = bloq_name(bloq)
    boxes = [i for i, pin in enumerate(pins) if not is_bare(pin.symbol)]
    unsaid = [i for i in boxes if pins[i].symbol == _by_register(soquets[i], pins[i].word)]
    if len(boxes) == 1 and unsaid:
        pins = tuple(evolve(pin, symbol=name) if i in boxes else pin for i, pin in enumerate(pins))
        return Gate(bloq, pins, ending)
    stem = name.split("(")[0]
    said = any(stem.startswith(pins[i].symbol.rstrip("†…")) for i in boxes if i not in unsaid)
    speaks = said or not boxes or (is_elementary and not unsaid)
    return Gate(bloq, pins, ending, "" if speaks else name)
