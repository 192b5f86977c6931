"""The block of the alternating ansatz: a CNOT between turns of both qubits."""

from collections import Counter
from typing import Any

from attrs import field, frozen
from qualtran import Bloq, QBit, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Toffoli
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import WireNames
from bloqs.composite import AbstractListed
from bloqs.contrastive.circuits.rotation_layer import TURNS
from bloqs.contrastive.model.angle_list import Angles, as_angles, check_angles
from bloqs.gates.controlled_turn import CONTROLLED_TURNS
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires
from estimator import symbols


@frozen(cache_hash=True)
class TurnedPair(AbstractListed):
    r"""Turns both qubits about Y, applies a CNOT, and turns both about Z.

    Args:
        angles: of these turns in that order, `x` first; empty for a circuit that is only counted.
            Unit: radians.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        x: QBit. Controls.
        y: QBit.

    Cost: 4 rotations and 1 CNOT; controlled, 8 rotations, 8 CNOTs and 1 Toffoli.

    Raises:
        ValueError: if the angles are not four finite numbers.

    Source: [JAXAKJ22], its code.
    """

    angles: Angles = field(default=(), converter=as_angles)

    def __attrs_post_init__(self) -> None:
        check_angles("TurnedPair", self.angles, 4)

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("x", QBit()), Register("y", QBit())])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"x": (("control", 1),), "y": (("target", 1),)}

    @property
    def turns(self) -> list[Bloq]:
        """The rotations in order."""
        kinds: Any = CONTROLLED_TURNS if self.is_controlled else TURNS
        angles: tuple[SymbolicFloat, ...] = self.angles or (symbols.theta,) * 4
        return [kinds[axis](angle) for axis, angle in zip("YYZZ", angles, strict=True)]

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {**Counter(self.turns), (Toffoli() if self.is_controlled else CNOT()): 1}

    def write(self, wires: Wires) -> None:
        control = {"when": ("ctrl", 0)} if self.is_controlled else {}
        x: Wire = ("x", 0)
        y: Wire = ("y", 0)
        for place, turn in enumerate(self.turns):
            if place == 2 and self.is_controlled:
                wires.toffoli(("ctrl", 0), x, y)
            elif place == 2:
                wires.cnot(x, y)
            wires.gate(turn, **control, q=(x, y)[place % 2])

    def __str__(self) -> str:
        return f"TurnedPair{'†' if self.is_adjoint else ''}"


@bloq_example(generalizer=SAME_CALLS)
def _turned_pair() -> TurnedPair:
    return TurnedPair((0.3, -1.2, 2.0, 0.5))


@bloq_example(generalizer=SAME_CALLS)
def _turned_pair_controlled() -> TurnedPair:
    return TurnedPair((0.3, -1.2, 2.0, 0.5), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _turned_pair_symbolic() -> TurnedPair:
    return TurnedPair((symbols.theta,) * 4)
