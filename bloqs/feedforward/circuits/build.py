"""From steps on a register to the chain of bloqs that takes them, at given images."""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import define, evolve, field, frozen

from bloqs.abstract import AbstractVectorEncoding
from bloqs.feedforward.circuits.curved_steps import CurvePlan, curved, lengthened
from bloqs.feedforward.circuits.earlier_vector import EarlierVector
from bloqs.feedforward.circuits.held import Held, Settings
from bloqs.feedforward.circuits.layer_chain import LayerChain
from bloqs.feedforward.circuits.linear_steps import encoded, loaded
from bloqs.feedforward.model.recognition import Feedforward
from bloqs.feedforward.model.register import Values
from bloqs.feedforward.model.steps import AbstractStep, Curve
from estimator.polynomials.composed_amplification import ComposedAmplification


@frozen(kw_only=True)
class Piece:
    """One step's circuit by itself.

    Args:
        name: of the step's output; with "/longer" that of its input, lengthened.
        what: kind of step.
        bloq: the circuit, from `EarlierVector`s named after what they stand for.
        values: of the register, for each image.
    """

    name: str
    what: str
    bloq: AbstractVectorEncoding
    values: tuple[Values, ...]


@frozen(kw_only=True)
class LayerFacts:
    """What the circuit of a lengthening, and of the activation after it, is up against.

    Args:
        layer: its name.
        what: the activation, or "output" at the end.
        norm: l2 norm of the vector before, at the first image.
        reach: what one amplitude stands for before it: entry = reach * amplitude.
        lengthening: its polynomial, if the vector is lengthened.
        reach_after: what one amplitude stands for when it is.
        curve: how the activation is approximated, if there is one.
        output: name of what the step makes.
        part: number of the part of the chain it belongs to, from 1.
    """

    layer: str
    what: str
    norm: float
    reach: float
    lengthening: ComposedAmplification | None
    reach_after: float
    curve: CurvePlan | None
    output: str
    part: int

    @property
    def probability(self) -> float:
        """Of finding the flags in zero, before the lengthening."""
        return (self.norm / self.reach) ** 2


@frozen(kw_only=True)
class Built:
    """A network's circuit, and what was found on the way.

    Args:
        chain: the circuit.
        layers: facts about every lengthening and activation, in order.
        values: of the register at the end, for each image.
        reach: what one amplitude of the output stands for.
        pieces: every step's circuit, if it was asked for in pieces.
    """

    chain: LayerChain
    layers: tuple[LayerFacts, ...]
    values: tuple[Values, ...]
    reach: float
    pieces: tuple[Piece, ...]

    @property
    def curves(self) -> Mapping[str, LayerFacts]:
        """Facts about activations, by name of the step's output."""
        return {facts.output: facts for facts in self.layers if facts.curve is not None}


def build_chain(network: Feedforward, images: Sequence[Values], settings: Settings) -> Built:
    """The circuit of a network.

    Args:
        network: its steps.
        images: tensors of the input, batch axis included, at least one; norms and ranges are those
            of the largest among them, lengths of vectors those of the first.
        settings: how the circuits are made.

    Raises:
        ValueError: if a layer makes the zero vector of the first image, or a polynomial with the
            error asked for cannot be had.
    """
    return _Builder(network, settings).built(images)


@define
class _Builder:
    network: Feedforward
    settings: Settings
    parts: list[AbstractVectorEncoding] = field(factory=list)
    layers: list[LayerFacts] = field(factory=list)
    pieces: list[Piece] = field(factory=list)

    def built(self, images: Sequence[Values]) -> Built:
        network = self.network
        source = self.source(tuple(network.first.put(image) for image in images))
        held = {network.source: source.boxed(network.source)}
        last_use = {name: i for i, step in enumerate(network.steps) for name in step.inputs}
        has_curve = False
        for number, step in enumerate(network.steps):
            has_curve |= isinstance(step, Curve)
            made = self.taken(step, [held[name] for name in step.inputs])
            held = {name: x for name, x in held.items() if last_use.get(name, 0) > number}
            is_last = number == len(network.steps) - 1
            if is_last or (has_curve and not held):
                self.parts.append(made.bloq)
                made = made if is_last else made.boxed(step.output)
                has_curve = False
            held[step.output] = made
        last = held[network.result]
        return Built(
            chain=LayerChain(source.bloq, tuple(self.parts), is_listed=not self.settings.runs),
            layers=tuple(self.layers),
            values=last.values,
            reach=last.reach,
            pieces=tuple(self.pieces),
        )

    def source(self, values: tuple[Values, ...]) -> Held:
        if not np.any(values[0]):
            raise ValueError("the image is zero everywhere; there is no vector to start from")
        bloq = loaded(values[0].ravel(), self.network.first.register.n, self.settings)
        return Held(bloq, float(np.linalg.norm(values[0])), values)

    def taken(self, step: AbstractStep, inputs: Sequence[Held]) -> Held:
        """What a step makes, lengthened if it is the last one."""
        values = tuple(
            step.apply(*each) for each in zip(*(one.values for one in inputs), strict=True)
        )
        norm = float(np.linalg.norm(values[0]))
        if norm == 0:
            raise ValueError(
                f"layer '{step.name}' makes the zero vector of the first image; there is nothing "
                "to encode"
            )
        if isinstance(step, Curve):
            made = self.curve(step, inputs[0])
        else:
            made = Held(*encoded(step, inputs, norm, self.settings), values)
        made = self.piece(made, step.output, type(step).__name__)
        if step.output == self.network.result:
            made = self.longer(step, "output", made)
        return made

    def longer(self, step: AbstractStep, what: str, held: Held) -> Held:
        """A vector as long as it may be, noted."""
        made, polynomial = lengthened(held, self.settings)
        self.layers.append(
            LayerFacts(
                layer=step.name,
                what=what,
                norm=held.norm,
                reach=held.reach,
                lengthening=polynomial,
                reach_after=made.reach,
                curve=None,
                output=step.output,
                part=len(self.parts) + 1,
            )
        )
        name = step.output if what == "output" else step.inputs[0]
        return self.piece(made, f"{name}/longer", "Lengthen")

    def curve(self, step: Curve, held: Held) -> Held:
        made, plan = curved(step, self.longer(step, step.kind, held), self.settings)
        self.layers[-1] = evolve(self.layers[-1], curve=plan)
        return made

    def piece(self, made: Held, name: str, what: str) -> Held:
        """The same, noted and boxed if the circuit is asked for in pieces."""
        if not self.settings.in_pieces or isinstance(made.bloq, EarlierVector):
            return made
        self.pieces.append(Piece(name=name, what=what, bloq=made.bloq, values=made.values))
        return made.boxed(name)
