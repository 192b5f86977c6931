"""Logical cost of a bloq, by two routes that share no formula."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import cirq
import sympy
from attrs import field, frozen
from qualtran import Bloq
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import GateCounts
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from estimator.costs.circuit import Circuit, circuit_of
from estimator.costs.gate_counts import GATES, cnots_stated
from estimator.costs.gate_sets import COUNTS_AS_ROTATION, is_countable
from estimator.costs.holders import audit
from estimator.costs.keys import Messages, OracleCalls, PartyQubits, PeakQubits, Rounds
from estimator.costs.known import known_cost
from estimator.costs.messages import NO_MESSAGES, MessageCounts, Sent, has_parties
from estimator.costs.script import Placed
from estimator.costs.simplify import multiplied_out

T_PER_TOFFOLI = 4
"""T gates per AND, Toffoli or CSWAP; measured uncomputation is free. [Gid18] abstract."""


@frozen(kw_only=True)
class Cost:
    """Logical cost of running a bloq once.

    Rotations stay a separate count until a budget says what they cost: a default hidden in a
    default argument is how wrong totals are made.

    Args:
        t: T gates and their inverses. Unit: gates.
        toffoli: ANDs and Toffolis; an AND is taken away by measurement. Unit: gates.
        cswap: controlled swaps of two qubits. Unit: gates.
        rotations: arbitrary-angle one-qubit rotations, not yet synthesised. Unit: gates.
        measurements: mid-circuit measurements. Unit: measurements.
        qubits: peak width including work qubits. Unit: logical qubits.
        queries: calls of each named oracle, by name; an oracle's gates are in no other column.
        messages: what parties send each other.
        rounds: longest chain of messages that wait for each other. Unit: messages.
        parties: the most qubits that each party holds at once, by its name; none if there is but
            one. Unit: logical qubits.
        cnots: CNOTs beside those in Toffoli-like gates; `None` where a bloq does not state them,
            since most call graphs leave Clifford gates out. Unit: gates.
        cliffords: Clifford gates, if they were counted in a circuit. Qualtran's annotations get
            them wrong, so the annotation route leaves them out. Unit: gates.
    """

    t: SymbolicInt = 0
    toffoli: SymbolicInt = 0
    cswap: SymbolicInt = 0
    rotations: SymbolicInt = 0
    measurements: SymbolicInt = 0
    qubits: SymbolicInt = 0
    queries: Mapping[str, SymbolicInt] = field(factory=dict, hash=False)
    messages: MessageCounts = NO_MESSAGES
    rounds: SymbolicInt = 0
    parties: Mapping[str, SymbolicInt] = field(factory=dict, eq=False)
    cnots: SymbolicInt | None = field(default=None, eq=False)
    cliffords: int | None = field(default=None, eq=False)

    @property
    def toffolis(self) -> SymbolicInt:
        """Toffoli-like gates of every kind: AND, Toffoli and CSWAP. Unit: gates."""
        return self.toffoli + self.cswap

    def t_count(self, t_per_rotation: SymbolicFloat) -> SymbolicFloat:
        """T gates of everything, `T_PER_TOFFOLI` for a Toffoli-like gate. Unit: gates.

        Args:
            t_per_rotation: see `estimator.costs.budget`; there is no default.
        """
        return self.t + T_PER_TOFFOLI * self.toffolis + t_per_rotation * self.rotations

    def subs(self, values: Mapping[sympy.Symbol, int]) -> "Cost":
        """The same cost with numbers put in for symbols."""
        at = {
            f.name: sympy.sympify(getattr(self, f.name)).subs(values)
            for f in attrs.fields(Cost)
            if f.name not in ("queries", "messages", "parties", "cnots", "cliffords")
        }
        cnots = None if self.cnots is None else sympy.sympify(self.cnots).subs(values)
        calls, parties = (
            {name: sympy.sympify(n).subs(values) for name, n in each.items()}
            for each in (self.queries, self.parties)
        )
        sent = self.messages.subs(values)
        return attrs.evolve(self, **at, queries=calls, messages=sent, parties=parties, cnots=cnots)


def cost_by_annotation(bloq: Bloq) -> Cost:
    """Cost claimed by `build_call_graph` and `my_static_costs`; works for symbolic sizes.

    Raises:
        ValueError: if it is a protocol in which something acts across parties.
    """
    audit(bloq)
    messages: MessageCounts = known_cost(bloq, Messages()) if has_parties(bloq) else NO_MESSAGES
    gates: GateCounts = known_cost(bloq, GATES)
    cnots = cnots_stated(bloq)
    return Cost(
        t=multiplied_out(gates.t),
        toffoli=multiplied_out(gates.and_bloq + gates.toffoli),
        cswap=multiplied_out(gates.cswap),
        rotations=multiplied_out(gates.rotation),
        measurements=multiplied_out(gates.measurement),
        qubits=multiplied_out(known_cost(bloq, PeakQubits())),
        queries=known_cost(bloq, OracleCalls()).asdict(),
        messages=messages,
        rounds=multiplied_out(known_cost(bloq, Rounds())) if messages else 0,
        parties=known_cost(bloq, PartyQubits()) if messages else {},
        cnots=None if cnots is None else multiplied_out(cnots),
    )


def cost_by_counting(bloq: Bloq) -> Cost:
    """Cost counted gate by gate in the flattened circuit; concrete sizes only.

    Raises:
        qualtran.DecomposeTypeError: if the bloq, or anything inside it, has no circuit: a
            symbolic size, or an oracle that is only ever counted.
        ValueError: if it is a protocol in which something acts across parties.
    """
    cost = cost_of_circuit(circuit_of(bloq, keep=is_countable))
    audit(bloq, is_fine=bool(cost.messages))
    return cost


def cost_of_circuit(circuit: Circuit) -> Cost:
    """The gates of a circuit of countable operations."""
    kinds = Counter(_kind(each) for each in circuit.placed)
    return Cost(
        t=kinds["t"],
        toffoli=kinds["toffoli"],
        cswap=kinds["cswap"],
        rotations=kinds["rotation"],
        measurements=kinds["measurement"],
        qubits=circuit.peak,
        messages=message_counts(circuit),
        rounds=message_rounds(circuit),
        cnots=sum(each.gate == cirq.CNOT for each in circuit.placed),
        cliffords=kinds["clifford"],
    )


def _kind(placed: Placed) -> str:
    """The column of `Cost` that an operation of the countable gate set belongs to."""
    gate = placed.gate
    if COUNTS_AS_ROTATION in placed.tags:
        return "rotation"
    if isinstance(gate, And):
        return "measurement" if gate.uncompute else "toffoli"
    if gate == cirq.CCNOT:
        return "toffoli"
    if gate == cirq.CSWAP:
        return "cswap"
    if isinstance(gate, cirq.MeasurementGate):
        return "measurement"
    if isinstance(gate, (cirq.ResetChannel, cirq.IdentityGate, cirq.GlobalPhaseGate)):
        return "free"
    if isinstance(gate, (cirq.XPowGate, cirq.YPowGate, cirq.ZPowGate)):
        eighths = 4 * gate.exponent
        if is_symbolic(eighths):
            return "rotation"
        if abs(eighths - round(eighths)) > 1e-9:
            return "rotation"
        return "t" if round(eighths) % 2 else "clifford"
    if gate in (cirq.H, cirq.CNOT, cirq.CZ, cirq.SWAP):
        return "clifford"
    raise ValueError(f"{gate} is not in the countable gate set")


def message_counts(circuit: Circuit) -> MessageCounts:
    """The messages of a circuit, by the tags of its identities."""
    return sum((sent.counts for each in circuit.placed if (sent := _sent(each.tags))), NO_MESSAGES)


def message_rounds(circuit: Circuit) -> int:
    """The longest chain of messages of a circuit, by the tags of its identities. Unit: messages."""
    ready: dict[cirq.Qid, int] = {}
    most = 0
    for _, qubits, tags, *_ in circuit.placed:
        sent = _sent(tags)
        own = int(sent is not None and not sent.is_news)
        end = max((ready.get(qubit, 0) for qubit in qubits), default=0) + own
        ready.update(dict.fromkeys(qubits, end))
        most = max(most, end)
    return most


def _sent(tags: Iterable[Any]) -> Sent | None:
    return next((tag for tag in tags if isinstance(tag, Sent)), None)
