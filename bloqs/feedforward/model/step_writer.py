"""Steps on a register, written one after another as layers need them."""

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from attrs import define, evolve, field

from bloqs.feedforward.model.register import Layout, Register, bits_for
from bloqs.feedforward.model.steps import (
    AbstractStep,
    Add,
    Convolve,
    Cut,
    Multiply,
    Narrow,
    Pool,
    Rescale,
    Widen,
)
from estimator.network.layers import AbstractLayer

Step = TypeVar("Step", bound=AbstractStep)


@define(kw_only=True)
class AbstractStepWriter:
    """What steps there are, and where the entries of every tensor lie.

    Args:
        steps: in the order of evaluation.
        layouts: by name of the tensor, or of what a step makes.
        renamed: name of what a step makes, by name of the tensor that it holds.
    """

    steps: list[AbstractStep] = field(factory=list)
    layouts: dict[str, Layout] = field(factory=dict)
    renamed: dict[str, str] = field(factory=dict)

    def source(self, name: str) -> str:
        return self.renamed.get(name, name)

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

    def as_image(self, layer: AbstractLayer, name: str, channels: int) -> None:
        """What is made is an image also where it is one pixel."""
        layout = self.layouts[name]
        if layout.register.m == 0:
            layout = evolve(layout, place=np.arange(channels).reshape(1, -1, 1, 1))
        self.becomes(layer, name, layout)

    def pooled(
        self, layer: AbstractLayer, name: str, layout: Layout, channels: int, bits: int, side: int,
        averages: bool, factor: float = 1.0,
    ) -> None:  # fmt: skip
        register = layout.register
        bits = min(bits, register.m)
        if bits:
            if register.c + 2 * (register.m - bits) == 0:  # one pixel of one channel
                register = Register(1, register.m)
                layout = evolve(layout, register=register)
                name = self.step(Widen, layer, name, layout=layout)
            register = Register(register.c, register.m - bits)
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

    def plus(self, layer: AbstractLayer, name: str, constant: Any, layout: Layout) -> str:
        """A constant added to a tensor with that layout."""
        by_channel = layout.channels_of(constant)
        if by_channel is not None and layout.register.m:
            is_clean = layout.is_clean and layout.side == 2**layout.register.m
            after = evolve(layout, is_clean=is_clean)
            return self.step(Add, layer, name, layout=after, constant=by_channel)
        return self.step(Add, layer, name, layout=layout, constant=layout.put(constant))

    def rescale(self, layer: AbstractLayer, name: str, factor: float) -> str:
        if factor == 0:
            raise ValueError("it multiplies by zero")
        return self.step(Rescale, layer, name, layout=self.layouts[name], factor=factor)
