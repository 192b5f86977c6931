"""A trained circuit of any width and any number of layers."""

from collections.abc import Iterable
from typing import Any

from attrs import field, frozen
from qualtran import Bloq, DecomposeTypeError, QAny, Register, Signature, bloq_example
from qualtran.resource_counting import CostKey
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.composite import AbstractListed, with_control
from bloqs.contrastive import symbols as own
from bloqs.contrastive.circuits.ansatz_layer import AnsatzLayer
from bloqs.contrastive.model.angle_list import Angles, as_angles, check_angles
from bloqs.contrastive.model.ansatz_parts import KINDS, angles_of, check_ansatz, kind_named
from bloqs.contrastive.model.ansatz_sizes import sizes_of
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator.costs.keys import CnotDepth, TwoQubitDepth
from estimator.drawing.outline import Outline, in_row

NOTE = "parts of the layers in order, \N{MULTIPLICATION SIGN} how often each is run in all"
"""How to read the outline."""

MOST_DRAWN = 4
"""Layers up to which all are drawn."""


@frozen(cache_hash=True)
class Ansatz(AbstractListed):
    r"""Applies the layers of an ansatz one after another.

    Args:
        kind: ring (14_half in the code), 13_half, 13, 14, 15, 19, all-to-all, line, alternating or
            farhi; names of the published code are taken as well.
        width: W, at least 2; not 3 for 13, 14 and 15. Unit: qubits.
        layers: L, at least 1.
        angles: in order of execution, numbered as in `model.gate_order`; empty for a circuit that
            is only counted. Unit: radians.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        q: QAny(width), qubit 0 most significant.

    Cost: `model.ansatz_sizes`, for the claims that check it `proofs/contrastive`; the ring has
        3 W L rotations and 2 W L CNOTs one after another.

    Raises:
        ValueError: if there is no such ansatz of this size, or the angles are not as many finite
            numbers as needed.

    Source: [JAXAKJ22], its code.
    """

    kind: str = field(converter=kind_named)
    width: SymbolicInt
    layers: SymbolicInt
    angles: Angles = field(default=(), converter=as_angles)

    def __attrs_post_init__(self) -> None:
        check_ansatz(self.kind, self.width, self.layers)
        wanted = angles_of(self.kind, self.width, self.layers) if self.angles else 0
        check_angles(f"the ansatz {self.kind}", self.angles, wanted)

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("q", QAny(self.width))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"q": (("features", self.width),)}

    @property
    def start(self) -> list[AnsatzLayer]:
        """What comes before the layers, if there is something."""
        if not KINDS[self.kind].first:
            return []
        plain = AnsatzLayer(self.kind, self.width, is_first=True)
        first = self.angles[: int(plain.number)] if self.angles else ()
        return [AnsatzLayer(self.kind, self.width, first, is_first=True)]

    def layer(self, number: int) -> AnsatzLayer:
        """A layer, counted from 0; without angles they are all alike."""
        plain = AnsatzLayer(self.kind, self.width)
        if not self.angles:
            return plain
        size = int(plain.number)
        at = sum(len(each.angles) for each in self.start) + number * size
        return AnsatzLayer(self.kind, self.width, self.angles[at : at + size])

    @property
    def steps(self) -> list[Bloq]:
        """All layers in order, for a number of layers that is known, under the control."""
        layers = [self.layer(number) for number in range(int(self.layers))]
        return [with_control(each, self.is_controlled) for each in (*self.start, *layers)]

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {}
        if not self.angles:
            for each in self.start:
                calls[with_control(each, self.is_controlled)] = 1
            calls[with_control(self.layer(0), self.is_controlled)] = self.layers
            return calls
        for step in self.steps:
            calls[step] = calls.get(step, 0) + 1
        return calls

    def write(self, wires: Wires) -> None:
        for step in self.steps:
            wires.on(step, ctrl=self.control, q=self.wires_of("q"))

    def refuse_symbols(self) -> None:
        super().refuse_symbols()
        refuse_layers(self, self.layers)

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if not self.is_controlled and isinstance(cost_key, (CnotDepth, TwoQubitDepth)):
            sizes = sizes_of(self.kind, self.width, self.layers)
            return sizes.cnot_depth if isinstance(cost_key, CnotDepth) else sizes.pair_depth
        return super().my_static_costs(cost_key)

    @property
    def outline(self) -> Outline:
        """Its layers in a row."""
        wires = [*((("control", 1),) if self.is_controlled else ()), ("features", self.width)]
        on = tuple(name for name, _ in wires)
        return in_row(wires, self.drawn(on), self.times, NOTE, self.is_adjoint)

    def drawn(
        self, on: tuple[str, ...], between: Bloq | None = None
    ) -> list[tuple[Bloq, tuple[str, ...]] | None]:
        """The parts of all layers on these wires; of many layers, of the first, and a gap.

        Args:
            on: names of the wires.
            between: what is run between two layers, if anything is.
        """
        steps: list[tuple[Bloq, tuple[str, ...]] | None] = []
        steps += [(part, on) for part in self.parts_of(self.start)]
        for number, layer in enumerate(self.shown):
            if number and between is not None:
                steps.append((between, on))
            steps += [(part, on) for part in self.parts_of((layer,))]
        if self.is_long:
            steps += [None] if between is None else [(between, on), None]
        return steps

    @property
    def is_long(self) -> bool:
        """Whether not all layers are drawn."""
        return is_symbolic(self.layers) or bool(self.layers > MOST_DRAWN)

    @property
    def shown(self) -> list[AnsatzLayer]:
        """The layers that are drawn, in order."""
        return [self.layer(k) for k in range(1 if self.is_long else int(self.layers))]

    @property
    def parts(self) -> list[Bloq]:
        """Of what is before all layers, and of those that are drawn, in order."""
        return self.parts_of((*self.start, *self.shown))

    def parts_of(self, layers: Iterable[AnsatzLayer]) -> list[Bloq]:
        """Parts of layers, under the control if there is one."""
        parts = [part for each in layers for part in each.steps]
        return [with_control(part, self.is_controlled) for part in parts]

    @property
    def times(self) -> dict[Bloq, SymbolicInt]:
        """How often everything that is drawn is run."""
        times: dict[Bloq, SymbolicInt] = {}
        if not self.is_long:
            for part in self.parts:
                times[part] = times.get(part, 0) + 1
            return times
        for layer, number in [*((each, 1) for each in self.start), (self.layer(0), self.layers)]:
            for part in layer.steps:
                part = with_control(part, self.is_controlled)
                times[part] = times.get(part, 0) + number
        return times

    def __str__(self) -> str:
        mark = "†" if self.is_adjoint else ""
        return f"Ansatz{mark}({self.kind}, W={self.width}, L={self.layers})"[:75]


def refuse_layers(bloq: Bloq, layers: SymbolicInt) -> None:
    """Raise a `DecomposeTypeError` if the number of layers is a symbol."""
    if is_symbolic(layers):
        raise DecomposeTypeError(f"{bloq} has a symbolic size, so it has no circuit")


@bloq_example(generalizer=SAME_CALLS)
def ring_ansatz_example() -> Ansatz:
    return Ansatz("ring", 3, 1, (0.3, -1.2, 2.0, 0.1, 0.2, 0.4))


@bloq_example(generalizer=SAME_CALLS)
def _ring_ansatz_controlled() -> Ansatz:
    return Ansatz("ring", 2, 1, (0.3, -1.2, 2.0, 0.1), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _all_to_all_ansatz() -> Ansatz:
    return Ansatz("all-to-all", 3, 2, tuple(0.3 * k for k in range(1, 10)))


@bloq_example(generalizer=SAME_CALLS)
def _farhi_ansatz() -> Ansatz:
    return Ansatz("farhi", 3, 1, (0.3, -1.2, 2.0, 0.1))


@bloq_example(generalizer=SAME_CALLS)
def ansatz_symbolic_example() -> Ansatz:
    return Ansatz("ring", own.W, own.L)
