"""The last ring with each qubit measured before what it would control."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import cirq
from attrs import field, frozen
from qualtran import Bloq, QAny, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import MeasureZ
from qualtran.resource_counting import CostKey
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import WireNames
from bloqs.contrastive import symbols as own
from bloqs.contrastive.model.angle_list import Angles, as_angles, check_angles
from bloqs.contrastive.model.ansatz_parts import check_width
from bloqs.gates.controlled_turn import ControlledTurnAboutX
from bloqs.gates.turn_about_x import TurnAboutX
from bloqs.readout.measured_circuit import (
    AbstractMeasuredCircuit,
    measured,
    on_qubits,
    outcome_key,
)
from bloqs.same_calls import SAME_CALLS
from estimator import symbols
from estimator.costs.depth import AbstractDepth
from estimator.costs.gate_sets import COUNTS_AS_ROTATION
from estimator.costs.keys import CnotDepth, TwoQubitDepth
from estimator.drawing.outline import Outline, in_row

NOTE = (
    "each qubit is measured, then the next one turned by its bit, \N{MULTIPLICATION SIGN} how often"
)
"""How to read the outline."""


@frozen(cache_hash=True)
class MeasuredRing(AbstractMeasuredCircuit):
    r"""A ring of controlled turns about X and the measurement of all qubits, by feedback.

    Qubit k from 1 on is measured as soon as it has been turned; its bit decides whether the next
    qubit is turned. Only the first turn, whose control is turned last, is between qubits. The
    outcomes have the joint distribution of the ring with measurements at the end.

    Args:
        width: W, at least 2. Unit: qubits.
        angles: of the turns, pair by pair; empty for a circuit that is only counted. Unit: radians.

    Registers:
        q: QAny(width), qubit 0 most significant. Measured.

    Cost: W + 1 rotations, 2 CNOTs and W measurements, in place of 2 W rotations and 2 W CNOTs; the
        last qubit need not be next to the first.

    Raises:
        ValueError: if W is below 2, or the angles are not W finite numbers.

    Source: ours; deferred measurement, read backwards.
    """

    width: SymbolicInt
    angles: Angles = field(default=(), converter=as_angles)

    def __attrs_post_init__(self) -> None:
        check_width("MeasuredRing", self.width)
        check_angles("MeasuredRing", self.angles, self.width)

    @property
    def signature(self) -> Signature:
        return Signature([Register("q", QAny(self.width))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"q": (("features", self.width),)}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        first, *rest = self.angles or (symbols.theta,)
        turns = Counter(map(TurnAboutX, rest))
        calls: dict[Bloq, SymbolicInt] = {ControlledTurnAboutX(first): 1, MeasureZ(): self.width}
        return {**calls, **(turns if rest else {TurnAboutX(first): self.width - 1})}

    def operations(self, manager: cirq.QubitManager, **quregs: Any) -> Iterator[cirq.OP_TREE]:
        q, width = list(quregs["q"]), int(self.width)
        first, *rest = self.angles or (symbols.theta,) * width
        yield on_qubits(ControlledTurnAboutX(first), manager, when=[q[0]], q=[q[1]])
        for k, angle in enumerate(rest, start=1):
            yield measured(k, q[k])
            turn = TurnAboutX(angle).gate.on(q[(k + 1) % width])
            yield turn.with_classical_controls(outcome_key(k)).with_tags(COUNTS_AS_ROTATION)
        yield measured(0, q[0])

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, AbstractDepth):
            return {CnotDepth: 2, TwoQubitDepth: 1}.get(type(cost_key), 0)
        return super().my_static_costs(cost_key)

    @property
    def outline(self) -> Outline:
        """The turn between qubits, and the turns that follow measured bits."""
        first, second = (self.angles or (symbols.theta,) * 2)[:2]
        on, turn = ("features",), TurnAboutX(second)
        steps = [(ControlledTurnAboutX(first), on), (MeasureZ(), on), (turn, on), (MeasureZ(), on)]
        times = {ControlledTurnAboutX(first): 1, MeasureZ(): self.width, turn: self.width - 1}
        return in_row([("features", self.width)], steps, times, NOTE)

    def __str__(self) -> str:
        return f"MeasuredRing(W={self.width})"


@bloq_example(generalizer=SAME_CALLS)
def _measured_ring() -> MeasuredRing:
    return MeasuredRing(3, (0.3, -1.2, 2.0))


@bloq_example(generalizer=SAME_CALLS)
def _measured_ring_symbolic() -> MeasuredRing:
    return MeasuredRing(own.W)
