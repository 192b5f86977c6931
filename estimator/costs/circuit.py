"""The circuit of a bloq, down to a chosen gate set, as Cirq operations.

Handing a bloq's circuit straight to Cirq does not run its gates: the shim around each sub-bloq
answers with the tensors the sub-bloq declares, so its circuit is never used. Here every sub-bloq
is taken apart, depth first, before the next one is touched. Work qubits are therefore allocated
and returned in the order of execution, and a qubit in use is never handed out twice.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

import cirq
import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray
from qualtran import Adjoint, Bloq, CompositeBloq, Controlled, DecomposeTypeError, Side
from qualtran import DecomposeNotImplementedError as NoDecomposition
from qualtran._infra.gate_with_registers import GateWithRegisters, split_qubits
from qualtran.bloqs.basic_gates import TwoBitCSwap
from qualtran.bloqs.bookkeeping._bookkeeping_bloq import _BookkeepingBloq
from qualtran.bloqs.mcmt import And
from qualtran.cirq_interop import BloqAsCirqGate, get_named_qubits

Qubits: TypeAlias = NDArray[Any]
Quregs: TypeAlias = dict[str, Qubits]
Keep: TypeAlias = Callable[[cirq.Operation], bool]
Blocks: TypeAlias = Mapping[type[Bloq], Callable[[Any], cirq.Gate]]

COUNTS_AS_ROTATION = "rotation"
"""Tag of an operation that is a rotation to the ledger even where its angle is a Clifford's."""

ONE_QUBIT = (
    cirq.XPowGate,
    cirq.YPowGate,
    cirq.ZPowGate,
    cirq.HPowGate,
    cirq.PhasedXPowGate,
    cirq.MeasurementGate,
    cirq.ResetChannel,
    cirq.IdentityGate,
    cirq.GlobalPhaseGate,
)
"""One-qubit gates, preparation and measurement; with CNOT, CZ and SWAP the gate set of a run."""


def is_elementary(op: cirq.Operation) -> bool:
    """Whether `op` is a one-qubit gate, a CNOT, CZ, SWAP, reset or measurement."""
    gate = op.without_classical_controls().gate
    return isinstance(gate, ONE_QUBIT) or gate in (cirq.CNOT, cirq.CZ, cirq.SWAP)


def is_countable(op: cirq.Operation) -> bool:
    """Whether counting stops at `op`: elementary gates, AND, its uncomputation, Toffoli, CSWAP."""
    gate = op.without_classical_controls().gate
    return is_elementary(op) or isinstance(gate, And) or gate in (cirq.CCNOT, cirq.CSWAP)


@frozen
class Circuit:
    """A flattened bloq.

    Args:
        operations: in order of execution.
        inputs: qubits of the left registers, in signature order, big-endian.
        outputs: qubits of the right registers, likewise; a register may come out on other qubits
            than it went in on, because relabelling wires is free.
        work: qubits that are neither; each is zero at start and end.
        peak: largest number of qubits in use at one time, work qubits included.
    """

    operations: tuple[cirq.Operation, ...]
    inputs: tuple[cirq.Qid, ...]
    outputs: tuple[cirq.Qid, ...]
    work: tuple[cirq.Qid, ...]
    peak: int


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
    manager = LiveQubits(in_use=len(inputs))
    out: Quregs = {}
    operations = tuple(_Flattener(keep, manager, blocks).bloq(bloq, dict(named), out))
    outputs = tuple(qubit for reg in bloq.signature.rights() for qubit in out[reg.name].flat)
    used = {qubit for op in operations for qubit in op.qubits}
    work = tuple(sorted(used - set(inputs) - set(outputs)))
    return Circuit(operations, inputs, outputs, work, manager.peak)


class LiveQubits(cirq.QubitManager):
    """Hands out the lowest free work qubit and remembers how many were ever in use at once."""

    def __init__(self, in_use: int = 0) -> None:
        self._free: list[int] = []
        self._created = 0
        self._in_use = self.peak = in_use

    def qalloc(self, n: int, dim: int = 2) -> list[cirq.Qid]:
        self._in_use += n
        self.peak = max(self.peak, self._in_use)
        return [self._next(dim) for _ in range(n)]

    def _next(self, dim: int) -> cirq.Qid:
        if self._free:
            number = heapq.heappop(self._free)
        else:
            number, self._created = self._created, self._created + 1
        return cirq.ops.CleanQubit(number, dim=dim)

    def qborrow(self, n: int, dim: int = 2) -> list[cirq.Qid]:
        return self.qalloc(n, dim)

    def qfree(self, qubits: Iterable[cirq.Qid]) -> None:
        for qubit in qubits:
            self._in_use -= 1
            if isinstance(qubit, cirq.ops.CleanQubit):
                heapq.heappush(self._free, qubit.id)


@define
class _Flattener:
    keep: Keep
    manager: LiveQubits
    blocks: Blocks
    _inside: dict[Bloq, CompositeBloq | None] = field(factory=dict)

    def bloq(self, bloq: Bloq, inputs: Quregs, out: Quregs) -> Iterator[cirq.Operation]:
        """Operations of `bloq` on its left registers; fills `out` with its right registers."""
        if isinstance(bloq, CompositeBloq):
            yield from self.composite(bloq, inputs, out)
        elif type(bloq) in self.blocks:
            gate = self.blocks[type(bloq)](bloq)
            qubits = [qubit for reg in bloq.signature for qubit in inputs[reg.name].flat]
            out.update(inputs)
            yield gate.on(*qubits[: cirq.num_qubits(gate)])
        elif isinstance(bloq, TwoBitCSwap):  # the one gate of Qualtran without a Cirq counterpart
            out.update(inputs)
            yield from self.operation(cirq.CSWAP(*(inputs[x][0] for x in ("ctrl", "x", "y"))))
        elif isinstance(bloq, _BookkeepingBloq) or _is_cirq_gate(bloq):
            op, outputs = bloq.as_cirq_op(self.manager, **inputs)
            out.update({name: np.asarray(qubits) for name, qubits in outputs.items()})
            if op is not None:
                yield from self.operation(op)
        elif _is_cirq_style(bloq):
            quregs = dict(inputs)
            for reg in bloq.signature:
                if reg.side == Side.RIGHT:
                    fresh = np.array(self.manager.qalloc(reg.total_bits()), dtype=object)
                    quregs[reg.name] = fresh.reshape((*reg.shape, reg.bitsize))
            yield from self.cirq_style(bloq, quregs)
            for reg in bloq.signature:
                if reg.side == Side.LEFT:
                    self.manager.qfree(quregs[reg.name].flat)
                else:
                    out[reg.name] = quregs[reg.name]
        elif (inside := self.decomposed(bloq)) is not None:
            yield from self.composite(inside, inputs, out)
        else:
            op, outputs = bloq.as_cirq_op(self.manager, **inputs)
            if op is None or isinstance(op.gate, (BloqAsCirqGate, Adjoint)):
                raise DecomposeTypeError(f"{bloq} has no circuit and is not a gate")
            out.update({name: np.asarray(qubits) for name, qubits in outputs.items()})
            yield from self.operation(op)

    def decomposed(self, bloq: Bloq) -> CompositeBloq | None:
        if bloq not in self._inside:
            try:
                self._inside[bloq] = bloq.decompose_bloq()
            except (NoDecomposition, DecomposeTypeError):
                if any(reg.is_symbolic() for reg in bloq.signature):
                    raise
                self._inside[bloq] = None
        return self._inside[bloq]

    def cirq_style(self, bloq: Any, quregs: Quregs) -> Iterator[cirq.Operation]:
        """A bloq whose circuit is a stream of Cirq operations on given qubits."""
        if isinstance(bloq, GateWithRegisters) and self.keep(op := bloq.on_registers(**quregs)):
            yield op
            return
        context = cirq.DecompositionContext(self.manager)
        for op in cirq.flatten_to_ops(bloq.decompose_from_registers(context=context, **quregs)):
            yield from self.operation(op)

    def composite(
        self, cbloq: CompositeBloq, inputs: Quregs, out: Quregs
    ) -> Iterator[cirq.Operation]:
        """A bloq whose circuit is a data-flow graph, in the order in which it was written."""
        at: dict[Any, Qubits] = {}
        into, out_of = defaultdict(list), defaultdict(list)
        for wire in cbloq.connections:
            into[wire.right.binst].append(wire)
            out_of[wire.left.binst].append(wire)
        for instance in sorted(cbloq.bloq_instances, key=lambda instance: instance.i):
            before, after = into[instance], out_of[instance]
            quregs = {
                reg.name: np.empty((*reg.shape, reg.bitsize), dtype=object)
                for reg in instance.bloq.signature.lefts()
            }
            for wire in before:
                source = wire.left
                known = source in at
                qubits = at.pop(source) if known else inputs[source.reg.name][source.idx]
                quregs[wire.right.reg.name][wire.right.idx] = qubits
            done: Quregs = {}
            yield from self.bloq(instance.bloq, quregs, done)
            for wire in after:
                at[wire.left] = done[wire.left.reg.name][wire.left.idx]
        for reg in cbloq.signature.rights():
            out[reg.name] = np.empty((*reg.shape, reg.bitsize), dtype=object)
        for name, soquets in cbloq.final_soqs().items():
            for idx in np.ndindex(np.shape(soquets)):
                soquet: Any = np.asarray(soquets, dtype=object)[idx]
                known = soquet in at
                out[name][idx] = at[soquet] if known else inputs[soquet.reg.name][soquet.idx]

    def operation(self, op: cirq.Operation) -> Iterator[cirq.Operation]:
        """`op`, taken apart as far as `keep` wants."""
        if self.keep(op):
            yield op
            return
        gate = op.gate.bloq if isinstance(op.gate, BloqAsCirqGate) else op.gate
        if isinstance(gate, Bloq):
            yield from self.bloq_on(gate, split_qubits(gate.signature, op.qubits))
            return
        parts = cirq.decompose_once(
            op, default=None, context=cirq.DecompositionContext(self.manager)
        )
        if parts is None and isinstance(op.gate, cirq.CZPowGate):
            parts = _controlled_phase(op.gate.exponent, *op.qubits)
        if parts is None:
            raise DecomposeTypeError(f"{op} is neither in the gate set nor decomposable")
        for part in parts:
            yield from self.operation(part)

    def bloq_on(self, bloq: Bloq, quregs: Quregs) -> Iterator[cirq.Operation]:
        """A bloq inside a Cirq-style circuit: its qubits, left and right, are given."""
        if _is_cirq_style(bloq) and not _is_cirq_gate(bloq):
            yield from self.cirq_style(bloq, quregs)
            return
        if any(reg.side != Side.THRU for reg in bloq.signature):
            raise DecomposeTypeError(f"{bloq} allocates or frees inside a Cirq-style circuit")
        out: Quregs = {}
        yield from self.bloq(bloq, dict(quregs), out)
        for name, given in quregs.items():
            if any(x != y for x, y in zip(given.flat, out[name].flat, strict=True)):
                raise DecomposeTypeError(f"{bloq} permutes wires inside a Cirq-style circuit")


def _controlled_phase(t: float, x: cirq.Qid, y: cirq.Qid) -> list[cirq.Operation]:
    """A controlled $Z^t$ as three one-qubit phases and two CNOTs."""
    phases = [cirq.Z(x) ** (t / 2), cirq.Z(y) ** (t / 2)]
    return [*phases, cirq.CNOT(x, y), cirq.Z(y) ** (-t / 2), cirq.CNOT(x, y)]


def _is_cirq_gate(bloq: Bloq) -> bool:
    """Whether `bloq` knows its own Cirq gate; metabloqs do too, but have a circuit inside."""
    if isinstance(bloq, (GateWithRegisters, Adjoint)):
        return False
    if isinstance(bloq, Controlled):
        return _is_cirq_gate(bloq.subbloq)
    return type(bloq).as_cirq_op is not Bloq.as_cirq_op


def _is_cirq_style(bloq: Bloq) -> bool:
    """Whether the circuit of `bloq` is written as Cirq operations."""
    written = getattr(type(bloq), "decompose_from_registers", None)
    if written is None or written is GateWithRegisters.decompose_from_registers:
        return False
    return type(bloq).build_composite_bloq in (
        Bloq.build_composite_bloq,
        GateWithRegisters.build_composite_bloq,
    )
