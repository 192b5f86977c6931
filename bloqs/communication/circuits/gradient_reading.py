"""What the owner of a block does to a gradient state before all of it is measured."""

from collections import Counter
from typing import Any

import numpy as np
from attrs import field, frozen
from qualtran import Bloq, DecomposeTypeError, QBit, QUInt, Register, Signature, bloq_example
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import WireNames
from bloqs.communication import symbols
from bloqs.communication.circuits.clifford import Named, clifford_calls, write_clifford
from bloqs.communication.circuits.pauli_rotation import PauliRotation
from bloqs.communication.model.common_basis import CommonBasis, common_basis
from bloqs.composite import AbstractComposite, with_control
from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator.symbols import theta

READ: tuple[Named, ...] = (("S", (("branch", 0),)), ("H", (("branch", 0),)))
"""Turn minus Y of the branch into Z."""


@frozen(cache_hash=True)
class GradientReading(AbstractComposite):
    r"""Turns observables $-Y \otimes V P V^\dagger$ of a gradient state into signs of bits.

    Gates after the last of a group are undone. One parameter is then read from the branch alone:
    P is applied in the branch one. A group of several commuting P is read from all bits, in the
    basis that they share: each derivative has its own bits, see `values`.

    Args:
        n: width of the register. Unit: qubits.
        gates: of the block, in order; `None` if only their number matters.
        group: places of the parameters among them, from 0.
        is_together: whether all bits are read, else the branch alone.
        after: gates after the last of the group. Unit: gates.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        branch: QBit.
        system: QUInt(n).

    Cost: that of the gates that are undone; all others are Clifford gates.

    Raises:
        ValueError: if the group is empty, has a gate with a control or gates that do not commute,
            or has several gates and they are not read together.

    Source: commuting generators [BWP23].
    """

    n: SymbolicInt
    gates: tuple[PauliRotation, ...] | None = None
    group: tuple[int, ...] = field(default=(0,))
    is_together: bool = field(default=False, kw_only=True)
    after: SymbolicInt = field(kw_only=True)

    @after.default
    def _after(self) -> SymbolicInt:
        return len(self.gates or ()) - 1 - max(self.group, default=0)

    def __attrs_post_init__(self) -> None:
        if self.gates is None:
            return
        if not self.group or not all(0 <= k < len(self.gates) for k in self.group):
            raise ValueError(
                f"a gradient is read of gates from 0 to {len(self.gates) - 1}, got {self.group}"
            )
        if not self.is_together and len(self.group) > 1:
            raise ValueError(f"one branch tells of one parameter, got {len(self.group)}")
        if any(self.gates[k].on for k in self.group):
            raise ValueError(
                "a gradient is read of gates without a control, got one with a control"
            )
        self.basis  # noqa: B018  refuse what it refuses

    @property
    def strings(self) -> tuple[str, ...]:
        """P of each parameter."""
        return tuple((self.gates or ())[k].letters for k in self.group)

    @property
    def basis(self) -> CommonBasis:
        """How the strings are read together."""
        return common_basis(self.strings)

    @property
    def signature(self) -> Signature:
        branch, system = Register("branch", QBit()), Register("system", QUInt(self.n))
        return Signature([*self.control_registers, branch, system])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"branch": (("branch", 1),), "system": (("features", self.n),)}

    @property
    def undone(self) -> list[Bloq]:
        """Inverses of the gates after the group, last gate first."""
        gates = (self.gates or ())[max(self.group) + 1 :]
        return [with_control(x, self.is_controlled).adjoint() for x in reversed(gates)]

    @property
    def cliffords(self) -> list[Named]:
        """What follows, in order."""
        if self.is_together:
            found = [(name, tuple(("system", q) for q in qs)) for name, qs in self.basis.gates]
            return [*found, *READ]
        (string,) = self.strings
        return [*(step for k, x in enumerate(string) for step in _in_branch(x, k)), *READ]

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        if self.gates is None:
            turns = self.after * (2 if self.is_controlled else 1)
            return {PhaseRotation(theta): turns, **clifford_calls(READ, self.is_controlled)}
        calls: Counter[Any] = Counter(self.undone)
        calls.update(clifford_calls(self.cliffords, self.is_controlled))
        return dict(calls)

    def write(self, wires: Wires) -> None:
        if self.gates is None:
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        for gate in self.undone:
            wires.on(gate, ctrl=self.control, system=self.wires_of("system"))
        write_clifford(wires, self.cliffords, self.control)

    def values(self, outcomes: Any) -> Any:
        """Of each parameter, the value of 1 or -1 that an outcome gives.

        Args:
            outcomes: numbers that the branch, most significant, and the register make; any shape.

        Returns:
            An array of the parameters by that shape.
        """
        branch = 1 - 2 * ((outcomes >> self.n) & 1)
        if not self.is_together:
            return branch[None]
        found = []
        for reads, sign in zip(self.basis.reads, self.basis.signs, strict=True):
            value = sign * branch
            for q in reads:
                value = value * (1 - 2 * ((outcomes >> (self.n - 1 - q)) & 1))
            found.append(value)
        return np.stack(found)

    def __str__(self) -> str:
        return f"GradientReading{'†' if self.is_adjoint else ''}({len(self.group)} parameters)"


def _in_branch(letter: str, k: int) -> list[Named]:
    """The letter on qubit k, in the branch one."""
    q = ("system", k)
    there: dict[str, list[str]] = {"I": [], "X": ["H"], "Y": ["S^-1", "H"], "Z": []}
    back = {"H": "H", "S^-1": "S"}
    if letter == "I":
        return []
    before: list[Named] = [(name, (q,)) for name in there[letter]]
    after: list[Named] = [(back[name], (q,)) for name in reversed(there[letter])]
    return [*before, ("CZ", (("branch", 0), q)), *after]


def _gates() -> tuple[PauliRotation, ...]:
    return PauliRotation("XX", 0.3), PauliRotation("ZZ", -1.1), PauliRotation("YI", 0.7)


@bloq_example(generalizer=SAME_CALLS)
def _gradient_reading() -> GradientReading:
    return GradientReading(2, _gates(), (1,))


@bloq_example(generalizer=SAME_CALLS)
def _gradient_reading_of_a_group() -> GradientReading:
    return GradientReading(2, _gates(), (0, 1), is_together=True)


@bloq_example(generalizer=SAME_CALLS)
def _gradient_reading_controlled() -> GradientReading:
    return GradientReading(2, _gates(), (0, 1), is_together=True, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _gradient_reading_symbolic() -> GradientReading:
    return GradientReading(symbols.n, after=symbols.P - 1)
