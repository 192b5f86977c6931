r"""Gates of OpenQASM in the gates that the ledger counts.

A turn by a multiple of pi/4 is made of Clifford gates and at most one T; any other is a rotation,
which has to be synthesised. Controlled turns are as `qelib1.inc` has them [CBSG17] App. A: `crz`,
`crx`, `cry` two turns by half the angle and two CNOTs, `cu1` and `cp` three, `cu3` six; `rccx` and
`rc3x` their four and eight T. What has several controls computes their AND, which is taken away by
a measurement [Gid18] Fig. 3. Sequences are exact but for a phase of the whole.
"""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeAlias

import cirq
import numpy as np
import sympy
from attrs import define, field
from cirq.circuits.qasm_output import QasmUGate
from qualtran import Bloq
from qualtran.bloqs.basic_gates import (
    CNOT,
    CZ,
    CYGate,
    Hadamard,
    Rx,
    Ry,
    Rz,
    SGate,
    TGate,
    Toffoli,
    TwoBitCSwap,
    TwoBitSwap,
    XGate,
    YGate,
    ZGate,
)
from qualtran.bloqs.mcmt import And

CLOSE = 1e-9
"""How near a multiple of pi/4 an angle is one. Unit: pi/4."""

Element: TypeAlias = tuple[Bloq, tuple[int, ...]]
"""A gate and the numbers of its wires, in the order of its registers."""

H, S, S_INVERSE, T, T_INVERSE = (
    Hadamard(), SGate(), SGate(is_adjoint=True), TGate(), TGate(is_adjoint=True)
)  # fmt: skip
X, Y, Z = XGate(), YGate(), ZGate()

Z_TURNS: tuple[tuple[Bloq, ...], ...] = (
    (), (T,), (S,), (S, T), (Z,), (Z, T), (S_INVERSE,), (T_INVERSE,)
)  # fmt: skip
"""Z to the power of k/4, by k."""

ABOUT_Z: dict[str, tuple[tuple[Bloq, ...], tuple[Bloq, ...]]] = {
    "X": ((H,), (H,)),
    "Y": ((S_INVERSE, H), (H, S)),
    "Z": ((), ()),
}
"""Gates before and after a turn about Z that make it one about another axis."""

PLAIN: dict[cirq.Gate, Bloq] = {
    cirq.H: H,
    cirq.CNOT: CNOT(),
    cirq.CY: CYGate(),
    cirq.CZ: CZ(),
    cirq.SWAP: TwoBitSwap(),
    cirq.CCNOT: Toffoli(),
    cirq.CSWAP: TwoBitCSwap(),
}
"""Gates that the ledger has."""

ANGLES = ("Clifford", "T", "to synthesise")
"""What a turn by a given angle is made of."""


@define
class Elementary:
    """Elementary gates, put down one after another on numbered wires.

    Args:
        width: wires that there are; work wires have numbers from here on.
        is_by_angle: whether angles are given, so that `angles` counts them.
        elements: the gates.
        angles: how many turns by a given angle are Clifford gates, T gates, or need synthesis.
    """

    width: int
    is_by_angle: bool = True
    elements: list[Element] = field(factory=list)
    angles: Counter[str] = field(factory=Counter)

    def put(self, bloq: Bloq, *wires: int) -> None:
        self.elements.append((bloq, wires))

    def turn(self, axis: str, power: Any, wire: int) -> None:
        """X, Y or Z to a power, which is an angle in units of pi."""
        eighth = eighths(power)
        if eighth == 0:
            return
        kind = ANGLES[2] if eighth is None else ANGLES[eighth % 2]
        self.angles[kind] += int(self.is_by_angle)
        if eighth is None:
            rotation = {"X": Rx, "Y": Ry, "Z": Rz}[axis]
            self.put(rotation(_radians(power)), wire)
        elif eighth == 4:
            self.put({"X": X, "Y": Y, "Z": Z}[axis], wire)
        else:
            before, after = ABOUT_Z[axis]
            for gate in (*before, *Z_TURNS[eighth], *after):
                self.put(gate, wire)

    def gate(self, gate: cirq.Gate, wires: Sequence[int]) -> None:
        """A gate of OpenQASM as Cirq reads it.

        Raises:
            ValueError: if it is none.
        """
        if isinstance(gate, cirq.IdentityGate):
            return
        if (bloq := PLAIN.get(gate)) is not None:
            self.put(bloq, *wires)
        elif isinstance(gate, (cirq.XPowGate, cirq.YPowGate, cirq.ZPowGate)):
            self.turn(_axis(gate), gate.exponent, wires[0])
        elif isinstance(gate, QasmUGate):
            self.u(gate.theta, gate.phi, gate.lmda, wires[0])
        elif isinstance(gate, (cirq.XXPowGate, cirq.YYPowGate, cirq.ZZPowGate)):
            self.pair_turn(_axis(gate), gate.exponent, *wires)
        elif isinstance(gate, cirq.ISwapPowGate) and gate.exponent == 1:
            self.exchange(*wires)
        elif isinstance(gate, cirq.ControlledGate):
            self.controlled(gate.sub_gate, wires[: gate.num_controls()], wires[-1])
        elif isinstance(gate, cirq.MatrixGate) and len(wires) in RELATIVE:
            self.relative_toffoli(*wires)
        else:
            raise ValueError(f"{gate} is no gate of OpenQASM that can be counted")

    def u(self, theta: Any, phi: Any, lmda: Any, wire: int) -> None:
        """`U` and `u3`: turns about Z, Y and Z, as one about Z where that is the same."""
        if eighths(theta) == 0:
            self.turn("Z", phi + lmda, wire)
        elif eighths(theta) == 4:
            self.turn("Z", lmda - phi, wire)
            self.put(Y, wire)
        else:
            self.turn("Z", lmda, wire)
            self.turn("Y", theta, wire)
            self.turn("Z", phi, wire)

    def pair_turn(self, axis: str, power: Any, a: int, b: int) -> None:
        """exp(-i pi power P x P / 2) up to a phase, for the Pauli matrix P of an axis."""
        before, after = ABOUT_Z[axis]
        for wire in (a, b):
            for gate in before:
                self.put(gate, wire)
        self.put(CNOT(), a, b)
        self.turn("Z", power, b)
        self.put(CNOT(), a, b)
        for wire in (a, b):
            for gate in after:
                self.put(gate, wire)

    def exchange(self, a: int, b: int) -> None:
        """`iswap` [CBSG17]: Clifford."""
        for wire in (a, b):
            self.put(S, wire)
        self.put(H, a)
        self.put(CNOT(), a, b)
        self.put(CNOT(), b, a)
        self.put(H, b)

    def relative_toffoli(self, *wires: int) -> None:
        """`rccx` and `rc3x`, Toffolis but for phases."""
        for step in RELATIVE[len(wires)].split():
            if step.endswith("x"):
                self.put(CNOT(), wires["abc".index(step[0])], wires[-1])
            else:
                self.put({"h": H, "t": T, "i": T_INVERSE}[step], wires[-1])

    def controlled(self, gate: cirq.Gate, controls: Sequence[int], target: int) -> None:
        """A gate of one qubit under controls that must all be one."""
        if len(controls) > 1:
            self.under_several(gate, controls, target)
            return
        (control,) = controls
        if gate == cirq.H:  # H = A Z A^-1 with a turn A by pi/4, so two T
            for each in (S, H, T):
                self.put(each, target)
            self.put(CNOT(), control, target)
            for each in (T_INVERSE, H, S_INVERSE):
                self.put(each, target)
        elif isinstance(gate, QasmUGate):
            self.controlled_u(gate.theta, gate.phi, gate.lmda, control, target)
        elif isinstance(gate, (cirq.XPowGate, cirq.YPowGate, cirq.ZPowGate)):
            self.controlled_power(_axis(gate), gate.exponent, gate.global_shift, control, target)
        else:
            raise ValueError(f"a controlled {gate} is no gate of OpenQASM that can be counted")

    def controlled_power(
        self, axis: str, power: Any, shift: float, control: int, target: int
    ) -> None:
        """A power of a Pauli matrix, times the phase exp(i pi shift power), under a control."""
        if shift == -0.5:  # a rotation: its mean eigenvalue has no phase
            if eighths(power / 2) != 0:
                self.controlled_turn(axis, power, control, target)
            return
        before, after = ABOUT_Z[axis]
        if eighths(power) == 4:
            self.put({"X": CNOT(), "Y": CYGate(), "Z": CZ()}[axis], control, target)
        else:
            for each in before:
                self.put(each, target)
            self.controlled_phase(power, control, target)
            for each in after:
                self.put(each, target)
        if shift:
            self.turn("Z", shift * power, control)

    def controlled_turn(self, axis: str, power: Any, control: int, target: int) -> None:
        """exp(-i pi power P / 2) under a control: half of it, CNOT, half of it back, CNOT."""
        if axis == "X":
            self.put(H, target)
        turned = "Y" if axis == "Y" else "Z"
        self.turn(turned, power / 2, target)
        self.put(CNOT(), control, target)
        self.turn(turned, -power / 2, target)
        self.put(CNOT(), control, target)
        if axis == "X":
            self.put(H, target)

    def controlled_phase(self, power: Any, control: int, target: int) -> None:
        """The phase exp(i pi power) where both qubits are one."""
        if eighths(power) == 0:
            return
        if eighths(power) == 4:
            self.put(CZ(), control, target)
            return
        self.turn("Z", power / 2, control)
        self.turn("Z", power / 2, target)
        self.put(CNOT(), control, target)
        self.turn("Z", -power / 2, target)
        self.put(CNOT(), control, target)

    def controlled_u(self, theta: Any, phi: Any, lmda: Any, control: int, target: int) -> None:
        """`cu3`; without a turn about Y it is `cu1`."""
        if eighths(theta) == 0:
            self.controlled_phase(phi + lmda, control, target)
            return
        self.turn("Z", (lmda + phi) / 2, control)
        self.turn("Z", (lmda - phi) / 2, target)
        self.put(CNOT(), control, target)
        self.turn("Z", -(phi + lmda) / 2, target)
        self.turn("Y", -theta / 2, target)
        self.put(CNOT(), control, target)
        self.turn("Y", theta / 2, target)
        self.turn("Z", phi, target)

    def under_several(self, gate: cirq.Gate, controls: Sequence[int], target: int) -> None:
        """Controls are taken together two by two, and given back."""
        is_x = gate == cirq.X
        kept = 2 if is_x else 1
        left = list(controls)
        used: list[tuple[int, int, int]] = []
        while len(left) > kept:
            a, b = left.pop(0), left.pop(0)
            work = self.width + len(used)
            self.put(And(), a, b, work)
            used.append((a, b, work))
            left.insert(0, work)
        if is_x:
            self.put(Toffoli(), *left, target)
        else:
            self.controlled(gate, left, target)
        for taken in reversed(used):
            self.put(And().adjoint(), *taken)


RELATIVE = {
    3: "h t bcx i acx t bcx i h",
    4: "h t ccx i h acx t bcx i acx t bcx i h t ccx i h",
}
"""`rccx` and `rc3x` [CBSG17], by their number of qubits: H, T and its inverse (i) on the last one,
and CNOTs from another one onto it."""


def eighths(power: Any) -> int | None:
    """k where an angle of `power` times pi is k pi/4, from 0 to 7; `None` where it is no such."""
    value = _number(power)
    if value is None:
        return None
    nearest = round(4 * value)
    return nearest % 8 if abs(4 * value - nearest) <= CLOSE else None


def _number(power: Any) -> float | None:
    """The angle as a number; `None` if it has symbols.

    Raises:
        ValueError: if it is no finite real number.
    """
    if isinstance(power, sympy.Basic) and not power.is_number:
        return None
    try:
        value = float(power)
    except (TypeError, OverflowError):
        value = math.nan
    if not math.isfinite(value):
        raise ValueError("an angle of it is not finite, or no real number")
    return value


def _radians(power: Any) -> Any:
    value = _number(power)
    return power * sympy.pi if value is None else value * np.pi


def _axis(gate: Any) -> str:
    kinds = {
        "X": (cirq.XPowGate, cirq.XXPowGate),
        "Y": (cirq.YPowGate, cirq.YYPowGate),
        "Z": (cirq.ZPowGate, cirq.ZZPowGate),
    }
    return next(axis for axis, classes in kinds.items() if isinstance(gate, classes))
