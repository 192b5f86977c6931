"""Write the layers of three well-known networks as ONNX files with random weights.

ResNet-18 (arXiv:1512.03385), MobileNet (arXiv:1704.04861) and MobileNetV2 (arXiv:1801.04381) for
images of 224 x 224 pixels and 1,000 classes: every layer with its published shape, so that the
numbers of parameters and of multiplications are the published ones; the weights are drawn, so that
nothing is classified. Kernels are He-normal, from a seed: entries of variance 2 over the inputs of
an output (1 where no activation follows), which keeps activations of one size. BatchNorm is a node
of its own with gain 1, shift 0, mean 0 and variance 1 (--fold folds it into the convolution before
it, as exporters do).

One layer differs: the 3 x 3 max pooling with stride 2 of ResNet-18's stem, for which there is no
circuit, is replaced by stride (--stem average: by a mean over 2 x 2 pixels with stride 2). Neither
has parameters nor multiplications.

    python examples/network_shapes.py FOLDER [--fold] [--stem stride|average]
"""

import argparse
import math
from pathlib import Path

import numpy as np
import onnx
from attrs import define, field
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from estimator.report.write_file import write_file

SIDE = 224
"""Image side. Pixels."""

CLASSES = 1000
"""Scores at the end."""

SEED = 0
"""Of all weights."""

STAGES = (64, 128, 256, 512)
"""Channels of the four stages of ResNet-18, each of two blocks of two convolutions."""

SEPARABLE = (
    (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5, (1024, 2), (1024, 1)
)  # fmt: skip
"""Channels and stride of the 13 depthwise separable layers of MobileNet."""

BOTTLENECKS = (
    (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
    (6, 320, 1, 1),
)  # fmt: skip
"""Stages of MobileNetV2: factor by which a block widens, channels, blocks, stride of the first."""

EPSILON = 1e-5
"""Added to the variance of a BatchNorm."""

ENDS = {"lowest": 0.0, "highest": 6.0}
"""Of ReLU6."""

Weights = NDArray[np.float32]


@define
class Writer:
    """Nodes and weights of a network under construction.

    Args:
        folds: whether a BatchNorm becomes part of the convolution before it.
        activation: "Relu", or "Clip" for ReLU6.
    """

    folds: bool
    activation: str = "Relu"
    rng: np.random.Generator = field(factory=lambda: np.random.default_rng(SEED))
    nodes: list[onnx.NodeProto] = field(factory=list)
    weights: dict[str, Weights] = field(factory=dict)

    def node(self, kind: str, inputs: list[str], name: str, **attributes: object) -> str:
        """One more node; the tensor it makes has its name."""
        self.nodes.append(helper.make_node(kind, inputs, [name], name, **attributes))
        return name

    def drawn(self, shape: tuple[int, ...], gain: float) -> Weights:
        """Normal entries of variance gain / inputs; the first axis counts outputs."""
        width = math.sqrt(gain / math.prod(shape[1:]))
        return (width * self.rng.standard_normal(shape)).astype(np.float32)

    def constant(self, name: str, value: Weights) -> str:
        """A tensor of weights."""
        self.weights[name] = value
        return name

    def convolution(
        self, x: str, name: str, channels: tuple[int, int], kernel: int, *, stride: int = 1,
        groups: int = 1, has_relu: bool = True,
    ) -> str:  # fmt: skip
        """Convolution without bias, BatchNorm and, unless a sum comes first, ReLU.

        Args:
            x: tensor it acts on.
            name: of the layer.
            channels: of input and output.
            kernel: side. Pixels.
            stride: pixels.
            groups: parts of the channels.
            has_relu: whether ReLU follows.
        """
        before, after = channels
        shape = (after, before // groups, kernel, kernel)
        weights = self.drawn(shape, 2.0 if has_relu else 1.0)
        gain = 1 / math.sqrt(1 + EPSILON)
        if self.folds:
            weights = (gain * weights).astype(np.float32)
        inputs = [x, self.constant(f"{name}.weight", weights)]
        if self.folds:
            inputs.append(self.constant(f"{name}.bias", np.zeros(after, np.float32)))
        pad = kernel // 2
        y = self.node(
            "Conv", inputs, name, kernel_shape=[kernel] * 2, pads=[pad] * 4, strides=[stride] * 2,
            group=groups,
        )  # fmt: skip
        if not self.folds:
            values = {"scale": 1.0, "shift": 0.0, "mean": 0.0, "variance": 1.0}
            about = [
                self.constant(f"{name}.norm.{part}", np.full(after, value, np.float32))
                for part, value in values.items()
            ]
            y = self.node("BatchNormalization", [y, *about], f"{name}.norm", epsilon=EPSILON)
        if not has_relu:
            return y
        if self.activation == "Clip":
            ends = [self.constant(end, np.array(value, np.float32)) for end, value in ENDS.items()]
            return self.node("Clip", [y, *ends], f"{name}.relu6")
        return self.node(self.activation, [y], f"{name}.relu")

    def scores(self, x: str, channels: int) -> str:
        """Means over all pixels, and a dense layer with bias."""
        x = self.node("GlobalAveragePool", [x], "average")
        x = self.node("Flatten", [x], "vector")
        matrix = self.constant("dense.weight", self.drawn((CLASSES, channels), 1.0))
        bias = self.constant("dense.bias", self.drawn((CLASSES,), 0.01))
        return self.node("Gemm", [x, matrix, bias], "scores", transB=1)

    def model(self, name: str) -> onnx.ModelProto:
        """What was written, checked."""
        single = TensorProto.FLOAT
        graph = helper.make_graph(
            self.nodes,
            name,
            [helper.make_tensor_value_info("image", single, [1, 3, SIDE, SIDE])],
            [helper.make_tensor_value_info("scores", single, [1, CLASSES])],
            [numpy_helper.from_array(value, name) for name, value in self.weights.items()],
        )
        opset = [helper.make_opsetid("", 18)]
        model = helper.make_model(graph, opset_imports=opset, ir_version=8)
        model.producer_name = "quledger"
        onnx.checker.check_model(model, full_check=True)
        return model


def resnet18(*, folds: bool = False, stem: str = "stride") -> onnx.ModelProto:
    """ResNet-18: 11.69 million parameters, 1.82e9 multiplications.

    Its 3 x 3 max pooling is replaced by stride.

    Args:
        folds: BatchNorm into convolutions.
        stem: "stride" takes every second pixel, "average" means over 2 x 2, where max pooling was.
    """
    net = Writer(folds)
    x = net.convolution("image", "stem", (3, STAGES[0]), 7, stride=2)
    side = 2 if stem == "average" else 1
    x = net.node("AveragePool", [x], "pool", kernel_shape=[side] * 2, strides=[2, 2])
    width = STAGES[0]
    for stage, channels in enumerate(STAGES, start=1):
        for block in (1, 2):
            stride = 2 if channels != width else 1
            name, skip = f"stage{stage}.block{block}", x
            y = net.convolution(x, f"{name}.conv1", (width, channels), 3, stride=stride)
            y = net.convolution(y, f"{name}.conv2", (channels, channels), 3, has_relu=False)
            if stride != 1:
                skip = net.convolution(
                    x, f"{name}.skip", (width, channels), 1, stride=stride, has_relu=False
                )
            x = net.node("Relu", [net.node("Add", [y, skip], f"{name}.sum")], f"{name}.relu")
            width = channels
    net.scores(x, width)
    return net.model("resnet18")


def mobilenet(*, folds: bool = False) -> onnx.ModelProto:
    """MobileNet, the first one, of width 1: 4.2 million parameters, 569 million multiplications.

    Args:
        folds: BatchNorm into convolutions.
    """
    net = Writer(folds)
    x, width = net.convolution("image", "stem", (3, 32), 3, stride=2), 32
    for number, (channels, stride) in enumerate(SEPARABLE, start=1):
        name = f"layer{number}"
        x = net.convolution(x, f"{name}.depthwise", (width, width), 3, stride=stride, groups=width)
        x = net.convolution(x, f"{name}.pointwise", (width, channels), 1)
        width = channels
    net.scores(x, width)
    return net.model("mobilenet")


def mobilenet2(*, folds: bool = False) -> onnx.ModelProto:
    """MobileNetV2 of width 1: 3.5 million parameters, 300 million multiplications.

    Args:
        folds: BatchNorm into convolutions.
    """
    net = Writer(folds, "Clip")
    x, width = net.convolution("image", "stem", (3, 32), 3, stride=2), 32
    for stage, (factor, channels, blocks, first) in enumerate(BOTTLENECKS, start=1):
        for block in range(1, blocks + 1):
            name, y, wide = f"stage{stage}.block{block}", x, factor * width
            stride = first if block == 1 else 1
            if factor > 1:
                y = net.convolution(y, f"{name}.widen", (width, wide), 1)
            y = net.convolution(y, f"{name}.depthwise", (wide, wide), 3, stride=stride, groups=wide)
            y = net.convolution(y, f"{name}.narrow", (wide, channels), 1, has_relu=False)
            has_skip = stride == 1 and width == channels
            x = net.node("Add", [x, y], f"{name}.sum") if has_skip else y
            width = channels
    x = net.convolution(x, "last", (width, 1280), 1)
    net.scores(x, 1280)
    return net.model("mobilenet2")


def main() -> None:
    """Write all files into a folder."""
    parser = argparse.ArgumentParser(description="Write networks of random weights.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fold", action="store_true", help="BatchNorm into convolutions")
    parser.add_argument("--stem", choices=("stride", "average"), default="stride")
    typed = parser.parse_args()
    typed.folder.mkdir(parents=True, exist_ok=True)
    models = {
        "resnet18": resnet18(folds=typed.fold, stem=typed.stem),
        "mobilenet": mobilenet(folds=typed.fold),
        "mobilenet2": mobilenet2(folds=typed.fold),
    }
    for name, model in models.items():
        path = typed.folder / f"{name}.onnx"
        write_file(path, model.SerializeToString())
        print(f"wrote {path}, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
