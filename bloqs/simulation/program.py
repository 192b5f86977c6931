"""A circuit made ready for `array_state`: gates looked at once, small ones gathered into one.

Gates that only permute basis states and give them phases, such as X, CNOT, T or Rz, are multiplied
together while they act on at most `WIDEST` qubits between them. Every gate of the circuit is in
one of the products. A swap gives its qubits each other's numbers.
"""

import cmath
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import cirq
import numpy as np
from attrs import define, field, frozen

from bloqs.data_loading.rotation_level import MultiplexedRotation
from bloqs.simulation.fast_gates import AbstractFactors, DenseGate, ReflectionGate
from bloqs.simulation.instructions import (
    Conditioned,
    Controlled,
    Instruction,
    Measurement,
    Other,
    PartWith,
    Permutation,
    Product,
    Reflection,
    Reset,
    Rotations,
    Scales,
    Turn,
)
from estimator.costs.circuit import Circuit
from estimator.costs.script import Placed

WIDEST = 3
"""Qubits of a product of small gates."""

LARGEST_MATRIX = 6
"""Qubits of an unknown gate that is applied as a matrix."""

IDLE = 16
"""A work qubit untouched for so many gates is worth taking out of the state. Unit: gates."""

Small = tuple[tuple[int, ...], tuple[complex, ...]]
"""A gate that permutes basis states: where each goes, and with which phase."""


@frozen
class Program:
    """A circuit ready to run.

    Args:
        instructions: in order, each with the number of gates that were looked at before it.
        inputs: qubits of the left registers.
        outputs: qubits of the right registers.
        zeros: qubits that start in zero.
    """

    instructions: tuple[tuple[int, Instruction], ...]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    zeros: tuple[int, ...]

    @classmethod
    def of(cls, circuit: Circuit) -> "Program":
        """Read a circuit of gates, resets and measurements."""
        number = _Numbers()
        inputs = tuple(number[qubit] for qubit in circuit.inputs)
        gathering = _Gathering(number)
        for placed, idle in zip(circuit.placed, _idle(circuit), strict=True):
            gathering.add(placed)
            for qubit in idle:
                gathering.emit(PartWith(number[qubit]), (number[qubit],))
        gathering.flush(number.values())
        outputs = tuple(number[qubit] for qubit in circuit.outputs)
        zeros = tuple(sorted(set(number.values()) - set(inputs)))
        return cls(tuple(gathering.instructions), inputs, outputs, zeros)


class _Numbers(dict[cirq.Qid, int]):
    """A number for every qubit that is asked about."""

    def __missing__(self, qubit: cirq.Qid) -> int:
        self[qubit] = len(self)
        return self[qubit]


def _idle(circuit: Circuit) -> Sequence[Sequence[cirq.Qid]]:
    """The work qubits that each gate is, for a while, the last one to touch."""
    work = set(circuit.work)
    if not work:
        return [()] * len(circuit.placed)
    idle: list[list[cirq.Qid]] = []
    next_use: dict[cirq.Qid, int] = {}
    for k in range(len(circuit.placed) - 1, -1, -1):
        touched = work.intersection(circuit.placed[k].qubits)
        idle.append([q for q in touched if next_use.get(q, k + 2 * IDLE) - k > IDLE])
        next_use.update(dict.fromkeys(touched, k))
    return idle[::-1]


@define
class _Group:
    """A product of small gates that is still growing."""

    qubits: tuple[int, ...] = ()
    targets: list[int] = field(factory=lambda: [0])
    phases: list[complex] = field(factory=lambda: [1])

    def join(self, other: "_Group") -> None:
        """Take in a group on other qubits."""
        shift = len(other.qubits)
        self.targets = [x << shift | y for x in self.targets for y in other.targets]
        self.phases = [x * y for x in self.phases for y in other.phases]
        self.qubits += other.qubits

    def widen(self, qubit: int) -> None:
        """Take in one more qubit."""
        self.targets = [2 * x + y for x in self.targets for y in (0, 1)]
        self.phases = [x for x in self.phases for _ in (0, 1)]
        self.qubits += (qubit,)

    def add(self, qubits: Sequence[int], gate: Small) -> None:
        """Let a gate on some of the qubits follow."""
        moves, factors = _widened(gate, tuple(map(self.qubits.index, qubits)), len(self.qubits))
        if factors is not None:
            pairs = zip(self.phases, self.targets, strict=True)
            self.phases = [phase * factors[x] for phase, x in pairs]
        if moves is not None:
            self.targets = [moves[x] for x in self.targets]

    @property
    def instruction(self) -> Permutation:
        common = Counter(self.phases).most_common(1)[0][0]
        phases = tuple([1 if phase == common else phase / common for phase in self.phases])
        return Permutation(self.qubits, tuple(self.targets), phases, common)


@lru_cache(maxsize=65536)
def _widened(
    gate: Small, places: tuple[int, ...], width: int
) -> tuple[tuple[int, ...] | None, tuple[complex, ...] | None]:
    """A gate on more qubits than its own; `None` for what it leaves alone."""
    shifts = [width - 1 - place for place in places]
    targets, phases = gate
    moves, factors = [], []
    for x in range(1 << width):
        own = 0
        for shift in shifts:
            own = 2 * own + (x >> shift & 1)
        image = x
        for k, shift in enumerate(reversed(shifts)):
            image = image & ~(1 << shift) | (targets[own] >> k & 1) << shift
        moves.append(image)
        factors.append(phases[own])
    still = all(x == image for x, image in enumerate(moves))
    plain = all(factor == 1 for factor in factors)
    return (None if still else tuple(moves)), (None if plain else tuple(factors))


@define
class _Gathering:
    """The instructions so far, and groups that act on different qubits, to come after them."""

    number: _Numbers
    instructions: list[tuple[int, Instruction]] = field(factory=list)
    _group: dict[int, _Group] = field(factory=dict)
    _done: int = 0

    def add(self, placed: Placed) -> None:
        qubits = tuple([self.number[qubit] for qubit in placed.qubits])
        self._done += 1
        if placed.conditions:
            inner = instruction_of(placed.gate, qubits)
            self.emit(Conditioned(placed.conditions, inner), qubits)
        elif qubits and (small := small_gate(placed.gate)) is not None:
            self._gather(qubits, small)
        elif placed.gate == cirq.SWAP:
            first, second = placed.qubits
            self.number[first], self.number[second] = qubits[1], qubits[0]
        elif isinstance(placed.gate, cirq.MeasurementGate):
            mask = placed.gate.full_invert_mask()
            self.emit(Measurement(qubits, mask, placed.gate.mkey, placed.qubits), qubits)
        else:
            self.emit(instruction_of(placed.gate, qubits), qubits)

    def emit(self, instruction: Instruction, qubits: Sequence[int]) -> None:
        self.flush(qubits)
        self.instructions.append((self._done, instruction))

    def flush(self, qubits: Any) -> None:
        """Close the groups that act on any of these qubits."""
        for qubit in tuple(qubits):
            if (group := self._group.get(qubit)) is not None:
                self.instructions.append((self._done, group.instruction))
                for other in group.qubits:
                    del self._group[other]

    def _gather(self, qubits: tuple[int, ...], gate: Small) -> None:
        width = len(
            {*qubits, *(q for x in qubits if x in self._group for q in self._group[x].qubits)}
        )
        if width > WIDEST:
            self.flush(qubits)
        group = self._group.get(qubits[0], None) if qubits else None
        group = group or _Group()
        for qubit in qubits:
            if qubit in group.qubits:
                continue
            if (other := self._group.get(qubit)) is not None:
                group.join(other)
            else:
                group.widen(qubit)
        self._group.update(dict.fromkeys(group.qubits, group))
        group.add(qubits, gate)


def _phase(half_turns: float) -> complex:
    r"""$e^{i \pi t}$, without rounding for multiples of a quarter turn."""
    quarters = 2 * half_turns
    if quarters == round(quarters):
        return (1, 1j, -1, -1j)[round(quarters) % 4]
    return cmath.exp(1j * math.pi * half_turns)


def _z(gate: cirq.ZPowGate) -> Small:
    t, shift = float(gate.exponent), float(gate.global_shift)
    return (0, 1), (_phase(t * shift), _phase(t * (shift + 1)))


def _cz(gate: cirq.CZPowGate) -> Small:
    t, shift = float(gate.exponent), float(gate.global_shift)
    common = _phase(t * shift)
    return (0, 1, 2, 3), (common, common, common, _phase(t * (shift + 1)))


def _whole(targets: tuple[int, ...]) -> Callable[[Any], Small | None]:
    """For a gate with an exponent, which permutes basis states if it is one."""
    ones = (1.0 + 0j,) * len(targets)

    def read(gate: Any) -> Small | None:
        plain = gate.exponent == 1 and gate.global_shift == 0
        return (targets, ones) if plain else None

    return read


def _nothing(gate: cirq.IdentityGate) -> Small:
    size = 2 ** cirq.num_qubits(gate)
    return tuple(range(size)), (1.0 + 0j,) * size


_X, _CX, _CCX, _CSWAP = (1, 0), (0, 1, 3, 2), (0, 1, 2, 3, 4, 5, 7, 6), (0, 1, 2, 3, 4, 6, 5, 7)
_SMALL: Mapping[type[cirq.Gate], Callable[[Any], Small | None]] = {
    cirq.XPowGate: _whole(_X),
    type(cirq.X): _whole(_X),
    cirq.Rx: lambda gate: None,
    cirq.ZPowGate: _z,
    type(cirq.Z): _z,
    cirq.Rz: _z,
    cirq.CXPowGate: _whole(_CX),
    cirq.CZPowGate: _cz,
    cirq.CCXPowGate: _whole(_CCX),
    type(cirq.CSWAP): lambda gate: (_CSWAP, (1.0 + 0j,) * 8),
    cirq.IdentityGate: _nothing,
}
"""How gates that permute basis states are read."""


def small_gate(gate: cirq.Gate) -> Small | None:
    """A gate that does no more than permute basis states and give them phases."""
    read = _SMALL.get(type(gate))
    return None if read is None else read(gate)


def instruction_of(gate: cirq.Gate, qubits: tuple[int, ...]) -> Instruction:
    """Any gate or reset by itself."""
    small = small_gate(gate)
    if small is not None:
        return Permutation(qubits, *small)
    if isinstance(gate, cirq.GlobalPhaseGate):
        return Scales((({}, complex(gate.coefficient)),))
    if isinstance(gate, cirq.ResetChannel):
        return Reset(qubits[0])
    if isinstance(gate, DenseGate):
        return Product(qubits, gate.unitary)
    if isinstance(gate, ReflectionGate):
        return Reflection(qubits, gate)
    if isinstance(gate, MultiplexedRotation):
        return Rotations(qubits, np.cos(gate.angles), np.sin(gate.angles))
    if isinstance(gate, AbstractFactors):
        return Scales(tuple(gate.parts(qubits)))
    if isinstance(gate, cirq.ControlledGate):
        return _controlled(gate, qubits)
    if len(qubits) == 1:
        return Turn(qubits[0], tuple(cirq.unitary(gate).ravel().tolist()))
    if len(qubits) <= LARGEST_MATRIX and cirq.has_unitary(gate):
        return Product(qubits, cirq.unitary(gate))
    return Other(qubits, gate)


def _controlled(gate: cirq.ControlledGate, qubits: tuple[int, ...]) -> Instruction:
    values = gate.control_values
    controls, targets = qubits[: gate.num_controls()], qubits[gate.num_controls() :]
    if not isinstance(values, cirq.ProductOfSums) or any(len(each) != 1 for each in values):
        return Other(qubits, gate)
    bits = {qubit: each[0] for qubit, each in zip(controls, values, strict=True)}
    return Controlled(bits, targets, instruction_of(gate.sub_gate, targets))
