"""What cannot be answered is refused in one sentence, before any work."""

import os
from pathlib import Path

import numpy as np
import pytest
from command import answer, params, refusal

ROOT = Path(__file__).parents[2]
DIGITS = str(ROOT / "examples" / "digits_resnet.onnx")
KERNEL = np.random.default_rng(3).normal(size=(2, 2, 3, 3))
START = {"svg": b"<?xml", "png": b"\x89PNG\r\n", "txt": b""}


@pytest.mark.parametrize(
    ("setting", "rule"),
    [
        ("Z=3", "convolution has no parameter 'Z'; it has variant, loader, rotation, layers"),
        ("b", "--param takes NAME=VALUE, got 'b'"),
        ("b=", "--param takes NAME=VALUE, got 'b='"),
        ("=5", "--param takes NAME=VALUE, got '=5'"),
        ("b=3", "b must be a whole number >= 4 and <= 256, got '3'"),
        ("b=-4", "b must be a whole number >= 4"),
        ("b=4.5", "b must be a whole number >= 4"),
        ("b=nan", "b must be a whole number >= 4"),
        ("b=inf", "b must be a whole number >= 4"),
        ("b=five", "b must be a whole number >= 4"),
        (f"b={10**6}", "b must be a whole number >= 4 and <= 256, got '1000000'"),
        ("M=1", "M must be a power of two >= 2"),
        ("M=0", "M must be a power of two >= 2"),
        ("M=-8", "M must be a power of two >= 2"),
        ("M=12", "M must be a power of two >= 2 and <= 2**32, got '12'"),
        (f"M={2**4000}", "M must be a power of two >= 2 and <= 2**32, got '131820"),
        (f"M={'9' * 5000}", "M must be a power of two >= 2 and <= 2**32, got '999999"),
        ("C_in=0", "C_in must be a whole number >= 1"),
        ("C_in=3", "give both C_in and C_out or neither"),
        (f"D={10**400}", "D must be a whole number >= 1 and <= 2**32"),
        ("K_1=0", "K_1 must be a number > 0, got '0'"),
        ("K_1=-1", "K_1 must be a number > 0"),
        ("K_1=nan", "K_1 must be a number > 0"),
        ("K_1=inf", "K_1 must be a number > 0"),
        ("K_1=1e400", "K_1 must be a number > 0"),
        ("s_r=0", "s_r must be a number > 0"),
        ("s_c=-2", "s_c must be a number > 0"),
        ("epsilon=0", "epsilon must be a number > 0 and <= 1, got '0'"),
        ("epsilon=-0.1", "epsilon must be a number > 0 and <= 1"),
        ("epsilon=2", "epsilon must be a number > 0 and <= 1"),
        ("epsilon=nan", "epsilon must be a number > 0 and <= 1"),
        ("epsilon=1e-400", "epsilon must be a number > 0 and <= 1"),
        ("beta=-1", "beta must be a whole number >= 0"),
        ("beta=100000", "beta must be a whole number >= 0 and <= 64"),
        ("beta=1", "loader qrom has no blocks"),
    ],
)
def test_a_bad_setting_is_refused(setting, rule):
    """A setting out of range, or no setting at all, is refused with its rule and its value."""
    line = refusal("cost", "convolution", "--param", setting)
    assert rule in line
    assert len(line) < 200


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (["cost", "nope"], "there is no algorithm 'nope'; there is"),
        (["cost", ROOT], "there is no algorithm"),
        (["cost", "convolution", *params(b=5), *params(b=6)], "--param b is given twice"),
        (["cost", "convolution", *params(b=5, epsilon=0.1)], "give b or epsilon, not both"),
        (["cost", "convolution", *params(C_in=1, C_out=1, D=1)], "is a number, not an operator"),
        (["cost", "convolution", "--loader", "tape"], "--loader must be one of qrom, "),
        (["cost", "convolution", "--variant", "x"], "--variant must be one of adder, "),
        (
            ["cost", "convolution", "--rotation", "x"],
            "--rotation must be one of phase-gradient, bit",
        ),
        (
            ["cost", "convolution", "--loader", "select-swap", *params(beta=0)],
            "select-swap needs beta >= 1, got 0",
        ),
        (
            ["cost", "vector-loading", "--loader", "qroam-clean", *params(N=256, b=8, beta=4)],
            "beta must be at most 3 here, where the largest table has 2**7 entries, got 4",
        ),
        (
            ["cost", "convolution", "--variant", "multiplexed", *params(s_r=1e308, s_c=1e308)],
            "alpha of this kernel is inf in floating point",
        ),
        (
            ["cost", "convolution", "--variant", "multiplexed", *params(s_r=1e-300, s_c=1e-300)],
            "alpha of this kernel is 0 in floating point",
        ),
        (
            ["cost", "convolution", *params(K_1=1e300, C_in=2, C_out=2, D=2, epsilon=0.1)],
            "epsilon = 0.1 needs angles of 1005 bits, more than the 256 that are costed",
        ),
        (["cost", "convolution", "--synthesis", "magic"], "--synthesis must be one of repeat"),
        (["cost", "convolution", "--synthesis", "ancilla-free"], "give --synthesis and --rotation"),
        (["cost", "convolution", "--rotation-error", "0.1"], "give --synthesis and --rotation-er"),
        (["cost", "missing.onnx"], "missing.onnx: no such file"),
        (["cost", DIGITS, *params(M=8)], "M: read from the network file"),
        (["draw", "convolution", "-o", "x.svg", "--layer", 2], "--layer must be at most 1 here"),
        (
            ["draw", DIGITS, "--layers", "-o", "x.svg", "--layer", 9],
            "--layer must be at most 2 here, got 9",
        ),
        (["draw", DIGITS, "-o", "x.svg", "--layer", 9], "--layer must be at most 1 here, got 9"),
        (
            ["draw", DIGITS, "-o", "x.svg", "--layer", 0],
            "--layer must be at least 1, got 0",
        ),
        (["draw", "convolution", "-o", "x.svg", "--format", "gif"], "'gif'"),
        (["draw", "convolution", "-o", "x.svg", "--kind", "poem"], "'poem'"),
        (["draw", "convolution"], "--output"),
        (["check", "nope"], "no claim matches nope; there is"),
        (["check", "qrom", "nope"], "no claim matches nope; there is"),
        (
            ["cost", "normalise", "--alpha", "10", "--delta", "1e-300"],
            "delta must be a number >= 1e-09 and <= 0.5, got '1e-300'",
        ),
        (
            ["cost", "qlss", "--kappa", "20", "--epsilon", "1e-300"],
            "epsilon must be a number >= 1e-12 and < 1, got '1e-300'",
        ),
        (
            ["cost", "qlss", "--kappa", "20", "--beta", "0.999999999999999"],
            "beta must be a number > 0 and <= 0.999999, got '0.999999999999999'",
        ),
        (
            ["cost", "ntk", "--n", "8", "--input-variance", "1e-300"],
            "input_variance must be a number >= 1e-06 and <= 1, got '1e-300'",
        ),
        (
            ["cost", "communication-inference", "--n", "4", "--L", "1000000"],
            "L must be a whole number >= 1 and <= 10000, got '1000000'",
        ),
        (["cost"], "QUESTION|FILE.json|FILE.onnx"),
        (
            ["cost", "convolution", "more"],
            "FILE.onnx|FILE.qasm|MODULE:NAME, got 'more' as well",
        ),
        (
            ["cost", "convolution", "--rotation-error", "x"],
            "rotation_error must be a number > 0 and < 1",
        ),
        (["cost", "convolution", "--nope"], "--nope"),
        (["cost", "convolution", "--param"], "--param"),
        (["nope"], "nope"),
    ],
)
def test_a_bad_question_is_refused(words, rule, tmp_path, monkeypatch):
    """What cannot be answered is refused in one line that names the reason; no file is left."""
    monkeypatch.chdir(tmp_path)
    assert rule in refusal(*words)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("norms", "rule"),
    [
        ({"s_r": 1e-300, "s_c": 1e300}, "s_c is at most C_out * s_r = 3e-300 for a kernel"),
        ({"s_r": 8.1, "s_c": 2}, "s_r is at most C_in * s_c = 8 for a kernel, got s_r=8.1"),
        ({"K_1": 6.1, "s_r": 2}, "K_1 is at most C_out * s_r = 6 for a kernel"),
        ({"K_1": 2, "s_c": 3}, "s_c is at most K_1 = 2 for a kernel"),
    ],
)
def test_norms_of_no_kernel_are_refused(norms, rule):
    sizes = {"C_in": 4, "C_out": 3, "D": 3, "M": 8, "b": 8}
    assert rule in refusal("cost", "convolution", *params(**sizes, **norms))
    largest = {"s_r": 8, "s_c": 2, "K_1": 8}
    answer("cost", "convolution", *params(**sizes, **largest))


@pytest.mark.parametrize("error", ["0", "1", "2", "-1", "nan", "inf"])
@pytest.mark.parametrize("method", ["ancilla-free", "mixed-fallback", "repeat-until-success"])
def test_a_rotation_error_out_of_range_is_refused(method, error):
    """An error that is no probability-like number strictly inside (0, 1) is refused."""
    line = refusal("cost", "vector-loading", "--synthesis", method, f"--rotation-error={error}")
    assert f"rotation_error must be a number > 0 and < 1, got '{error}'" in line


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"kernel": KERNEL * np.nan}, "NaN or infinite"),
        ({"kernel": KERNEL * 0}, "zero everywhere"),
        ({"side": 6}, "layer conv1 has images of side 6; the side must be a power of two"),
        ({"kind": "MatMul", "kernel": np.eye(4)}, "cannot"),
        ({"kind": "ConvTranspose"}, "has operator ConvTranspose (node 'conv1')"),
    ],
)
def test_a_network_that_cannot_be_costed_is_refused(change, rule, network):
    """The refusal names the layer or tensor and what is wrong with it, layer by layer."""
    line = refusal("cost", network(**change), "--layers")
    assert rule in line or "no layer that can be costed" in line


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, ""),
        ({"extra": (("B", np.ones(2)),)}, "conv1 (constants are added)"),
        ({"strides": [2, 2]}, "conv1 (only some pixels are kept)"),
    ],
)
def test_what_a_cost_of_a_network_leaves_out_is_said(change, said, network):
    """A stride and a bias are layers of their own, and the convolution alone is priced."""
    found = answer("cost", network(**change), *params(b=8))
    (report,) = found if isinstance(found, list) else [found]
    assert said in " ".join(report.get("unpriced", []))
    assert bool(said) == ("unpriced" in report)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x00" * 100, b"\x08\x07\x12\x00"])
def test_a_file_that_is_no_network_is_refused(content, tmp_path):
    """Bytes that are no ONNX model are refused with the name of the file."""
    path = tmp_path / "net.onnx"
    path.write_bytes(content)
    assert "net.onnx: is not an ONNX model" in refusal("cost", path)


def test_a_folder_is_no_network(tmp_path):
    """A folder called like a network is refused as a folder."""
    (tmp_path / "net.onnx").mkdir()
    assert "net.onnx: cannot be opened as a file" in refusal("cost", tmp_path / "net.onnx")


@pytest.mark.parametrize("kind", ["circuit", "callgraph"])
@pytest.mark.parametrize("fmt", START)
@pytest.mark.parametrize("output", ["folder", "missing/picture", "folder/x" * 200])
def test_an_output_that_cannot_be_written_is_refused(output, kind, fmt, tmp_path):
    """A drawing that has nowhere to go leaves no file and no half of one."""
    (tmp_path / "folder").mkdir()
    words = ["draw", "vector-loading", *params(N=4, b=5), "--kind", kind, "--format", fmt]
    assert "output" in refusal(*words, "-o", tmp_path / output)
    assert list(tmp_path.rglob("*")) == [tmp_path / "folder"]


@pytest.mark.parametrize(
    ("words", "read"),
    [
        (["cost", "in.json", "--delta", "0.05", "--html", "in.json"], "karate_club.json"),
        (["simulate", "in.json", "--html", "link"], "two_party_model.json"),
        (["simulate", "sentence", "in.txt", "--html", "in.txt"], "hypergraph_sentence.txt"),
        (["judge", "automaton", "in.json", "--html", "hard"], "hypergraph_machine.json"),
        (
            ["cost", "qlss", "--matrix", "in.mtx", "--epsilon", "0.1", "--html", "in.mtx"],
            "poisson_8.mtx",
        ),
        (["cost", "ntk", "--data", "in.npz", "--n", "4", "--html", "in.npz"], "iris_points.npz"),
        (["draw", "in.onnx", "--b", "6", "-o", "in.onnx", "--format", "svg"], "digits_resnet.onnx"),
        (
            ["draw", "in.onnx", "--b", "6", "-o", "x.svg", "--html", "in.onnx"],
            "digits_resnet.onnx",
        ),
        (["draw", "in.onnx", "--b", "6", "-o", "x.svg", "--html", "x.svg"], "digits_resnet.onnx"),
    ],
)
def test_what_is_read_is_never_written_over(words, read, tmp_path, monkeypatch):
    """Under whatever name it goes; a page does not replace the drawing beside it either."""
    monkeypatch.chdir(tmp_path)
    kept = (ROOT / "examples" / read).read_bytes()
    file = Path("in" + Path(read).suffix)
    file.write_bytes(kept)
    Path("link").symlink_to(file)
    Path("hard").hardlink_to(file)
    before = sorted(Path().iterdir())
    assert "must not replace what is read, got " in refusal(*words)
    assert file.read_bytes() == kept
    assert sorted(Path().iterdir()) == before


READERS = [
    ("json", ["cost"]),
    ("json", ["simulate"]),
    ("json", ["cost", "contrastive", "--W", "4", "--L", "1", "--calibration"]),
    ("json", ["compare", "contrastive", "--study"]),
    ("onnx", ["cost", "--b", "6"]),
    ("npy", ["cost", DIGITS, "--image"]),
    ("png", ["cost", DIGITS, "--image"]),
    ("npy", ["cost", "transform", "--polynomial", "x", "--degree", "1", "--matrix"]),
    ("mtx", ["cost", "qlss", "--epsilon", "0.1", "--matrix"]),
    ("npz", ["cost", "ntk", "--n", "4", "--data"]),
    ("jsonl", ["growth", "--file"]),
]


@pytest.mark.parametrize("kind", ["pipe", "device"])
@pytest.mark.parametrize(("ending", "words"), READERS, ids=lambda x: str(x)[:60])
def test_what_is_no_file_is_refused_and_not_waited_for(kind, ending, words, tmp_path):
    """Neither a pipe that nobody writes to nor a device of endless zeros stops an answer."""
    path = tmp_path / f"in.{ending}"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    assert refusal(*words, path)
