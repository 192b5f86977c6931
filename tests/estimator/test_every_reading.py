"""Whatever is asked, its target is looked up once, and every file is read and understood once."""

import os
import shlex
import sys
from collections import Counter
from functools import wraps
from importlib import import_module
from pathlib import Path

import numpy as np
import onnx
import pytest
import scipy.io
import scipy.sparse
from command import run
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

from bloqs.hypergraph.rivals import machine_search
from estimator.ask import words as line
from estimator.ask.parameter import File
from estimator.ask.registry import questions
from estimator.ask.text_file import TextFile

ROOT = Path(__file__).parents[2]
READERS = {
    ".onnx": ("onnx.load_model_from_string",),
    ".npy": ("numpy.load",),
    ".npz": ("numpy.load",),
    ".mtx": ("scipy.io.mmread",),
    ".png": ("PIL.Image.open",),
    "digits": ("bloqs.ntk.model.sources.load_digits",),
}
"""What understands a file; texts are counted where they are opened."""

TEXTS = (".json", ".qasm", ".txt")
LINES = [
    "cost net.onnx --b 6",
    "cost net.onnx --b 6 --image image.npy",
    "cost net.onnx --b 6 --image image.png",
    "cost net.onnx --epsilon 0.5",
    "cost net.onnx --epsilon 0.5 --image image.npy",
    "cost net.onnx --epsilon 0.5 --image image.png",
    "draw net.onnx --b 6 -o drawn.svg",
    "compare net.onnx --image image.npy --epsilon 0.5 --samples 1 --variants tight "
    "--memories ideal --regimes 1 --from 2**4 --to 2**8",
    "simulate net.onnx --image image.npy --epsilon 0.5 --blocks 1",
    "cost qlss --matrix matrix.npy --rhs rhs.npy --epsilon 0.1",
    "cost qlss --matrix matrix.npz --rhs rhs.npy --epsilon 0.1 --precondition diagonal",
    "cost qlss --matrix matrix.mtx --epsilon 0.1",
    "draw qlss --matrix matrix.npy --epsilon 0.1 -o drawn.svg",
    "compare qlss --matrix matrix.mtx --rhs rhs.npy --epsilon 0.1 --least-epsilon 0.05",
    "simulate qlss --matrix matrix.npz --rhs rhs.npy --epsilon 0.1 --solver shortcut",
    "cost transform --matrix matrix.npz --polynomial exp(-x) --degree 4",
    "simulate transform --matrix matrix.mtx --polynomial exp(-x) --degree 4",
    "cost ntk --data points.npz --n 4",
    "cost ntk --data digits:8v9 --n 4",
    "simulate ntk --data points.npz --n 4 --depth 2 --test-points 1",
    "compare ntk --data points.npz --n 4",
    "cost adder.qasm",
    "draw adder.qasm -o drawn.svg",
    "cost two_party_model.json --epsilon 0.5 --delta 0.1",
    "cost karate_club.json --delta 0.1",
    "cost hidden_matching.json",
    "simulate two_party_model.json --epsilon 0.5 --delta 0.1 --run exact",
    "simulate sentence hypergraph_sentence.txt",
    "judge record hypergraph_sentence.txt hypergraph_record.txt",
    "judge automaton hypergraph_machine.json",
    "certify --check certificate.json",
    "certify square --states 5 --patience 0.01 --resume broken_off.json",
    "cost contrastive --W 2 --L 1 --calibration device.json",
    "compare contrastive --study study.json --ansaetze ring",
    "growth ntk",
    "list qlss",
    "check select_cost --list",
    "explain select_cost",
]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A folder with a file of every kind, all small."""
    folder, rng = tmp_path_factory.mktemp("files"), np.random.default_rng(0)
    for path in (ROOT / "examples").iterdir():
        if path.suffix in TEXTS:
            (folder / path.name).write_bytes(path.read_bytes())
    for name, place in (("device", "model/ibmq_paris"), ("study", "rivals/digits_runs")):
        found = ROOT / "bloqs" / "contrastive" / f"{place}.json"
        (folder / f"{name}.json").write_bytes(found.read_bytes())
    matrix = 2 * np.eye(4) - np.eye(4, k=1) - np.eye(4, k=-1)
    np.save(folder / "matrix.npy", matrix)
    scipy.sparse.save_npz(folder / "matrix.npz", scipy.sparse.csr_matrix(matrix))
    scipy.io.mmwrite(folder / "matrix.mtx", scipy.sparse.csr_matrix(matrix))
    np.save(folder / "rhs.npy", np.ones(4))
    np.save(folder / "image.npy", rng.uniform(1, 2, size=(1, 4, 4)))
    Image.fromarray(rng.integers(1, 255, size=(4, 4), dtype=np.uint8)).save(folder / "image.png")
    np.savez(folder / "points.npz", X=rng.normal(size=(40, 3)), y=np.arange(40) % 2 * 2 - 1)
    onnx.save(residual_block(rng), folder / "net.onnx")
    run("certify", "mermin", "--output", folder / "certificate.json")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(machine_search, "BUDGET", 500)
        words = ("--states", 5, "--patience", "0.01", "--output", folder / "broken_off.json")
        run("certify", "square", *words)
    return folder


def residual_block(rng):
    """x + erf(0.8 W x) of one channel of 4 x 4 pixels, normalised before and after."""
    kernel = rng.normal(size=(1, 1, 3, 3))
    constants = {
        "axes": np.array([1, 2, 3]),
        "slope": np.array(0.8),
        "K": kernel / np.abs(kernel).sum(),
    }
    nodes = [
        helper.make_node("ReduceL2", ["image", "axes"], ["l0"], keepdims=1),
        helper.make_node("Div", ["image", "l0"], ["x0"]),
        helper.make_node("Conv", ["x0", "K"], ["c"], pads=[1, 1, 1, 1]),
        helper.make_node("Mul", ["c", "slope"], ["e"]),
        helper.make_node("Erf", ["e"], ["s"]),
        helper.make_node("Add", ["x0", "s"], ["a"]),
        helper.make_node("ReduceL2", ["a", "axes"], ["l1"], keepdims=1),
        helper.make_node("Div", ["a", "l1"], ["x1"]),
    ]
    kind, shape = TensorProto.DOUBLE, [1, 1, 4, 4]
    graph = helper.make_graph(
        nodes,
        "net",
        [helper.make_tensor_value_info("image", kind, shape)],
        [helper.make_tensor_value_info("x1", kind, shape)],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)


OPENED: Counter = Counter()
FOLDERS: list = []


def _opened(event, given):
    if event == "open" and FOLDERS and isinstance(given[0], str | os.PathLike):
        path = Path(given[0])
        if path.suffix in TEXTS and str(path.resolve().parent) in FOLDERS:
            OPENED[path.name] += 1


sys.addaudithook(_opened)


@pytest.fixture
def counted(files, monkeypatch):
    """Calls of each reader, openings of each text, look-ups of each target."""
    found: Counter = Counter()

    def count(place, name):
        act = getattr(place, name)

        @wraps(act)
        def counting(*given, **more):
            found[f"{place.__name__}.{name}"] += 1
            return act(*given, **more)

        monkeypatch.setattr(place, name, counting)

    for reader in {each for names in READERS.values() for each in names}:
        place, _, name = reader.rpartition(".")
        count(import_module(place), name)
    count(line, "candidates")
    count(import_module("bloqs.hypergraph.model.run_record"), "record_from_text")
    monkeypatch.chdir(files)
    OPENED.clear()
    monkeypatch.setattr(sys.modules[__name__], "FOLDERS", [str(files.resolve())])
    return found


@pytest.mark.parametrize("typed", LINES)
def test_nothing_is_read_twice(typed, counted):
    words = shlex.split(typed)
    named = [word for word in words if Path(word).exists()]
    for word in named:
        Path(word).touch()  # a network that was read is kept as long as its file stays as it is
    done = run(*words)
    assert done.exit_code in (0, 1), done.output
    asked = Counter(Path(word).suffix for word in named)
    asked["digits"] = sum(word.startswith("digits:") for word in words)
    wanted = Counter()
    for suffix, number in asked.items():
        for reader in READERS.get(suffix, ()):
            wanted[reader] += number
    looked_up = counted.pop("estimator.ask.words.candidates", 0)
    assert looked_up == (words[0] in ("cost", "compare", "simulate", "draw", "judge"))
    assert counted.pop("bloqs.hypergraph.model.run_record.record_from_text", 0) <= 1
    assert counted == +wanted
    assert Counter(name for name in named if Path(name).suffix in TEXTS) == OPENED


def test_every_kind_of_file_is_asked_about():
    """Of every question with files there is a line for each ending; rooms for training apart."""
    typed, given = [shlex.split(each) for each in LINES], {}
    for found in questions():
        if found.system.name == "any-bloq" or "training" in found.question.answer:
            continue
        verb, name = found.question.verb.name, found.question.name
        for suffix in found.question.suffixes:
            assert any(words[0] == verb and words[1].endswith(suffix) for words in typed), name
        for parameter in found.question.parameters:
            if not isinstance(parameter, File | TextFile):
                continue
            option = f"--{parameter.name}"
            about = [
                words
                for words in typed
                if words[0] == verb
                and (
                    bool(found.question.words)
                    or words[1] == name
                    or words[1].endswith(found.question.suffixes or ("\0",))
                )
                and (option in words or parameter.name in found.question.operands)
            ]
            assert about, (name, parameter.name)
            endings, seen = given.setdefault(parameter.name, (set(), set()))
            endings.update(getattr(parameter, "suffixes", ()))
            seen.update(Path(word).suffix for words in about for word in words[2:])
    for name, (endings, seen) in given.items():
        assert endings <= seen, name
