"""A rotation of every qubit about one axis."""

from collections import Counter
from typing import Any

from attrs import field, frozen
from qualtran import Bloq, QAny, Register, Signature, bloq_example
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.composite import AbstractListed
from bloqs.contrastive import symbols as own
from bloqs.contrastive.model.angle_list import Angles, as_angles, check_angles
from bloqs.contrastive.model.ansatz_parts import Axis
from bloqs.gates.controlled_turn import CONTROLLED_TURNS
from bloqs.gates.counted_rotation import AbstractCountedRotation
from bloqs.gates.turn_about_x import TurnAboutX
from bloqs.gates.turn_about_y import TurnAboutY
from bloqs.gates.turn_about_z import TurnAboutZ
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols

TURNS: dict[str, type[AbstractCountedRotation]] = {
    "X": TurnAboutX,
    "Y": TurnAboutY,
    "Z": TurnAboutZ,
}
"""By the letter of the axis."""


@frozen(cache_hash=True)
class RotationLayer(AbstractListed):
    r"""Applies $e^{-i \phi_k P / 2}$ to every qubit k.

    Args:
        axis: X, Y or Z.
        width: W, at least 1. Unit: qubits.
        angles: phi, qubit 0 first; empty for a circuit that is only counted. Unit: radians.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        q: QAny(width), qubit 0 most significant.

    Cost: W rotations; controlled, 2 W rotations and 2 W CNOTs.

    Raises:
        ValueError: if the axis is none of the three, there is no qubit, or the angles are not W
            finite numbers.

    Source: [JAXAKJ22], its code.
    """

    axis: Axis
    width: SymbolicInt
    angles: Angles = field(default=(), converter=as_angles)

    def __attrs_post_init__(self) -> None:
        if self.axis not in TURNS:
            raise ValueError(f"the axis of a rotation is X, Y or Z, got {self.axis!r}")
        if not is_symbolic(self.width) and self.width < 1:
            raise ValueError(f"RotationLayer needs at least one qubit, got W={self.width}")
        check_angles("RotationLayer", self.angles, self.width)

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("q", QAny(self.width))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"q": (("features", self.width),)}

    @property
    def kind(self) -> Any:
        """The class of its rotations."""
        return (CONTROLLED_TURNS if self.is_controlled else TURNS)[self.axis]

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        if not self.angles:
            return {self.kind(symbols.theta): self.width}
        return dict(Counter(map(self.kind, self.angles)))

    def write(self, wires: Wires) -> None:
        control = {"when": ("ctrl", 0)} if self.is_controlled else {}
        angles = self.angles or (symbols.theta,) * int(self.width)
        for wire, angle in zip(self.wires_of("q"), angles, strict=True):
            wires.gate(self.kind(angle), **control, q=wire)

    def __str__(self) -> str:
        return f"R{self.axis} layer{'†' if self.is_adjoint else ''}"


@bloq_example(generalizer=SAME_CALLS)
def _rotation_layer() -> RotationLayer:
    return RotationLayer("Y", 3, (0.3, -1.2, 2.0))


@bloq_example(generalizer=SAME_CALLS)
def _rotation_layer_controlled() -> RotationLayer:
    return RotationLayer("X", 2, (0.3, 0.4), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _rotation_layer_symbolic() -> RotationLayer:
    return RotationLayer("Z", own.W)
