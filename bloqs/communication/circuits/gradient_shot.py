"""One run of a distributed model by which derivatives are sampled."""

from typing import Any

import numpy as np
from attrs import field, frozen
from qualtran import Bloq, QBit, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import XGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import WireNames
from bloqs.communication.circuits.gradient_reading import GradientReading
from bloqs.communication.circuits.gradient_state import (
    GradientState,
    gradient_state_example,
    gradient_state_symbolic_example,
)
from bloqs.communication.circuits.inference_shot import InferenceShot, refuse_layers
from bloqs.communication.circuits.pauli_block import PauliBlock
from bloqs.communication.model.blocks import PartyModel
from bloqs.communication.model.groups import commuting_groups
from bloqs.communication.model.outline import Form
from bloqs.composite import with_control
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.protocol import AbstractProtocol
from bloqs.readout.held import peak_width
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator.costs.keys import PeakQubits


@frozen(cache_hash=True)
class GradientShot(AbstractProtocol):
    r"""Prepares a gradient state and turns its observables into bits, which are then measured.

    A state of the form `controlled` has $|\mu_k\rangle$ in the branch zero, so block k is run there
    first.

    Args:
        state: the gradient state of block k, plain.
        group: places of the parameters among the gates of block k, from 0.
        is_together: whether the bits of the whole register are read, else the branch alone.
        after: gates of block k after the last of the group. Unit: gates.
        is_controlled: whether a control decides between this and the identity; it is sent along.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        branch: QBit. Starts in zero, with who branches.
        system: QUInt(n). Starts in zero, with the owner of the data.

    Cost: that of the state and of the reading; its messages are those of the state.

    Raises:
        ValueError: as `GradientReading`, or if the state is controlled or inverted or block k is
            none of Pauli rotations.

    Source: [GMSM24]; that several derivatives are read at once, [BWP23].
    """

    state: GradientState
    group: tuple[int, ...] = field(default=(0,))
    is_together: bool = field(default=False, kw_only=True)
    after: SymbolicInt = field(kw_only=True)

    @after.default
    def _after(self) -> SymbolicInt:
        block = self.block.bloq
        gates = block.gates if isinstance(block, PauliBlock) else None
        return len(gates or ()) - 1 - max(self.group, default=0)

    def __attrs_post_init__(self) -> None:
        if self.state.is_controlled or self.state.is_adjoint:
            raise ValueError(f"GradientShot reads a plain gradient state, got {self.state}")
        if not isinstance(self.block.bloq, PauliBlock):
            raise ValueError(f"GradientShot reads parameters of Pauli rotations, got {self.block}")
        self.reading  # noqa: B018  refuse what it refuses

    @property
    def block(self) -> PartyBlock:
        """Block k."""
        return self.state.shot.blocks[self.state.block - 1]

    @property
    def reading(self) -> GradientReading:
        """What the owner of block k does."""
        block: Any = self.block.bloq
        return GradientReading(
            self.state.n, block.gates, self.group, is_together=self.is_together, after=self.after
        )

    @property
    def signature(self) -> Signature:
        branch, system = Register("branch", QBit()), Register("system", QUInt(self.state.n))
        return Signature([*self.control_registers, branch, system])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return self.state.wire_names

    @property
    def steps(self) -> tuple[Bloq, Bloq]:
        """Preparation and reading, controlled if this is."""
        reading = PartyBlock(self.block.owner, self.reading)
        return with_control(self.state, self.is_controlled), with_control(
            reading, self.is_controlled
        )

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = dict.fromkeys(self.steps, 1)
        if self.state.form == "controlled":
            calls[with_control(self.block, True)] = 1
            if self.is_controlled:
                return {**calls, And(1, 0): 1, And(1, 0).adjoint(): 1}
            calls[XGate()] = 2
        return calls

    def write(self, wires: Wires) -> None:
        prepare, read = self.steps
        branch, system = ("branch", 0), self.wires_of("system")
        wires.on(prepare, ctrl=self.control, branch=[branch], system=system)
        if self.state.form == "controlled":
            block = with_control(self.block, True)
            if self.is_controlled:
                wires.compute_and(self.control[0], branch, "both", cv2=0)
                wires.on(block, ctrl=["both"], system=system)
                wires.uncompute_and(self.control[0], branch, "both", cv2=0)
            else:
                wires.x(branch)
                wires.on(block, ctrl=[branch], system=system)
                wires.x(branch)
        wires.on(read, ctrl=self.control, branch=[branch], system=system)

    def refuse_symbols(self) -> None:
        super().refuse_symbols()
        refuse_layers(self, self.state.shot.layers)
        refuse_layers(self, self.state.layer)

    def my_static_costs(self, cost_key: CostKey) -> Any:
        holds = self.is_controlled and self.state.form == "controlled"
        if holds and isinstance(cost_key, (PeakQubits, QubitCount)):
            prepare, read = self.steps
            parts = [(prepare, 0), (with_control(self.block, True), 1), (read, 0)]
            return peak_width(self, parts)
        return super().my_static_costs(cost_key)

    def __str__(self) -> str:
        mark = "†" if self.is_adjoint else ""
        return f"GradientShot{mark}({len(self.group)} parameters, {self.state})"[:75]


def gradient_shots(
    model: PartyModel, is_grouped: bool = True, form: Form = "uncontrolled"
) -> list[GradientShot]:
    """The runs that give every derivative, block by block: one a group, or one a parameter.

    Raises:
        ValueError: if a trainable gate is controlled or shares its parameter, or data are complex.
    """
    model.check_test()
    shot, found = InferenceShot.of(model), []
    for k, block in enumerate(model.blocks, 1):
        state = GradientState(shot, 1, k, form)
        for group in commuting_groups(block.gates):
            parts = [group] if is_grouped else [(j,) for j in group]
            found += [GradientShot(state, part, is_together=is_grouped) for part in parts]
    return found


def expected_values(shot: GradientShot, final: Any) -> Any:
    """The derivatives that outcomes have on average, for the loss in Z.

    Args:
        shot: the run.
        final: its state before the measurement; shape (2**(n + 1),).

    Returns:
        One for each parameter of the group.
    """
    likely = np.abs(final) ** 2
    return shot.reading.values(np.arange(len(likely))) @ likely


@bloq_example(generalizer=SAME_CALLS)
def _gradient_shot() -> GradientShot:
    return GradientShot(gradient_state_example.make(), (0,))


@bloq_example(generalizer=SAME_CALLS)
def _gradient_shot_controlled() -> GradientShot:
    return GradientShot(gradient_state_example.make(), (0,), is_together=True, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _gradient_shot_symbolic() -> GradientShot:
    state = gradient_state_symbolic_example.make()
    gates: Any = state.shot.blocks[0].bloq
    return GradientShot(state, (0,), after=gates.number - 1)
