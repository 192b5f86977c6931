"""Steps on a register compute what the file does; what has no step is refused, all at once."""

import numpy as np
import pytest
from export_features import features
from onnx import helper
from onnx.reference import ReferenceEvaluator
from random_models import Drawn, perceptron, random_model
from small_models import model

from bloqs.feedforward.model.recognition import feedforward_of

node = helper.make_node
SHAPE = (1, 2, 8, 8)
REFUSED = {
    "dilation, an oblong kernel and groups": "its stride is 3; only powers of two are costed",
    "windows wider than the image, and narrower than what is padded": "its stride is 5; only",
}
"""Models of what exporters write that no circuit stands for."""

KNOWN = [each for each in features() if each[0] not in REFUSED]


def register_values(network, tensor):
    """What the register holds after every step, by name, and the input."""
    values = {network.source: network.first.put(tensor)}
    for step in network.steps:
        values[step.output] = step.apply(*(values[name] for name in step.inputs))
    return values


def check(network, read, rng, shape):
    """Three random tensors through the steps and through the reference; nothing is left behind."""
    steps = feedforward_of(read(network))
    reference = ReferenceEvaluator(network)
    for _ in range(3):
        x = rng.normal(size=shape)
        (wanted,) = reference.run(None, {"x": x})
        whole = register_values(steps, x)[steps.result]
        found = steps.last.take(whole)
        assert found.shape == wanted.shape
        np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-6 * max(1, np.abs(wanted).max()))
        assert np.count_nonzero(whole) <= found.size
        assert whole.shape == steps.last.register.shape
    return steps


@pytest.mark.parametrize(
    ("nodes", "weights"), [each[1:3] for each in KNOWN], ids=[each[0] for each in KNOWN]
)
def test_what_exporters_write(nodes, weights, read, rng):
    """Scores without a softmax: that is left out, which the reference then has to be."""
    kept = [each for each in nodes if each.op_type != "Softmax"]
    if len(kept) < len(nodes):
        kept[-1].output[0] = "y"
    check(model(kept, weights, shape=SHAPE), read, rng, SHAPE)


@pytest.mark.parametrize("seed", range(20))
def test_random_models(seed, read, rng):
    network, shape = random_model(seed)
    check(network, read, rng, shape)


@pytest.mark.parametrize("seed", range(3))
def test_perceptrons(seed, read, rng):
    """Widths up and down, none a power of two."""
    drawn = perceptron(seed, 5, 9, 3, 6)
    check(model(drawn.nodes, drawn.weights, shape=(1, 5), opset=20), read, rng, (1, 5))


@pytest.mark.parametrize("side", [1, 2, 3])
@pytest.mark.parametrize("channels", [1, 2, 3])
def test_smallest_images(side, channels, read, rng):
    """Also of one pixel, where a convolution is a matrix."""
    drawn = Drawn(rng, channels, side)
    drawn.conv()
    drawn.curve("Relu")
    drawn.conv(outputs=2, stride=2)
    drawn.nodes[-1].output[0] = "y"
    shape = (1, channels, side, side)
    check(model(drawn.nodes, drawn.weights, shape=shape), read, rng, shape)


def test_a_dense_layer_wider_than_its_image(read, rng):
    """Of two by two pixels seven scores are made: the register grows and forgets the image."""
    nodes = [node("Flatten", ["x"], ["f"]), node("Gemm", ["f", "W"], ["y"])]
    network = model(nodes, {"W": rng.normal(size=(4, 7))}, shape=(1, 1, 2, 2))
    check(network, read, rng, (1, 1, 2, 2))


def test_a_softmax_is_left_out_with_a_note(read, rng):
    """It keeps the order of the scores."""
    nodes = [node("Gemm", ["x", "W"], ["d"]), node("Softmax", ["d"], ["y"])]
    network = model(nodes, {"W": rng.normal(size=(4, 3))}, shape=(1, 4))
    steps = feedforward_of(read(network))
    x = rng.normal(size=(1, 4))
    scores = steps.last.take(register_values(steps, x)[steps.result])
    (shares,) = ReferenceEvaluator(network).run(None, {"x": x})
    np.testing.assert_allclose(np.exp(scores) / np.exp(scores).sum(), shares, atol=1e-9)
    assert any("softmax at the end is left out" in each for each in steps.notes)


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_strides(name, read):
    nodes, weights = next(each[1:3] for each in features() if each[0] == name)
    with pytest.raises(ValueError, match=REFUSED[name]):
        feedforward_of(read(model(nodes, weights, shape=SHAPE)))


def test_refuses_all_at_once(read, rng):
    """Four branches, each with something that no step stands for; each named by its node."""
    nodes = [
        node("Conv", ["x", "K"], ["a"], strides=[3, 3], name="leaps"),
        node("Mul", ["x", "F"], ["b"], name="shades"),
        node("Pow", ["x", "two"], ["c"], name="squares"),
        node("ReduceL2", ["x", "axes"], ["n"], keepdims=1, name="length"),
        node("Div", ["x", "n"], ["d"], name="shortens"),
        node("Add", ["b", "c"], ["e"], name="first sum"),
        node("Add", ["e", "d"], ["f"], name="second sum"),
        node("GlobalAveragePool", ["a"], ["g"], name="mean"),
        node("GlobalAveragePool", ["f"], ["h"], name="other mean"),
        node("Add", ["g", "h"], ["y"], name="last sum"),
    ]
    weights = {
        "K": rng.normal(size=(2, 2, 3, 3)), "F": rng.normal(size=(1, 2, 8, 8)),
        "two": np.array(2.0), "axes": np.array([1, 2, 3]),
    }  # fmt: skip
    with pytest.raises(ValueError) as refusal:
        feedforward_of(read(model(nodes, weights, shape=SHAPE)))
    found = str(refusal.value).split("; layer ")
    wanted = {
        "node 'leaps'": "its stride is 3; only powers of two are costed",
        "node 'shades'": "its factors differ from pixel to pixel, which is not costed",
        "node 'squares'": "powers of computed numbers have no construction here",
        "node 'shortens'": "a division by a norm of the image has no construction here",
    }
    for name, reason in wanted.items():
        assert any(name in each and reason in each for each in found), (name, refusal.value)
    assert "sum'" not in str(refusal.value)
    assert "mean'" not in str(refusal.value)


def test_refuses_sums_of_other_orders(read):
    """A skip across a flattening that puts entries elsewhere."""
    nodes = [
        node("Relu", ["x"], ["a"]),
        node("Transpose", ["x"], ["b"], perm=[0, 1, 3, 2]),
        node("Add", ["a", "b"], ["y"], name="mixed"),
    ]
    with pytest.raises(ValueError, match=r"node 'mixed'.*have their entries in different places"):
        feedforward_of(read(model(nodes, shape=SHAPE)))


@pytest.mark.parametrize("side", [2, 3, 4])
def test_one_number_is_left_of_one_channel(side, read, rng):
    """A mean over a whole grey image: the register keeps a qubit."""
    network = model([node("GlobalAveragePool", ["x"], ["y"])], shape=(1, 1, side, side))
    assert check(network, read, rng, (1, 1, side, side)).last.register.n == 1


def test_a_cube_with_channels_last(read, rng):
    """As many channels as rows: the transposition that reads it says which is which."""
    nodes = [
        node("Transpose", ["x"], ["t"], perm=[0, 3, 1, 2]),
        node("Conv", ["t", "K"], ["c"], pads=[1] * 4),
        node("Relu", ["c"], ["y"]),
    ]
    network = model(nodes, {"K": rng.normal(size=(3, 3, 3, 3))}, shape=(1, 3, 3, 3))
    check(network, read, rng, (1, 3, 3, 3))
