"""A phase on a wire that says whether a projector holds, with a sense and a control."""

from qualtran import Bloq
from qualtran.bloqs.basic_gates import CNOT, XGate
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.wires import Wire, Wires


def turn_flag(
    wires: Wires, phi: SymbolicFloat, flag: Wire, control: list[Wire], sign: list[Wire]
) -> None:
    r"""Apply $e^{i \phi (2 \Pi - 1)}$, where the flag is one on $\Pi$ and zero elsewhere.

    With a control, half the angle is turned twice, the second time backwards where the control is
    zero.

    Args:
        wires: of the circuit.
        phi: the phase. Unit: radians.
        flag: the wire.
        control: the control's wire, or none.
        sign: the wire that turns the phase around where it is one, or none.
    """
    for wire in sign:
        wires.cnot(wire, flag)
    if control:
        half = PhaseRotation(phi / 2)
        wires.gate(half, q=flag)
        wires.x(flag)
        wires.cnot(control[0], flag)
        wires.gate(half, q=flag)
        wires.cnot(control[0], flag)
        wires.x(flag)
    else:
        wires.gate(PhaseRotation(phi), q=flag)
    for wire in sign:
        wires.cnot(wire, flag)


def turn_calls(phi: SymbolicFloat, is_controlled: bool, is_signed: bool) -> dict[Bloq, SymbolicInt]:
    """Gates of that."""
    turns = 2 if is_controlled else 1
    flips = 2 * int(is_signed) + 2 * int(is_controlled)
    gates: dict[Bloq, SymbolicInt] = {PhaseRotation(phi / turns): turns}
    gates |= {CNOT(): flips} if flips else {}
    return gates | ({XGate(): 2} if is_controlled else {})
