"""Queries that read all modes: of a pair of basis states, which one has the other sign."""

import abc
from collections import Counter
from collections.abc import Iterator
from typing import Any

import cirq
from attrs import field, frozen
from qualtran import Bloq, QAny, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Toffoli, XGate
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.hypergraph import symbols
from bloqs.hypergraph.circuits.pauli_read import PauliRead
from bloqs.hypergraph.circuits.read import AbstractRead, numbered
from bloqs.same_calls import SAME_CALLS
from estimator.costs.keys import PeakQubits

Steps = tuple[tuple[int, ...], ...]
"""Reversible gates: (t,) flips t, (c, t) and (c, d, t) flip it where the others are one."""

FLIPS = {1: (XGate, cirq.X), 2: (CNOT, cirq.CNOT), 3: (Toffoli, cirq.TOFFOLI)}
"""By number of qubits: the gate here and in Cirq."""


@frozen(cache_hash=True)
class AbstractQuery(AbstractRead):
    """A permutation, then Z of all modes but one in order, then X of that one.

    Subclasses are final. They define `path` and `flips`.
    """

    n: SymbolicInt

    @property
    def reads(self) -> SymbolicInt:
        return self.n

    @property
    def signature(self) -> Signature:
        return Signature([Register("latent", QAny(self.n))])

    @property
    @abc.abstractmethod
    def path(self) -> tuple[Steps, int]:
        """The permutation, and the mode of the X. Only of concrete size."""

    @property
    @abc.abstractmethod
    def flips(self) -> dict[int, SymbolicInt]:
        """Gates of the permutation, by their number of qubits."""

    def operations(self, manager: cirq.QubitManager, **quregs: Any) -> Iterator[cirq.OP_TREE]:
        latent = quregs["latent"]
        steps, pivot = self.path
        for step in steps:
            yield FLIPS[len(step)][1](*(latent[mode] for mode in step))
        rest = [mode for mode in range(int(self.n)) if mode != pivot]
        letters = [("Z", mode) for mode in rest] + [("X", pivot)]
        for place, (letter, mode) in enumerate(letters):
            read = PauliRead(letter).operations(manager, qubits=[latent[mode]])
            yield from numbered(read, place)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        calls: dict[Bloq, SymbolicInt] = {
            FLIPS[width][0](): number for width, number in self.flips.items()
        }
        calls |= {PauliRead("Z"): self.n - 1, PauliRead("X"): 1}
        return {bloq: times for bloq, times in calls.items() if is_symbolic(times) or times}

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return self.n + 1
        return NotImplemented


def check_steps(who: str, n: SymbolicInt, steps: Steps) -> None:
    """Refuse gates on other modes than there are, on one twice, or on more than three.

    Raises:
        ValueError: if one is.
    """
    for step in steps:
        wrong = len(step) not in FLIPS or len(set(step)) < len(step)
        if wrong or not all(0 <= mode < n for mode in step):
            raise ValueError(f"{who} acts on one to three of {n} modes, each once, got {step}")


@frozen(cache_hash=True)
class MatchingQuery(AbstractQuery):
    r"""Reads a perfect matching of all basis states: a permutation, then Z and one X.

    The permutation takes the two states of a pair to two that differ in one mode alone. What is
    read of the other modes says which pair; X says whether the signs of its states are equal.
    It is no cell of constant size: it reads all modes.

    Args:
        n: modes, at least 1. Unit: qubits.
        steps: X, CNOT and Toffoli gates of the permutation, the target last; `None` if only the
            number of Toffolis matters.
        pivot: the mode of the X.
        toffolis: Toffoli gates among the steps. Unit: gates.

    Registers:
        latent: QAny(n), mode 0 first.

    Cost: the Toffolis of the permutation, n measurements, 1 ancilla.

    Raises:
        ValueError: if a mode is none of n, a gate is none of the three, or the number is wrong.

    Source: ours.
    """

    steps: Steps | None = None
    pivot: int = 0
    toffolis: SymbolicInt = field(kw_only=True)

    @toffolis.default
    def _toffolis(self) -> SymbolicInt:
        return sum(len(step) == 3 for step in self.steps or ())

    def __attrs_post_init__(self) -> None:
        if is_symbolic(self.n) or self.steps is None:
            return
        check_steps("MatchingQuery", self.n, (*self.steps, (self.pivot,)))
        if self.toffolis != sum(len(step) == 3 for step in self.steps):
            raise ValueError(f"MatchingQuery has other steps than toffolis={self.toffolis}")

    @property
    def is_complete(self) -> bool:
        return self.steps is not None and not is_symbolic(self.n)

    @property
    def path(self) -> tuple[Steps, int]:
        return self.steps or (), self.pivot

    @property
    def flips(self) -> dict[int, SymbolicInt]:
        widths = Counter(len(step) for step in self.steps or ())
        return {1: widths[1], 2: widths[2], 3: self.toffolis}

    def __str__(self) -> str:
        return f"MatchingQuery({self.n} modes, {self.toffolis} Toffoli)"


@frozen(cache_hash=True)
class ShiftQuery(AbstractQuery):
    r"""Reads the matching of x with x + A, for one set A of modes that is not empty.

    CNOTs from the first mode of A to its others; the record is z, then b, of which
    $b = f(x) + f(x + A)$ for x = z with zero at the first mode.

    Args:
        n: modes. Unit: qubits.
        shift: modes of A in rising order; `None` if only their number matters.
        size: number of modes of A. Unit: modes.

    Registers:
        latent: QAny(n), mode 0 first.

    Cost: n measurements, size - 1 CNOTs, 1 ancilla; no gate other than Clifford gates.

    Raises:
        ValueError: if A is empty, not in rising order, or has a mode that is none of n.

    Source: ours.
    """

    shift: tuple[int, ...] | None = None
    size: SymbolicInt = field(kw_only=True)

    @size.default
    def _size(self) -> SymbolicInt:
        return len(self.shift or ())

    def __attrs_post_init__(self) -> None:
        if is_symbolic(self.n) or self.shift is None:
            return
        rising = sorted(set(self.shift) & set(range(int(self.n))))
        if not rising or list(self.shift) != rising or self.size != len(rising):
            raise ValueError(
                f"ShiftQuery needs modes below {self.n} in rising order, got {self.shift}"
            )

    @property
    def is_complete(self) -> bool:
        return self.shift is not None and not is_symbolic(self.n)

    @property
    def path(self) -> tuple[Steps, int]:
        first, *others = self.shift or ()
        return tuple((first, mode) for mode in others), first

    @property
    def flips(self) -> dict[int, SymbolicInt]:
        return {2: self.size - 1}

    def __str__(self) -> str:
        return f"ShiftQuery({self.n} modes, {self.size} shifted)"


@bloq_example(generalizer=SAME_CALLS)
def _matching_query() -> MatchingQuery:
    return MatchingQuery(3, ((0, 1, 2), (2, 0), (1,)), 1)


@bloq_example(generalizer=SAME_CALLS)
def _matching_query_symbolic() -> MatchingQuery:
    return MatchingQuery(symbols.n, toffolis=symbols.toffolis)


@bloq_example(generalizer=SAME_CALLS)
def _shift_query() -> ShiftQuery:
    return ShiftQuery(4, (1, 2, 3))


@bloq_example(generalizer=SAME_CALLS)
def _shift_query_symbolic() -> ShiftQuery:
    return ShiftQuery(symbols.n, size=symbols.shifted)
