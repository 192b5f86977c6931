"""One state of data that two parties have half of each."""

import math
from typing import Any

import numpy as np
from attrs import field, frozen
from qualtran import Bloq, DecomposeTypeError, QBit, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import XGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.communication import symbols
from bloqs.communication.circuits.multiplexed import Turn, turn_calls, write_turns
from bloqs.communication.circuits.party_chain import owner
from bloqs.communication.circuits.vector_tree import VectorTree
from bloqs.communication.model.rounding import told_norm
from bloqs.composite import AbstractComposite, with_control
from bloqs.gates.turn_about_y import TurnAboutY
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.private import Private
from bloqs.messages.protocol import AbstractProtocol
from bloqs.messages.tell import Tell
from bloqs.readout.held import peak_width
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator.costs.keys import PeakQubits
from estimator.symbols import theta

HALF = "half"
"""The qubit that says whose half it is."""


@frozen(cache_hash=True)
class BranchTree(AbstractComposite):
    """Prepares data in one of two branches of a qubit, which the first party turns before.

    Args:
        n: width of the register. Unit: qubits.
        branch: 0 or 1, where the data are.
        data: 2**n real numbers, somebody's own; `None` if only their number matters.
        angle: of the turn about Y; only in branch 0, which comes first. Unit: radians.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        half: QBit.
        system: QUInt(n). Starts in zero.

    Cost: a controlled tree; in branch 0 a rotation and two X gates more. Controlled, an AND is
        made and taken away, and the rotation is two with two CNOTs.

    Raises:
        ValueError: if the branch is another, or as `VectorTree`.

    Source: ours.
    """

    n: SymbolicInt
    branch: int
    data: Private | None = field(default=None)
    angle: SymbolicFloat = field(default=0.0)

    def __attrs_post_init__(self) -> None:
        if self.branch not in (0, 1):
            raise ValueError(f"a qubit has the branches 0 and 1, got {self.branch}")
        self.tree  # noqa: B018  refuse what it refuses

    @property
    def tree(self) -> Bloq:
        """The data under a control."""
        return with_control(VectorTree(self.n, self.data), True)

    @property
    def signature(self) -> Signature:
        half, system = Register(HALF, QBit()), Register("system", QUInt(self.n))
        return Signature([*self.control_registers, half, system])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {HALF: ((HALF, 1),), "system": (("features", self.n),)}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {self.tree: 1}
        if self.branch == 0:
            if is_symbolic(self.angle):
                calls |= turn_calls([Turn("Y", 1.0, 0)], self.is_controlled)
                turns = sum(calls.pop(gate) for gate in [*calls] if isinstance(gate, TurnAboutY))
                calls[TurnAboutY(theta)] = turns
            else:
                calls |= turn_calls(self._turns, self.is_controlled)
        if self.is_controlled:
            both: Any = And(1, self.branch)
            return {**calls, both: 1, both.adjoint(): 1}
        return calls if self.branch else {**calls, XGate(): 2}

    @property
    def _turns(self) -> list[Turn]:
        return [Turn("Y", float(self.angle), 0)]

    def write(self, wires: Wires) -> None:
        if self.data is None:
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        half, system = (HALF, 0), self.wires_of("system")
        if self.branch == 0:
            write_turns(wires, self._turns, [half], self.control)
        if self.is_controlled:
            switch = self.control[0]
            wires.compute_and(switch, half, "both", cv2=self.branch)
            wires.on(self.tree, ctrl=["both"], system=system)
            wires.uncompute_and(switch, half, "both", cv2=self.branch)
            return
        for k in range(2):
            if self.branch == 0:
                wires.x(half)
            if k == 0:
                wires.on(self.tree, ctrl=[half], system=system)

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if self.is_controlled and isinstance(cost_key, (PeakQubits, QubitCount)):
            return peak_width(self, [(self.tree, 1)])
        return super().my_static_costs(cost_key)

    def __str__(self) -> str:
        return f"BranchTree{'†' if self.is_adjoint else ''}({self.branch}, 2**{self.n} entries)"


@frozen(cache_hash=True)
class DataParallel(AbstractProtocol):
    r"""Prepares $(\lVert a \rVert |0\rangle|a\rangle + \lVert b \rVert |1\rangle|b\rangle) / x$.

    Bob tells the norm of his half; Alice turns a qubit by it, prepares hers in branch 0 and sends
    all; Bob prepares his in branch 1. The norm x is that of both halves.

    Args:
        n: width of a half. Unit: qubits.
        one: a of Alice, 2**n real numbers; `None` if only their number matters.
        two: b of Bob, as many; `None` as before.
        norm_bits: of the norm that is told, 11 of them for its exponent. Unit: bits.
        is_controlled: whether a control decides between this and the identity; it is sent along.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        half: QBit. Starts in zero, with Alice.
        system: QUInt(n). Starts in zero, with Alice.

    Cost: two controlled trees, a rotation, a message of n + 1 qubits and one of bits before, which
        is no round of the register. A norm told as 1 + eta times itself turns the state by
        atan(eta/(2 sqrt(1 + eta))) at most.

    Raises:
        ValueError: if a half has another length or is zero, or there are fewer than 12 bits.

    Source: [GMSM24], data of several parties; ours, the norm that has to be told.
    """

    n: SymbolicInt
    one: Private | None = field(default=None)
    two: Private | None = field(default=None)
    norm_bits: SymbolicInt = field(default=64)

    def __attrs_post_init__(self) -> None:
        self.steps  # noqa: B018  refuse what they refuse

    @property
    def parties(self) -> tuple[str, str]:
        """Who begins, and who ends."""
        return owner(self.one, "Alice"), owner(self.two, "Bob")

    @property
    def angle(self) -> SymbolicFloat:
        """By which the qubit is turned. Unit: radians."""
        if self.one is None or self.two is None:
            return theta
        heard = told_norm(float(np.linalg.norm(self.two.value)), int(self.norm_bits))
        return 2 * math.atan2(heard, float(np.linalg.norm(self.one.value)))

    @property
    def steps(self) -> tuple[Tell, PartyBlock, PartyBlock]:
        """The norm, and both halves."""
        first, second = self.parties
        one = PartyBlock(first, BranchTree(self.n, 0, self.one, self.angle))
        two = PartyBlock(second, BranchTree(self.n, 1, self.two))
        return Tell(second, first, self.norm_bits), one, two

    @property
    def signature(self) -> Signature:
        half, system = Register(HALF, QBit()), Register("system", QUInt(self.n))
        return Signature([*self.control_registers, half, system])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {HALF: ((HALF, 1),), "system": (("features", self.n),)}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        tell, one, two = self.steps
        return {
            tell: 1,
            with_control(one, self.is_controlled): 1,
            self.message(*self.parties, self.n + 1): 1,
            with_control(two, self.is_controlled): 1,
        }

    def write(self, wires: Wires) -> None:
        tell, one, two = self.steps
        half, system = [(HALF, 0)], self.wires_of("system")
        wires.gate(tell)
        wires.on(with_control(one, self.is_controlled), ctrl=self.control, half=half, system=system)
        self.send(wires, *self.parties, [*half, *system])
        wires.on(with_control(two, self.is_controlled), ctrl=self.control, half=half, system=system)

    def __str__(self) -> str:
        return f"DataParallel{'†' if self.is_adjoint else ''}(twice 2**{self.n} entries)"


HERS, HIS = Private("Alice", (0.5, -1.0, 0.0, 2.0)), Private("Bob", (1.0, 1.5, -0.5, 0.0))


@bloq_example(generalizer=SAME_CALLS)
def data_parallel_example() -> DataParallel:
    return DataParallel(2, HERS, HIS)


@bloq_example(generalizer=SAME_CALLS)
def _data_parallel_controlled() -> DataParallel:
    return DataParallel(2, HERS, HIS, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _data_parallel_symbolic() -> DataParallel:
    return DataParallel(symbols.n)


@bloq_example(generalizer=SAME_CALLS)
def _branch_tree() -> BranchTree:
    return BranchTree(2, 1, HIS)


@bloq_example(generalizer=SAME_CALLS)
def _branch_tree_controlled() -> BranchTree:
    return BranchTree(2, 0, HERS, 0.7, is_controlled=True)
