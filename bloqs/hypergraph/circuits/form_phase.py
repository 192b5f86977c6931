"""The phase of a whole form: many edges, of any order, on the same few modes."""

from collections import Counter

from attrs import field, frozen
from qualtran import Bloq, DecomposeTypeError, QAny, Register, Signature, bloq_example
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.hypergraph import symbols
from bloqs.hypergraph.circuits.field_hyperedge_phase import FieldHyperedgePhase
from bloqs.hypergraph.circuits.hyperedge_phase import HyperedgePhase
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wires
from estimator.costs.keys import PeakQubits
from estimator.costs.known import known_cost
from estimator.costs.simplify import largest

Edges = tuple[tuple[tuple[int, ...], int], ...]
"""Modes of each edge, and its weight."""
Kinds = tuple[tuple[SymbolicInt, SymbolicInt, SymbolicInt], ...]
"""Order and weight of edges, and how many there are."""


@frozen(cache_hash=True)
class FormPhase(AbstractComposite):
    r"""Multiplies $|x\rangle$ by $(-1)^{f(x)}$, f a sum of products of different modes.

    Args:
        n: modes. Unit: modes.
        m: bits of a mode; 1 for plain qubits. Unit: qubits.
        edges: of the form, each set of modes once; `None` if only their kinds matter.
        kinds: orders and weights of the edges, and how many of each there are.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse, which acts alike.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        modes: QAny(n m), one mode after another, the highest power of each first.

    Cost: that of its edges, `HyperedgePhase` on qubits, `FieldHyperedgePhase` over a field.

    Raises:
        ValueError: if an edge has a mode that is none of n, one twice, no mode, or comes twice.

    Source: elementary.
    """

    n: SymbolicInt
    m: SymbolicInt
    edges: Edges | None
    kinds: Kinds = field(kw_only=True)

    @kinds.default
    def _kinds(self) -> Kinds:
        counts = Counter((len(modes), weight) for modes, weight in self.edges or ())
        return tuple((order, weight, times) for (order, weight), times in sorted(counts.items()))

    def __attrs_post_init__(self) -> None:
        seen = set()
        for modes, _ in self.edges or ():
            if not modes or len(set(modes)) < len(modes) or not set(modes) <= set(range(self.n)):
                raise ValueError(f"a form has edges of modes below {self.n}, got {modes}")
            if frozenset(modes) in seen:
                raise ValueError(f"a form has each edge once, got {modes} twice; add up weights")
            seen.add(frozenset(modes))
        for order, weight, _ in self.kinds:
            self.part(order, weight)

    def part(self, order: SymbolicInt, weight: SymbolicInt) -> Bloq:
        """The bloq of an edge, without control."""
        if not is_symbolic(self.m) and self.m == 1:
            return HyperedgePhase(order)
        return FieldHyperedgePhase(order, self.m, weight)

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("modes", QAny(self.n * self.m))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        if is_symbolic(self.n, self.m):
            return {"modes": (("modes", self.n * self.m),)}
        return {"modes": tuple((f"mode {v}", self.m) for v in range(self.n))}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {}
        for order, weight, times in self.kinds:
            part = with_control(self.part(order, weight), self.is_controlled)
            calls[part] = calls.get(part, 0) + times
        return calls

    def refuse_symbols(self) -> None:
        super().refuse_symbols()
        if self.edges is None:
            raise DecomposeTypeError(f"{self} has no edges, so it has no circuit")

    def write(self, wires: Wires) -> None:
        m = int(self.m)
        register = "edge" if m == 1 else "modes"
        for modes, weight in self.edges or ():
            part = with_control(self.part(len(modes), weight), self.is_controlled)
            bits = [("modes", m * mode + bit) for mode in modes for bit in range(m)]
            ctrl = {"ctrl": self.control} if self.is_controlled else {}
            wires.on(part, **ctrl, **{register: bits})

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            own = self.n * self.m + int(self.is_controlled)
            parts = {
                own + known_cost(part, PeakQubits()) - part.signature.n_qubits()
                for part in self.calls
            }
            return largest({own, *parts})
        return serial_cost(self, cost_key)

    def __str__(self) -> str:
        edges = sum((times for _, _, times in self.kinds), 0)
        dagger = "†" if self.is_adjoint else ""
        return f"FormPhase{dagger}({edges} edges, n={self.n}, m={self.m})"


@bloq_example(generalizer=SAME_CALLS)
def _form_phase() -> FormPhase:
    return FormPhase(4, 1, (((0, 1, 2), 1), ((1, 3), 1), ((2,), 1)))


@bloq_example(generalizer=SAME_CALLS)
def _form_phase_field() -> FormPhase:
    return FormPhase(3, 2, (((0, 1, 2), 3), ((0, 2), 2), ((1,), 1)))


@bloq_example(generalizer=SAME_CALLS)
def _form_phase_controlled() -> FormPhase:
    return FormPhase(3, 1, (((0, 1, 2), 1), ((1,), 1)), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _form_phase_symbolic() -> FormPhase:
    kinds = ((symbols.k, symbols.weight, symbols.writes),)
    return FormPhase(symbols.n, symbols.m, None, kinds=kinds)
