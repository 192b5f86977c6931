"""The phase-gradient state that angle additions use up none of."""

from qualtran import Bloq
from qualtran.bloqs.basic_gates import TGate, ZPowGate
from qualtran.bloqs.rotations.phase_gradient import PhaseGradientState
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.wires import Wire, Wires
from estimator import symbols


def gradient_size(rotation: Rotation, b: SymbolicInt) -> SymbolicInt:
    """Width of the register, zero where rotations do not need it. Unit: qubits."""
    return b if rotation is Rotation.PHASE_GRADIENT else 0


def gradient_calls(rotation: Rotation, b: SymbolicInt) -> dict[Bloq, SymbolicInt]:
    """What it takes to make the state and unmake it: 2 (b - 3) rotations and 2 T.

    Qualtran's `PhaseGradientState` lists one rotation a qubit when its size is symbolic, though
    the first three are Z, S and T.
    """
    if rotation is not Rotation.PHASE_GRADIENT:
        return {}
    if is_symbolic(b):
        return {ZPowGate(symbols.theta): 2 * (b - 3), TGate(): 2}
    made = PhaseGradientState(b)
    return {made: 1, made.adjoint(): 1}


def make_gradient(wires: Wires, rotation: Rotation, b: int) -> list[Wire]:
    """Make the state on new qubits; none where rotations do not need it."""
    if rotation is not Rotation.PHASE_GRADIENT:
        return []
    return wires.split("gradient", wires.bb.add(PhaseGradientState(b)))


def unmake_gradient(wires: Wires, gradient: list[Wire]) -> None:
    """Take the state apart and free its qubits."""
    if gradient:
        made = PhaseGradientState(len(gradient))
        register = wires.join(gradient, made.phase_dtype)
        wires.bb.add(made.adjoint(), phase_grad=register)
