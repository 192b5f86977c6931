"""Depths: the longest chain of expensive gates, or of oracle calls, that must run in sequence."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Protocol

import cirq
from attrs import frozen
from qualtran import Bloq
from qualtran.bloqs.basic_gates import (
    CNOT,
    CZ,
    CYGate,
    Power,
    Toffoli,
    TwoBitCSwap,
    TwoBitSwap,
)
from qualtran.bloqs.mcmt import And
from qualtran.cirq_interop import CirqGateAsBloq
from qualtran.resource_counting import (
    CostKey,
    GateCounts,
    QECGatesCost,
    get_bloq_callee_counts,
)
from qualtran.resource_counting.classify_bloqs import bloq_is_t_like
from qualtran.symbolics import SymbolicInt

from estimator.costs.known import known_cost
from estimator.costs.messages import Messages, message_of
from estimator.costs.oracle_calls import oracle_name
from estimator.costs.schedule import Schedule, schedule_of, unwrapped
from estimator.costs.simplify import largest

DepthOf = Callable[[Bloq], SymbolicInt]

T_DEPTH_PER_AND = 2
"""Layers of T gates in one AND, Toffoli or CSWAP. Unit: layers.

Counted in the four-T circuit of `qualtran.bloqs.mcmt.And`: one T on the target, later two inverse
T and one T side by side. A Toffoli is that AND into a work qubit, a CNOT and a measured
uncomputation; a CSWAP is a Toffoli between two CNOTs.
"""


class AbstractDepth(CostKey[SymbolicInt]):
    """Longest path through a bloq's circuit, sub-bloqs as blocks, weighted by their own depth.

    A block starts when its last input is ready and gives all its outputs when it ends, so this is
    an upper bound on the depth of the flattened circuit, and never above the serial sum. Without
    a circuit (symbolic sizes) it is the serial sum over the call graph; a bloq that knows better
    answers in `my_static_costs`. Between sub-bloqs each allocation is a fresh qubit; that no stated
    depth is below the flattened circuit's, which uses qubits again, is swept over all examples.
    """

    @abstractmethod
    def layers(self, bloq: Bloq) -> int | None:
        """The depth of a gate this key knows, or None for a bloq to look into."""

    def compute(self, bloq: Bloq, get_callee_cost: DepthOf) -> SymbolicInt:
        known = self.layers(bloq)
        if known is not None:
            return known
        inner = unwrapped(bloq)
        if inner is not bloq and inner.my_static_costs(self) is not NotImplemented:
            return get_callee_cost(inner)
        if isinstance(bloq, Power):
            return bloq.power * get_callee_cost(bloq.bloq)
        schedule = schedule_of(bloq)
        if schedule is not None:
            return longest_chain(schedule, get_callee_cost)
        gates = bloq.my_static_costs(QECGatesCost())
        if gates is not NotImplemented and (stated := self.in_sequence(gates)) is not None:
            return stated
        callees = get_bloq_callee_counts(bloq)
        if not callees and inner is not bloq:
            return get_callee_cost(inner)
        return sum(times * get_callee_cost(callee) for callee, times in callees)

    def in_sequence(self, gates: GateCounts) -> SymbolicInt | None:
        """The depth of a bloq that states its gates and has no circuit; `None` if they say nothing.

        All that is known is that it cannot be deeper than its gates one after another.
        """
        return None

    def zero(self) -> SymbolicInt:
        return 0


@frozen
class ToffoliDepth(AbstractDepth):
    """Longest chain of ANDs, Toffolis and CSWAPs, one layer each. Unit: layers.

    Uncomputing an AND is a measurement and free. T gates and rotations are free here.
    """

    def layers(self, bloq: Bloq) -> int | None:
        return _toffoli_layers(bloq)

    def in_sequence(self, gates: GateCounts) -> SymbolicInt:
        return gates.and_bloq + gates.toffoli + gates.cswap

    def __str__(self) -> str:
        return "Toffoli depth"


@frozen
class TDepth(AbstractDepth):
    """Longest chain of T gates, `T_DEPTH_PER_AND` for each AND, Toffoli and CSWAP. Unit: layers.

    Uncomputing an AND is a measurement and free. Rotations count nothing until they are
    synthesised, which needs an error budget. A gate that states T gates and has no circuit counts
    them in sequence.
    """

    def layers(self, bloq: Bloq) -> int | None:
        if bloq_is_t_like(bloq):
            return 1
        toffolis = _toffoli_layers(bloq)
        return None if toffolis is None else T_DEPTH_PER_AND * toffolis

    def in_sequence(self, gates: GateCounts) -> SymbolicInt:
        return gates.t + T_DEPTH_PER_AND * (gates.and_bloq + gates.toffoli + gates.cswap)

    def __str__(self) -> str:
        return "T depth"


class PairGate(Protocol):
    """A bloq with a circuit that counts as one gate where gates on several qubits are counted."""

    acts_as_one_gate: bool


def acts_as_one_gate(kind: type[Bloq]) -> bool:
    """Whether every bloq of a class is a `PairGate`."""
    return bool(getattr(kind, "acts_as_one_gate", False))


@frozen
class CnotDepth(AbstractDepth):
    """Longest chain of CNOTs, everything else free. Unit: layers."""

    def layers(self, bloq: Bloq) -> int | None:
        if isinstance(bloq, CNOT):
            return 1
        return 0 if isinstance(bloq, (*_PAIRS, And, Toffoli, TwoBitCSwap)) else None

    def in_sequence(self, gates: GateCounts) -> SymbolicInt:
        return 0

    def __str__(self) -> str:
        return "CNOT depth"


@frozen
class TwoQubitDepth(AbstractDepth):
    """Longest chain of gates on two qubits or more, everything else free. Unit: layers.

    A controlled rotation and a rotation of a pair are one gate each, whatever they are made of,
    and so are Toffoli-like gates; uncomputing an AND is a measurement and free.
    """

    def layers(self, bloq: Bloq) -> int | None:
        if isinstance(bloq, _PAIRS) or acts_as_one_gate(type(bloq)):
            return 1
        return _toffoli_layers(bloq)

    def in_sequence(self, gates: GateCounts) -> SymbolicInt:
        return gates.and_bloq + gates.toffoli + gates.cswap

    def __str__(self) -> str:
        return "two-qubit depth"


_PAIRS = (CNOT, CZ, CYGate, TwoBitSwap)


@frozen
class QueryDepth(AbstractDepth):
    """Longest chain of calls of one oracle, whatever else runs in between. Unit: calls.

    Args:
        oracle: the name the oracle's bloqs carry.
    """

    oracle: str

    def layers(self, bloq: Bloq) -> int | None:
        name = oracle_name(bloq)
        return None if name is None else int(name == self.oracle)

    def __str__(self) -> str:
        return f"query depth of {self.oracle}"


@frozen
class Rounds(AbstractDepth):
    """Longest chain of messages that wait for each other, whoever sends them. Unit: messages.

    They are messages with qubits; news of bits alone, for which no qubit waits, are no round.
    Copies of a protocol that run side by side take the rounds of one. Without a circuit they are
    added up, so a bloq that runs copies in parallel states its rounds in `my_static_costs`.
    """

    def compute(self, bloq: Bloq, get_callee_cost: DepthOf) -> SymbolicInt:
        return super().compute(bloq, get_callee_cost) if known_cost(bloq, Messages()) else 0

    def layers(self, bloq: Bloq) -> int | None:
        sent = message_of(bloq)
        return None if sent is None else int(not sent.is_news)

    def __str__(self) -> str:
        return "rounds"


def longest_chain(schedule: Schedule, depth_of: DepthOf) -> SymbolicInt:
    """The depth of one circuit, given the depth of each of its sub-bloqs. Unit: layers."""
    ready: dict[int, SymbolicInt] = dict.fromkeys(schedule.takes, 0)
    ends: set[SymbolicInt] = {0}
    for step in schedule.steps:
        end = largest({0, *(ready[wire] for wire in step.takes)}) + depth_of(step.bloq)
        ready.update(dict.fromkeys(step.gives, end))
        ends.add(end)
    return largest(ends)


def _toffoli_layers(bloq: Bloq) -> int | None:
    if isinstance(bloq, And):
        return 0 if bloq.uncompute else 1
    if isinstance(bloq, Toffoli | TwoBitCSwap):
        return 1
    if isinstance(bloq, CirqGateAsBloq) and bloq.gate in (cirq.CCZ, cirq.CCX, cirq.CSWAP):
        return 1
    return None
