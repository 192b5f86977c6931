r"""Rotations of one qubit where another one is one, made of two rotations and two CNOTs."""

import abc
from collections import Counter
from typing import Any, ClassVar

import numpy as np
from attrs import frozen
from qualtran import Bloq, QBit, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Hadamard
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import WireNames
from bloqs.composite import AbstractListed
from bloqs.gates.counted_rotation import AbstractCountedRotation
from bloqs.gates.turn_about_y import TurnAboutY
from bloqs.gates.turn_about_z import TurnAboutZ
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.depth import AbstractDepth
from estimator.costs.keys import PeakQubits


@frozen(cache_hash=True)
class AbstractControlledTurn(AbstractListed):
    r"""Applies a rotation to `q` where `when` is one: half of it, CNOT, half of it back, CNOT.

    It is one gate to `estimator.costs.keys.TwoQubitDepth`. Qualtran's controlled `Rx` cannot be
    taken apart and counts as one rotation. Subclasses are final and define `turn` and `basis`.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        when: QBit.
        q: QBit.
    """

    phi: SymbolicFloat

    acts_as_one_gate: ClassVar[bool] = True

    @property
    @abc.abstractmethod
    def turn(self) -> type[AbstractCountedRotation]:
        """The class of the two rotations."""

    @property
    @abc.abstractmethod
    def basis(self) -> tuple[Bloq, ...]:
        """The gate before and after the rest, if there is one; its own inverse."""

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("when", QBit()), Register("q", QBit())])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"when": (("control", 1),), "q": (("target", 1),)}

    @property
    def halves(self) -> tuple[Bloq, Bloq]:
        """The two rotations, in order."""
        return self.turn(self.phi / 2), self.turn(-self.phi / 2)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: Counter[Any] = Counter([*self.halves, *self.basis, *self.basis])
        calls[CNOT()] = 2
        if self.is_controlled:
            calls.update({And(): 1, And().adjoint(): 1})
        return dict(calls)

    def write(self, wires: Wires) -> None:
        when, q = ("when", 0), ("q", 0)
        if self.is_controlled:
            wires.compute_and(("ctrl", 0), when, ("both", 0))
        for gate in self.basis:
            wires.gate(gate, q=q)
        for half in self.halves:
            wires.gate(half, q=q)
            wires.cnot(("both", 0) if self.is_controlled else when, q)
        for gate in self.basis:
            wires.gate(gate, q=q)
        if self.is_controlled:
            wires.uncompute_and(("ctrl", 0), when, ("both", 0))

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return 4 if self.is_controlled else 2
        if isinstance(cost_key, AbstractDepth) and (known := cost_key.layers(self)) is not None:
            return known
        return super().my_static_costs(cost_key)

    def __str__(self) -> str:
        return f"{type(self).__name__}{'†' if self.is_adjoint else ''}"


@frozen(cache_hash=True)
class ControlledTurnAboutX(AbstractControlledTurn):
    r"""Applies $e^{-i \phi X / 2}$ to `q` where `when` is one.

    Args:
        phi: the angle. Unit: radians.
        is_controlled: whether a further control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        when: QBit.
        q: QBit.

    Cost: 2 rotations, 2 CNOTs and 2 Hadamard gates, whatever the angle; controlled, 1 AND more.

    Source: [BBCDMSSSW95] Lemma 5.1, between Hadamard gates.
    """

    @property
    def turn(self) -> type[AbstractCountedRotation]:
        return TurnAboutZ

    @property
    def basis(self) -> tuple[Bloq, ...]:
        return (Hadamard(),)


@frozen(cache_hash=True)
class ControlledTurnAboutY(AbstractControlledTurn):
    r"""Applies $e^{-i \phi Y / 2}$ to `q` where `when` is one.

    Args:
        phi: the angle. Unit: radians.
        is_controlled: whether a further control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        when: QBit.
        q: QBit.

    Cost: 2 rotations and 2 CNOTs, whatever the angle; controlled, 1 AND more.

    Source: [BBCDMSSSW95] Lemma 5.1.
    """

    @property
    def turn(self) -> type[AbstractCountedRotation]:
        return TurnAboutY

    @property
    def basis(self) -> tuple[Bloq, ...]:
        return ()


@frozen(cache_hash=True)
class ControlledTurnAboutZ(AbstractControlledTurn):
    r"""Applies $e^{-i \phi Z / 2}$ to `q` where `when` is one.

    Args:
        phi: the angle. Unit: radians.
        is_controlled: whether a further control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        when: QBit.
        q: QBit.

    Cost: 2 rotations and 2 CNOTs, whatever the angle; controlled, 1 AND more.

    Source: [BBCDMSSSW95] Lemma 5.1.
    """

    @property
    def turn(self) -> type[AbstractCountedRotation]:
        return TurnAboutZ

    @property
    def basis(self) -> tuple[Bloq, ...]:
        return ()


CONTROLLED_TURNS: dict[str, type[AbstractControlledTurn]] = {
    "X": ControlledTurnAboutX,
    "Y": ControlledTurnAboutY,
    "Z": ControlledTurnAboutZ,
}
"""By the letter of the axis."""


@bloq_example(generalizer=SAME_CALLS)
def _controlled_turn_about_x() -> ControlledTurnAboutX:
    return ControlledTurnAboutX(0.7)


@bloq_example(generalizer=SAME_CALLS)
def _controlled_turn_about_x_twice() -> ControlledTurnAboutX:
    return ControlledTurnAboutX(-1.9, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _controlled_turn_about_y() -> ControlledTurnAboutY:
    return ControlledTurnAboutY(float(np.pi) / 2)


@bloq_example(generalizer=SAME_CALLS)
def _controlled_turn_about_z() -> ControlledTurnAboutZ:
    return ControlledTurnAboutZ(2.5)


@bloq_example(generalizer=SAME_CALLS)
def _controlled_turn_about_x_symbolic() -> ControlledTurnAboutX:
    return ControlledTurnAboutX(symbols.theta)
