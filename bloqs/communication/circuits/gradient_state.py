"""The state on which every derivative by a parameter of one block is a measurement."""

from typing import Any

from attrs import field, frozen
from qualtran import Bloq, QBit, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import WireNames
from bloqs.communication.circuits.branch_readout import GATES, BranchReadout
from bloqs.communication.circuits.clifford import clifford_calls, write_clifford
from bloqs.communication.circuits.inference_shot import (
    InferenceShot,
    inference_shot_example,
    inference_shot_symbolic_example,
    refuse_layers,
)
from bloqs.communication.circuits.walk import AbstractWalk, Calls, Place, check_place
from bloqs.communication.model.outline import Form
from bloqs.composite import with_control
from bloqs.messages.party_block import PartyBlock
from bloqs.readout.held import peak_width
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires
from estimator.costs.keys import PeakQubits

FORMS: tuple[Form, ...] = ("uncontrolled", "controlled")


@frozen(cache_hash=True)
class GradientState(AbstractWalk):
    r"""Prepares $(|0\rangle U_k|\mu_k\rangle + |1\rangle|\nu_k\rangle)/\sqrt2$ at block k's owner.

    In the form `uncontrolled` all blocks run without control; the owner of the last then branches
    by whether the output is read, and on the way back the branch that is not undoes itself. In the
    form `controlled` the owner of block k branches, and all blocks from k on, to the end and back,
    run in one branch alone; the other branch ends in $|\mu_k\rangle$ then.

    Args:
        shot: the model, plain.
        layer: that of block k, from 1.
        block: its place in the layer, from 1.
        form: "uncontrolled" or "controlled".
        is_controlled: whether a control decides between this and the identity; it is sent along.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        branch: QBit. Starts in zero, with who branches.
        system: QUInt(n). Starts in zero, with the owner of the data.

    Cost: for two parties in turn, 2 K - k - 1 messages. K - 1 of n qubits and K - k of n + 1 in the
        form `uncontrolled`, k - 1 of n and 2 (K - k) of n + 1 in the form `controlled`.

    Raises:
        ValueError: if the model has no such block, is controlled or inverted, or the form is
            neither.

    Source: [GMSM24] Fig. 1, whose features these are; the form `uncontrolled` is ours.
    """

    shot: InferenceShot
    layer: SymbolicInt = field(default=1)
    block: int = field(default=1)
    form: Form = field(default="uncontrolled")

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        check_place("a gradient state", self.shot, self.layer, self.block)
        if self.form not in FORMS:
            raise ValueError(f"a gradient state is {' or '.join(FORMS)}, got {self.form!r}")

    @property
    def signature(self) -> Signature:
        branch, system = Register("branch", QBit()), Register("system", QUInt(self.n))
        return Signature([*self.control_registers, branch, system])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"branch": (("branch", 1),), "system": (("features", self.n),)}

    @property
    def here(self) -> Place:
        """Block k."""
        return self.layer - 1, self.block - 1

    @property
    def branching(self) -> Bloq:
        """What the owner of the last block does, in the form `uncontrolled`."""
        block = PartyBlock(self.shot.blocks[-1].owner, BranchReadout(self.n))
        return with_control(block, self.is_controlled)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: Calls = {}
        (layer, block), end = self.here, (self.shot.layers, 0)
        after, branched = (layer, block + 1), self.n + 1
        self.add_encoding(calls)
        if self.form == "uncontrolled":
            self.add_blocks(calls, (0, 0), end, self.is_controlled)
            self.add_moves(calls, (0, 0), self.last, self.n)
            self.add(calls, self.branching, 1)
            self.add_blocks(calls, after, end, self.is_controlled, is_back=True)
        else:
            self.add_blocks(calls, (0, 0), self.here, self.is_controlled)
            self.add_moves(calls, (0, 0), self.here, self.n)
            self.add_blocks(calls, self.here, end, True)
            self.add_moves(calls, self.here, self.last, branched)
            self.add_blocks(calls, after, end, True, is_back=True)
            self._add_branch(calls)
        self.add_moves(calls, self.here, self.last, branched, is_back=True)
        return calls

    def _add_branch(self, calls: Calls) -> None:
        """What makes the branch and reads in it; controlled, blocks wait for an AND of both."""
        for gate, times in clifford_calls(GATES, self.is_controlled).items():
            self.add(calls, gate, times)
        if not self.is_controlled:
            return
        end, number = (self.shot.layers, 0), 0
        for place in range(len(self.shot.blocks)):
            number += 2 * self.times(place, self.here, end)
        self.add(calls, And(), number - 1)
        self.add(calls, And().adjoint(), number - 1)

    def write(self, wires: Wires) -> None:
        number, last = self.number(self.here), self.number(self.last)
        system, branch = self.wires_of("system"), ("branch", 0)
        both: list[Wire] = [branch, *system]
        self.write_encoding(wires)
        if self.form == "uncontrolled":
            self.write_blocks(wires, range(last + 1), system, self.control)
            wires.on(self.branching, ctrl=self.control, branch=[branch], system=system)
            self.write_blocks(wires, range(last, number, -1), both, self.control, is_back=True)
        else:
            self.write_blocks(wires, range(number), system, self.control)
            if number:
                self.move(wires, self.owner(number - 1), self.owner(number), system)
            write_clifford(wires, GATES[:1], self.control)
            self._write_branch(wires, range(number, last + 1), is_back=False)
            write_clifford(wires, GATES[1:], self.control)
            self._write_branch(wires, range(last, number, -1), is_back=True)
        if number < last:
            self.move(wires, self.owner(number + 1), self.owner(number), both)

    def _write_branch(self, wires: Wires, places: Any, is_back: bool) -> None:
        """Write blocks in the branch one, with the messages between them."""
        system, branch = self.wires_of("system"), ("branch", 0)
        if not self.is_controlled:
            self.write_blocks(wires, places, [branch, *system], [branch], is_back)
            return
        before = None
        for place in places:
            if before is not None:
                self.move(wires, before, self.owner(place), [branch, *system])
            before = self.owner(place)
            wires.compute_and(self.control[0], branch, "both")
            self.write_blocks(wires, [place], system, ["both"], is_back)
            wires.uncompute_and(self.control[0], branch, "both")

    def refuse_symbols(self) -> None:
        super().refuse_symbols()
        refuse_layers(self, self.layer)

    def my_static_costs(self, cost_key: CostKey) -> Any:
        holds = self.is_controlled and self.form == "controlled"
        if holds and isinstance(cost_key, (PeakQubits, QubitCount)):
            parts: list[tuple[Bloq, int]] = [(with_control(self.shot.encode, True), 0)]
            return peak_width(
                self, [*parts, *((with_control(x, True), 1) for x in self.shot.blocks)]
            )
        return super().my_static_costs(cost_key)

    def __str__(self) -> str:
        mark = "†" if self.is_adjoint else ""
        return f"GradientState{mark}(layer {self.layer}, block {self.block}, {self.form})"[:75]


@bloq_example(generalizer=SAME_CALLS)
def gradient_state_example() -> GradientState:
    return GradientState(inference_shot_example.make(), 1, 2)


@bloq_example(generalizer=SAME_CALLS)
def _gradient_state_of_controlled_blocks() -> GradientState:
    return GradientState(inference_shot_example.make(), 2, 1, "controlled")


@bloq_example(generalizer=SAME_CALLS)
def _gradient_state_controlled() -> GradientState:
    return GradientState(inference_shot_example.make(), 2, 1, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _gradient_state_of_controlled_blocks_controlled() -> GradientState:
    shot = inference_shot_example.make()
    return GradientState(shot, 2, 1, "controlled", is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def gradient_state_symbolic_example() -> GradientState:
    return GradientState(inference_shot_symbolic_example.make(), 1, 1)


@bloq_example(generalizer=SAME_CALLS)
def _gradient_state_of_controlled_blocks_symbolic() -> GradientState:
    return GradientState(inference_shot_symbolic_example.make(), 1, 1, "controlled")
