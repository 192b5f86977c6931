"""A circuit as arrays of numbers that a compiled loop runs: axes, masks of bits, and angles."""

import math

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from bloqs.contrastive.model.gate_order import Gate, gate_order

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

X, Y, Z, FLIP = range(4)
"""What a gate does: turns about X, Y or Z, or flips a bit."""

AXES = {"RX": X, "RY": Y, "RZ": Z, "CX": FLIP, "CRX": X, "CRZ": Z, "RXX": X, "RZX": X}

RULE_PAIRS = ("CRX", "CRZ")
"""Gates whose angle has two frequencies, 1/2 and 1, so that two terms do not differentiate it."""


@frozen(eq=False)
class GateProgram:
    """Gates on W qubits, qubit 0 the most significant bit, with all angles in one list.

    Args:
        width: W. Unit: qubits.
        rows: of each gate: axis, bits it flips, the bit that tells the two halves apart, the bit
            that must be 1, the bit that turns its sense round, number of its angle; -1 for none.
            Shape (gates, 6).
        fixed: angles that nobody sets, after the others. Unit: radians.
        free: how many angles are set.
        ends: gates after which a layer is over, that of the inputs not counted.
    """

    width: int
    rows: Integers = field(repr=False)
    free: int
    fixed: tuple[float, ...] = ()
    ends: tuple[int, ...] = ()

    @property
    def places(self) -> Integers:
        """The gate of each angle, by number of the angle."""
        found = np.full(self.free + len(self.fixed), -1, dtype=np.int64)
        for place, row in enumerate(self.rows):
            if row[5] >= 0:
                found[row[5]] = place
        return found


def encoded(kind: str, width: int, layers: int) -> GateProgram:
    """Turns about X by the inputs, then an ansatz; the angles are inputs, then its own."""
    inputs = [Gate("RX", (k,), k) for k in range(width)]
    gates = gate_order(kind, width, layers)
    moved = [
        gate if gate.angle is None else Gate(gate.name, gate.qubits, gate.angle + width)
        for gate in gates
    ]
    first = len(inputs) + _before(kind, width, layers)
    each = (len(inputs) + len(gates) - first) // layers
    ends = tuple(first + each * number for number in range(1, layers + 1))
    return _program(width, [*inputs, *moved], (), ends)


def alone(kind: str, width: int, layers: int) -> GateProgram:
    """The ansatz without inputs."""
    gates = gate_order(kind, width, layers)
    first = _before(kind, width, layers)
    each = (len(gates) - first) // layers
    ends = tuple(first + each * number for number in range(1, layers + 1))
    return _program(width, gates, (), ends)


def halved(kind: str, width: int, layers: int) -> tuple[GateProgram, Floats]:
    """The encoded circuit with each controlled turn as two turns, and the angles of its parts.

    CRX(t) is RX(t/2), controlled Z, RX(-t/2), controlled Z, the last two up to phases that cancel;
    CRZ(t) is RZ(t/2), CX, RZ(-t/2), CX.

    Returns:
        The program, and the matrix that takes inputs and angles to its angles; shape
        (angles of the program that are set, W + P).
    """
    plain = [*(Gate("RX", (k,), k) for k in range(width))]
    for gate in gate_order(kind, width, layers):
        angle = None if gate.angle is None else gate.angle + width
        plain.append(Gate(gate.name, gate.qubits, angle))
    gates: list[Gate] = []
    factors: list[tuple[int, float]] = []
    walls: list[int] = []
    for gate in plain:
        if gate.angle is None:
            gates.append(gate)
            continue
        if gate.name not in RULE_PAIRS:
            gates.append(Gate(gate.name, gate.qubits, len(factors)))
            factors.append((gate.angle, 1.0))
            continue
        for sign in (1, -1):
            gates.append(Gate(gate.name[1:], gate.qubits[1:], len(factors)))
            factors.append((gate.angle, sign / 2))
            if gate.name == "CRZ":
                gates.append(Gate("CX", gate.qubits))
            else:  # the second undoes the phase that the first puts on the control
                walls.append(len(gates))
                gates.append(Gate("CRZ", gate.qubits, -1))
    fixed = []
    for number, place in enumerate(walls):
        gates[place] = Gate("CRZ", gates[place].qubits, len(factors) + number)
        fixed.append(math.pi if number % 2 == 0 else -math.pi)
    total = 1 + max(gate.angle for gate in plain if gate.angle is not None)
    matrix = np.zeros((len(factors), total))
    for row, (angle, factor) in enumerate(factors):
        matrix[row, angle] = factor
    return _program(width, gates, tuple(fixed), ()), matrix


def _before(kind: str, width: int, layers: int) -> int:
    """Gates before all layers."""
    fewer = len(gate_order(kind, width, layers + 1)) - len(gate_order(kind, width, layers))
    return len(gate_order(kind, width, layers)) - layers * fewer


def _program(
    width: int, gates: list[Gate], fixed: tuple[float, ...], ends: tuple[int, ...]
) -> GateProgram:
    rows = np.array([_row(gate, width) for gate in gates], dtype=np.int64).reshape(-1, 6)
    free = int(rows[:, 5].max(initial=-1)) + 1 - len(fixed)
    return GateProgram(width, rows, free, fixed, ends)


def _row(gate: Gate, width: int) -> tuple[int, ...]:
    bits = [1 << (width - 1 - qubit) for qubit in gate.qubits]
    angle = -1 if gate.angle is None else gate.angle
    axis = AXES[gate.name]
    if gate.name in ("CX", "CRX", "CRZ"):
        return axis, bits[1], bits[1], bits[0], 0, angle
    if gate.name == "RXX":
        return axis, bits[0] | bits[1], bits[0], 0, 0, angle
    if gate.name == "RZX":
        return axis, bits[1], bits[1], 0, bits[0], angle
    return axis, bits[0], bits[0], 0, 0, angle
