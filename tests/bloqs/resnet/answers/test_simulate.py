"""`quledger simulate`: one image through the circuits, and one sentence for every refusal."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from sklearn.datasets import load_digits
from typer.testing import CliRunner

from estimator import cli
from estimator.network.image import held_out_digit

ROOT = Path(__file__).parents[4]
DIGITS = str(ROOT / "examples" / "digits_resnet.onnx")
QUICK = ("--variant", "fixed-point", "--blocks", "1", "--epsilon", "0.3")


def run(*arguments):
    return CliRunner().invoke(cli.app, ["simulate", *map(str, arguments)])


def test_table_and_json_agree():
    """A row for the block, its fidelity named; the same numbers as JSON; shots by class."""
    asked = (DIGITS, "--digit", 0, *QUICK, "--samples", 1000)
    shown, given = run(*asked), run(*asked, "--json")
    assert shown.exit_code == given.exit_code == 0
    answer = json.loads(given.stdout)
    (layer,) = answer["layers"]
    assert layer["fidelity"] == "dilated"
    assert layer["coherent"] == "block"
    assert layer["error"] <= layer["claimed_error"] <= 0.31
    (row,) = (line for line in shown.stdout.splitlines() if line.startswith("block 1"))
    cells = row.split()
    assert "dilated" in cells
    assert cells[-1] == "holds"
    assert f"{layer['error']:.1e}" in cells
    assert f"{layer['qubits']}" in cells
    sample, classes = answer["sample"], answer["classes"]
    assert sample["shots"] + sample["failures"] == 1000
    assert sum(row["shots"] for row in classes) == sample["shots"]
    assert 0 <= sample["p_value"] <= 1
    assert len(classes) == 16
    assert f"{sample['p_value']:.3f}" in shown.stdout


def test_a_file_and_a_digit_are_the_same_image(tmp_path):
    image, _ = held_out_digit(2)
    path = tmp_path / "two.npy"
    np.save(path, image[0])
    asked = (*QUICK, "--coherent", "sum", "--json")
    by_digit = json.loads(run(DIGITS, "--digit", 2, *asked).stdout)
    by_file = json.loads(run(DIGITS, "--image", path, *asked).stdout)
    assert by_digit["layers"] == by_file["layers"]


def test_whole_network_with_output():
    """All layers by default, and what runs as one circuit by what fits."""
    given = run(DIGITS, "--digit", 1, "--epsilon", 0.1, "--coherent", "sum", "--json")
    assert given.exit_code == 0
    layers = json.loads(given.stdout)["layers"]
    assert [layer["layer"] for layer in layers] == ["block 1", "block 2", "output"]
    assert {layer["fidelity"] for layer in layers} == {"vector"}
    assert all(layer["holds"] for layer in layers)


def test_held_out_digits_are_not_trained_on():
    """450 of them, in an order that differs from the data set's, with their own labels."""
    data = load_digits()
    image, label = held_out_digit(449)
    (place,) = np.flatnonzero((data.images == image[0]).all(axis=(1, 2)))
    assert data.target[place] == label
    assert place != 449


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["--epsilon", 0.1], "give one image: --digit NUMBER or --image FILE.npy"),
        (["--digit", 1, "--image", "x.npy", "--epsilon", 0.1], "give one image"),
        (["--digit", 450, "--epsilon", 0.1], "numbered 0 to 449, got 450"),
        (["--digit", -1, "--epsilon", 0.1], "numbered 0 to 449, got -1"),
        (["--digit", 0, "--epsilon", 0], "epsilon must be a number > 0 and < 1, got '0'"),
        (["--digit", 0, "--epsilon", "nan"], "epsilon must be a number > 0 and < 1, got 'nan'"),
        (["--digit", 0, "--epsilon", 1], "epsilon must be a number > 0 and < 1, got '1'"),
        (["--digit", 0], "Missing option '--epsilon'"),
        (["--digit", 0, "--epsilon", 0.1, "--blocks", 3], "must be from 1 to 2"),
        (["--digit", 0, "--epsilon", 0.1, "--variant", "loose"], "--variant must be one of"),
        (["--digit", 0, "--epsilon", 0.1, "--coherent", "all"], "--coherent must be one of"),
        (["--digit", 0, "--epsilon", 0.1, "--lengths", "my"], "--lengths must be one of"),
        (["--digit", 0, "--epsilon", 0.1, "--samples", 0], "samples must be a whole number >= 1"),
        (["--digit", 0, "--epsilon", 0.1, "--variant", "published"], "normalises with degree"),
        (
            ["--digit", 0, "--epsilon", 0.1, "--coherent", "network"],
            "needs 89 qubits, more than the 24",
        ),
        (["--image", "none.npy", "--epsilon", 0.1], "none.npy is no .npy file that can be read"),
        (["--digit", 0, "--epsilon", 0.1, "--blocks", 1, "--output"], "follows all 2 residual"),
        (
            ["--digit", 0, "--epsilon", 0.1, "--variant", "fixed-point", "--output"],
            "leave a phase that the output block would see",
        ),
    ],
)
def test_refuses_in_one_sentence(arguments, text):
    result = run(DIGITS, *arguments)
    assert result.exit_code == 2
    assert text in result.stderr
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("image", "text"),
    [
        (np.zeros((1, 8, 8)), "finite and not zero, got 0"),
        (np.full((1, 8, 8), np.nan), "must hold finite numbers, got NaN or infinity"),
        (np.full((1, 8, 8), np.inf), "must hold finite numbers"),
        (np.ones((8, 9)), r"must have shape (1, 8, 8), got (1, 8, 9)"),
        (np.ones((1, 8, 8)) * 1j, "must hold one array of real numbers, got complex128"),
        (np.array(["a"]), "must hold one array of real numbers"),
        (np.array([None]), "is no .npy file that can be read"),
    ],
)
def test_refuses_images(image, text, tmp_path):
    path = tmp_path / "image.npy"
    np.save(path, image, allow_pickle=True)
    result = run(DIGITS, "--image", path, "--epsilon", 0.1)
    assert result.exit_code == 2
    assert text in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_interrupted():
    """Ctrl-C ends a long run with status 130 and one line."""
    command = [sys.executable, "-m", "estimator", "simulate", DIGITS, "--digit", "0"]
    command += ["--epsilon", "0.01", "--coherent", "block"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(4)
        process.send_signal(signal.SIGINT)
        _, shown = process.communicate(timeout=30)
    assert process.returncode == 130
    assert shown.strip() == "quledger: interrupted"
