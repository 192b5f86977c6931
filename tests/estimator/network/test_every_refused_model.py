"""Reading ONNX: one sentence for every refusal."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from small_models import model

from estimator.network.onnx_reader import read_network

node = helper.make_node
KERNEL = np.random.default_rng(7).normal(size=(2, 2, 3, 3))
MATRIX = np.random.default_rng(8).normal(size=(32, 32))
AXES = np.array([1, 2, 3])


def conv(weights=KERNEL, **attributes):
    attributes = {"pads": [1, 1, 1, 1]} | attributes
    return model([node("Conv", ["x", "K"], ["y"], "conv1", **attributes)], {"K": weights})


def two_inputs():
    both = model([node("Add", ["x", "z"], ["y"])])
    both.graph.input.append(helper.make_tensor_value_info("z", TensorProto.DOUBLE, (1, 2, 4, 4)))
    return both


def external():
    stored = conv()
    stored.graph.initializer[0].data_location = TensorProto.EXTERNAL
    return stored


def sparse():
    values = numpy_helper.from_array(np.ones(1), "K")
    stored = model([node("Add", ["x", "K"], ["y"])])
    stored.graph.sparse_initializer.append(
        helper.make_sparse_tensor(values, numpy_helper.from_array(np.array([0])), [4])
    )
    return stored


def with_entry(value):
    kernel = KERNEL.copy()
    kernel[1, 0, 2, 2] = value
    return conv(kernel)


def normalised(**attributes):
    return model(
        [node("ReduceL2", ["x", "axes"], ["n"], **attributes), node("Div", ["x", "n"], ["y"], "d")],
        {"axes": np.array([1])},
        shape=(1, 4, 4, 4),
    )


def one(kind, *inputs, shape=(1, 2, 4, 4), attributes=None, **weights):
    return model([node(kind, inputs, ["y"], "n1", **(attributes or {}))], weights, shape)


REFUSED = {
    "pool": (
        one("MaxPool", "x", attributes={"kernel_shape": [2, 2]}),
        r"has operator MaxPool \(node 'n1'\): the largest of several amplitudes is no polynomial",
    ),
    "unnamed": (model([node("Sinh", ["x"], ["y"])]), r"operator Sinh \(node 'y'\): there is no"),
    "attention": (
        model([node("Softmax", ["x"], ["s"]), node("Relu", ["s"], ["y"])]),
        r"Softmax \(node 's'\) is applied to a computed tensor: it multiplies computed vectors",
    ),
    "moments": (
        one("LayerNormalization", "x", "w", w=np.ones(4)),
        "those of the very image, .* train with BatchNormalization",
    ),
    "entries": (
        model([node("Gather", ["x", "i"], ["y"], axis=1)], {"i": np.array([0])}),
        "it picks or joins entries",
    ),
    "curve": (model([node("Exp", ["x"], ["y"])]), "alone it is no activation known here"),
    "limits": (
        model([node("Clip", ["x", "a", "b"], ["y"])], {"a": np.array(0.0), "b": np.array(4.0)}),
        "has other limits than 0 and 6",
    ),
    "mean": (
        model([node("ReduceMean", ["x", "i"], ["y"])], {"i": np.array([1])}),
        "only means over rows and columns",
    ),
    "squeeze and excitation": (
        model(
            [
                node("GlobalAveragePool", ["x"], ["m"]),
                node("Sigmoid", ["m"], ["s"]),
                node("Mul", ["x", "s"], ["y"]),
            ]
        ),
        "combines two computed tensors; one must be a constant",
    ),
    "strides": (conv(strides=[1, 2]), r"has strides \[1, 2\]; rows and columns need the same"),
    "border": (
        model([node("AveragePool", ["x"], ["y"], kernel_shape=[3, 3], pads=[1] * 4)]),
        "that it does not count; set count_include_pad=1",
    ),
    "ceiling": (
        model([node("AveragePool", ["x"], ["y"], kernel_shape=[3, 3], ceil_mode=1)]),
        "sets ceil_mode; choose sizes that divide",
    ),
    "training": (
        model(
            [node("BatchNormalization", ["x", *"abcd"], ["y", "m", "v"], training_mode=1)],
            {name: np.ones(2) for name in "abcd"},
        ),
        "has several outputs; export the network for inference",
    ),
    "computed shape": (
        model(
            [
                node("Cast", ["x"], ["c"], to=7),
                node("Reshape", ["c", "s"], ["f"]),
                node("Reshape", ["x", "f"], ["y"]),
            ],
            {"s": np.array([32])},
        ),
        "has a computed shape; export with fixed sizes",
    ),
    "domain": (
        model([node("Conv", ["x"], ["y"], domain="com.example")]),
        r"operator com.example.Conv \(node 'y'\)",
    ),
    "text": (b"this is not a model", "is not an ONNX model"),
    "empty": (b"", "is not an ONNX model with operators"),
    "external": (external(), "keeps 'K' in '', outside the model's folder"),
    "kernel_shape": (
        one("Conv", "x", "K", K=np.ones((2, 2, 3, 3)), attributes={"kernel_shape": [5, 5]}),
        "kernel_shape",
    ),
    "new opset": (
        model([node("Relu", ["x"], ["y"])], opset=onnx.defs.onnx_opset_version() + 1),
        "does not know; export with opset",
    ),
    "opset": (model([node("Relu", ["x"], ["y"])], opset=12), "uses ONNX opset 12; export with"),
    "checker": (
        one("Relu", "missing"),
        r"is rejected by the ONNX checker: .*missing",
    ),
    "attribute": (one("Relu", "x", attributes={"slope": 1}), "rejected by the ONNX checker: "),
    "sparse": (sparse(), "has sparse weights"),
    "inputs": (two_inputs(), "has 2 inputs and 1 outputs"),
    "no input": (one("Relu", "w", w=np.ones(3)), "has an output 'y' that no operator computes"),
    "string": (
        model([node("Constant", [], ["s"], value_string="a"), node("Relu", ["x"], ["y"])]),
        "has value_string; quledger reads tensors and numbers",
    ),
    "axes": (one("Relu", "x", shape=(1, 2, 4)), "has input 'x' with 3 axes; quledger reads images"),
    "batch": (one("Relu", "x", shape=(3, 2, 4, 4)), "has batch size 3; export with batch size 1"),
    "dynamic": (one("Relu", "x", shape=(1, 2, "h", "w")), "has a dynamic size in input 'x'"),
    "huge": (
        one("Relu", "x", shape=(1, 1, 2**20, 2**20)),
        "has 1099511627776 input entries; quledger reads up to 16777216",
    ),
    "oblong": (one("Relu", "x", shape=(1, 2, 4, 5)), "has images of 4 x 5 pixels"),
    "computed weights": (
        model(
            [node("Mul", ["x", "x"], ["k"]), node("Conv", ["x", "k"], ["y"])], shape=(1, 1, 3, 3)
        ),
        "has computed weights; quledger reads constant ones",
    ),
    "1-D": (
        model(
            [node("Reshape", ["x", "s"], ["r"]), node("Conv", ["r", "K"], ["y"])],
            {"s": np.array([1, 2, 16]), "K": np.ones((2, 2, 1))},
        ),
        "is 1-D; quledger reads 2-D convolutions",
    ),
    "3-D": (
        model(
            [node("Reshape", ["x", "s"], ["r"]), node("Conv", ["r", "K"], ["y"])],
            {"s": np.array([1, 2, 4, 2, 2]), "K": np.ones((2, 2, 1, 1, 1))},
        ),
        "is 3-D; quledger reads 2-D convolutions",
    ),
    "grown": (conv(pads=[2, 2, 2, 2]), r"has pads \[2, 2, 2, 2\] that make 6 places of 4"),
    "string weights": (
        model([node("Add", ["x", "h"], ["y"])], {"h": np.ones(1, np.uint8)}),
        "rejected by the ONNX checker",
    ),
    "unsigned weights": (
        model(
            [node("Cast", ["h"], ["g"], to=11), node("Add", ["x", "g"], ["y"])],
            {"h": np.ones(1, np.uint8)},
        ),
        "stores 'h' as UINT8; quledger reads FLOAT16, FLOAT, DOUBLE and integers",
    ),
    "input type": (
        model([node("Neg", ["x"], ["y"])], element=TensorProto.INT32),
        "has input 'x' that is not FLOAT16, FLOAT or DOUBLE",
    ),
    "nan": (with_entry(np.nan), "has weights 'K' with an entry that is NaN or infinite"),
    "infinite": (with_entry(-np.inf), "has weights 'K' with an entry that is NaN or infinite"),
    "oblong inside": (
        model(
            [node("Reshape", ["x", "s"], ["r"]), node("Conv", ["r", "K"], ["y"], pads=[1] * 4)],
            {"s": np.array([1, 2, 8, 2]), "K": KERNEL},
        ),
        r"sees 8 x 2 pixels; the image must be square",
    ),
    "shapes": (one("Add", "x", "w", w=np.ones((1, 7))), r"rejected by the ONNX checker"),
    "product": (
        model([node("Erf", ["x"], ["e"]), node("Mul", ["x", "e"], ["y"])]),
        "combines two computed tensors; one must be a constant",
    ),
    "exponent": (one("Pow", "x", "x"), "needs one constant number as its exponent"),
    "exponents": (one("Pow", "x", "e", e=np.array([2.0, 3, 2, 2])), "needs one constant number"),
    "quotient": (
        model([node("Erf", ["x"], ["e"]), node("Div", ["x", "e"], ["y"])]),
        "must divide by a constant or by the ReduceL2 of its own numerator",
    ),
    "norm of another": (
        model(
            [
                node("Erf", ["x"], ["e"]),
                node("ReduceL2", ["e"], ["n"]),
                node("Div", ["x", "n"], ["y"]),
            ]
        ),
        "must divide by a constant or by the ReduceL2 of its own numerator",
    ),
    "zero divisor": (
        one("Div", "x", "z", z=np.zeros(1)),
        "divides by a constant that contains zero",
    ),
    "keepdims": (normalised(keepdims=0), "divides by a ReduceL2 without keepdims; set keepdims=1"),
    "noop": (
        one("ReduceL2", "x", attributes={"noop_with_empty_axes": 1}),
        "sets noop_with_empty_axes; name the axes instead",
    ),
    "unequal skip": (
        model([node("ReduceL2", ["x"], ["n"]), node("Add", ["x", "n"], ["y"])]),
        r"adds shapes \(1, 2, 4, 4\) and \(1, 1, 1, 1\); make them equal",
    ),
    "unflattened": (
        one("MatMul", "x", "W", W=MATRIX[:4]),
        r"multiplies a tensor of shape \(1, 2, 4, 4\); flatten it first",
    ),
    "transA": (
        one("Gemm", "x", "W", shape=(1, 32), attributes={"transA": 1}, W=MATRIX[:1]),
        "needs the form x @ matrix with a constant 2-D matrix",
    ),
    "computed bias": (
        one("Gemm", "x", "W", "x", shape=(1, 32), W=MATRIX),
        "adds a computed tensor; its bias must be a constant",
    ),
}


@pytest.mark.parametrize(("content", "text"), REFUSED.values(), ids=REFUSED.keys())
def test_refusals(content, text, write):
    """One sentence, on one line, that starts with the file and names the rule."""
    with pytest.raises(ValueError, match=text) as caught:
        read_network(write(content))
    assert str(caught.value).startswith("/")
    assert "net.onnx: " in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    """With the path that was given."""
    with pytest.raises(ValueError, match=r"absent\.onnx: no such file"):
        read_network(tmp_path / "absent.onnx")
    with pytest.raises(ValueError, match="cannot be opened as a file"):
        read_network(str(tmp_path))


def test_a_truncated_model_is_refused(write):
    """Cutting a valid file anywhere gives a sentence, never a library's own exception."""
    content = conv().SerializeToString()
    for length in range(0, len(content), 7):
        with pytest.raises(ValueError, match=r"net\.onnx: "):
            read_network(write(content[:length]))
