"""The phase of one hyperedge, fixed or by an angle that is trained."""

import math

from attrs import field, frozen
from qualtran import Bloq, QAny, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CZ, ZGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.composite import AbstractComposite
from bloqs.gates.phase_shift import PhaseShift
from bloqs.hypergraph import symbols
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator.costs.keys import PeakQubits
from estimator.symbols import theta


@frozen(cache_hash=True)
class HyperedgePhase(AbstractComposite):
    r"""Multiplies the state where all k qubits are one by -1, or by $e^{i \theta}$.

    The angle is that of a phase gate, which leaves zero alone: under a control there is no half
    angle left on the control.

    Args:
        k: order of the edge, at least 1; a symbol stands for at least 2. Unit: qubits.
        theta: the angle; pi if it is not trained. Unit: radians.
        is_trainable: whether the angle may be any, which costs a rotation, whatever its value.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        edge: QAny(k).

    Cost: k - 2 AND (none for k = 1) and as many work qubits. Trainable: k - 1 AND, as many work
        qubits, 1 rotation. One AND and one work qubit more if controlled.

    Raises:
        ValueError: if k is below 1, the angle is not finite, or it is not pi and not trained.

    Source: [RHBM13], whose gates these are; the circuit is elementary.
    """

    k: SymbolicInt
    theta: SymbolicFloat = math.pi
    is_trainable: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.k) and self.k < 1:
            raise ValueError(f"HyperedgePhase needs an edge of at least one mode, got k={self.k}")
        if not is_symbolic(self.theta) and not math.isfinite(self.theta):
            raise ValueError(f"HyperedgePhase needs a finite angle, got theta={self.theta}")
        if not self.is_trainable and self.theta != math.pi:
            raise ValueError(
                f"a fixed edge has the angle pi, got theta={self.theta}; say is_trainable=True"
            )

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("edge", QAny(self.k))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"edge": (("modes of the edge", self.k),)}

    @property
    def ands(self) -> SymbolicInt:
        """Number of ANDs. Unit: gates."""
        ands = self.k - 2 + int(self.is_trainable) + int(self.is_controlled)
        return ands if is_symbolic(ands) else max(0, ands)

    @property
    def top(self) -> Bloq:
        """The gate at the top of the ladder of ANDs."""
        if self.is_trainable:
            return PhaseShift(self.theta)
        is_alone = not is_symbolic(self.k) and self.k == 1 and not self.is_controlled
        return ZGate() if is_alone else CZ()

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {And(): self.ands, And().adjoint(): self.ands, self.top: 1}

    def write(self, wires: Wires) -> None:
        bits = [*self.control, *self.wires_of("edge")]
        last: list[Wire] = [] if self.is_trainable else [bits.pop()]
        steps: list[tuple[Wire, Wire, Wire]] = []
        for place, bit in enumerate(bits[1:]):
            steps.append((steps[-1][2] if steps else bits[0], bit, ("all", place)))
        for x, y, new in steps:
            wires.compute_and(x, y, new)
        both = [steps[-1][2] if steps else bit for bit in bits[:1]] + last
        names = ("q",) if len(both) == 1 else ("q1", "q2")
        wires.gate(self.top, **dict(zip(names, both, strict=True)))
        for x, y, old in reversed(steps):
            wires.uncompute_and(x, y, old)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return self.k + int(self.is_controlled) + self.ands
        return serial_cost(self, cost_key)

    def __str__(self) -> str:
        kind = "trainable, " if self.is_trainable else ""
        return f"HyperedgePhase{'†' if self.is_adjoint else ''}({kind}k={self.k})"


@bloq_example(generalizer=SAME_CALLS)
def _hyperedge_phase() -> HyperedgePhase:
    return HyperedgePhase(4)


@bloq_example(generalizer=SAME_CALLS)
def _hyperedge_phase_of_one() -> HyperedgePhase:
    return HyperedgePhase(1)


@bloq_example(generalizer=SAME_CALLS)
def _hyperedge_phase_trainable() -> HyperedgePhase:
    return HyperedgePhase(3, 0.7, is_trainable=True)


@bloq_example(generalizer=SAME_CALLS)
def _hyperedge_phase_controlled() -> HyperedgePhase:
    return HyperedgePhase(3, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _hyperedge_phase_symbolic() -> HyperedgePhase:
    return HyperedgePhase(symbols.k)


@bloq_example(generalizer=SAME_CALLS)
def _hyperedge_phase_trainable_symbolic() -> HyperedgePhase:
    return HyperedgePhase(symbols.k, theta, is_trainable=True)
