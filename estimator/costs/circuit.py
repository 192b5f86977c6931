"""The circuit of a bloq, down to a chosen gate set, as Cirq operations.

Handing a bloq's circuit straight to Cirq does not run its gates: the shim around each sub-bloq
answers with the tensors the sub-bloq declares, so its circuit is never used. Here every sub-bloq
is taken apart, depth first, before the next one is touched. Work qubits are therefore allocated
and returned in the order of execution, and a qubit in use is never handed out twice.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeAlias

import cirq
import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray
from qualtran import (
    Bloq,
    CompositeBloq,
    DecomposeTypeError,
    LeftDangle,
    Register,
    RightDangle,
    Side,
)
from qualtran import DecomposeNotImplementedError as NoDecomposition
from qualtran._infra.gate_with_registers import GateWithRegisters, split_qubits
from qualtran.bloqs.basic_gates import (
    CZPowGate,
    Discard,
    DiscardQ,
    MeasureX,
    MeasureZ,
    MinusEffect,
    OneEffect,
    PlusEffect,
    TwoBitCSwap,
    ZeroEffect,
)
from qualtran.bloqs.bookkeeping._bookkeeping_bloq import _BookkeepingBloq
from qualtran.cirq_interop import BloqAsCirqGate, cirq_gate_to_bloq, get_named_qubits

from estimator.costs.gate_sets import is_elementary
from estimator.costs.known import one_question, remembered
from estimator.costs.live_qubits import LiveQubits
from estimator.costs.script import Placed, Wire, is_written, knows_its_gate, lines_of

Qubits: TypeAlias = NDArray[Any]
Quregs: TypeAlias = dict[str, Qubits]
Place: TypeAlias = tuple[str, tuple[int, ...], int]
Keep: TypeAlias = Callable[[cirq.Operation], bool]
Blocks: TypeAlias = Mapping[type[Bloq], Callable[[Any], cirq.Gate]]

ENDS: Mapping[type[Bloq], tuple[cirq.Gate, ...]] = {
    ZeroEffect: (),
    OneEffect: (cirq.X,),
    PlusEffect: (cirq.H,),
    MinusEffect: (cirq.H, cirq.X),
    DiscardQ: (cirq.R,),
}
"""Bloqs at which a qubit ends, and what makes it zero, so that it can be used again."""


@frozen
class Circuit:
    """A flattened bloq.

    Args:
        placed: gates in order of execution.
        inputs: qubits of the left registers, in signature order, big-endian.
        outputs: qubits of the right registers, likewise; a register may come out on other qubits
            than it went in on, because relabelling wires is free.
        work: qubits that are neither; each is zero at start and end.
        peak: largest number of qubits in use at one time, work qubits included.
    """

    placed: tuple[Placed, ...]
    inputs: tuple[cirq.Qid, ...]
    outputs: tuple[cirq.Qid, ...]
    work: tuple[cirq.Qid, ...]
    peak: int

    @cached_property
    def operations(self) -> tuple[cirq.Operation, ...]:
        """The gates as Cirq's operations."""
        return tuple(each.operation for each in self.placed)


@one_question()
def circuit_of(
    bloq: Bloq, keep: Keep = is_elementary, blocks: Blocks = MappingProxyType({})
) -> Circuit:
    """The circuit of `bloq` in the gate set that `keep` accepts.

    Args:
        bloq: of concrete size.
        keep: whether an operation is left as it is.
        blocks: classes of sub-bloqs that are left whole, and the Cirq gate each becomes; the gate
            acts on the first of the bloq's qubits, all of which pass through.

    Raises:
        qualtran.DecomposeTypeError: if something in `bloq` has symbolic size, or is neither kept
            nor decomposable.
    """
    if any(reg.is_symbolic() for reg in bloq.signature):
        raise DecomposeTypeError(f"{bloq} has a symbolic size, so it has no circuit")
    named = get_named_qubits(bloq.signature.lefts())
    inputs = tuple(qubit for qureg in named.values() for qubit in qureg.flat)
    manager = LiveQubits(in_use=sum(reg.total_qubits() for reg in bloq.signature.lefts()))
    flattener = _Flattener(keep, manager, blocks)
    out = flattener.bloq(bloq, dict(named))
    placed = tuple(flattener.placed)
    outputs = tuple(qubit for reg in bloq.signature.rights() for qubit in out[reg.name].flat)
    used = {qubit for each in placed for qubit in each.qubits}
    work = tuple(sorted(used - set(inputs) - set(outputs)))
    return Circuit(placed, inputs, outputs, work, manager.peak)


@frozen
class _Step:
    """One sub-bloq of a circuit that is a data-flow graph; wires have numbers.

    Args:
        bloq: the sub-bloq.
        shapes: of its left registers, bits last.
        takes: register, index and wire of everything that goes in.
        gives: register, index and wire of everything that comes out.
    """

    bloq: Bloq
    shapes: tuple[tuple[str, tuple[int, ...]], ...]
    takes: tuple[Place, ...]
    gives: tuple[Place, ...]


@frozen
class _Plan:
    """A data-flow graph, in the order in which it was written.

    Args:
        takes: register, index and wire of the inputs.
        steps: the sub-bloqs.
        shapes: of the right registers, bits last.
        gives: register, index and wire of the outputs.
    """

    takes: tuple[Place, ...]
    steps: tuple[_Step, ...]
    shapes: tuple[tuple[str, tuple[int, ...]], ...]
    gives: tuple[Place, ...]

    @classmethod
    def of(cls, circuit: CompositeBloq) -> "_Plan":
        number = {wire.left: i for i, wire in enumerate(circuit.connections)}
        into, out_of = defaultdict(list), defaultdict(list)
        for wire in circuit.connections:
            wire_number = number[wire.left]
            into[wire.right.binst].append((wire.right.reg.name, wire.right.idx, wire_number))
            out_of[wire.left.binst].append((wire.left.reg.name, wire.left.idx, wire_number))
        steps = [
            _Step(
                instance.bloq,
                _shapes(instance.bloq.signature.lefts()),
                tuple(into[instance]),
                tuple(out_of[instance]),
            )
            for instance in sorted(circuit.bloq_instances, key=lambda instance: instance.i)
        ]
        return cls(
            tuple(out_of[LeftDangle]),
            tuple(steps),
            _shapes(circuit.signature.rights()),
            tuple(into[RightDangle]),
        )


@remembered
def _plan(bloq: Bloq) -> _Plan | None:
    """Of the circuit of `bloq`; `None` if it has none, though its size is known."""
    try:
        return _Plan.of(bloq.decompose_bloq())
    except (NoDecomposition, DecomposeTypeError):
        if any(reg.is_symbolic() for reg in bloq.signature):
            raise
        return None


def _shapes(registers: Iterable[Register]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    return tuple((reg.name, (*reg.shape, reg.bitsize)) for reg in registers)


@define
class _Flattener:
    keep: Keep
    manager: LiveQubits
    blocks: Blocks
    placed: list[Placed] = field(factory=list)

    def bloq(self, bloq: Bloq, inputs: Quregs) -> Quregs:
        """Runs `bloq` on its left registers; returns its right registers."""
        if isinstance(bloq, CompositeBloq):
            return self.composite(_Plan.of(bloq), inputs)
        if type(bloq) in self.blocks:
            self.block(bloq, [q for reg in bloq.signature for q in inputs[reg.name].flat])
            return inputs
        if is_written(bloq):
            return self.written(bloq, inputs)
        if isinstance(bloq, TwoBitCSwap):  # the one gate of Qualtran without a Cirq counterpart
            self.operation(cirq.CSWAP(*(inputs[x][0] for x in ("ctrl", "x", "y"))))
            return inputs
        if type(bloq) in ENDS or isinstance(bloq, (MeasureZ, MeasureX, Discard)):
            return self.end(bloq, inputs)
        if isinstance(bloq, _BookkeepingBloq) or knows_its_gate(bloq):
            op, outputs = bloq.as_cirq_op(self.manager, **inputs)
            if op is not None:
                self.operation(op)
            return {name: np.asarray(qubits) for name, qubits in outputs.items()}
        if _is_cirq_style(bloq):
            return self.on_own_qubits(bloq, inputs)
        if (plan := _plan(bloq)) is not None:
            return self.composite(plan, inputs)
        op, outputs = bloq.as_cirq_op(self.manager, **inputs)
        if op is None or isinstance(_innermost(op.gate), (Bloq, BloqAsCirqGate)):
            raise DecomposeTypeError(f"{bloq} has no circuit and is not a gate")
        self.operation(op)
        return {name: np.asarray(qubits) for name, qubits in outputs.items()}

    def block(self, bloq: Bloq, qubits: Sequence[cirq.Qid]) -> None:
        """A bloq that is left whole."""
        gate = self.blocks[type(bloq)](bloq)
        self.placed.append(Placed(gate, tuple(qubits[: cirq.num_qubits(gate)])))

    def written(self, bloq: Bloq, inputs: Quregs) -> Quregs:
        """A bloq whose circuit is a list of steps on named wires."""
        at: dict[Wire, Any] = {}
        for name, qubits in inputs.items():
            at.update({(name, k): qubit for k, qubit in enumerate(qubits)})
        for part, operation, wires, takes, gives in lines_of(bloq):
            if operation is not None:
                touched = tuple([at[wire] for wire in wires])
                if type(part) in self.blocks:
                    self.block(part, touched)
                elif self.keep(operation):
                    self.placed.append(Placed(operation.gate, touched, operation.tags))
                else:
                    self.operation(operation.with_qubits(*touched))
                continue
            given = {
                name: np.array([at.pop(wire) for wire in bits], dtype=object).reshape(shape)
                for name, shape, bits in takes
            }
            done = self.bloq(part, given)
            for name, bits in gives:
                at.update(zip(bits, done[name].flat, strict=True))
        return {
            reg.name: np.array([at[reg.name, k] for k in range(reg.bitsize)], dtype=object)
            for reg in bloq.signature.rights()
        }

    def end(self, bloq: Bloq, inputs: Quregs) -> Quregs:
        """A bloq at which a qubit ends, or becomes a bit, or a bit ends."""
        if isinstance(bloq, Discard):
            return {}
        (qubit,) = (each for qureg in inputs.values() for each in qureg.flat)
        if type(bloq) in ENDS:
            for gate in ENDS[type(bloq)]:
                self.operation(gate(qubit))
            self.manager.qfree([qubit])
            return {}
        if isinstance(bloq, MeasureX):
            self.operation(cirq.H(qubit))
        self.operation(cirq.measure(qubit, key=f"bit {len(self.placed)}"))
        self.manager.measured([qubit])
        return {"c": np.array([qubit], dtype=object)}

    def on_own_qubits(self, bloq: Bloq, inputs: Quregs) -> Quregs:
        """A Cirq-style bloq in a data-flow graph: what it makes and takes away is handled here."""
        quregs, out = dict(inputs), {}
        for reg in bloq.signature:
            if reg.side == Side.RIGHT:
                fresh = np.array(self.manager.qalloc(reg.total_bits()), dtype=object)
                quregs[reg.name] = fresh.reshape((*reg.shape, reg.bitsize))
        self.cirq_style(bloq, quregs)
        for reg in bloq.signature:
            if reg.side == Side.LEFT:
                self.manager.qfree(quregs[reg.name].flat)
            else:
                out[reg.name] = quregs[reg.name]
        return out

    def cirq_style(self, bloq: Any, quregs: Quregs) -> None:
        """A bloq whose circuit is a stream of Cirq operations on given qubits."""
        if isinstance(bloq, GateWithRegisters) and self.keep(op := bloq.on_registers(**quregs)):
            self.placed.append(Placed.of(op))
            return
        context = cirq.DecompositionContext(self.manager)
        for op in cirq.flatten_to_ops(bloq.decompose_from_registers(context=context, **quregs)):
            self.operation(op)

    def composite(self, plan: _Plan, inputs: Quregs) -> Quregs:
        """A bloq whose circuit is a data-flow graph."""
        at: dict[int, Qubits] = {wire: inputs[name][idx] for name, idx, wire in plan.takes}
        for step in plan.steps:
            quregs = {name: np.empty(shape, dtype=object) for name, shape in step.shapes}
            for name, idx, wire in step.takes:
                quregs[name][idx] = at.pop(wire)
            done = self.bloq(step.bloq, quregs)
            for name, idx, wire in step.gives:
                at[wire] = done[name][idx]
        out = {name: np.empty(shape, dtype=object) for name, shape in plan.shapes}
        for name, idx, wire in plan.gives:
            out[name][idx] = at[wire]
        return out

    def operation(self, op: cirq.Operation) -> None:
        """`op`, taken apart as far as `keep` wants."""
        if self.keep(op):
            self.placed.append(Placed.of(op))
            return
        gate = op.gate.bloq if isinstance(op.gate, BloqAsCirqGate) else op.gate
        if isinstance(gate, (cirq.CZPowGate, cirq.ControlledGate)):
            controlled, inner = cirq_gate_to_bloq(gate), _innermost(gate)
            if isinstance(controlled, CZPowGate) or isinstance(inner, (Bloq, BloqAsCirqGate)):
                gate = controlled  # as Qualtran reads it: a phase with one rotation, an addition
        if isinstance(gate, Bloq):
            self.bloq_on(gate, split_qubits(gate.signature, op.qubits))
            return
        parts = cirq.decompose_once(
            op, default=None, context=cirq.DecompositionContext(self.manager)
        )
        if parts is None:
            raise DecomposeTypeError(f"{op} is neither in the gate set nor decomposable")
        for part in parts:
            self.operation(part)

    def bloq_on(self, bloq: Bloq, quregs: Quregs) -> None:
        """A bloq inside a Cirq-style circuit: its qubits, left and right, are given."""
        if _is_cirq_style(bloq) and not knows_its_gate(bloq):
            self.cirq_style(bloq, quregs)
            return
        made, gone = (
            [q for reg in bloq.signature if reg.side == side for q in quregs[reg.name].flat]
            for side in (Side.RIGHT, Side.LEFT)
        )
        start = len(self.placed)
        self.manager.lend(made)
        out = self.bloq(bloq, {reg.name: quregs[reg.name] for reg in bloq.signature.lefts()})
        pairs = [
            (given, found, reg.side)
            for reg in bloq.signature.rights()
            for given, found in zip(quregs[reg.name].flat, out[reg.name].flat, strict=True)
        ]
        if any(given != found and side == Side.THRU for given, found, side in pairs):
            raise DecomposeTypeError(f"{bloq} permutes wires inside a Cirq-style circuit")
        stand_in = {found: given for given, found, side in pairs if side == Side.RIGHT}
        if stand_in.keys() & {qubit for qureg in quregs.values() for qubit in qureg.flat}:
            raise DecomposeTypeError(f"{bloq} permutes wires inside a Cirq-style circuit")
        if stand_in:
            self.placed[start:] = [each.elsewhere(stand_in) for each in self.placed[start:]]
        self.manager.take_back(made, freed=stand_in)
        self.manager.take_back(gone)


def _innermost(gate: Any) -> Any:
    """What is under a control, or the gate itself."""
    return gate.sub_gate if isinstance(gate, cirq.ControlledGate) else gate


def _is_cirq_style(bloq: Bloq) -> bool:
    """Whether the circuit of `bloq` is written as Cirq operations."""
    written = getattr(type(bloq), "decompose_from_registers", None)
    if written is None or written is GateWithRegisters.decompose_from_registers:
        return False
    return type(bloq).build_composite_bloq in (
        Bloq.build_composite_bloq,
        GateWithRegisters.build_composite_bloq,
    )
