"""Random small models of what people export, each a few features long, for tests anywhere."""

import math

import numpy as np
from attrs import define, field
from onnx import helper
from small_models import model

SIDES = (5, 7, 9, 12, 8, 6)
"""Unit: pixels."""

CURVES = (
    "Relu",
    "Gelu",
    "Tanh",
    "Sigmoid",
    "Softplus",
    "Silu",
    "HardSwish",
    "Clip",
    "Erf",
    "Tanhed",
)
"""Operators, or small graphs, of activations."""

HEADS = ("global", "flat", "last", "none", "mean", "spread")


@define
class Drawn:
    """A model as far as it is made.

    Args:
        rng: for weights and sizes.
        channels: of the image so far.
        side: of the image so far. Unit: pixels.
    """

    rng: np.random.Generator
    channels: int
    side: int
    tensor: str = "x"
    nodes: list = field(factory=list)
    weights: dict = field(factory=dict)

    def add(self, kind, *others, inputs=None, **attributes):
        """A node on the tensor that was made last, or on named ones."""
        made = f"t{len(self.nodes)}"
        names = [self.tensor, *map(self.constant, others)] if inputs is None else inputs
        self.nodes.append(helper.make_node(kind, names, [made], name=f"{kind}{made}", **attributes))
        self.tensor = made
        return made

    def constant(self, value):
        name = f"w{len(self.weights)}"
        self.weights[name] = np.asarray(value)
        return name

    def conv(self, D=3, groups=1, outputs=None, bias=True, stride=1, dilation=1, pads=None):
        """A convolution; zeros around it keep the side unless others are named."""
        outputs = outputs or groups * int(self.rng.integers(1, 4))
        around = dilation * (D - 1)
        first = around // 2
        pads = (first, around - first) if pads is None else pads
        kernel = self.rng.normal(size=(outputs, self.channels // groups, D, D)) / D
        rest = [self.rng.normal(size=outputs)] if bias else []
        self.add("Conv", kernel, *rest, group=groups, strides=[stride] * 2,
                 dilations=[dilation] * 2, pads=[pads[0], pads[0], pads[1], pads[1]])  # fmt: skip
        self.channels = outputs
        self.side = (self.side + sum(pads) - around - 1) // stride + 1

    def pool(self, D, stride, pads=0):
        self.add("AveragePool", kernel_shape=[D] * 2, strides=[stride] * 2, pads=[pads] * 4,
                 count_include_pad=1)  # fmt: skip
        self.side = (self.side + 2 * pads - D) // stride + 1

    def normalise(self):
        """With the statistics of training."""
        low, high = self.rng.uniform(0.5, 2, size=(2, self.channels))
        self.add("BatchNormalization", low, *self.rng.normal(size=(2, self.channels)), high)

    def curve(self, kind):
        match kind:
            case "Silu":
                before = self.tensor
                self.add("Mul", inputs=[before, self.add("Sigmoid")])
            case "Clip":
                self.add("Clip", np.array(0.0), np.array(6.0))
            case "Tanhed":
                self.add("Gelu", approximate="tanh")
            case _:
                self.add(kind)

    def shortcut(self, weight):
        """x + weight * (a convolution and an activation of x)."""
        before = self.tensor
        self.conv(outputs=self.channels)
        self.curve("Relu")
        self.add("Mul", np.array(weight))
        self.add("Add", inputs=[before, self.tensor])

    def feature(self, kind):
        """One of `FEATURES`."""
        match kind:
            case "bias":
                self.conv()
            case "wide":
                self.conv(D=5, bias=False)
            case "even":
                self.conv(D=2)
            case "stride":
                self.conv(stride=2)
            case "dilation":
                self.conv(dilation=2)
            case "valid":
                self.conv(pads=(0, 0))
            case "groups":
                self.conv(outputs=4)
                self.conv(groups=2)
            case "depthwise":
                self.conv(groups=self.channels, outputs=2 * self.channels)
            case "pool 2":
                self.pool(2, 2)
            case "pool 3":
                self.pool(3, 1, pads=1)
            case "pool 3 strided":
                self.pool(3, 2, pads=1)
            case "skip":
                self.shortcut(-0.5)
            case "late normalisation":
                self.curve("Relu")
                self.normalise()
            case "early normalisation":
                self.normalise()
            case "difference":
                self.add("Sub", self.rng.normal(size=(self.channels, 1, 1)))
            case "difference from a constant":
                inputs = [self.constant(self.rng.normal(size=(1, 1, 1, 1))), self.tensor]
                self.add("Sub", inputs=inputs)
            case "negative":
                self.add("Neg")
                self.curve("Softplus")
            case "channels last":
                self.add("Transpose", perm=[0, 2, 3, 1])
                self.add("Add", self.rng.normal(size=self.channels))
                self.add("Transpose", perm=[0, 3, 1, 2])

    def head(self, kind):
        """What comes after the image."""
        if kind == "none":
            return
        if kind in ("global", "mean") and self.channels > 1:
            if kind == "global":
                self.add("GlobalAveragePool")
                self.add("Flatten")
            else:
                self.add("ReduceMean", np.array([2, 3]), keepdims=0)
            width = self.channels
        else:
            if kind == "last":
                self.add("Transpose", perm=[0, 2, 3, 1])
            self.add("Flatten")
            width = self.channels * self.side**2
        if kind in ("last", "mean"):
            self.add("MatMul", self.rng.normal(size=(width, 6)) / math.sqrt(width))
            self.add("Add", self.rng.normal(size=6))
            self.curve("Tanh")
            width = 6
        matrix = self.rng.normal(size=(5, width)) / math.sqrt(width)
        self.add("Gemm", matrix, self.rng.normal(size=5), transB=1)
        if kind == "spread":
            self.add("Relu")
            self.add("Gemm", self.rng.normal(size=(5, 3)))


FEATURES = (
    "bias", "stride", "skip", "dilation", "pool 2", "groups", "late normalisation", "valid",
    "depthwise", "negative", "channels last", "pool 3", "difference", "wide", "even",
    "early normalisation", "pool 3 strided", "difference from a constant",
)  # fmt: skip


def random_model(seed):
    """A model of three features, an activation after the second, and a head.

    The features, sides, activations and heads go round, so that some twenty models have all.
    """
    rng = np.random.default_rng(seed)
    channels, side = int(rng.integers(1, 4)), SIDES[seed % len(SIDES)]
    drawn = Drawn(rng, channels, side)
    shape = (1, channels, side, side)
    if seed % 4 == 3:
        drawn.add("Transpose", perm=[0, 3, 1, 2])
        shape = (1, side, side, channels)
    drawn.feature(FEATURES[seed % len(FEATURES)])
    drawn.feature(FEATURES[(5 * seed + 7) % len(FEATURES)])
    drawn.curve(CURVES[seed % len(CURVES)])
    drawn.feature(FEATURES[int(rng.integers(len(FEATURES)))])
    drawn.head(HEADS[(seed // 2) % len(HEADS)])
    drawn.nodes[-1].output[0] = "y"
    return model(drawn.nodes, drawn.weights, shape=shape, opset=20), shape


def perceptron(seed, width, *sides):
    """A multi-layer perceptron on a vector."""
    drawn = Drawn(np.random.default_rng(seed), 1, 1)
    for number, size in enumerate(sides):
        drawn.add(
            "Gemm", drawn.rng.normal(size=(size, width)), drawn.rng.normal(size=size), transB=1
        )
        if number < len(sides) - 1:
            drawn.curve(CURVES[(seed + number) % len(CURVES)])
        width = size
    drawn.nodes[-1].output[0] = "y"
    return drawn
