"""A bloq's own circuit, one level deep, as a straight line of sub-bloqs on numbered wires.

Qualtran's `decompose_bloq` inlines whole sub-circuits and, for circuits written as Cirq
operations, searches all live qubits at every operation: quadratic time. Here each sub-bloq is
one step: linear time, and the costs recurse with a memo.
"""

from collections.abc import Iterator
from typing import Any

import cirq
from attrs import field, frozen
from qualtran import (
    Adjoint,
    Bloq,
    BloqBuilder,
    CompositeBloq,
    Controlled,
    CtrlSpec,
    DecomposeNotImplementedError,
    DecomposeTypeError,
    GateWithRegisters,
    LeftDangle,
    QBit,
    RightDangle,
    Side,
    SoquetT,
)
from qualtran.bloqs.bookkeeping import Allocate, Free
from qualtran.bloqs.mcmt.classically_controlled import ClassicallyControlled
from qualtran.cirq_interop import cirq_gate_to_bloq, get_named_qubits
from qualtran.symbolics import SymbolicInt

from estimator.ask.registry import FLOORS

Wire = int


@frozen
class Step:
    """One sub-bloq, the wires it takes, and those it gives; a wire in both passes through."""

    bloq: Bloq
    takes: tuple[Wire, ...]
    gives: tuple[Wire, ...]


@frozen
class Schedule:
    """Sub-bloqs in the order they run.

    Args:
        steps: the sub-bloqs; every wire a step takes is given by an earlier step or by `takes`.
        takes: the wires that enter, from the left registers.
        gives: the wires that leave, into the right registers.
        widths: the size of each wire. Unit: qubits (none for classical bits).
    """

    steps: tuple[Step, ...]
    takes: tuple[Wire, ...]
    gives: tuple[Wire, ...]
    widths: dict[Wire, SymbolicInt] = field(repr=False)

    def adjoint(self) -> "Schedule":
        """The same circuit backwards, every sub-bloq replaced by its adjoint."""
        steps = tuple(Step(s.bloq.adjoint(), s.gives, s.takes) for s in reversed(self.steps))
        return Schedule(steps, takes=self.gives, gives=self.takes, widths=self.widths)

    def controlled(self, spec: CtrlSpec) -> "Schedule":
        """The same circuit with every sub-bloq controlled; bookkeeping ignores the control."""
        control = len(self.widths)

        def add(step: Step) -> Step:
            bloq = step.bloq.controlled(spec)
            if bloq == step.bloq:
                return step
            return Step(bloq, (control, *step.takes), (control, *step.gives))

        return Schedule(
            tuple(add(step) for step in self.steps),
            takes=(control, *self.takes),
            gives=(control, *self.gives),
            widths=self.widths | {control: spec.num_qubits},
        )


def schedule_of(bloq: Bloq) -> Schedule | None:
    """The circuit of `bloq`, or None if it is atomic, symbolic, or declares no circuit.

    A circuit of somebody else that cannot be written down is none.
    """
    if isinstance(bloq, Adjoint):
        inner = schedule_of(bloq.subbloq)
        return None if inner is None else inner.adjoint()
    if isinstance(bloq, Controlled):
        inner = schedule_of(bloq.subbloq)
        return None if inner is None else inner.controlled(bloq.ctrl_spec)
    try:
        return _declared(bloq)
    except (DecomposeTypeError, DecomposeNotImplementedError):
        return None
    except RecursionError:
        raise
    except Exception:  # symbolic sizes, and what others write, may fail in any way
        is_ours = type(bloq).__module__.split(".")[0] in FLOORS
        if is_ours and not any(register.is_symbolic() for register in bloq.signature):
            raise
        return None


def _declared(bloq: Bloq) -> Schedule:
    if isinstance(bloq, CompositeBloq):
        return _from_composite(bloq)
    if _hands_over(bloq):
        return _from_cirq(bloq)
    if type(bloq).decompose_bloq not in (Bloq.decompose_bloq, GateWithRegisters.decompose_bloq):
        return _from_composite(bloq.decompose_bloq())
    try:
        builder, soquets = _OneNodeBuilder.from_signature(bloq.signature)
        return _from_composite(builder.finalize(**bloq.build_composite_bloq(bb=builder, **soquets)))
    except DecomposeNotImplementedError:
        if not isinstance(bloq, GateWithRegisters):
            raise
        return _from_cirq(bloq)


def _hands_over(bloq: Bloq) -> bool:
    """Whether `decompose_bloq` does nothing but put together the Cirq operations of the bloq."""
    code = getattr(type(bloq).decompose_bloq, "__code__", None)
    return code is not None and code.co_names == ("decompose_from_cirq_style_method",)


class _OneNodeBuilder(BloqBuilder):
    """Adds a sub-bloq as one node where the author asked to inline its circuit."""

    def add_from(self, bloq: Bloq, **in_soqs: SoquetT) -> tuple[SoquetT, ...]:
        return self.add_t(bloq, **in_soqs)


def _from_composite(circuit: CompositeBloq) -> Schedule:
    number = {connection: i for i, connection in enumerate(circuit.connections)}
    steps = tuple(
        Step(node.bloq, tuple(number[c] for c in before), tuple(number[c] for c in after))
        for node, before, after in circuit.iter_bloqnections()
    )
    return Schedule(
        steps,
        takes=tuple(i for c, i in number.items() if c.left.binst is LeftDangle),
        gives=tuple(i for c, i in number.items() if c.right.binst is RightDangle),
        widths={i: c.left.reg.dtype.num_qubits for c, i in number.items()},
    )


def _from_cirq(gate: Any) -> Schedule:
    """Work qubits live from the first operation on them to the last, whatever their manager."""
    if any(register.is_symbolic() for register in gate.signature):
        raise DecomposeTypeError(f"{gate} has a symbolic size, so it has no circuit")
    registers = get_named_qubits(gate.signature)
    named = [qubit for qubits in registers.values() for qubit in qubits.flat]
    number: dict[cirq.Qid, Wire] = {qubit: i for i, qubit in enumerate(named)}
    takes = tuple(number[q] for r in gate.signature.lefts() for q in registers[r.name].flat)
    gives = tuple(number[q] for r in gate.signature.rights() for q in registers[r.name].flat)

    context = cirq.DecompositionContext(cirq.SimpleQubitManager())
    operations = cirq.flatten_to_ops(gate.decompose_from_registers(context=context, **registers))
    bloqs: dict[cirq.Gate, Bloq] = {}
    steps: list[Step] = []
    live, last = set(takes), dict.fromkeys(takes, -1)
    for operation in operations:
        op_gate = operation.without_classical_controls().gate
        if op_gate is None:
            raise DecomposeNotImplementedError(f"{gate} runs {operation}, which is not a gate")
        if op_gate not in bloqs:
            bloqs[op_gate] = cirq_gate_to_bloq(op_gate)
        bloq = bloqs[op_gate]
        wires = [number.setdefault(q, len(number)) for q in operation.qubits]
        step = Step(bloq, *_sides(bloq, wires))
        for wire in step.takes:
            if wire not in live:
                steps.append(Step(Allocate(QBit()), (), (wire,)))
        live.difference_update(step.takes)
        live.update(step.gives)
        last.update(dict.fromkeys(wires, len(steps)))
        steps.append(step)
    ends: dict[int, list[Wire]] = {}
    for wire in live - set(gives):
        ends.setdefault(last[wire], []).append(wire)
    return Schedule(
        tuple(_with_frees(steps, ends)), takes, gives, dict.fromkeys(number.values(), 1)
    )


def _sides(bloq: Bloq, wires: list[Wire]) -> tuple[tuple[Wire, ...], tuple[Wire, ...]]:
    takes: list[Wire] = []
    gives: list[Wire] = []
    for register in bloq.signature:
        here, wires = wires[: register.total_bits()], wires[register.total_bits() :]
        takes += here if register.side & Side.LEFT else []
        gives += here if register.side & Side.RIGHT else []
    return tuple(takes), tuple(gives)


def _with_frees(steps: list[Step], ends: dict[int, list[Wire]]) -> Iterator[Step]:
    yield from (Step(Free(QBit()), (wire,), ()) for wire in ends.get(-1, []))
    for index, step in enumerate(steps):
        yield step
        yield from (Step(Free(QBit()), (wire,), ()) for wire in ends.get(index, []))


def control_of(bloq: Bloq) -> tuple[Bloq, CtrlSpec] | None:
    """What a generic controlled bloq controls and how, or None for any other bloq.

    `ControlledViaAnd` is not among them: it declares a circuit and a call graph of its own.
    """
    if isinstance(bloq, (Controlled, ClassicallyControlled)):
        return bloq.subbloq, bloq.ctrl_spec
    return None


def unwrapped(bloq: Bloq) -> Bloq:
    """The bloq under every generic adjoint and control."""
    if isinstance(bloq, Adjoint):
        return unwrapped(bloq.subbloq)
    control = control_of(bloq)
    return bloq if control is None else unwrapped(control[0])
