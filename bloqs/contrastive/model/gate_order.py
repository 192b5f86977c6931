"""An ansatz as one list of gates with the number of each angle, and what angles there are."""

from collections.abc import Iterator

from attrs import frozen

from bloqs.contrastive.model.ansatz_parts import KINDS, PATTERNS, Part, Turns, kind_named


@frozen
class Gate:
    """One gate.

    Args:
        name: RX, RY, RZ, CX, CRX, CRZ, RXX or RZX.
        qubits: that it acts on; a control first, and the Z of RZX.
        angle: number of its angle, or `None`.
    """

    name: str
    qubits: tuple[int, ...]
    angle: int | None = None


def gate_order(kind: str, width: int, layers: int) -> list[Gate]:
    """The gates of an ansatz in order of execution; angles are numbered in that order."""
    known = KINDS[kind_named(kind)]
    parts = [*known.first, *(part for _ in range(layers) for part in known.layer)]
    gates: list[Gate] = []
    angles = 0
    for part in parts:
        for name, qubits, has_angle in _gates(part, width):
            gates.append(Gate(name, qubits, angles if has_angle else None))
            angles += has_angle
    return gates


def _gates(part: Part, width: int) -> Iterator[tuple[str, tuple[int, ...], bool]]:
    if isinstance(part, Turns):
        for qubit in range(width):
            yield f"R{part.axis}", (qubit,), True
        return
    for one, two in PATTERNS[part.pattern](width):
        if part.gate != "TDC":
            yield part.gate, (one, two), part.gate != "CX"
            continue
        yield from [("RY", (one,), True), ("RY", (two,), True), ("CX", (one, two), False)]
        yield from [("RZ", (one,), True), ("RZ", (two,), True)]


def dead_angles(gates: list[Gate]) -> list[int]:
    """Angles on which no probability of an outcome in the Z basis depends, by a rule.

    The rule: the gate is RZ or CRZ, and all its qubits are classical after it, see
    `classical_after`; then it commutes with whatever follows, up to the bits that label it, and a
    phase of a basis state is not seen.
    """
    return [
        gate.angle
        for gate, classical in classical_after(gates)
        if gate.angle is not None and gate.name in ("RZ", "CRZ") and classical >= {*gate.qubits}
    ]


def exempt_angles(gates: list[Gate]) -> list[int]:
    """Angles of controlled turns for which two terms of the shift rule are exact, by a rule.

    The rule: the control is classical after the gate, see `classical_after`. Then measuring it
    before the gate changes no outcome, and under a measured control the turn is one of a qubit.
    Dead angles are among them.
    """
    return [
        gate.angle
        for gate, classical in classical_after(gates)
        if gate.angle is not None and gate.name in ("CRX", "CRZ") and gate.qubits[0] in classical
    ]


def classical_after(gates: list[Gate]) -> list[tuple[Gate, frozenset[int]]]:
    """Each gate with the qubits that could be measured in the Z basis right after it.

    Whatever follows only controls by such a qubit, turns it about Z, or permutes basis states of
    such qubits by CNOTs; so the outcomes at the end have the same joint distribution.
    """
    classical = {qubit for gate in gates for qubit in gate.qubits}
    found: list[tuple[Gate, frozenset[int]]] = []
    for gate in reversed(gates):
        found.append((gate, frozenset(classical)))
        if gate.name == "CX" and classical >= {*gate.qubits}:
            continue
        classical -= set(gate.qubits[TOUCHED[gate.name] :])
    return found[::-1]


TOUCHED = {"RX": 0, "RY": 0, "RZ": 1, "CX": 1, "CRX": 1, "CRZ": 2, "RXX": 0, "RZX": 1}
"""From which of its qubits on a gate is not diagonal."""
