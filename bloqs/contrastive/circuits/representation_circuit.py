"""The circuit of one shot: inputs, an ansatz, and the measurement of every qubit."""

from collections.abc import Iterator
from typing import Any

import cirq
from attrs import field, frozen
from qualtran import Bloq, QAny, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import MeasureZ
from qualtran.resource_counting import CostKey
from qualtran.symbolics import SymbolicInt, is_symbolic
from sympy import floor

from bloqs.abstract import WireNames
from bloqs.contrastive import symbols as own
from bloqs.contrastive.circuits.input_layer import InputLayer
from bloqs.contrastive.circuits.measured_ring import MeasuredRing
from bloqs.contrastive.circuits.rotation_layer import RotationLayer
from bloqs.contrastive.circuits.whole_ansatz import NOTE, Ansatz
from bloqs.contrastive.model.angle_list import Angles, as_angles
from bloqs.contrastive.model.ansatz_parts import kind_named
from bloqs.contrastive.model.ansatz_sizes import MEASURED, PLAIN, check_form, sizes_of
from bloqs.readout.measured_circuit import AbstractMeasuredCircuit, measured, on_qubits
from bloqs.same_calls import SAME_CALLS
from estimator.costs.depth import AbstractDepth
from estimator.costs.keys import CnotDepth, TwoQubitDepth
from estimator.drawing.outline import Outline, in_row


@frozen(cache_hash=True)
class RepresentationCircuit(AbstractMeasuredCircuit):
    r"""Encodes inputs, runs an ansatz and measures; output k is the mean of 1 - 2 bit k.

    Args:
        kind: of the ansatz, as in `Ansatz`.
        width: W, at least 2. Unit: qubits.
        layers: L, at least 1.
        inputs: as in `InputLayer`. Unit: radians.
        angles: as in `Ansatz`. Unit: radians.
        form: plain, or measured for the ring with `MeasuredRing` in its last layer.
        is_half_measured: whether floor(W/2) qubits, 0, 2, 4 and so on, are measured between two
            layers; their bits are not used.

    Registers:
        q: QAny(width), qubit 0 most significant. Starts in zero; measured.

    Cost: that of `InputLayer` and `Ansatz`, and W measurements; (L - 1) floor(W/2) more if half
        of the qubits are measured between layers. The measured form has 2 W (L - 1) + 2 CNOTs and
        3 W L + 1 rotations.

    Raises:
        ValueError: if there is no such ansatz of this size or in this form, or angles or inputs are
            not as many finite numbers as needed.

    Source: [JAXAKJ22], its code; the measured form is ours.
    """

    kind: str = field(converter=kind_named)
    width: SymbolicInt
    layers: SymbolicInt
    inputs: Angles = field(default=(), converter=as_angles)
    angles: Angles = field(default=(), converter=as_angles)
    form: str = field(default=PLAIN, kw_only=True)
    is_half_measured: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_form(self.kind, self.form)
        Ansatz(self.kind, self.width, self.layers, self.angles)  # refuses what does not exist
        InputLayer(self.width, self.inputs)

    @property
    def ansatz(self) -> Ansatz:
        """The trained part, as it is without measurements."""
        return Ansatz(self.kind, self.width, self.layers, self.angles)

    @property
    def input_layer(self) -> InputLayer:
        """The inputs."""
        return InputLayer(self.width, self.inputs)

    @property
    def signature(self) -> Signature:
        return Signature([Register("q", QAny(self.width))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"q": (("features", self.width),)}

    @property
    def is_complete(self) -> bool:
        return super().is_complete and not is_symbolic(self.layers)

    @property
    def last(self) -> tuple[Bloq, Bloq]:
        """The turns and the ring of the last layer of the measured form."""
        if not self.angles:
            return RotationLayer("Y", self.width), MeasuredRing(self.width)
        width = int(self.width)
        angles = self.angles[-2 * width :]
        return RotationLayer("Y", width, angles[:width]), MeasuredRing(width, angles[width:])

    @property
    def halves(self) -> SymbolicInt:
        """Measurements between layers."""
        if not self.is_half_measured:
            return 0
        half = floor(self.width / 2) if is_symbolic(self.width) else self.width // 2
        return (self.layers - 1) * half

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {self.input_layer: 1}
        if self.form == PLAIN:
            if not self.is_half_measured:
                return {**calls, self.ansatz: 1, MeasureZ(): self.width}
            return {**calls, **self.ansatz.calls, MeasureZ(): self.width + self.halves}
        before = self.layers - 1
        if is_symbolic(before) or not self.angles:
            calls[self.ansatz.layer(0)] = before
        else:
            for number in range(int(before)):
                layer = self.ansatz.layer(number)
                calls[layer] = calls.get(layer, 0) + 1
        return {**calls, **dict.fromkeys(self.last, 1), MeasureZ(): self.halves}

    def operations(self, manager: cirq.QubitManager, **quregs: Any) -> Iterator[cirq.OP_TREE]:
        q = quregs["q"]
        yield on_qubits(self.input_layer, manager, q=q)
        yield from (on_qubits(each, manager, q=q) for each in self.ansatz.start)
        last = int(self.layers) - 1
        for number in range(last + 1):
            if number == last and self.form == MEASURED:
                yield from (on_qubits(each, manager, q=q) for each in self.last)
                return
            yield on_qubits(self.ansatz.layer(number), manager, q=q)
            if number < last and self.is_half_measured:
                for k in range(0, 2 * (len(q) // 2), 2):
                    yield cirq.measure(q[k], key=f"layer {number}, qubit {k}")
        yield from (measured(k, qubit) for k, qubit in enumerate(q))

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, (CnotDepth, TwoQubitDepth)):
            sizes = sizes_of(self.kind, self.width, self.layers, self.form)
            return sizes.cnot_depth if isinstance(cost_key, CnotDepth) else sizes.pair_depth
        if isinstance(cost_key, AbstractDepth):
            return 0
        return super().my_static_costs(cost_key)

    @property
    def outline(self) -> Outline:
        """Its parts in a row."""
        on = ("features",)
        wires = [("features", self.width)]
        first = (self.input_layer, on)
        if self.form == PLAIN:
            between = MeasureZ() if self.is_half_measured else None
            steps = [first, *self.ansatz.drawn(on, between), (MeasureZ(), on)]
            return in_row(wires, steps, self.ansatz.times | self.calls, NOTE)
        last = [(each, on) for each in self.last]
        if not is_symbolic(self.layers) and self.layers == 1:
            return in_row(wires, [first, *last], {}, NOTE)
        angles = self.angles[: len(self.angles) - 2 * int(self.width)] if self.angles else ()
        before = Ansatz(self.kind, self.width, self.layers - 1, angles)
        times = dict(before.times)
        for each in self.last:
            times[each] = times.get(each, 0) + 1
        return in_row(wires, [first, *before.drawn(on), *last], times, NOTE)

    def __str__(self) -> str:
        more = ", measured" if self.form == MEASURED else ""
        more += ", half measured between" if self.is_half_measured else ""
        return f"RepresentationCircuit({self.kind}, W={self.width}, L={self.layers}{more})"[:75]


@bloq_example(generalizer=SAME_CALLS)
def representation_example() -> RepresentationCircuit:
    return RepresentationCircuit(
        "ring", 2, 2, (0.5, 2.0), (0.3, -1.2, 2.0, 0.1, 0.2, 0.4, 1.0, 3.0)
    )


@bloq_example(generalizer=SAME_CALLS)
def _representation_measured() -> RepresentationCircuit:
    angles = tuple(0.3 * k for k in range(1, 13))
    return RepresentationCircuit("ring", 3, 2, (0.5, 2.0, 1.0), angles, form="measured")


@bloq_example(generalizer=SAME_CALLS)
def _representation_half_measured() -> RepresentationCircuit:
    angles = tuple(0.3 * k for k in range(1, 10))
    inputs = (0.5, 2.0, 1.0)
    return RepresentationCircuit("all-to-all", 3, 2, inputs, angles, is_half_measured=True)


@bloq_example(generalizer=SAME_CALLS)
def representation_symbolic_example() -> RepresentationCircuit:
    return RepresentationCircuit("ring", own.W, own.L)
