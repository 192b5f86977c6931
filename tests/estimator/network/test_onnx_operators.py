"""Our NumPy operators agree with the reference evaluator of ONNX, one operator at a time."""

import math

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from estimator.network.onnx_operators import FUNCTIONS, Operator, evaluate

X = np.random.default_rng(1).normal(size=(1, 2, 4, 4))
FLAT = X.reshape(1, -1)
KERNEL = np.random.default_rng(2).normal(size=(3, 2, 3, 3))
MATRIX = np.random.default_rng(3).normal(size=(32, 5))
FACTOR = np.random.default_rng(4).normal(size=(1, 2, 1, 1))
BIAS = np.random.default_rng(5).normal(size=5)
NUMBERS = (BIAS[:2], BIAS[2:4], BIAS[:2] + 0.5, BIAS[:2] ** 2)

CASES = {
    "Conv": ("Conv", [X, KERNEL], {"pads": [1, 1, 1, 1]}),
    "Conv uneven": ("Conv", [X, KERNEL[:, :, :2, :2]], {"pads": [1, 1, 0, 0]}),
    "Conv bias": ("Conv", [X, KERNEL, BIAS[:3]], {"pads": [1, 1, 1, 1]}),
    "Mul": ("Mul", [X, FACTOR], {}),
    "Erf": ("Erf", [X], {}),
    "Relu": ("Relu", [X], {}),
    "Sigmoid": ("Sigmoid", [40 * X], {}),
    "Add": ("Add", [X, FACTOR], {}),
    "Div": ("Div", [X, FACTOR], {}),
    "Pow": ("Pow", [X, np.array(2.0)], {}),
    "Pow integer": ("Pow", [X, np.array(3)], {}),
    "ReduceL2": ("ReduceL2", [X], {}),
    "ReduceL2 axes": ("ReduceL2", [X, np.array([-1, 1])], {"keepdims": 0}),
    "Gemm": ("Gemm", [FLAT, MATRIX], {}),
    "Gemm scaled": ("Gemm", [FLAT, MATRIX.T, BIAS], {"transB": 1, "alpha": 0.5, "beta": 2.0}),
    "Gemm both": ("Gemm", [FLAT.T, MATRIX.T], {"transA": 1, "transB": 1}),
    "MatMul": ("MatMul", [FLAT, MATRIX], {}),
    "Flatten": ("Flatten", [X], {}),
    "Flatten axis": ("Flatten", [X], {"axis": -2}),
    "Flatten all": ("Flatten", [X], {"axis": 0}),
    "Reshape": ("Reshape", [X, np.array([0, -1, 8])], {}),
    "Reshape empty": ("Reshape", [X[:0], np.array([0, 7])], {"allowzero": 1}),
    "Identity": ("Identity", [X], {}),
    "Constant": ("Constant", [], {"value": MATRIX}),
    "Conv strided": ("Conv", [X, KERNEL], {"pads": [1, 1, 1, 1], "strides": [2, 2]}),
    "Conv dilated": (
        "Conv",
        [X, KERNEL[:, :, :2, :2]],
        {"pads": [2, 1, 0, 1], "dilations": [2, 1]},
    ),
    "Conv grouped": (
        "Conv",
        [X, np.concatenate([KERNEL, KERNEL])[:4, :1]],
        {"pads": [1, 1, 1, 1], "group": 2},
    ),
    "BatchNormalization": ("BatchNormalization", [X, *NUMBERS], {"epsilon": 2**-10}),
    "AveragePool": (
        "AveragePool",
        [X],
        {"kernel_shape": [2, 2], "strides": [2, 2], "pads": [0] * 4},
    ),
    "AveragePool padded": (
        "AveragePool",
        [X],
        {"kernel_shape": [3, 3], "pads": [1] * 4, "count_include_pad": 1},
    ),
    "AveragePool less at the border": (
        "AveragePool",
        [X],
        {"kernel_shape": [3, 3], "pads": [1, 0, 1, 1]},
    ),
    "GlobalAveragePool": ("GlobalAveragePool", [X], {}),
    "ReduceMean": ("ReduceMean", [X, np.array([2, 3])], {"keepdims": 0}),
    "Sub": ("Sub", [X, FACTOR], {}),
    "Neg": ("Neg", [X], {}),
    "Abs": ("Abs", [X], {}),
    "Sqrt": ("Sqrt", [X**2], {}),
    "Reciprocal": ("Reciprocal", [X], {}),
    "Exp": ("Exp", [X], {}),
    "Log": ("Log", [X**2], {}),
    "Max": ("Max", [X, FACTOR, X.T[:1, :1].T], {}),
    "Min": ("Min", [X, FACTOR], {}),
    "Clip": ("Clip", [X, np.array(-0.5), np.array(1.0)], {}),
    "Clip above": ("Clip", [X, np.array(0.0)], {}),
    "LeakyRelu": ("LeakyRelu", [X], {"alpha": 0.125}),
    "Elu": ("Elu", [X], {"alpha": 0.5}),
    "HardSigmoid": ("HardSigmoid", [3 * X], {"alpha": 0.25}),
    "HardSwish": ("HardSwish", [3 * X], {}),
    "Tanh": ("Tanh", [X], {}),
    "Softplus": ("Softplus", [X], {}),
    "Softsign": ("Softsign", [X], {}),
    "Gelu": ("Gelu", [X], {}),
    "Gelu tanh": ("Gelu", [X], {"approximate": "tanh"}),
    "Swish": ("Swish", [X], {"alpha": 0.75}),
    "Greater": ("Greater", [X, FACTOR], {}),
    "GreaterOrEqual": ("GreaterOrEqual", [X, X], {}),
    "Less": ("Less", [X, FACTOR], {}),
    "LessOrEqual": ("LessOrEqual", [X, FACTOR], {}),
    "Where": ("Where", [X > 0, X, FACTOR], {}),
    "Cast": ("Cast", [X], {"to": 7}),
    "Concat": ("Concat", [X, X], {"axis": 1}),
    "ConstantOfShape": (
        "ConstantOfShape",
        [np.array([2, 3])],
        {"value": np.array([2.5])},
    ),
    "Dropout": ("Dropout", [X], {}),
    "Expand": ("Expand", [FACTOR, np.array([1, 2, 3, 3])], {}),
    "Gather": ("Gather", [X, np.array([1, 0, 1])], {"axis": 3}),
    "Shape": ("Shape", [X], {"start": 1}),
    "Slice": (
        "Slice",
        [X, *(np.array([x]) for x in (3, -9, 2, -2))],
        {},
    ),
    "Softmax": ("Softmax", [FLAT], {}),
    "Squeeze": ("Squeeze", [X, np.array([0])], {}),
    "Transpose": ("Transpose", [X], {"perm": [0, 2, 3, 1]}),
    "Unsqueeze": ("Unsqueeze", [X, np.array([0, -1])], {}),
}


SINGLE = ("Erf", "Gelu", "HardSwish")
"""Operators of which the reference evaluator rounds a part to single precision."""


def reference(kind, inputs, attributes):
    """The answer of ONNX's own evaluator, in double precision."""
    names = [f"in{position}" for position in range(len(inputs))]
    attributes = {
        key: numpy_helper.from_array(value) if isinstance(value, np.ndarray) else value
        for key, value in attributes.items()
    }
    node = helper.make_node(kind, names, ["out"], **attributes)
    infos = [
        helper.make_tensor_value_info(
            name, helper.np_dtype_to_tensor_dtype(value.dtype), value.shape
        )
        for name, value in zip(names, inputs, strict=True)
    ]
    out = helper.make_tensor_value_info("out", onnx.TensorProto.DOUBLE, None)
    graph = helper.make_graph([node], "one", infos, [out])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 24)])
    return ReferenceEvaluator(model).run(None, dict(zip(names, inputs, strict=True)))[0]


@pytest.mark.parametrize(("kind", "inputs", "attributes"), CASES.values(), ids=CASES.keys())
def test_agrees_with_the_reference_evaluator(kind, inputs, attributes):
    """Same shape, and same entries to 1e-12, or to 1e-7 where it rounds to single precision."""
    known = {f"in{position}": value for position, value in enumerate(inputs)}
    expected = reference(kind, inputs, attributes)

    given = {key: x.encode() if isinstance(x, str) else x for key, x in attributes.items()}
    if kind == "ConstantOfShape":
        given = {"value": given["value"][0]}
    ours = evaluate([Operator(kind, "node", tuple(known), "out", given)], known)["out"]

    assert ours.shape == expected.shape
    tolerance = 1e-7 if kind in SINGLE else 1e-12
    np.testing.assert_allclose(ours, expected, rtol=0, atol=tolerance)


def test_erf_is_exact():
    """To double precision, which the reference evaluator's is not."""
    expected = [math.erf(x) for x in X.ravel()]
    ours = evaluate([Operator("Erf", "", ("x",), "y")], {"x": X})["y"]
    np.testing.assert_allclose(ours.ravel(), expected, rtol=0, atol=1e-15)


def test_every_operator_has_a_case():
    """The cases above reach the whole vocabulary."""
    assert {kind for kind, _, _ in CASES.values()} == FUNCTIONS.keys()


def test_axes_as_attribute_and_as_input_mean_the_same():
    """Up to opset 17 ReduceL2 names its axes in an attribute."""
    old = Operator("ReduceL2", "", ("x",), "y", {"axes": [1, 3]})
    expected = np.sqrt((X**2).sum(3, keepdims=True).sum(1, keepdims=True))
    np.testing.assert_allclose(evaluate([old], {"x": X})["y"], expected, rtol=0, atol=1e-12)


def test_an_omitted_optional_input_is_none():
    """An empty name stands for nothing."""
    gemm = Operator("Gemm", "", ("x", "w", ""), "y")
    result = evaluate([gemm], {"x": FLAT, "w": MATRIX})["y"]
    np.testing.assert_allclose(result, FLAT @ MATRIX, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("kind", "inputs"),
    [("Add", [X, MATRIX]), ("MatMul", [X, MATRIX]), ("Reshape", [FLAT, np.array([0, 0, 0])])],
)
def test_shapes_that_do_not_fit_are_named(kind, inputs):
    """The message names the operator and the shapes."""
    known = {f"in{position}": value for position, value in enumerate(inputs)}
    operator = Operator(kind, "node7", tuple(known), "out")
    with pytest.raises(
        ValueError, match=rf"operator {kind} \(node 'node7'\) needs inputs that fit"
    ):
        evaluate([operator], known)
