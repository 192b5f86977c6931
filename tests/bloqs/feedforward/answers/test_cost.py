"""What a whole network costs: parts add up, errors are those of the file, refusals at once."""

import math
from pathlib import Path

import numpy as np
import pytest
from onnx import helper
from small_models import model

import quledger
from estimator.network.image import held_out_digit
from estimator.network.onnx_reader import read_network

DIGITS = Path(__file__).parents[4] / "examples" / "digits_cnn.onnx"
node = helper.make_node


@pytest.fixture(scope="module")
def answer():
    return quledger.cost(DIGITS, digit=0, epsilon=0.1)


def test_gates_are_those_of_all_parts(answer):
    """The rows add up to the whole but for the input, and runs to products of calls."""
    rows = [row for row in answer["layers"] if row["runs"] != ""]
    inside = sum(row["Toffoli"] for row in rows)
    whole = answer["gates"]["toffoli"]
    loaded = whole - inside
    assert answer["facts"]["calls of the input"] < loaded < whole
    last = answer["layers"][-1]
    assert last["runs"] == 1
    assert rows[-2]["runs"] == last["calls"]
    second, first = answer["layers"][1], answer["layers"][0]
    assert first["runs"] % second["runs"] == 0
    assert first["runs"] / second["runs"] > second["calls"] * second["degree"]


def test_lengths_are_those_of_the_image(answer):
    """Norms by the reader's own forward pass; the probability is the squared ratio to reach."""
    network = read_network(DIGITS)
    image, _ = held_out_digit(0)
    scores = network.forward(image[None])
    last = answer["layers"][-1]
    assert last["norm"] == pytest.approx(np.linalg.norm(scores), rel=1e-9)
    for row in answer["layers"]:
        assert row["probability"] == pytest.approx((row["norm"] / row["reach"]) ** 2, rel=1e-9)
    reach = last["reach"] / last["lengthened by"]
    alpha = answer["facts"]["alpha of the output"]
    assert alpha == pytest.approx(reach / last["norm"], rel=1e-9)
    assert answer["facts"]["probability of success"] == pytest.approx(alpha**-2, rel=1e-9)


@pytest.mark.parametrize("epsilon", [0.3, 0.03])
def test_the_measured_error_is_within_what_was_asked(epsilon):
    found = quledger.cost(DIGITS, digit=3, epsilon=epsilon)
    measured = found["facts"]["error of the output, measured"]
    assert 0 < measured <= epsilon


def test_smaller_errors_and_dearer_memories_cost_more():
    few = quledger.cost(DIGITS, digit=0, epsilon=0.3)
    many = quledger.cost(DIGITS, digit=0, epsilon=0.01)
    assert few["gates"]["toffoli"] < many["gates"]["toffoli"]
    assert few["facts"]["calls of the input"] < many["facts"]["calls of the input"]
    dear = quledger.cost(DIGITS, digit=0, epsilon=0.3, loader="bucket-brigade")
    assert dear["facts"]["calls of the input"] == few["facts"]["calls of the input"]
    assert dear["qubits"] > few["qubits"]


def test_random_images_and_an_assumed_error_are_said(tmp_path):
    path = tmp_path / "small.onnx"
    path.write_bytes(model([node("Relu", ["x"], ["y"])]).SerializeToString())
    found = quledger.cost(path)
    assert "2 random images" in found.settings["images"]
    assert "(assumed" in found.settings["images"]
    assert found.settings["epsilon"] == "0.01 (assumed, as none is named)"
    again = quledger.cost(path, seed=1)
    assert again["facts"]["alpha of the output"] != found["facts"]["alpha of the output"]


def test_a_note_says_what_is_not_proved(answer):
    (first, *_), said = answer["notes"], " ".join(answer["notes"])
    assert first.startswith("not proved for every image")
    assert "--layers shows single convolutions" in said
    assert math.isfinite(answer["facts"]["epsilon of the output, proved at most"])


def test_the_chart_is_in_powers_of_ten(answer, tmp_path):
    file = tmp_path / "parts.svg"
    answer.picture(file)
    assert file.read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"digit": 0, "image": "x.npy"}, "give one image"),
        ({"digit": 0, "seed": 1}, "seed is about random images"),
        ({"digit": 450}, "held-out digits are numbered 0 to 449"),
        ({"epsilon": 1e-6}, "epsilon must be a number >= 1e-05"),
        ({"margin": 0.99}, "margin must be a number >= 0.05 and <= 0.95"),
    ],
)
def test_bad_questions_are_refused(given, said):
    with pytest.raises(ValueError, match=said):
        quledger.cost(DIGITS, **given)


@pytest.mark.parametrize(
    ("image", "said"),
    [
        (np.ones((3, 5, 5)), "needs an image of 1 x 8 x 8, got image.npy of 3 x 5 x 5"),
        (np.zeros((8, 8)), "the image is zero everywhere"),
        (np.full((8, 8), 1e200), "scale the image as it was for training"),
    ],
)
def test_images_that_do_not_fit(image, said, tmp_path):
    path = tmp_path / "image.npy"
    np.save(path, image)
    with pytest.raises(ValueError, match=said):
        quledger.cost(DIGITS, image=path)


def test_a_refused_network_names_every_layer_and_the_way_out(tmp_path):
    path = tmp_path / "norm.onnx"
    nodes = [
        node("AveragePool", ["x"], ["a"], kernel_shape=[1, 1], strides=[3, 3]),
        node("Pow", ["x", "two"], ["p"]),
        node("GlobalAveragePool", ["p"], ["g"]),
        node("GlobalAveragePool", ["a"], ["h"]),
        node("Add", ["g", "h"], ["y"]),
    ]
    path.write_bytes(model(nodes, {"two": np.array(2.0)}).SerializeToString())
    with pytest.raises(ValueError, match=r"stride is 3.*powers of computed.*--layers"):
        quledger.cost(path)
