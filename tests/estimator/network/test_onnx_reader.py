"""Reading ONNX: the layers found and the forward pass."""

import attrs
import numpy as np
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator
from small_models import model

from estimator.network.convolution_layer import Convolution
from estimator.network.layers import (
    Activation,
    Dense,
    Normalisation,
    NormReduction,
    Power,
    Reshape,
    Scale,
    Shift,
    Skip,
)
from estimator.network.onnx_reader import read_network

node = helper.make_node
KERNEL = np.random.default_rng(7).normal(size=(2, 2, 3, 3))
MATRIX = np.random.default_rng(8).normal(size=(32, 32))
AXES = np.array([1, 2, 3])


def conv(weights=KERNEL, **attributes):
    attributes = {"pads": [1, 1, 1, 1]} | attributes
    return model([node("Conv", ["x", "K"], ["y"], "conv1", **attributes)], {"K": weights})


RESIDUAL = model(
    [
        node("Constant", [], ["p"], value=numpy_helper.from_array(np.array(0.8))),
        node("Conv", ["x", "K"], ["c"], "conv", auto_pad="SAME_UPPER"),
        node("Mul", ["p", "c"], ["pc"]),
        node("Erf", ["pc"], ["e"], "erf"),
        node("Add", ["x", "e"], ["s"], "skip"),
        node("ReduceL2", ["s", "axes"], ["norm"]),
        node("Div", ["s", "norm"], ["z"], "normalise"),
        node("Identity", ["z"], ["i"]),
        node("Flatten", ["i"], ["f"], "flatten"),
        node("Pow", ["f", "two"], ["g"], "square"),
        node("Gemm", ["g", "W"], ["w"], "dense", transB=1),
        node("Mul", ["f", "tau"], ["tf"]),
        node("Div", ["w", "two"], ["tw"]),
        node("Add", ["tf", "tw"], ["out"], "weighted"),
        node("Reshape", ["out", "bins"], ["r"], "bins"),
        node("ReduceL2", ["r", "last"], ["q"], "pool", keepdims=0),
        node("Mul", ["q", "q"], ["y"], "squares"),
    ],
    {
        "K": KERNEL,
        "W": MATRIX,
        "axes": AXES,
        "two": np.array(2.0),
        "tau": np.array([0.51]),
        "bins": np.array([1, 16, 2]),
        "last": np.array([2]),
    },
)
PLAIN = model(
    [
        node("Constant", [], ["half"], value_float=0.5),
        node("Constant", [], ["shape"], value_ints=[0, -1]),
        node("Mul", ["x", "channels"], ["a"], "channels"),
        node("Relu", ["a"], ["b"], "relu"),
        node("Reshape", ["b", "shape"], ["c"], "reshape"),
        node("Add", ["bias", "c"], ["d"], "shift"),
        node("MatMul", ["d", "W"], ["e"], "matmul"),
        node("Mul", ["e", "half"], ["h"]),
        node("Mul", ["h", "half"], ["k"]),
        node("Sigmoid", ["k"], ["m"], "sigmoid"),
        node("Gemm", ["m", "W", "bias"], ["y"], "gemm", alpha=2.0, beta=3.0),
    ],
    {
        "channels": np.full((1, 2, 1, 1), 0.5, np.float32),
        "W": MATRIX.astype(np.float32),
        "bias": MATRIX[0].astype(np.float32),
    },
    element=TensorProto.FLOAT,
)


@pytest.mark.parametrize(
    ("network", "tolerance"), [(RESIDUAL, 1e-7), (PLAIN, 1e-4)], ids=["double", "single"]
)
def test_forward_agrees_with_the_reference_evaluator(network, tolerance, write, rng):
    """To the reference's rounding: of erf in the first model, of all values in the second."""
    element = helper.tensor_dtype_to_np_dtype(network.graph.input[0].type.tensor_type.elem_type)
    for _ in range(5):
        x = rng.normal(size=(1, 2, 4, 4)).astype(element)
        (expected,) = ReferenceEvaluator(network).run(None, {"x": x})
        ours = read_network(write(network)).forward(x)
        assert ours.shape == expected.shape
        np.testing.assert_allclose(ours, expected, rtol=0, atol=tolerance)


def test_layers_of_a_residual_block(write):
    """Scales, skip weights and normalisation are recognised, and connections kept."""
    place = [
        (Convolution, "conv", ("x",), "c", {"pad_begin": 1, "side": 4}),
        (Activation, "erf", ("c",), "e", {"kind": "erf", "scale": 0.8}),
        (Skip, "skip", ("x", "e"), "s", {"weights": (1.0, 1.0)}),
        (Normalisation, "normalise", ("s",), "z", {"axes": (1, 2, 3), "everything": True}),
        (Reshape, "flatten", ("z",), "f", {"shape": (1, 32)}),
        (Power, "square", ("f",), "g", {"exponent": 2.0}),
        (Dense, "dense", ("g",), "w", {}),
        (Skip, "weighted", ("f", "w"), "out", {"weights": (0.51, 0.5)}),
        (Reshape, "bins", ("out",), "r", {"shape": (1, 16, 2)}),
        (NormReduction, "pool", ("r",), "q", {"axes": (2,)}),
        (Power, "squares", ("q",), "y", {"exponent": 2.0}),
    ]

    network = read_network(write(RESIDUAL))

    assert [type(layer) for layer in network.layers] == [kind for kind, *_ in place]
    for layer, (_, name, inputs, output, values) in zip(network.layers, place, strict=True):
        assert (layer.name, layer.inputs, layer.output) == (name, inputs, output)
        assert {key: getattr(layer, key) for key in values} == values
    np.testing.assert_array_equal(network.convolutions[0].kernel, KERNEL)
    np.testing.assert_array_equal(network.dense[0].matrix, MATRIX)
    assert (network.name, network.input_shape) == ("small", (1, 2, 4, 4))


def test_layers_of_a_plain_network(write):
    """Consecutive numbers multiply, a constant vector shifts, Gemm's alpha and beta are kept."""
    network = read_network(write(PLAIN))

    kinds = [Scale, Activation, Reshape, Shift, Dense, Activation, Dense]
    assert [type(layer) for layer in network.layers] == kinds
    assert network.layers[5].scale == 0.25
    single = MATRIX.astype(np.float32).astype(float)
    np.testing.assert_array_equal(network.dense[0].matrix, single.T)
    np.testing.assert_array_equal(network.dense[0].bias, np.zeros(32))
    np.testing.assert_array_equal(network.dense[1].matrix, 2 * single.T)
    np.testing.assert_array_equal(network.dense[1].bias, 3 * single[0])


def test_all_that_stands_in_the_way_is_said_at_once(write):
    """Each with its remedy; what fails only because something before it did is left out."""
    nodes = [
        node("MaxPool", ["x"], ["p"], "pool", kernel_shape=[2, 2], strides=[2, 2]),
        node("Conv", ["p", "K"], ["c"], "conv", strides=[1, 2], pads=[1] * 4),
        node("Elu", ["c"], ["e"], "elu"),
        node("MaxPool", ["e"], ["q"], "again", kernel_shape=[1, 1]),
        node("LayerNormalization", ["q", "w"], ["y"], "norm"),
    ]
    network = model(nodes, {"K": KERNEL, "w": np.ones(2)}, shape=(1, 2, 8, 8), opset=20)
    with pytest.raises(ValueError, match="4 things stand in the way") as problem:
        read_network(write(network))
    for number, text in enumerate(
        [
            "has operator MaxPool (node 'pool' and 1 more): ",
            "has operator LayerNormalization (node 'norm'): ",
            "operator Conv (node 'conv') has strides [1, 2]; ",
            "operator Elu (node 'elu') is applied to a computed tensor: ",
        ],
        start=1,
    ):
        assert f"({number}) {text}" in str(problem.value)


@pytest.mark.parametrize("element", [TensorProto.FLOAT16, TensorProto.FLOAT, TensorProto.DOUBLE])
def test_every_floating_type_is_read(element, write):
    kernel = KERNEL.astype(helper.tensor_dtype_to_np_dtype(element))
    network = model([node("Conv", ["x", "K"], ["y"], pads=[1] * 4)], {"K": kernel}, element=element)
    np.testing.assert_array_equal(read_network(write(network)).convolutions[0].kernel, kernel)


@pytest.mark.parametrize(
    ("attributes", "offset"),
    [
        ({"auto_pad": "SAME_UPPER"}, 1),
        ({"auto_pad": "SAME_LOWER"}, 0),
        ({"pads": [0, 0, 1, 1]}, 1),
        ({"auto_pad": "NOTSET", "pads": [1, 1, 0, 0]}, 0),
    ],
)
def test_even_kernels_keep_the_side_on_which_they_are_padded(attributes, offset, write, rng):
    """As the reference evaluator pads; the offset is the number of zeros after the image."""
    nodes = [node("Conv", ["x", "K"], ["y"], **attributes)]
    even = model(nodes, {"K": KERNEL[:, :, 1:, 1:]})
    x = rng.normal(size=(1, 2, 4, 4))
    (expected,) = ReferenceEvaluator(even).run(None, {"x": x})

    network = read_network(write(even))

    assert network.convolutions[0].offset == offset
    np.testing.assert_allclose(network.forward(x), expected, rtol=0, atol=1e-12)


def test_a_matrix_on_the_left_is_a_dense_layer(write, rng):
    """MatMul of a constant and a column."""
    column = model(
        [node("Reshape", ["x", "s"], ["c"]), node("MatMul", ["W", "c"], ["y"])],
        {"s": np.array([32, 1]), "W": MATRIX},
    )
    network, x = read_network(write(column)), rng.normal(size=(1, 2, 4, 4))
    np.testing.assert_array_equal(network.dense[0].matrix, MATRIX)
    np.testing.assert_allclose(network.forward(x), MATRIX @ x.reshape(32, 1), rtol=0, atol=1e-12)


def test_operators_on_constants_are_evaluated_once(write):
    """A kernel computed from constants is a kernel."""
    nodes = [node("Mul", ["K", "two"], ["K2"]), node("Conv", ["x", "K2"], ["y"], pads=[1] * 4)]
    network = read_network(write(model(nodes, {"K": KERNEL, "two": np.array(2.0)})))
    np.testing.assert_array_equal(network.convolutions[0].kernel, 2 * KERNEL)


def test_a_scale_used_elsewhere_stays_a_layer(write):
    """Merging a Mul into the activation does not hide it from its other consumer."""
    nodes = [
        node("Mul", ["x", "p"], ["m"], "mul"),
        node("Erf", ["m"], ["e"], "erf"),
        node("ReduceL2", ["m", "axes"], ["n"]),
        node("Div", ["m", "n"], ["z"], "normalise"),
        node("Add", ["e", "z"], ["y"], "add"),
    ]
    network = read_network(write(model(nodes, {"p": np.array(0.8), "axes": AXES})))
    assert [layer.name for layer in network.layers] == ["mul", "erf", "normalise", "add"]
    assert network.layers[1].inputs == ("x",)


def test_an_open_batch_axis_is_read_as_one(write):
    """Exporters often leave the batch size open."""
    network = read_network(write(model([node("Relu", ["x"], ["y"])], shape=("batch", 2, 4, 4))))
    assert network.input_shape == (1, 2, 4, 4)


def test_a_zero_bias_is_no_bias(write):
    """An exporter may write one."""
    nodes = [node("Conv", ["x", "K", "b"], ["y"], pads=[1] * 4)]
    network = read_network(write(model(nodes, {"K": KERNEL, "b": np.zeros(2)})))
    assert len(network.convolutions) == 1


def test_equality_looks_at_the_weights(write):
    """Two files with the same layers and other weights are other networks."""
    first, again = read_network(write(conv())), read_network(write(conv()))
    other = read_network(write(conv(2 * KERNEL)))
    assert first == again != other
    assert hash(first) == hash(again)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        first.name = "other"
    with pytest.raises(ValueError, match="read-only"):
        first.convolutions[0].kernel[0] = 0


def test_a_file_is_read_again_when_it_changes(write):
    """And not before: the network is kept as long as its file stays as it is."""
    kernel = np.ones((1, 2, 1, 1))
    nodes = [helper.make_node("Conv", ["x", "K"], ["y"])]
    path = write(model(nodes, {"K": kernel}))
    first = read_network(path)
    assert read_network(path) is first
    write(model(nodes, {"K": 2 * kernel}))
    np.testing.assert_array_equal(read_network(path).convolutions[0].kernel, 2 * kernel)
    path.unlink()
    with pytest.raises(ValueError, match="no such file"):
        read_network(path)
