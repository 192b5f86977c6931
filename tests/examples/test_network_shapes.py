"""Layers of well-known networks: as many parameters and multiplications as published."""

import importlib.util
import math
from pathlib import Path

import numpy as np
import onnx
import pytest

PATH = Path(__file__).parents[2] / "examples/network_shapes.py"

PUBLISHED = {
    # parameters, multiplications, convolutions and dense layers
    "resnet18": (11_689_512, 1.814e9, 21),  # torchvision's table has 11,689,512 and 1.81
    "mobilenet": (4_231_976, 0.569e9, 28),  # Tab. 4 of arXiv:1704.04861: 4.2 and 569 million
    "mobilenet2": (3_504_872, 0.3008e9, 53),  # torchvision's table has 3,504,872 and 0.3
}


@pytest.fixture(scope="module")
def shapes():
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("network_shapes", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def multiplications(model):
    """Of convolutions and dense layers, and how many of these there are."""
    inferred = onnx.shape_inference.infer_shapes(model)
    known = [*inferred.graph.value_info, *inferred.graph.output]
    sizes = {x.name: [d.dim_value for d in x.type.tensor_type.shape.dim] for x in known}
    weights = {x.name: list(x.dims) for x in model.graph.initializer}
    layers = [node for node in model.graph.node if node.op_type in ("Conv", "Gemm")]
    found = 0
    for node in layers:
        inputs = math.prod(weights[node.input[1]][1:])
        found += math.prod(sizes[node.output[0]]) * inputs
    return found, len(layers)


@pytest.mark.parametrize("name", PUBLISHED)
@pytest.mark.parametrize("folds", [False, True], ids=["normalised", "folded"])
def test_sizes_are_the_published_ones(shapes, name, folds):
    model = getattr(shapes, name)(folds=folds)
    parameters, products, layers = PUBLISHED[name]
    sizes = {x.name: math.prod(x.dims) for x in model.graph.initializer if x.dims}
    statistics = ("norm.mean", "norm.variance")  # not trained
    counted = sum(size for name, size in sizes.items() if not name.endswith(statistics))
    if folds:  # of a gain and a shift for each channel the shift is left
        counted += sum(
            size for name, size in sizes.items() if name.endswith(".bias") and name != "dense.bias"
        )
    assert counted == parameters
    found, count = multiplications(model)
    assert found == pytest.approx(products, rel=1e-3)
    assert count == layers


def test_kernels_are_drawn_for_activations_of_one_size(shapes):
    model = shapes.mobilenet(folds=True)
    sizes = {
        x.name: np.var(onnx.numpy_helper.to_array(x)) * math.prod(x.dims[1:])
        for x in model.graph.initializer
        if len(x.dims) == 4
    }
    assert len(sizes) == 27
    for name, variance in sizes.items():
        assert variance == pytest.approx(2, rel=0.5 if "depthwise" in name else 0.15), name
