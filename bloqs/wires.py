"""Write a circuit qubit by qubit: names for wires on top of Qualtran's builder."""

import abc
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

import cirq
import numpy as np
from qualtran import (
    Bloq,
    BloqBuilder,
    CompositeBloq,
    DecomposeTypeError,
    QBit,
    QDType,
    Register,
    Side,
    Soquet,
    SoquetT,
)
from qualtran.bloqs.basic_gates import CNOT, CZ, Hadamard, Toffoli, TwoBitCSwap, TwoBitSwap, XGate
from qualtran.bloqs.bookkeeping import Allocate, Free
from qualtran.bloqs.mcmt import And
from qualtran.symbolics import is_symbolic

from estimator.costs.script import Step

Wire = Hashable


class Wires:
    """Qubits of a circuit under construction, each under a name that stays the same.

    Args:
        bb: the builder of the circuit.
    """

    def __init__(self, bb: BloqBuilder) -> None:
        self.bb = bb
        self.at: dict[Wire, Soquet] = {}

    def split(self, name: str, register: Soquet | None) -> list[Wire]:
        """Name the bits of a register, most significant first; `None` is a register of no bits."""
        if register is None:
            return []
        one = isinstance(register.reg.dtype, QBit)
        bits = [register] if one else list(self.bb.split(register))
        names: list[Wire] = [(name, i) for i in range(len(bits))]
        self.at.update(zip(names, bits, strict=True))
        return names

    def join(self, names: Iterable[Wire], dtype: QDType) -> Soquet:
        """The register made of these bits, most significant first; the names are given up."""
        bits = [self.at.pop(name) for name in names]
        if isinstance(dtype, QBit):
            return bits[0]
        return self.bb.join(np.array(bits), dtype=dtype)

    def allocate(self, names: Iterable[Wire]) -> None:
        for name in names:
            self.at[name] = self.bb.allocate(dtype=QBit())

    def free(self, names: Iterable[Wire]) -> None:
        for name in names:
            self.bb.free(self.at.pop(name))

    def gate(self, bloq: Bloq, **names: Wire) -> None:
        """Apply a bloq whose registers are single qubits, each of which it leaves in place."""
        out = self.bb.add_d(bloq, **{reg: self.at[name] for reg, name in names.items()})
        for reg, name in names.items():
            self.at[name] = out[reg]

    def x(self, q: Wire) -> None:
        self.gate(XGate(), q=q)

    def h(self, q: Wire) -> None:
        self.gate(Hadamard(), q=q)

    def cnot(self, control: Wire, target: Wire) -> None:
        self.gate(CNOT(), ctrl=control, target=target)

    def cz(self, x: Wire, y: Wire) -> None:
        self.gate(CZ(), q1=x, q2=y)

    def swap(self, x: Wire, y: Wire) -> None:
        self.gate(TwoBitSwap(), x=x, y=y)

    def cswap(self, control: Wire, x: Wire, y: Wire) -> None:
        self.gate(TwoBitCSwap(), ctrl=control, x=x, y=y)

    def toffoli(self, x: Wire, y: Wire, target: Wire) -> None:
        pair, self.at[target] = self.bb.add(
            Toffoli(), ctrl=[self.at[x], self.at[y]], target=self.at[target]
        )
        self.at[x], self.at[y] = pair

    def compute_and(self, x: Wire, y: Wire, new: Wire, cv1: int = 1, cv2: int = 1) -> None:
        """Allocate `new` as the AND of `x` and `y`, each compared with its control value."""
        pair, self.at[new] = self.bb.add(And(cv1, cv2), ctrl=[self.at[x], self.at[y]])
        self.at[x], self.at[y] = pair

    def uncompute_and(self, x: Wire, y: Wire, old: Wire, cv1: int = 1, cv2: int = 1) -> None:
        """Free `old`, which holds the AND of `x` and `y`, by measurement."""
        undo: Any = And(cv1, cv2).adjoint()
        pair = self.bb.add(undo, ctrl=[self.at[x], self.at[y]], target=self.at.pop(old))
        self.at[x], self.at[y] = pair

    def on(self, bloq: Bloq, **names: Sequence[Wire]) -> None:
        """Apply a bloq to registers, each a list of bits; what it allocates gets these names."""
        registers = {reg.name: reg for reg in bloq.signature}
        given = {name: bits for name, bits in names.items() if name in registers}
        joined = {
            name: self._joined(registers[name], bits)
            for name, bits in given.items()
            if registers[name].side & Side.LEFT
        }
        out = self.bb.add_d(bloq, **joined)
        for name, bits in given.items():
            if registers[name].side == Side.LEFT:
                continue
            one = isinstance(registers[name].dtype, QBit)
            soquets = np.asarray(out[name]).flat if one else self.bb.split(out[name])
            self.at.update(zip(bits, soquets, strict=True))

    def _joined(self, register: Register, bits: Sequence[Wire]) -> SoquetT:
        """These bits as a register, or as an array of registers of one bit."""
        if register.shape:
            return np.array([self.at.pop(name) for name in bits]).reshape(register.shape)
        return self.join(bits, register.dtype)

    def registers(self, signature: Iterable[Register]) -> dict[str, SoquetT]:
        """These registers, each made of the bits that `split` named after it."""
        return {
            reg.name: self.join([(reg.name, i) for i in range(reg.bitsize)], reg.dtype)
            for reg in signature
        }


class StepWires(Wires):
    """The same vocabulary, written down as steps."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def allocate(self, names: Iterable[Wire]) -> None:
        self.steps += [Step(Allocate(QBit()), (("reg", (name,)),)) for name in names]

    def free(self, names: Iterable[Wire]) -> None:
        self.steps += [Step(Free(QBit()), (("reg", (name,)),)) for name in names]

    def gate(self, bloq: Bloq, **names: Wire) -> None:
        self.steps.append(Step(bloq, tuple((reg, (name,)) for reg, name in names.items())))

    def toffoli(self, x: Wire, y: Wire, target: Wire) -> None:
        self.steps.append(Step(Toffoli(), (("ctrl", (x, y)), ("target", (target,)))))

    def compute_and(self, x: Wire, y: Wire, new: Wire, cv1: int = 1, cv2: int = 1) -> None:
        self.steps.append(Step(And(cv1, cv2), (("ctrl", (x, y)), ("target", (new,)))))

    def uncompute_and(self, x: Wire, y: Wire, old: Wire, cv1: int = 1, cv2: int = 1) -> None:
        undo: Any = And(cv1, cv2).adjoint()
        self.steps.append(Step(undo, (("ctrl", (x, y)), ("target", (old,)))))

    def on(self, bloq: Bloq, **names: Sequence[Wire]) -> None:
        places = [(reg.name, tuple(names[reg.name])) for reg in bloq.signature if reg.name in names]
        self.steps.append(Step(bloq, tuple(places)))


class AbstractWritten(Bloq):
    """A bloq whose circuit is written on wires named after its registers.

    Subclasses define `write` for the form that is not inverted. Those with a field `is_adjoint`
    take the inverse from it.
    """

    @abc.abstractmethod
    def write(self, wires: Wires) -> None:
        """Write the circuit that is not inverted on wires named after the registers."""

    def decompose_bloq(self) -> CompositeBloq:
        if getattr(self, "is_adjoint", False):
            return self.adjoint().decompose_bloq().adjoint()
        return super().decompose_bloq()

    def build_composite_bloq(self, bb: BloqBuilder, **soqs: Any) -> dict[str, SoquetT]:
        self.refuse_symbols()
        wires = Wires(bb)
        for name, soq in soqs.items():
            wires.split(name, soq)
        self.write(wires)
        return wires.registers(self.signature)

    @property
    def written_steps(self) -> tuple[Step, ...]:
        """The circuit as steps, in order of execution."""
        if getattr(self, "is_adjoint", False):
            return tuple(step.adjoint() for step in reversed(self.adjoint().written_steps))
        self.refuse_symbols()
        wires = StepWires()
        self.write(wires)
        return tuple(wires.steps)

    def refuse_symbols(self) -> None:
        """Raise a `DecomposeTypeError` if there is a symbol in what a circuit needs to know."""
        if any(is_symbolic(reg.bitsize) for reg in self.signature):
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")


class CirqWires:
    """The same vocabulary for circuits with classical feedback, which only Cirq can write.

    Args:
        manager: allocates and frees the work qubits.
    """

    def __init__(self, manager: cirq.QubitManager) -> None:
        self.manager = manager
        self.at: dict[Wire, cirq.Qid] = {}
        self.operations: list[cirq.Operation] = []

    def x(self, q: Wire) -> None:
        self.operations.append(cirq.X(self.at[q]))

    def cnot(self, control: Wire, target: Wire) -> None:
        self.operations.append(cirq.CNOT(self.at[control], self.at[target]))

    def compute_and(self, x: Wire, y: Wire, new: Wire, cv1: int = 1, cv2: int = 1) -> None:
        (self.at[new],) = self.manager.qalloc(1)
        self.operations.append(And(cv1, cv2).on(self.at[x], self.at[y], self.at[new]))

    def uncompute_and(self, x: Wire, y: Wire, old: Wire, cv1: int = 1, cv2: int = 1) -> None:
        undo = And(cv1, cv2).adjoint()
        qubit = self.at.pop(old)
        self.operations.append(undo.on(self.at[x], self.at[y], qubit))
        self.manager.qfree([qubit])
