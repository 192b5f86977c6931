"""Layers one after another compute what the file does, whatever an exporter writes."""

import numpy as np
import pytest
from export_features import features
from layer_values import layer_values
from onnx.reference import ReferenceEvaluator
from small_models import model

from estimator.network.onnx_reader import read_network


@pytest.mark.parametrize(
    ("nodes", "weights", "kinds"), [each[1:] for each in features()], ids=[x[0] for x in features()]
)
def test_what_exporters_write(nodes, weights, kinds, write, rng):
    """The forward pass is the reference's, and so is that of the layers one after another."""
    network = model(nodes, weights, shape=(1, 2, 8, 8))
    read = read_network(write(network))
    assert [type(layer).__name__ for layer in read.layers] == kinds
    for _ in range(3):
        x = rng.normal(size=(1, 2, 8, 8))
        (expected,) = ReferenceEvaluator(network).run(None, {"x": x})
        np.testing.assert_allclose(read.forward(x), expected, rtol=0, atol=1e-7)
        ours = layer_values(read.layers, "x", x)[read.layers[-1].output]
        np.testing.assert_allclose(ours.reshape(expected.shape), expected, rtol=0, atol=2e-5)
