"""Files become residual networks with the same outputs, or are refused in one sentence."""

from pathlib import Path

import numpy as np
import pytest
from attrs import evolve
from sklearn.datasets import load_digits

from bloqs.resnet.model.recognition import residual_network_of
from estimator.network.layers import Activation, Dense, Normalisation, Power, Reshape, Scale, Skip
from estimator.network.onnx_reader import read_network

DIGITS = Path(__file__).parents[4] / "examples" / "digits_resnet.onnx"


@pytest.fixture(scope="module")
def digits():
    return read_network(DIGITS)


def test_digits_network_has_the_outputs_of_its_file(digits):
    """Probabilities by the file's own graph, on the first two hundred images."""
    network = residual_network_of(digits)
    assert (network.C, network.M, network.k, network.classes) == (2, 8, 2, 16)
    assert network.slope == pytest.approx(0.8)
    assert network.output.tau == pytest.approx(0.51)
    for image in load_digits().images[:200, None]:
        expected = digits.forward(image[None])[0]
        found = network.probabilities(network.vector_of(image))
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-7)


def cut(network, count):
    """The network that ends after its first `count` layers."""
    return evolve(network, layers=network.layers[:count])


def test_without_sums_every_entry_is_a_class(digits):
    """Entry number j of the file's last tensor is class j, whatever the order of the vectors."""
    network = residual_network_of(cut(digits, 10))
    assert network.output is None
    assert network.classes == network.N == 128
    image = load_digits().images[0][None]
    last = digits.operators[[o.output for o in digits.operators].index("block2")]
    expected = evolve(digits, output_name=last.output).forward(image[None]).ravel() ** 2
    found = network.probabilities(network.vector_of(image))
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-7)


def test_the_file_may_end_after_the_output_block(digits):
    network = residual_network_of(cut(digits, 15))
    assert network.output is not None
    assert network.classes == 128


def changed(network, layer, number, changes):
    """The network whose layer `number` of that class is changed."""
    layers = list(network.layers)
    places = [place for place, each in enumerate(layers) if isinstance(each, layer)]
    layers[places[number]] = evolve(layers[places[number]], **changes)
    return evolve(network, layers=tuple(layers))


@pytest.mark.parametrize(
    ("kind", "number", "changes", "text"),
    [
        (Activation, 0, {"kind": "relu"}, r"Activation \(node 'erf1'\) must be erf, got relu"),
        (Activation, 1, {"scale": 0.7}, r"must have one slope of erf, got \[0.8"),
        (Skip, 0, {"weights": (1.0, 0.5)}, r"'skip1'\) must have weights 1 and 1, got \(1.0, 0.5"),
        (Skip, 1, {"inputs": ("channels", "erf2")}, "Skip of 'block1' and 'erf2' is expected"),
        (Skip, 2, {"weights": (1.0, -1.0)}, "must have weights above zero, got"),
        (Skip, 2, {"weights": (0.4, 0.6)}, "tau must be above 1/2 and below 1, got 0.4"),
        (Normalisation, 1, {"everything": False}, "must divide by the l2 norm of all entries"),
        (Power, 0, {"exponent": 3.0}, r"'squares'\) must square, got exponent 3.0"),
        (Power, 1, {"exponent": 1.0}, "must end in sums of squares over runs, got axes"),
        (Dense, 0, {"bias": np.ones(128)}, r"'dense'\) must have no bias"),
        (
            Dense,
            0,
            {"matrix": np.eye(64), "bias": np.zeros(64)},
            r"must be square with 128 rows, got \(64, 64\)",
        ),
        (Scale, 0, {"factor": np.ones((1, 2, 8, 1))}, "one factor for each channel, got shape"),
        (Scale, 0, {"factor": np.ones((1, 2, 1, 1))}, "copies must be 2 weights of l2 norm 1"),
        (Reshape, 1, {"shape": (1, 2, 8, 8)}, "must make runs of one length"),
    ],
)
def test_other_networks_are_refused(digits, kind, number, changes, text):
    """The sentence names the layer and the rule."""
    with pytest.raises(ValueError, match=text):
        residual_network_of(changed(digits, kind, number, changes))


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (1, 18, "layer Scale .* where a Normalisation of 'image' is expected"),
        (0, 2, "ends where a Convolution is expected"),
        (0, 3, "ends where a Activation is expected"),
    ],
)
def test_incomplete_networks_are_refused(digits, first, last, text):
    with pytest.raises(ValueError, match=text):
        residual_network_of(evolve(digits, layers=digits.layers[first:last]))


def test_layers_after_the_end_are_refused(digits):
    extra = evolve(digits.layers[-1], inputs=("probabilities",), output="more")
    with pytest.raises(ValueError, match="goes on with layer Power"):
        residual_network_of(evolve(digits, layers=(*digits.layers, extra)))
