"""Pictures of circuits and call graphs that the command writes."""

import re
from pathlib import Path

import pytest
from command import params, refusal, run

from estimator import api

ROOT = Path(__file__).parents[2]
DIGITS = str(ROOT / "examples" / "digits_resnet.onnx")
START = {"svg": b"<?xml", "png": b"\x89PNG\r\n", "txt": b""}


@pytest.mark.parametrize("fmt", ["svg", "txt", pytest.param("png", marks=pytest.mark.slow)])
@pytest.mark.parametrize("kind", ["circuit", "callgraph"])
@pytest.mark.parametrize(
    "target",
    [
        *("vector-loading", "convolution", "published", "qsvt", "qsvt-convolution", "normalise"),
        *("file", "symbols"),
    ],
)
def test_draw_writes_one_whole_file(target, kind, fmt, tmp_path):
    """A drawing is a file of its kind; a circuit of symbols is refused and leaves no file."""
    words = {
        "vector-loading": ["vector-loading", *params(N=4, b=5)],
        "convolution": ["convolution", *params(C_in=2, C_out=2, D=2, M=4, b=5)],
        "published": [
            *("convolution", "--variant", "published"),
            *params(C_in=2, C_out=2, D=2, M=4, b=5),
        ],
        "qsvt": ["qsvt", *params(N=4, b=5, degree=3)],
        "qsvt-convolution": [
            "qsvt-convolution",
            *params(C_in=2, C_out=2, D=2, M=4, b=5, degree=2),
        ],
        "normalise": ["normalise", *params(N=4, b=5, alpha=1.5, delta=0.2)],
        "file": [DIGITS, "--layer", 2, *params(b=8)],
        "symbols": ["convolution"],
    }[target]
    path = tmp_path / "picture"
    words = ["draw", *words, "-o", path, "--kind", kind, "--format", fmt]
    if (target, kind) == ("symbols", "circuit"):
        assert "needs a number for every size" in refusal(*words)
        assert not list(tmp_path.iterdir())
        return
    found = run(*words)
    assert (found.exit_code, found.stderr) == (0, ""), found.stderr
    assert list(tmp_path.iterdir()) == [path]
    content = path.read_bytes()
    assert content.startswith(START[fmt])
    assert len(content) > 40
    if fmt != "png":
        shown = ("Convolution", "RotationTree", "QSVT", "Normalised")
        assert any(name in content.decode() for name in shown)


def test_layer_chooses_the_layer(tmp_path):
    """--layer 1 and --layer 2 draw the bloqs of the first and of the second convolution."""
    drawn, words = [], (DIGITS, "--layers", "--format", "txt")
    first, second = api.cost(DIGITS, b=8)
    assert first.bloq != second.bloq
    for layer in (1, 2):
        path = tmp_path / f"{layer}.txt"
        assert run("draw", *words, "--layer", layer, "-o", path).exit_code == 0
        drawn.append(path.read_text())
    assert all("AdderConvolution" in text for text in drawn)


@pytest.mark.parametrize("kind", ["circuit", "callgraph"])
def test_a_drawing_says_what_it_is_of(kind, tmp_path):
    """File, layer, variant, loader, bits, and the qubits that `cost` counts."""
    first, second = api.cost(DIGITS, b=8)
    path = tmp_path / "drawn.txt"
    words = ("draw", DIGITS, "--layer", 2, "-o", path, "--kind", kind, *params(b=8))
    assert run(*words).exit_code == 0
    head = path.read_text().splitlines()[0]
    assert f"{second.title}: adder, qrom, b = 8, {second['qubits']} qubits" in head
    assert first.title != second.title


def test_a_network_file_is_drawn_as_its_layers(tmp_path):
    """Asked about as a whole: the title says so, with the bits that its error needs."""
    path = tmp_path / "drawn.txt"
    words = ("draw", DIGITS, "-o", path, "--kind", "circuit", "--regime", 3, "--epsilon", 0.1)
    assert run(*words).exit_code == 0
    text = path.read_text()
    assert re.match(r"digits_resnet: whole network: tight, bucket-brigade, b = \d+, \d+ qu", text)
    for layer in ("input", "block 1", "block 2"):
        assert re.search(rf" {layer} . [\d,]+", text)
    for wire in ("channel", "column /3", "row /3", "flags of block 2"):
        assert re.search(rf"^{wire}", text, re.MULTILINE)
