"""Every step of a small network is run, and an error that is too large fails."""

from pathlib import Path

import numpy as np
import pytest
from attrs import evolve
from onnx import helper
from small_models import model

import quledger
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.feedforward.answers.simulate import piece_run, runs_report
from bloqs.feedforward.circuits.build import build_chain
from bloqs.feedforward.circuits.held import Settings
from bloqs.feedforward.model.recognition import feedforward_of
from estimator.network.onnx_reader import read_network

DIGITS = Path(__file__).parents[4] / "examples" / "digits_cnn.onnx"
node = helper.make_node


@pytest.fixture
def small(tmp_path, rng):
    nodes = [
        node("Conv", ["x", "K", "b"], ["c"], pads=[1] * 4, strides=[2, 2]),
        node("Sigmoid", ["c"], ["s"]),
        node("GlobalAveragePool", ["s"], ["y"]),
    ]
    weights = {"K": rng.normal(size=(2, 1, 3, 3)), "b": rng.normal(size=2)}
    path = tmp_path / "small.onnx"
    path.write_bytes(model(nodes, weights, shape=(1, 1, 4, 4)).SerializeToString())
    return path


def test_every_step_holds(small):
    found = quledger.simulate(small, epsilon=0.1)
    assert found.passed
    kinds = [row["what"] for row in found["steps"]]
    assert {"Convolve", "Pool", "Add", "Curve"} <= set(kinds)
    for row in found["steps"]:
        assert row["holds"] is True
        assert row["error"] <= row["claimed_error"] + 1e-9
    assert max(row["error"] for row in found["steps"]) > 1e-5


def test_an_error_beyond_the_claim_fails(small, rng):
    """Values that are not what the circuit makes."""
    steps = feedforward_of(read_network(small))
    settings = Settings(
        share=0.05, angles=0.05, margin=0.5, loader=QROMLoader(), rotation=Rotation.BITWISE,
        runs=True, in_pieces=True,
    )  # fmt: skip
    image = rng.uniform(size=(1, 1, 4, 4))
    built = build_chain(steps, [image], settings)
    values = {steps.source: steps.first.put(image)}
    values |= {piece.name: piece.values[0] for piece in built.pieces}
    piece = next(each for each in built.pieces if each.what == "Pool")
    good = piece_run(1, piece, values)
    wrong = evolve(piece, values=(piece.values[0][::-1] + np.arange(2).reshape(2, 1, 1),))
    bad = piece_run(1, wrong, values)
    assert good.holds
    assert bad.holds is False
    assert runs_report("runs", [good]).passed
    assert not runs_report("runs", [good, bad]).passed


def test_polynomials_of_many_phases_are_refused():
    """Before any is run."""
    with pytest.raises(ValueError, match=r"polynomial of degree \d+, more than the 10,000"):
        quledger.simulate(DIGITS, digit=0, epsilon=1e-3)
