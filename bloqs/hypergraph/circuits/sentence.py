"""A sentence: one cell after another on the same latent state."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import cirq
from attrs import field, frozen
from qualtran import Bloq, QAny, Register, Signature, bloq_example
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.hypergraph import symbols
from bloqs.hypergraph.circuits.cell import HRNNCell
from bloqs.hypergraph.circuits.read import AbstractRead, numbered
from bloqs.same_calls import SAME_CALLS
from estimator.costs.keys import PeakQubits
from estimator.costs.known import known_cost
from estimator.costs.simplify import largest
from estimator.drawing.outline import Outline, in_row

MOST_DRAWN = 12
"""Cells of a sentence that a drawing shows."""

TAKEN = "\N{MULTIPLICATION SIGN} how often each is taken in all"
READ = "a cell that reads leaves one bit of the record"
IN_ORDER = f"cells from the left, {TAKEN}; {READ}"
KINDS = f"kinds of cells in any order, {TAKEN}; {READ}"
"""How to read an outline of cells, and one of kinds whose numbers alone matter."""


@frozen(cache_hash=True)
class HRNNSentence(AbstractRead):
    """Cells in order; the ancilla of a read is used again by the next.

    Args:
        n: modes of the latent state. Unit: modes.
        cells: in order, or, if `times` says how often each is taken, its kinds in any order.
        m: bits of a mode. Unit: qubits.
        times: of each cell; one of each if empty, else only their numbers matter.

    Registers:
        latent: QAny(n m), qubit 0 first.

    Cost: the sum of its cells; as wide as the widest.

    Raises:
        ValueError: if a cell is on another latent state, or the numbers are not one a cell.

    Source: [AG26] for the recurrence of cells; the tokens are ours.
    """

    n: SymbolicInt
    cells: tuple[HRNNCell, ...]
    m: SymbolicInt = 1
    times: tuple[SymbolicInt, ...] = field(default=(), kw_only=True)

    def __attrs_post_init__(self) -> None:
        for cell in self.cells:
            if (cell.n, cell.m) != (self.n, self.m):
                raise ValueError(f"a sentence of n={self.n}, m={self.m} has a cell {cell}")
        if self.times and len(self.times) != len(self.cells):
            raise ValueError(f"{len(self.cells)} cells need as many numbers, got {self.times}")

    @property
    def counts(self) -> dict[HRNNCell, SymbolicInt]:
        """How often each cell is taken."""
        if self.times:
            return dict(zip(self.cells, self.times, strict=True))
        return dict(Counter(self.cells))

    @property
    def reads(self) -> SymbolicInt:
        return sum((cell.reads * times for cell, times in self.counts.items()), 0)

    @property
    def signature(self) -> Signature:
        return Signature([Register("latent", QAny(self.n * self.m))])

    @property
    def is_complete(self) -> bool:
        sized = not self.times and not is_symbolic(self.n, self.m)
        return sized and all(cell.is_complete for cell in self.cells)

    def operations(self, manager: cirq.QubitManager, **quregs: Any) -> Iterator[cirq.OP_TREE]:
        place = 0
        for cell in self.cells:
            yield from numbered(cell.operations(manager, **quregs), place)
            place += int(cell.reads)

    @property
    def outline(self) -> Outline:
        """Its cells in order; each kind once if only their numbers matter. The middle is left out
        of long ones.
        """
        known = self.counts
        cells: list[HRNNCell | None] = [*(known if self.times else self.cells)]
        if len(cells) > MOST_DRAWN:
            half = MOST_DRAWN // 2
            cells = [*cells[:half], None, *cells[-half:]]
        drawn = Counter(cell for cell in cells if cell is not None)
        times = {cell: number for cell, number in known.items() if number != drawn[cell]}
        wires = (("latent", self.n * self.m),)
        steps = [None if cell is None else (cell, ("latent",)) for cell in cells]
        return in_row(wires, steps, times, KINDS if self.times else IN_ORDER)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        calls: dict[Bloq, SymbolicInt] = {**self.counts}
        return calls

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            widths = {known_cost(cell, PeakQubits()) for cell in self.cells}
            return largest({self.n * self.m, *widths})
        return NotImplemented

    def __str__(self) -> str:
        tokens = sum(self.counts.values(), 0)
        return f"HRNNSentence({tokens} tokens, n={self.n}, m={self.m})"


@bloq_example(generalizer=SAME_CALLS)
def _hrnn_sentence() -> HRNNSentence:
    tokens = (
        *(("W", (0, 1, 2), ""), ("W", (1, 2, 3), ""), ("CX", (0, 3), ""), ("MP", (3,), "Z")),
        *(("I", (), ""), ("MK", (0, 1, 2), ""), ("MP", (1, 2), "XZ")),
    )
    return HRNNSentence(4, tuple(HRNNCell(4, *token) for token in tokens))


@bloq_example(generalizer=SAME_CALLS)
def _hrnn_sentence_field() -> HRNNSentence:
    cells = (HRNNCell(3, "W", (0, 1, 2), weight=3, m=2), HRNNCell(3, "MP", (4,), "X", m=2))
    return HRNNSentence(3, cells, 2)


@bloq_example(generalizer=SAME_CALLS)
def _hrnn_sentence_symbolic() -> HRNNSentence:
    kinds = tuple(HRNNCell(symbols.n, kind, None, k=symbols.k) for kind in ("W", "MK"))
    return HRNNSentence(symbols.n, kinds, times=(symbols.writes, symbols.reads))
