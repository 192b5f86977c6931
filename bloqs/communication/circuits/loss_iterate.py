"""A loss as a phase: the iterate of amplitude estimation, and the estimation itself."""

from attrs import field, frozen
from qualtran import Bloq, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import GlobalPhase, ZGate
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import WireNames
from bloqs.communication import symbols
from bloqs.communication.circuits.inference_shot import (
    InferenceShot,
    inference_shot_example,
    inference_shot_symbolic_example,
)
from bloqs.communication.circuits.walk import AbstractWalk, Calls
from bloqs.composite import with_control
from bloqs.encodings.zero_reflection import ZeroReflection
from bloqs.readout.phase_estimation import PhaseEstimation
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires


@frozen(cache_hash=True)
class LossIterate(AbstractWalk):
    r"""Applies $(2|x\rangle\langle x| - 1)(1 - 2 U^\dagger P_0 U)$, U all blocks, x the data.

    On the plane of the data and their part that ends with qubit 0 in zero, of probability
    $\sin^2\theta$, its eigenvalues are $e^{\pm 2 i \theta}$. Under a control the two reflections
    alone are controlled, for blocks undo themselves where those are off; the control travels.

    Args:
        shot: the model, plain.
        is_controlled: whether a control decides between this and the identity; it is sent along.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). With the owner of the data.

    Cost: for two parties in turn, 2 (2 L - 1) messages of n qubits, under a control of n + 1; all
        blocks and their inverses once, the data once and once inverted.

    Raises:
        ValueError: if the model is controlled or inverted.

    Source: [BHMT02] Sec. 2, for the model of [GMSM24].
    """

    shot: InferenceShot

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("system", QUInt(self.n))])

    @property
    def reflections(self) -> tuple[Bloq, Bloq]:
        """About zero of qubit 0, and of all qubits."""
        one, every = ZeroReflection(1), ZeroReflection(self.n)
        return with_control(one, self.is_controlled), with_control(every, self.is_controlled)

    @property
    def sign(self) -> Bloq:
        """Minus one, where the control is on."""
        return ZGate() if self.is_controlled else GlobalPhase(exponent=1.0)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: Calls = {}
        start, end, encode = (0, 0), (self.shot.layers, 0), self.shot.encode
        first = self.shot.blocks[0].owner
        for is_back in (False, True):
            self.add_blocks(calls, start, end, False, is_back)
            self.add_moves(calls, start, self.last, self.n, is_back)
            if encode.owner != first:
                ends = [encode.owner, first]
                one, two = ends[::-1] if is_back else ends
                self.add(calls, self.message(one, two, self.n), 1)
        for part in (*self.reflections, encode, encode.adjoint(), self.sign):
            self.add(calls, part, 1)
        return calls

    def write(self, wires: Wires) -> None:
        system, last = self.wires_of("system"), self.number(self.last)
        encode, (one, every) = self.shot.encode, self.reflections
        first = self.shot.blocks[0].owner
        self.move(wires, encode.owner, first, system)
        self.write_blocks(wires, range(last + 1), system, [])
        wires.on(one, ctrl=self.control, x=system[:1])
        self.write_blocks(wires, range(last, -1, -1), system, [], is_back=True)
        self.move(wires, first, encode.owner, system)
        wires.on(encode.adjoint(), system=system)
        wires.on(every, ctrl=self.control, x=system)
        wires.on(encode, system=system)
        wires.gate(self.sign, **dict(zip(["q"], self.control, strict=False)))

    def __str__(self) -> str:
        return f"LossIterate{'†' if self.is_adjoint else ''}({self.shot})"[:75]


@frozen(cache_hash=True)
class LossEstimation(AbstractWalk):
    r"""Writes y with $\sin^2(\pi y/T)$, $T = 2^m$, near the probability that qubit 0 ends in zero.

    Args:
        shot: the model, plain.
        m: bits of the clock, at least 1, which the owner of the data keeps. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        clock: QUInt(m). Starts in zero, and is measured.
        system: QUInt(n). Starts in zero, with the owner of the data.

    Cost: T - 1 controlled iterates; for two parties in turn, 2 (T - 1)(2 L - 1) messages of n + 1
        qubits, controlled or not.

    Raises:
        ValueError: if the model is controlled or inverted, or m is below 1.

    Source: [BHMT02] Sec. 4.
    """

    shot: InferenceShot
    m: SymbolicInt = field(default=1)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        self.estimation  # noqa: B018  refuse what it refuses

    @property
    def estimation(self) -> PhaseEstimation:
        """Of the iterate."""
        return PhaseEstimation(LossIterate(self.shot), self.m)

    @property
    def signature(self) -> Signature:
        clock, system = Register("clock", QUInt(self.m)), Register("system", QUInt(self.n))
        return Signature([*self.control_registers, clock, system])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"clock": (("clock", self.m),), "system": (("features", self.n),)}

    @property
    def steps(self) -> tuple[Bloq, Bloq]:
        """The data and the estimation, controlled if this is."""
        control = self.is_controlled
        return with_control(self.shot.encode, control), with_control(self.estimation, control)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return dict.fromkeys(self.steps, 1)

    def write(self, wires: Wires) -> None:
        encode, estimate = self.steps
        system = self.wires_of("system")
        wires.on(encode, ctrl=self.control, system=system)
        wires.on(estimate, ctrl=self.control, clock=self.wires_of("clock"), system=system)

    def __str__(self) -> str:
        return f"LossEstimation{'†' if self.is_adjoint else ''}({self.m} bits, {self.shot})"[:75]


@bloq_example(generalizer=SAME_CALLS)
def _loss_iterate() -> LossIterate:
    return LossIterate(inference_shot_example.make())


@bloq_example(generalizer=SAME_CALLS)
def _loss_iterate_controlled() -> LossIterate:
    return LossIterate(inference_shot_example.make(), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _loss_iterate_symbolic() -> LossIterate:
    return LossIterate(inference_shot_symbolic_example.make())


@bloq_example(generalizer=SAME_CALLS)
def _loss_estimation() -> LossEstimation:
    return LossEstimation(inference_shot_example.make(), 2)


@bloq_example(generalizer=SAME_CALLS)
def _loss_estimation_controlled() -> LossEstimation:
    return LossEstimation(inference_shot_example.make(), 1, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _loss_estimation_symbolic() -> LossEstimation:
    return LossEstimation(inference_shot_symbolic_example.make(), symbols.n)
