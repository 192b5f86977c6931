"""Rotations chosen by the value of other qubits, as single rotations with a CNOT after each."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from qualtran import Bloq
from qualtran.bloqs.basic_gates import CNOT
from qualtran.symbolics import SymbolicInt

from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.gates.turn_about_y import TurnAboutY
from bloqs.wires import Wire, Wires


class Turn(NamedTuple):
    """A rotation of one qubit, and the control of a CNOT on it afterwards, if there is one.

    Args:
        axis: Y or Z.
        angle: theta of exp(-i theta P / 2). Unit: radians.
        qubit: what is turned, 0 the most significant.
        after: control of the CNOT; `None` if there is none.
    """

    axis: Literal["Y", "Z"]
    angle: float
    qubit: int
    after: int | None = None

    def gates(self, is_controlled: bool) -> list[Bloq]:
        """The rotation, or under control the two halves of it."""
        angles = [self.angle / 2, -self.angle / 2] if is_controlled else [self.angle]
        return [TurnAboutY(x) if self.axis == "Y" else PhaseRotation(x / 2) for x in angles]


def by_gray_code(angles: Any) -> list[tuple[float, int | None]]:
    """Steps of a rotation about Y or Z whose angle the controls choose.

    Args:
        angles: one for each value of the controls, the first control most significant.

    Returns:
        In order, an angle, and the control of the CNOT on the target after that rotation; `None`
        if there are no controls. As many as there are angles.

    Source: [SBM06], multiplexed rotations.
    """
    size = len(angles)
    controls = size.bit_length() - 1
    codes = [i ^ (i >> 1) for i in range(size)]
    signs: Any = [[(-1) ** (j & code).bit_count() for j in range(size)] for code in codes]
    single = np.array(signs) @ np.array(angles, dtype=float) / size
    if not controls:
        return [(float(single[0]), None)]
    flips = [(i & -i).bit_length() - 1 for i in range(1, size + 1)]  # the bit the code changes
    places = [controls - 1 - min(bit, controls - 1) for bit in flips]
    return [(float(angle), place) for angle, place in zip(single, places, strict=True)]


def chosen(axis: Literal["Y", "Z"], angles: Any, qubit: int, others: Sequence[int]) -> list[Turn]:
    """A rotation of a qubit whose angle the other qubits choose, the first most significant."""
    return [
        Turn(axis, angle, qubit, None if place is None else others[place])
        for angle, place in by_gray_code(angles)
    ]


def turn_calls(turns: Iterable[Turn], is_controlled: bool) -> dict[Bloq, SymbolicInt]:
    """Gates of turns by number, also under a control."""
    calls, cnots = dict[Bloq, SymbolicInt](), 0
    for turn in turns:
        gates = turn.gates(is_controlled)
        for gate in gates:
            calls[gate] = calls.get(gate, 0) + 1
        cnots += int(turn.after is not None) + (2 if is_controlled else 0)
    return {**calls, CNOT(): cnots}


def write_turns(
    wires: Wires, turns: Iterable[Turn], register: Sequence[Wire], control: Sequence[Wire] = ()
) -> None:
    """Write them; a control, if there is one, decides about every rotation."""
    for turn in turns:
        for gate in turn.gates(bool(control)):
            wires.gate(gate, q=register[turn.qubit])
            for each in control:
                wires.cnot(each, register[turn.qubit])
        if turn.after is not None:
            wires.cnot(register[turn.after], register[turn.qubit])
