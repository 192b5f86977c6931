"""A circuit from a file as a Qualtran bloq."""

from collections import Counter
from functools import cached_property, lru_cache
from typing import Any

import attrs
import numpy as np
from attrs import field, frozen
from qualtran import Bloq, BloqBuilder, QAny, QBit, Register, Side, Signature, Soquet, SoquetT
from qualtran.resource_counting import (
    BloqCountDictT,
    CostKey,
    GateCounts,
    QECGatesCost,
    QubitCount,
    SympySymbolAllocator,
)
from qualtran.symbolics import SymbolicInt

from estimator.costs.depth import AbstractDepth
from estimator.costs.gate_counts import GATES, callees_of, cnots_listed, gate_counts
from estimator.costs.keys import CnotCount, Messages, OracleCalls, Owners, PeakQubits
from estimator.costs.known import known_cost
from estimator.costs.messages import HasParties
from estimator.costs.script import Step, Wire
from estimator.exchange.file_gates import ConditionedGate

LONGEST = 60
"""Of a name. Unit: characters."""


@frozen(cache_hash=True)
class FileCircuit(Bloq):
    """A circuit, or a gate of its own that it defines, as a list of steps on named qubits.

    Args:
        name: of the file, or of the gate with its angles.
        registers: names and sizes of its registers. Unit: qubits.
        written_steps: gates in order, on wires `(register, k)`; see `estimator.costs.script`.

    Cost: what the steps cost, one after another on the qubits that are there.
    """

    name: str
    registers: tuple[tuple[str, int], ...]
    written_steps: tuple[Step, ...] = field(repr=False)

    @cached_property
    def signature(self) -> Signature:
        return Signature(
            [Register(name, QBit() if n == 1 else QAny(n)) for name, n in self.registers]
        )

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        calls: Counter[Bloq] = Counter(step.bloq for step in self.written_steps)
        return dict(calls)

    def build_composite_bloq(self, bb: BloqBuilder, **soqs: SoquetT) -> dict[str, SoquetT]:
        at: dict[Wire, Soquet] = {}
        for name, n in self.registers:
            bits: Any = [soqs[name]] if n == 1 else bb.split(soqs[name])
            at.update({(name, k): bit for k, bit in enumerate(bits)})
        for step in self.written_steps:
            places = dict(step.places)
            given: dict[str, SoquetT] = {
                reg.name: _taken(at, places[reg.name], reg) for reg in step.bloq.signature.lefts()
            }
            done = bb.add_d(step.bloq, **given)
            for reg in step.bloq.signature.rights():
                at.update(zip(places[reg.name], np.ravel(done[reg.name]), strict=True))
        out: dict[str, SoquetT] = {}
        for name, n in self.registers:
            bits = np.array([at[name, k] for k in range(n)])
            out[name] = bits[0] if n == 1 else bb.join(bits, dtype=QAny(n))
        return out

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, CnotCount):
            return cnots_listed(self)
        if isinstance(cost_key, QECGatesCost):
            return self._gates()
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return self._width()
        if isinstance(cost_key, AbstractDepth):
            return self._depth(cost_key)
        if isinstance(cost_key, (HasParties, Messages, OracleCalls, Owners)):  # a file has none
            return cost_key.zero()
        return NotImplemented

    def _gates(self) -> GateCounts:
        """The gates of the steps, of which single ones are known."""
        found = GateCounts()
        for bloq, times in callees_of(self):
            counts = gate_counts(bloq)
            found += times * (known_cost(bloq, GATES) if counts is None else counts)
        return found

    def _width(self) -> SymbolicInt:
        """Qubits of the registers, and those that are made while a step runs or between steps."""
        live = most = sum(n for _, n in self.registers)
        for step in self.written_steps:
            beside = live - _bits(step.bloq, Side.LEFT)
            live = beside + _bits(step.bloq, Side.RIGHT)
            if isinstance(step.bloq, FileCircuit):
                most = max(most, beside + known_cost(step.bloq, PeakQubits()))
            most = max(most, live)
        return most

    def _depth(self, cost_key: AbstractDepth) -> SymbolicInt:
        """The longest chain of steps, each as deep as it is alone; equal gates are equally deep."""
        known: dict[Any, SymbolicInt] = {}
        ready: dict[Wire, SymbolicInt] = {}
        for step in self.written_steps:
            bloq = step.bloq.gate if isinstance(step.bloq, ConditionedGate) else step.bloq
            kind = bloq if isinstance(bloq, FileCircuit) else (type(bloq), bloq.signature)
            if kind not in known:
                known[kind] = known_cost(bloq, cost_key)
            wires = [wire for _, place in step.places for wire in place]
            end = max((ready.get(wire, 0) for wire in wires), default=0)
            ready.update(dict.fromkeys(wires, end + known[kind]))
        return max(ready.values(), default=0)

    def __str__(self) -> str:
        return self.name if len(self.name) <= LONGEST else f"{self.name[: LONGEST - 1]}…"


def _taken(at: dict[Wire, Soquet], wires: tuple[Wire, ...], register: Register) -> SoquetT:
    bits = [at.pop(wire) for wire in wires]
    return np.array(bits).reshape(register.shape) if register.shape else bits[0]


@lru_cache(maxsize=1024)
def _bits_of(signature: Signature, side: Side) -> int:
    return sum(int(reg.total_bits()) for reg in signature if reg.side & side)


def _bits(bloq: Bloq, side: Side) -> int:
    return _bits_of(bloq.signature, side)


def flat(bloq: FileCircuit) -> FileCircuit:
    """The same without gates of its own: their steps in their places."""
    steps: list[Step] = []
    for number, step in enumerate(bloq.written_steps):
        if not isinstance(step.bloq, FileCircuit):
            steps.append(step)
            continue
        inside: dict[Wire, Wire] = {
            (name, 0): wire
            for (name, _), (_, (wire,)) in zip(step.bloq.registers, step.places, strict=True)
        }
        for each in flat(step.bloq).written_steps:
            places = tuple(
                (name, tuple(inside.get(wire, ("inside", number, wire)) for wire in place))
                for name, place in each.places
            )
            steps.append(Step(each.bloq, places))
    return attrs.evolve(bloq, written_steps=tuple(steps))


def steps_in(bloq: FileCircuit) -> int:
    """How many steps `flat` leaves."""
    known: dict[int, int] = {}

    def size(circuit: FileCircuit) -> int:
        if id(circuit) not in known:
            inner = (step.bloq for step in circuit.written_steps)
            known[id(circuit)] = sum(size(x) if isinstance(x, FileCircuit) else 1 for x in inner)
        return known[id(circuit)]

    return size(bloq)
