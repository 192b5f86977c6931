"""The command `compare`: what it refuses, and that it writes and prints what it says."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from estimator import cli

ROOT = Path(__file__).parents[4]
DIGITS = str(ROOT / "examples" / "digits_resnet.onnx")
SMALL = ("--param", "k=1", "--param", "C=4", "--to", "2**20", "--variants", "fixed_point")
SMALL += ("--regimes", "3")


def run(*words):
    return CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (
            ("nonsense",),
            "there is no algorithm 'nonsense'; there is communication, contrastive, network, ",
        ),
        (("resnet", "--param", "q=1"), "resnet has no parameter 'q'"),
        (("resnet", "--param", "epsilon=2"), "epsilon must be a number > 0 and <= 1, got '2'"),
        (("resnet", "--param", "C=3"), "C must be a power of two >= 1"),
        (("resnet", "--param", "k=2", "--param", "k=3"), "--param k is given twice"),
        (("resnet", "--from", "1000"), "--from must be a power of two from 4 to 2**64"),
        (("resnet", "--to", "2**99999999999"), "--to must be a power of two from 4 to 2**64"),
        (("resnet", "--to", "2**x"), "--to must be a power of two from 4 to 2**64"),
        (("resnet", "--from", "2**20", "--to", "2**10"), "--from must be below --to"),
        (("resnet", "--regimes", "1,4"), "--regimes takes some of 1,2,3, got '4'"),
        (("resnet", "--variants", "quick"), "--variants takes some of tight,published,fixed_point"),
        (("resnet", "--memories", "disk"), "--memories takes some of"),
        (("resnet", "--digit", "3"), "an image goes with the path of an .onnx file"),
        (("resnet", "--picture", "a.txt"), "a picture must be named .svg, .png or .pdf, got a.txt"),
        ((DIGITS, "--param", "epsilon=0.1"), "give one image: --digit NUMBER or --image FILE.npy"),
        ((DIGITS, "--digit", "3"), "give --epsilon"),
        ((DIGITS, "--digit", "450", "--param", "epsilon=0.1"), "numbered 0 to 449, got 450"),
        ((DIGITS, "--digit", "3", "--param", "k=1"), "k: read from the network file"),
        (
            (DIGITS, "--digit", "3", "--param", "epsilon=0.1", "--sampler-epsilon", "0"),
            "sampler_epsilon must be a number > 0 and < 1, got '0'",
        ),
        (
            (DIGITS, "--digit", "3", "--param", "epsilon=0.1", "--sampler-epsilon", "1e-9"),
            "--sampler-epsilon 1e-09 needs more than 16,777,216 candidates",
        ),
        (("none.onnx", "--digit", "3", "--epsilon", "0.1"), "no such file"),
    ],
    ids=lambda value: " ".join(value)[-40:] if isinstance(value, tuple) else "",
)
def test_refusals_are_one_sentence(words, refusal):
    result = run("compare", *words)
    assert result.exit_code == 2
    assert refusal in result.stderr
    assert result.stderr.startswith("quledger: ")
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_an_image_of_the_wrong_shape(tmp_path):
    np.save(tmp_path / "a.npy", np.ones((9, 9)))
    words = ("--image", tmp_path / "a.npy", "--param", "epsilon=0.1")
    for command in (("compare", DIGITS), ("cost", DIGITS)):
        result = run(*command, *words)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert "must have shape (1, 8, 8), got (1, 9, 9)" in result.stderr


def test_a_confidence_that_is_none():
    words = ("--digit", "3", "--param", "epsilon=0.1", "--confidence", "1")
    result = run("compare", DIGITS, *words)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "confidence must be a number > 0 and < 1, got '1'" in result.stderr


def test_picture_and_tables(tmp_path):
    path = tmp_path / "cost.svg"
    result = run("compare", "resnet", *SMALL, "--picture", path)
    assert result.exit_code == 0
    assert f"wrote {path}" in result.stdout.replace("\n", "")
    assert path.read_text().rstrip().endswith("</svg>")
    assert result.stderr == ""
    assert "assumed: D, epsilon, length" in result.stdout


def test_a_picture_that_cannot_be_written_leaves_nothing(tmp_path):
    result = run("compare", "resnet", *SMALL, "--picture", tmp_path / "none" / "a.png")
    assert (result.exit_code, result.stdout) == (2, "")
    assert list(tmp_path.iterdir()) == []


def test_json():
    """Rows of costs, slopes and crossovers, each saying which way it is about."""
    result = run("compare", "resnet", *SMALL, "--json", "--from", "1024")
    found = json.loads(result.stdout)
    quantum = [row for row in found["costs"] if not row["classical"]]
    assert {(row["regime"], row["variant"], row["memory"]) for row in quantum} == {
        ("3", "fixed_point", "circuit")
    }
    assert [row["N"] for row in quantum] == [2**n for n in (10, 12, 14, 16, 18, 20)]
    assert {row["way"] for row in found["ways"] if row["classical"]} == {
        "exact", "exact, parallel", "sampler", "cheaper",
    }  # fmt: skip
    assert len(found["crossovers"]) == 8
    assert found["assumed"]["length"] == "worked example"
    assert found["units"]["costs"]["depth"] == "layers, or FLOP in sequence if classical"
    assert found["kinds"]["costs"]["depth"] == "upper bound"
