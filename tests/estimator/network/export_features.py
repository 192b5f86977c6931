"""Small models of what exporters write, for the tests beside and of what reads them."""

import numpy as np
from onnx import helper

node = helper.make_node


def features():
    """Models of what exporters write: by name, nodes, weights and the kinds of layers."""
    rng = np.random.default_rng(11)
    numbers = {"s": rng.uniform(0.5, 2, 4), "h": rng.normal(size=4), "m": rng.normal(size=4)}
    numbers["v"] = rng.uniform(0.5, 2, 4)
    kernel, bias = rng.normal(size=(4, 2, 3, 3)), rng.normal(size=4)
    half = {"half": np.array(0.5), "one": np.array(1.0), "root": np.array(np.sqrt(2))}
    normal = ["s", "h", "m", "v"]
    yield (
        "bias, stride and normalisation",
        [
            node("Conv", ["x", "K", "b"], ["c"], strides=[2, 2], pads=[1] * 4),
            node("BatchNormalization", ["c", *normal], ["n"]),
            node("Relu", ["n"], ["y"]),
        ],
        {"K": kernel, "b": bias, **numbers},
        ["Convolution", "Subsample", "Shift", "Activation"],
    )
    yield (
        "normalisation of a sum",
        [
            node("Conv", ["x", "K"], ["c"], pads=[1] * 4),
            node("Relu", ["c"], ["r"]),
            node("Add", ["c", "r"], ["a"]),
            node("BatchNormalization", ["a", *normal], ["y"]),
        ],
        {"K": kernel, **numbers},
        ["Convolution", "Activation", "Skip", "Scale", "Shift"],
    )
    yield (
        "normalisation read twice before",
        [
            node("Conv", ["x", "K"], ["c"], pads=[1] * 4),
            node("BatchNormalization", ["c", *normal], ["n"]),
            node("Sub", ["c", "n"], ["y"]),
        ],
        {"K": kernel, **numbers},
        ["Convolution", "Scale", "Shift", "Skip"],
    )
    yield (
        "dilation, an oblong kernel and groups",
        [
            node("Conv", ["x", "D"], ["c"], dilations=[2, 1], pads=[2, 0, 2, 2]),
            node("Conv", ["c", "G"], ["y"], group=2, pads=[0, 0, 1, 1], strides=[3, 3]),
        ],
        {"D": rng.normal(size=(4, 2, 3, 3)), "G": rng.normal(size=(6, 2, 2, 2))},
        ["Convolution", "GroupedConvolution", "Subsample"],
    )
    yield (
        "windows wider than the image, and narrower than what is padded",
        [
            node("Conv", ["x", "S"], ["c"], strides=[5, 5], pads=[1] * 4),
            node("Conv", ["c", "W"], ["y"], dilations=[2, 2], pads=[4] * 4),
        ],
        {"S": rng.normal(size=(2, 2, 1, 1)), "W": rng.normal(size=(2, 2, 5, 5))},
        ["Convolution", "Subsample", "Convolution"],
    )
    yield (
        "no padding, then pools",
        [
            node("Conv", ["x", "K"], ["c"]),
            node("AveragePool", ["c"], ["p"], kernel_shape=[2, 2], strides=[2, 2]),
            node("GlobalAveragePool", ["p"], ["g"]),
            node("Flatten", ["g"], ["f"]),
            node("Gemm", ["f", "W", "b"], ["y"], transB=1),
        ],
        {"K": kernel, "W": rng.normal(size=(4, 4)), "b": bias},
        ["Convolution", "Subsample", "AveragePool", "Subsample", "GlobalAverage", "Reshape",
         "Dense"],
    )  # fmt: skip
    yield (
        "a mean over rows and columns, and normalised scores",
        [
            node("AveragePool", ["x"], ["p"], kernel_shape=[3, 3], pads=[1] * 4,
                 count_include_pad=1),
            node("ReduceMean", ["p", "a"], ["g"], keepdims=0),
            node("Gemm", ["g", "W"], ["d"]),
            node("BatchNormalization", ["d", *normal], ["n"]),
            node("Softmax", ["n"], ["y"]),
        ],
        {"a": np.array([-1, 2]), "W": rng.normal(size=(2, 4)), **numbers},
        ["AveragePool", "GlobalAverage", "Dense", "Softmax"],
    )  # fmt: skip
    yield (
        "channels last",
        [
            node("Transpose", ["x"], ["t"], perm=[0, 2, 3, 1]),
            node("Transpose", ["t"], ["u"], perm=[0, 3, 1, 2]),
            node("Conv", ["u", "K"], ["c"], auto_pad="SAME_UPPER", strides=[2, 2]),
            node("Transpose", ["c"], ["d"], perm=[0, 2, 3, 1]),
            node("Shape", ["d"], ["n"], end=1),
            node("Concat", ["n", "rest"], ["to"], axis=0),
            node("Reshape", ["d", "to"], ["y"]),
        ],
        {"K": kernel, "rest": np.array([-1])},
        ["Transposition", "Transposition", "Convolution", "Subsample", "Transposition", "Reshape"],
    )
    yield (
        "activations in parts",
        [
            node("Div", ["x", "root"], ["g1"]),
            node("Erf", ["g1"], ["g2"]),
            node("Add", ["g2", "one"], ["g3"]),
            node("Mul", ["x", "g3"], ["g4"]),
            node("Mul", ["g4", "half"], ["g"]),
            node("Sigmoid", ["g"], ["s1"]),
            node("Mul", ["s1", "g"], ["w"]),
            node("Exp", ["w"], ["e1"]),
            node("Add", ["one", "e1"], ["e2"]),
            node("Log", ["e2"], ["e"]),
            node("Clip", ["e", "nought", "six"], ["c"]),
            node("Neg", ["c"], ["z"]),
            node("Sub", ["one", "z"], ["y"]),
        ],
        {**half, "nought": np.array(0.0), "six": np.array(6.0)},
        ["Activation", "Activation", "Activation", "Activation", "Scale", "Scale", "Shift"],
    )
