"""From the layers of a network file to steps on a register, or all that stands in the way."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import numpy as np
from attrs import define, evolve, field, frozen

from bloqs.feedforward.model.register import Layout, Register, bits_for
from bloqs.feedforward.model.steps import (
    AbstractStep,
    Add,
    Convolve,
    Curve,
    Cut,
    Multiply,
    Narrow,
    Pool,
    Rescale,
    Sum,
    Widen,
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
    builder = _Builder(network)
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
    if len(shape) == 4 and shape[2] == shape[3]:
        return Layout.of_image(*shape[1:3])
    if len(shape) == 4 and shape[1] == shape[2]:
        inner = Layout.of_image(shape[3], shape[1])
        return evolve(inner, place=inner.place.transpose(0, 2, 3, 1))
    raise ValueError(f"the input has shape {shape}; it must be a vector or a square image")


@define
class _Builder:
    network: Network
    steps: list[AbstractStep] = field(factory=list)
    layouts: dict[str, Layout] = field(factory=dict)
    notes: list[str] = field(factory=list)
    renamed: dict[str, str] = field(factory=dict)
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

    def source(self, name: str) -> str:
        return self.renamed.get(name, name)

    def add(self, layer: AbstractLayer) -> None:
        if layer.output in self.done:
            return
        ADDERS[type(layer)](self, layer)

    def step(
        self, make: Callable[..., Step], layer: AbstractLayer, *inputs: str, layout: Layout,
        **fields: Any,
    ) -> str:  # fmt: skip
        """One more step; its output gets a name of its own."""
        name = f"{layer.output}/{len(self.steps)}"
        self.steps.append(
            make(
                name=layer.name or layer.output, inputs=inputs, output=name,
                before=self.layouts[inputs[0]].register, after=layout.register, **fields,
            )
        )  # fmt: skip
        self.layouts[name] = layout
        return name

    def becomes(self, layer: AbstractLayer, name: str, layout: Layout | None = None) -> None:
        """What a layer makes is in this place."""
        self.renamed[layer.output] = name
        self.layouts[layer.output] = layout or self.layouts[name]

    def clean(self, name: str) -> str:
        """The same with zeros outside the image."""
        layout = self.layouts[name]
        if layout.is_clean:
            return name
        made = next((s for s in self.steps if isinstance(s, Cut) and s.inputs == (name,)), None)
        if made is not None:
            return made.output
        owner = next(step for step in self.steps if step.output == name)
        after = evolve(layout, is_clean=True)
        layer = AbstractLayer(name=owner.name, inputs=(), output=f"{name}/image")
        return self.step(Cut, layer, name, layout=after, side=layout.side)

    def image(self, layer: AbstractLayer) -> tuple[str, Layout, int]:
        """Name and layout of a clean image, and its channels."""
        name = self.clean(self.source(layer.inputs[0]))
        layout = evolve(self.layouts[name], place=self.layouts[layer.inputs[0]].place)
        shape = layout.place.shape
        whole = Layout.of_image(shape[1], shape[2]) if len(shape) == 4 else None
        size = 2**layout.register.m
        if whole is None or shape[2] != layout.side or (layout.register.m == 0 and shape[2] != 1):
            raise ValueError(f"it acts on a tensor of shape {shape}, which is no image")
        channel, row, column = np.ogrid[: shape[1], : shape[2], : shape[2]]
        if not np.array_equal(layout.place[0], (channel * size + column) * size + row):
            raise ValueError("its image has its axes in another order; move the transposition")
        return name, layout, shape[1]

    def convolve(
        self, layer: AbstractLayer, kernel: Any, groups: int, pad_begin: int, name: str,
        layout: Layout, channels: int,
    ) -> str:  # fmt: skip
        C_out, _, D, _ = kernel.shape
        if layout.register.m == 0:
            if D != 1:
                middle = slice(pad_begin, pad_begin + 1)
                kernel = kernel[:, :, middle, middle]
            step = Convolve(
                name="", inputs=(), output="", before=layout.register, after=layout.register,
                kernel=kernel, groups=groups, pad_begin=0,
            )  # fmt: skip
            return self.multiply(layer, step.expanded[:, :, 0, 0], name, layout)
        wide = max(bits_for(C_out), bits_for(channels))
        register = layout.register
        if wide > register.c:
            layout = evolve(layout, register=Register(wide, register.m))
            name = self.step(Widen, layer, name, layout=layout)
        is_clean = D == 1 or layout.side == 2**register.m
        size = 2**register.m
        channel, row, column = np.ogrid[:C_out, : layout.side, : layout.side]
        place = ((channel * size + column) * size + row)[None]
        after = Layout(layout.register, place, layout.side, is_clean)
        name = self.step(
            Convolve, layer, name, layout=after, kernel=kernel, groups=groups, pad_begin=pad_begin
        )
        return self.narrow(layer, name, bits_for(C_out))

    def narrow(self, layer: AbstractLayer, name: str, c: int) -> str:
        layout = self.layouts[name]
        register = layout.register
        c = max(c, int(register.m == 0))
        if c >= register.c:
            return name
        after = evolve(layout, register=Register(c, register.m))
        return self.step(Narrow, layer, name, layout=after)

    def multiply(self, layer: AbstractLayer, matrix: Any, name: str, layout: Layout) -> str:
        """A matrix on the entries of a tensor, in their order."""
        n, rows = layout.register.n, len(matrix)
        whole = np.zeros((rows, 2**n))
        whole[:, layout.place.ravel()] = matrix
        wide = max(n, bits_for(rows), 1)
        flat = Layout(Register(n, 0), layout.place, 1)
        if wide > n:
            name = self.step(Widen, layer, name, layout=evolve(flat, register=Register(wide, 0)))
            whole = np.pad(whole, ((0, 0), (0, 2**wide - 2**n)))
        after = Layout(Register(wide, 0), np.arange(rows)[None], 1)
        name = self.step(Multiply, layer, name, layout=after, matrix=whole)
        return self.narrow(layer, name, bits_for(rows))

    # One method for each kind of layer.

    def convolution(self, layer: Convolution | GroupedConvolution) -> None:
        name, layout, channels = self.image(layer)
        groups = layer.groups if isinstance(layer, GroupedConvolution) else 1
        made = self.convolve(layer, layer.kernel, groups, layer.pad_begin, name, layout, channels)
        self.as_image(layer, made, len(layer.kernel))

    def as_image(self, layer: AbstractLayer, name: str, channels: int) -> None:
        """What is made is an image also where it is one pixel."""
        layout = self.layouts[name]
        if layout.register.m == 0:
            layout = evolve(layout, place=np.arange(channels).reshape(1, -1, 1, 1))
        self.becomes(layer, name, layout)

    def subsample(self, layer: Subsample) -> None:
        name, layout, channels = self.image(layer)
        bits = layer.stride.bit_length() - 1
        if layer.stride != 2**bits:
            raise ValueError(f"its stride is {layer.stride}; only powers of two are costed")
        if layer.first:
            raise ValueError(f"it begins at pixel {layer.first}; it must begin at the first")
        self.pooled(layer, name, layout, channels, bits, layer.side, averages=False)

    def pooled(
        self, layer: AbstractLayer, name: str, layout: Layout, channels: int, bits: int, side: int,
        averages: bool, factor: float = 1.0,
    ) -> None:  # fmt: skip
        register = layout.register
        bits = min(bits, register.m)
        if bits:
            register = Register(register.c, register.m - bits)
            if register.n == 0:
                raise ValueError("one pixel of one channel would be left; there is no register")
        left = -(-layout.side // 2**bits)
        size = 2**register.m
        channel, row, column = np.ogrid[:channels, :side, :side]
        place = ((channel * size + column) * size + row)[None]
        after = Layout(register, place, side, side == left)
        if bits:
            name = self.step(
                Pool, layer, name, layout=after, bits=bits, averages=averages, factor=factor
            )
        self.becomes(layer, name, after)
        if not after.is_clean:
            cut = self.step(Cut, layer, name, layout=evolve(after, is_clean=True), side=side)
            self.becomes(layer, cut)

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

    def plus(self, layer: AbstractLayer, name: str, constant: Any, layout: Layout) -> str:
        """A constant added to a tensor with that layout."""
        by_channel = layout.channels_of(constant)
        if by_channel is not None and layout.register.m:
            is_clean = layout.is_clean and layout.side == 2**layout.register.m
            after = evolve(layout, is_clean=is_clean)
            return self.step(Add, layer, name, layout=after, constant=by_channel)
        return self.step(Add, layer, name, layout=layout, constant=layout.put(constant))

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

    def rescale(self, layer: AbstractLayer, name: str, factor: float) -> str:
        if factor == 0:
            raise ValueError("it multiplies by zero")
        return self.step(Rescale, layer, name, layout=self.layouts[name], factor=factor)

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
