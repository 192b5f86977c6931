"""From the layers of a network file to steps on a register, or all that stands in the way."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import numpy as np
from attrs import define, evolve, field, frozen

from bloqs.feedforward.model.register import Layout
from bloqs.feedforward.model.step_writer import AbstractStepWriter
from bloqs.feedforward.model.steps import (
    AbstractStep,
    Curve,
    Sum,
    curve,
)
from estimator.network.convolution_layer import Convolution
from estimator.network.grouped_convolution import GroupedConvolution
from estimator.network.layers import (
    AbstractLayer,
    Activation,
    AveragePool,
    Dense,
    GlobalAverage,
    Normalisation,
    NormReduction,
    Power,
    Reshape,
    Scale,
    Shift,
    Skip,
    Softmax,
    Subsample,
    Transposition,
)
from estimator.network.network import Network

Step = TypeVar("Step", bound=AbstractStep)

NORMS = (
    "a division by a norm of the image has no construction here outside the form of a residual "
    "network; leave the normalisation out, or write the network in that form"
)
"""Why norms are refused."""


@frozen
class Feedforward:
    """A network as steps on a register.

    Args:
        name: of the network.
        steps: in the order of evaluation.
        source: name of the input.
        first: layout of the input.
        result: name of the output.
        last: layout of the output.
        notes: what was left out, one sentence each.
    """

    name: str
    steps: tuple[AbstractStep, ...]
    source: str
    first: Layout
    result: str
    last: Layout
    notes: tuple[str, ...]


def feedforward_of(network: Network) -> Feedforward:
    """The steps of a network.

    Raises:
        ValueError: with a sentence for every layer that no step stands for.
    """
    builder = _Builder(network=network)
    problems: list[str] = []
    for layer in network.layers:
        if any(name not in builder.layouts for name in layer.inputs):
            continue  # something before it was refused
        try:
            builder.add(layer)
        except ValueError as problem:
            problems.append(f"layer {type(layer).__name__} (node '{layer.name}'): {problem}")
    if problems:
        raise ValueError("; ".join(problems))
    return builder.made(network)


def _first_layout(network: Network) -> Layout:
    shape = network.input_shape
    if len(shape) == 2:
        return Layout.of_vector(shape[1])
    channels_last = any(
        isinstance(layer, Transposition) and layer.axes == (0, 3, 1, 2)
        for layer in network.layers
        if network.input_name in layer.inputs
    )
    if len(shape) == 4 and shape[2] == shape[3] and not (channels_last and shape[1] == shape[2]):
        return Layout.of_image(*shape[1:3])
    if len(shape) == 4 and shape[1] == shape[2]:
        inner = Layout.of_image(shape[3], shape[1])
        return evolve(inner, place=inner.place.transpose(0, 2, 3, 1))
    raise ValueError(f"the input has shape {shape}; it must be a vector or a square image")


@define(kw_only=True)
class _Builder(AbstractStepWriter):
    network: Network
    notes: list[str] = field(factory=list)
    done: set[str] = field(factory=set)

    def __attrs_post_init__(self) -> None:
        self.layouts[self.network.input_name] = _first_layout(self.network)

    def made(self, network: Network) -> Feedforward:
        result = self.clean(self.source(network.output_name))
        used, kept = {result}, []
        for step in reversed(self.steps):
            if step.output in used:
                used |= set(step.inputs)
                kept.append(step)
        first = self.layouts[network.input_name]
        last = evolve(self.layouts[result], place=self.layouts[network.output_name].place)
        return Feedforward(
            network.name, tuple(reversed(kept)), network.input_name, first,
            result, last, tuple(self.notes),
        )  # fmt: skip

    def add(self, layer: AbstractLayer) -> None:
        if layer.output in self.done:
            return
        ADDERS[type(layer)](self, layer)

    # One method for each kind of layer.

    def convolution(self, layer: Convolution | GroupedConvolution) -> None:
        name, layout, channels = self.image(layer)
        groups = layer.groups if isinstance(layer, GroupedConvolution) else 1
        made = self.convolve(layer, layer.kernel, groups, layer.pad_begin, name, layout, channels)
        self.as_image(layer, made, len(layer.kernel))

    def subsample(self, layer: Subsample) -> None:
        name, layout, channels = self.image(layer)
        bits = layer.stride.bit_length() - 1
        if layer.stride != 2**bits:
            raise ValueError(f"its stride is {layer.stride}; only powers of two are costed")
        if layer.first:
            raise ValueError(f"it begins at pixel {layer.first}; it must begin at the first")
        self.pooled(layer, name, layout, channels, bits, layer.side, averages=False)

    def average(self, layer: AveragePool) -> None:
        name, layout, channels = self.image(layer)
        bits = layer.window.bit_length() - 1
        rest = [each for each in self.network.layers if layer.output in each.inputs]
        if (
            layer.window == 2**bits
            and layer.pad_begin == 0
            and len(rest) == 1
            and isinstance(rest[0], Subsample)
            and (rest[0].stride, rest[0].first) == (layer.window, 0)
            and rest[0].side * layer.window == layout.side
        ):
            self.pooled(layer, name, layout, channels, bits, rest[0].side, averages=True)
            self.becomes(rest[0], self.renamed[layer.output])
            self.done.add(rest[0].output)
            return
        kernel = np.full((channels, 1, layer.window, layer.window), layer.window**-2.0)
        made = self.convolve(layer, kernel, channels, layer.pad_begin, name, layout, channels)
        self.becomes(layer, made)

    def global_average(self, layer: GlobalAverage) -> None:
        name, layout, channels = self.image(layer)
        m = layout.register.m
        factor = 4.0**m / layout.side**2
        self.pooled(layer, name, layout, channels, m, 1, averages=True, factor=factor)

    def dense(self, layer: Dense) -> None:
        name = self.clean(self.source(layer.inputs[0]))
        layout = evolve(self.layouts[name], place=self.layouts[layer.inputs[0]].place)
        made = self.multiply(layer, layer.matrix, name, layout)
        if layer.bias.any():
            made = self.plus(layer, made, layer.bias, self.layouts[made])
        flat = self.layouts[made]
        if layout.place.shape[0] != 1:
            flat = evolve(flat, place=flat.place.T)
        self.becomes(layer, made, flat)

    def activation(self, layer: Activation) -> None:
        name = self.clean(self.source(layer.inputs[0]))
        layout = evolve(self.layouts[name], place=self.layouts[layer.inputs[0]].place)
        if layer.scale < 0:
            name = self.rescale(layer, name, -1.0)
        made = self.step(Curve, layer, name, layout=layout, kind=layer.kind, scale=abs(layer.scale))
        if at_zero := float(curve(layer.kind, np.zeros(1))[0]):
            made = self.plus(layer, made, np.array(at_zero), layout)
        self.becomes(layer, made)

    def skip(self, layer: Skip) -> None:
        names = [self.clean(self.source(each)) for each in layer.inputs]
        places = [self.layouts[each].place for each in layer.inputs]
        if not np.array_equal(places[0], places[1]):
            raise ValueError("its two tensors have their entries in different places")
        if names[0] == names[1]:
            made = self.rescale(layer, names[0], sum(layer.weights))
        else:
            weights = {"weights": layer.weights}
            made = self.step(Sum, layer, *names, layout=self.layouts[names[0]], **weights)
        self.becomes(layer, made, evolve(self.layouts[made], place=places[0]))

    def shift(self, layer: Shift) -> None:
        name = self.source(layer.inputs[0])
        here = evolve(self.layouts[name], place=self.layouts[layer.inputs[0]].place)
        if np.broadcast_shapes(layer.constant.shape, here.place.shape) != here.place.shape:
            raise ValueError(f"its constant has shape {layer.constant.shape}, the tensor another")
        self.becomes(layer, self.plus(layer, name, layer.constant, here))

    def scale(self, layer: Scale) -> None:
        name = self.clean(self.source(layer.inputs[0]))
        layout = evolve(self.layouts[name], place=self.layouts[layer.inputs[0]].place)
        if layer.factor.size == 1 and layer.factor.ndim <= layout.place.ndim:
            made = self.rescale(layer, name, float(layer.factor.item()))
            self.becomes(layer, made, layout)
            return
        factor = np.broadcast_to(layer.factor, layout.place.shape)
        if layout.register.m == 0:
            made = self.multiply(layer, np.diag(factor.ravel()), name, layout)
            self.becomes(layer, made, evolve(self.layouts[made], place=layout.place))
            return
        by_channel = layout.channels_of(factor)
        name, layout, channels = self.image(layer)
        if by_channel is None:
            raise ValueError("its factors differ from pixel to pixel, which is not costed")
        kernel = by_channel[:channels].reshape(-1, 1, 1, 1)
        self.becomes(layer, self.convolve(layer, kernel, channels, 0, name, layout, channels))

    def reshape(self, layer: Reshape) -> None:
        name = self.source(layer.inputs[0])
        place = self.layouts[layer.inputs[0]].place.reshape(layer.shape)
        self.becomes(layer, name, evolve(self.layouts[name], place=place))

    def transposition(self, layer: Transposition) -> None:
        name = self.source(layer.inputs[0])
        place = self.layouts[layer.inputs[0]].place.transpose(layer.axes)
        self.becomes(layer, name, evolve(self.layouts[name], place=place))

    def softmax(self, layer: Softmax) -> None:
        self.notes.append(
            "the softmax at the end is left out: it does not change the order of the scores"
        )
        name = self.source(layer.inputs[0])
        self.becomes(layer, name, self.layouts[layer.inputs[0]])

    def power(self, layer: Power) -> None:
        raise ValueError("powers of computed numbers have no construction here; leave it out")

    def norms(self, layer: Normalisation | NormReduction) -> None:
        raise ValueError(NORMS)


ADDERS: Mapping[type[AbstractLayer], Callable[..., None]] = {
    Activation: _Builder.activation,
    AveragePool: _Builder.average,
    Convolution: _Builder.convolution,
    Dense: _Builder.dense,
    GlobalAverage: _Builder.global_average,
    GroupedConvolution: _Builder.convolution,
    Normalisation: _Builder.norms,
    NormReduction: _Builder.norms,
    Power: _Builder.power,
    Reshape: _Builder.reshape,
    Scale: _Builder.scale,
    Shift: _Builder.shift,
    Skip: _Builder.skip,
    Softmax: _Builder.softmax,
    Subsample: _Builder.subsample,
    Transposition: _Builder.transposition,
}
"""Kind of layer -> what adds its steps."""
