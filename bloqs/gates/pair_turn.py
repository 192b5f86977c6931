r"""Rotations of two qubits about a product of Pauli matrices, with one rotation each."""

import abc
from collections import Counter
from typing import Any, ClassVar

from attrs import frozen
from qualtran import Bloq, QBit, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Hadamard
from qualtran.resource_counting import CostKey
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import WireNames
from bloqs.composite import AbstractListed
from bloqs.gates.controlled_turn import ControlledTurnAboutZ
from bloqs.gates.turn_about_z import TurnAboutZ
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.depth import AbstractDepth


@frozen(cache_hash=True)
class AbstractPairTurn(AbstractListed):
    r"""Applies $e^{-i \phi P / 2}$ to a pair: into the Z basis, CNOT, a rotation, and back.

    It is one gate to `estimator.costs.keys.TwoQubitDepth`. Subclasses are final and define
    `letters`.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        x: QBit.
        y: QBit.
    """

    phi: SymbolicFloat

    acts_as_one_gate: ClassVar[bool] = True

    @property
    @abc.abstractmethod
    def letters(self) -> str:
        """Of P, first `x`, then `y`; X or Z."""

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("x", QBit()), Register("y", QBit())])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"x": (("first", 1),), "y": (("second", 1),)}

    @property
    def turned(self) -> list[Wire]:
        """Wires that are in the X basis outside."""
        wires: list[Wire] = [("x", 0), ("y", 0)]
        return [wire for wire, letter in zip(wires, self.letters, strict=True) if letter == "X"]

    @property
    def middle(self) -> Bloq:
        """What turns `y` between the CNOTs; it alone needs a control."""
        return (ControlledTurnAboutZ if self.is_controlled else TurnAboutZ)(self.phi)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: Counter[Any] = Counter([self.middle])
        calls.update({Hadamard(): 2 * len(self.turned), CNOT(): 2})
        return dict(calls)

    def write(self, wires: Wires) -> None:
        x, y = ("x", 0), ("y", 0)
        for wire in self.turned:
            wires.h(wire)
        wires.cnot(x, y)
        control = {"when": ("ctrl", 0)} if self.is_controlled else {}
        wires.gate(self.middle, **control, q=y)
        wires.cnot(x, y)
        for wire in self.turned:
            wires.h(wire)

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, AbstractDepth) and (known := cost_key.layers(self)) is not None:
            return known
        return super().my_static_costs(cost_key)

    def __str__(self) -> str:
        return f"{type(self).__name__}{'†' if self.is_adjoint else ''}"


@frozen(cache_hash=True)
class RXX(AbstractPairTurn):
    r"""Applies $e^{-i \phi X \otimes X / 2}$.

    Args:
        phi: the angle. Unit: radians.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        x: QBit.
        y: QBit.

    Cost: 1 rotation, 2 CNOTs and 4 Hadamard gates; controlled, 1 rotation and 2 CNOTs more.

    Source: [FN18] Sec. 4 for its use; the circuit is elementary.
    """

    @property
    def letters(self) -> str:
        return "XX"


@frozen(cache_hash=True)
class RZX(AbstractPairTurn):
    r"""Applies $e^{-i \phi Z \otimes X / 2}$, Z on `x` and X on `y`.

    Args:
        phi: the angle. Unit: radians.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        x: QBit.
        y: QBit.

    Cost: 1 rotation, 2 CNOTs and 2 Hadamard gates; controlled, 1 rotation and 2 CNOTs more.

    Source: [FN18] Sec. 4 for its use; the circuit is elementary.
    """

    @property
    def letters(self) -> str:
        return "ZX"


@bloq_example(generalizer=SAME_CALLS)
def _rxx() -> RXX:
    return RXX(0.7)


@bloq_example(generalizer=SAME_CALLS)
def _rxx_controlled() -> RXX:
    return RXX(1.2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _rzx() -> RZX:
    return RZX(-0.4)


@bloq_example(generalizer=SAME_CALLS)
def _rzx_symbolic() -> RZX:
    return RZX(symbols.theta)
