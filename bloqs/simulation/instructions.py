"""What a circuit is made of once it is ready to run: changes of an `ArrayState`."""

from typing import Protocol

import cirq
import numpy as np
from attrs import frozen

from bloqs.simulation.array_state import ArrayState, Matrix
from bloqs.simulation.fast_gates import ReflectionGate

NEGLIGIBLE = {np.complex128: 1e-12, np.complex64: 1e-7}
"""Amplitude of one up to which a work qubit counts as back in zero during a run, by precision."""


class Instruction(Protocol):
    """A change of the state."""

    def act(self, state: ArrayState) -> None: ...


@frozen
class Permutation:
    """Basis state x of the qubits goes to `targets[x]`, times `phases[x]` and the factor."""

    qubits: tuple[int, ...]
    targets: tuple[int, ...]
    phases: tuple[complex, ...]
    factor: complex = 1

    def act(self, state: ArrayState) -> None:
        state.permute(self.qubits, self.targets, self.phases)
        state.factor *= self.factor


@frozen
class Turn:
    """A matrix on one qubit, row by row."""

    qubit: int
    entries: tuple[complex, ...]

    def act(self, state: ArrayState) -> None:
        state.turn(self.qubit, self.entries)


@frozen(eq=False)
class Product:
    """A matrix on several qubits."""

    qubits: tuple[int, ...]
    unitary: Matrix

    def act(self, state: ArrayState) -> None:
        kind = state.data.dtype if np.iscomplexobj(self.unitary) else state.data.real.dtype
        state.multiply(self.qubits, self.unitary.astype(kind, copy=False))


@frozen(eq=False)
class Reflection:
    """A reflection at a vector, with a phase."""

    qubits: tuple[int, ...]
    gate: ReflectionGate

    def act(self, state: ArrayState) -> None:
        unit = self.gate.unit.astype(state.data.dtype)
        state.include(self.qubits)
        flat = state.in_front(self.qubits)
        flat -= np.multiply.outer(2 * unit, unit.conj() @ flat)
        state.factor *= self.gate.phase


@frozen(eq=False)
class Rotations:
    """A rotation of the last qubit by an angle that the others choose."""

    qubits: tuple[int, ...]
    cos: Matrix
    sin: Matrix

    def act(self, state: ArrayState) -> None:
        state.include(self.qubits)
        flat = state.in_front(self.qubits)
        pairs = flat.reshape(len(self.cos), 2, -1)
        zero, one = pairs[:, 0], pairs[:, 1]
        cos, sin = (each.astype(flat.real.dtype)[:, None] for each in (self.cos, self.sin))
        before = zero.copy()
        zero *= cos
        zero += sin * one
        one *= cos
        one -= sin * before


@frozen
class Scales:
    """Factors on parts of the space, each given by the values of some qubits."""

    parts: tuple[tuple[dict[int, int], complex], ...]

    def act(self, state: ArrayState) -> None:
        for bits, factor in self.parts:
            state.scale(bits, factor)


@frozen(eq=False)
class Other:
    """Any gate, as Cirq applies it."""

    qubits: tuple[int, ...]
    gate: cirq.Gate

    def act(self, state: ArrayState) -> None:
        state.include(self.qubits)
        axes = [state.axis[qubit] for qubit in self.qubits]
        arguments = cirq.ApplyUnitaryArgs(state.data, np.empty_like(state.data), axes)
        found = cirq.apply_unitary(self.gate, arguments, allow_decompose=False)
        state.data = np.ascontiguousarray(found)


@frozen
class Controlled:
    """An instruction under the control of qubits that have the given values."""

    bits: dict[int, int]
    qubits: tuple[int, ...]
    inner: Instruction

    def act(self, state: ArrayState) -> None:
        for qubit, bit in self.bits.items():
            if state.bit.get(qubit, bit) != bit:
                return
        controls = [qubit for qubit in self.bits if qubit in state.axis]
        if not controls:
            self.inner.act(state)
            return
        state.include(self.qubits)
        state.in_front(controls)
        chosen = tuple(self.bits[qubit] for qubit in controls)
        part = ArrayState(state.data.dtype.type, 1, 0)
        part.data = state.data[chosen]
        part.axis = {q: k - len(chosen) for q, k in state.axis.items() if q not in controls}
        self.inner.act(part)
        back = sorted(part.axis, key=state.axis.__getitem__)
        order = [*(part.axis[qubit] for qubit in back), part.data.ndim - 1]
        np.multiply(part.data.transpose(order), part.factor, out=state.data[chosen])


@frozen
class Measurement:
    """A measurement of qubits, some with their outcomes inverted, kept under a key."""

    qubits: tuple[int, ...]
    inverted: tuple[bool, ...]
    key: cirq.MeasurementKey
    named: tuple[cirq.Qid, ...]

    def act(self, state: ArrayState) -> None:
        pairs = zip(self.qubits, self.inverted, strict=True)
        outcomes = [state.measure(qubit) ^ inverted for qubit, inverted in pairs]
        state.outcomes.record_measurement(self.key, outcomes, self.named)


@frozen
class Reset:
    """A qubit put back to zero, whatever it was."""

    qubit: int

    def act(self, state: ArrayState) -> None:
        state.measure(self.qubit)
        state.bit[self.qubit] = 0


@frozen
class Conditioned:
    """An instruction that is left out unless all conditions on outcomes hold."""

    conditions: tuple[cirq.Condition, ...]
    inner: Instruction

    def act(self, state: ArrayState) -> None:
        if all(condition.resolve(state.outcomes) for condition in self.conditions):
            self.inner.act(state)


@frozen
class PartWith:
    """A work qubit that is likely to be back in zero."""

    qubit: int

    def act(self, state: ArrayState) -> None:
        state.part_with(self.qubit, NEGLIGIBLE[state.data.dtype.type])
