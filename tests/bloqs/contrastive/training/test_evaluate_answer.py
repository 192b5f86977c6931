"""A trained circuit with shots and noise: what a person sees, and refusals."""

import numpy as np
import pytest

import quledger
from bloqs.contrastive.model.device_calibration import PARIS
from bloqs.contrastive.training.evaluate_answer import drawn_means

SMALL = {"arm": "ring", "W": 4, "L": 1, "steps": 20, "every": 20, "B": 64}


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    out = tmp_path_factory.mktemp("runs") / "ring"
    quledger.train("contrastive", out=str(out), **SMALL)
    return str(out / "checkpoint.pt")


def test_shots_and_noise_cost_accuracy_and_rescaling_gives_it_back(checkpoint):
    report = quledger.ask(
        "evaluate", "contrastive", checkpoint=checkpoint, shots="5,20000",
        calibration=str(PARIS), images=300,
    )  # fmt: skip
    exact, few, many = report["by_shots"]
    assert exact["exact_probe"] == exact["same_probe"]
    assert few["exact_probe"] < exact["exact_probe"] - 10
    assert many["exact_probe"] == pytest.approx(exact["exact_probe"], abs=5)
    free, endless, noisy, drawn = report["noise"]
    assert free["raw"] == pytest.approx(exact["exact_probe"], abs=4)
    assert endless["raw"] < free["raw"] - 3
    assert endless["rescaled"] == pytest.approx(free["raw"], abs=3)
    assert drawn["rescaled"] == pytest.approx(free["raw"], abs=6)
    assert noisy["raw"] < free["raw"]
    assert 0 < report["shrinkage"]["least_slope"] < report["shrinkage"]["largest_slope"] < 1
    assert len(report["accuracy"]["lines"]) == 4
    degrees = report["by_degree"]
    assert [row["degree"] for row in degrees] == list(range(SMALL["W"] + 1))
    assert sum(row["weight"] for row in degrees) == pytest.approx(100)
    assert degrees[-1]["accuracy"] == pytest.approx(exact["exact_probe"])
    again = quledger.ask("evaluate", "contrastive", checkpoint=checkpoint, shots="5")
    assert again["by_shots"][1] == few


def test_shots_are_joint_strings(rng):
    """Qubits that always agree agree in every shot; means are unbiased."""
    chances = np.tile([0.3, 0.0, 0.0, 0.7], (4000, 1))
    means = drawn_means(chances, 10, rng)
    assert np.array_equal(means[:, 0], means[:, 1])
    assert means.mean() == pytest.approx(-0.4, abs=0.03)
    one = drawn_means(np.array([[0.0, 1.0, 0.0, 0.0]]), 3, rng)
    assert one.tolist() == [[1.0, -1.0]]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"shots": "0"}, "whole numbers from 1"),
        ({"shots": "25,-3"}, "whole numbers from 1"),
        ({"shots": "many"}, "whole numbers from 1"),
        ({"shots": "9" * 5000}, "whole numbers from 1"),
        ({"images": 40}, "give --calibration FILE"),
        ({"calibration": "nowhere.json"}, "cannot be read|nowhere.json"),
        ({"checkpoint": "nowhere.pt"}, "nowhere.pt"),
    ],
)
def test_bad_input(checkpoint, given, words):
    with pytest.raises(ValueError, match=words) as problem:
        quledger.ask("evaluate", "contrastive", **{"checkpoint": checkpoint, **given})
    assert "\n" not in str(problem.value)


def test_an_arm_without_a_circuit_and_a_foreign_file_are_refused(tmp_path):
    out = tmp_path / "a"
    quledger.train("contrastive", arm="identity", out=str(out), W=2, steps=1, every=1, B=16)
    with pytest.raises(ValueError, match=r"the arm identity of .* has no circuit"):
        quledger.ask("evaluate", "contrastive", checkpoint=str(out / "checkpoint.pt"))
    (tmp_path / "b.pt").write_bytes(b"PK" + bytes(50))
    with pytest.raises(ValueError, match="is no checkpoint"):
        quledger.ask("evaluate", "contrastive", checkpoint=str(tmp_path / "b.pt"))
