"""Files are read whole or refused in one sentence."""

import json
from copy import deepcopy

import numpy as np
import pytest

from bloqs.communication.model.blocks import Block, DenseBlock, Gate, PartyModel
from bloqs.communication.model.evaluate import loss
from bloqs.communication.model.model_file import (
    LARGEST_FILE,
    kind_of,
    model_as_json,
    model_from_file,
    model_from_text,
    shortened,
    within_turns,
)

GOOD = {
    "qubits": 2,
    "data": [1, 2, 3, 4.5],
    "blocks": [
        {"owner": "Alice", "gates": [["XZ", 0.3, True], ["YI", -1, False]]},
        {"owner": "Bob", "gates": []},
    ],
}


def with_(path, value):
    """The good content with one place changed."""
    content = deepcopy(GOOD)
    place = content
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return content


def test_round_trip(tmp_path, model_of):
    """What is written is read."""
    model = model_of(5)
    file = tmp_path / "model.json"
    file.write_text(json.dumps(model_as_json(model)))
    assert loss(model_from_file(file)) == pytest.approx(loss(model), abs=1e-15)
    read = model_from_text(json.dumps(GOOD))
    assert read.owners == ("Alice", "Bob")
    assert read.parameters == 1
    np.testing.assert_array_equal(read.data, GOOD["data"])


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["data"], [1, 2, 3], r"2\*\*2 = 4 numbers, got 3"),
        (["data"], [0, 0, 0, 0.0], "not all zero"),
        (["data"], [0, 0, 0, float("nan")], r"data\[3\] is a finite number, got nan"),
        (["data"], [float("inf"), 0, 0, 0], r"data\[0\] is a finite number, got inf"),
        (["data"], [True, 0, 0, 0], r"data\[0\] is a finite number, got true"),
        (["data"], "1234", "list of numbers"),
        (["data"], [10**400, 0, 0, 0], r"data\[0\] is a finite number"),
        (["qubits"], 2.0, "whole number from 1, got 2.0"),
        (["qubits"], 0, "whole number from 1, got 0"),
        (["qubits"], 23, "up to 22 qubits are simulated, got 23"),
        (["blocks"], [], r"at least one block, got \[\]"),
        (["blocks", 0, "owner"], " ", "block 1: the owner is a name"),
        (["blocks", 1, "owner"], None, "block 2: the owner is a name, got null"),
        (["blocks", 1, "gate"], [], "block 2 has an unknown key 'gate'"),
        (["blocks", 0, "gates", 0], ["XZI", 0.3, True], "has 2 letters of I, X, Y and Z"),
        (["blocks", 0, "gates", 0], ["XQ", 0.3, True], 'got "XQ"'),
        (["blocks", 0, "gates", 1], ["XX", None, True], "gate 2: the angle is a finite number"),
        (["blocks", 0, "gates", 1], ["XX", float("inf"), True], "angle is a finite number"),
        (["blocks", 0, "gates", 1], ["XX", 1.0], "whether it is trainable"),
        (["blocks", 0, "gates", 1], ["XX", 1.0, 1], "trainable is true or false, got 1"),
        (["blocks", 0], 7, "block 1 is an object"),
        (["blocks", 1, "gates"], "XX", 'block 2: gates is a list, got "XX"'),
        (["blocks", 1, "gates"], {"XX": 0.3}, "block 2: gates is a list, got"),
        (["layers"], 7, "unknown key 'layers'; it may have qubits, data, blocks"),
    ],
)
def test_wrong_content(path, value, message):
    with pytest.raises(ValueError, match=message):
        model_from_text(json.dumps(with_(path, value)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("{", "is no JSON: .* in line 1, column 2"),
        ("[1]", "should be a JSON object"),
        ('{"qubits": 1, "qubits": 2}', "key 'qubits' twice"),
        ('{"qubits": 1, "data": [1, 0]}', "lacks 'blocks'"),
        ('{"blocks": [{"gates": []}], "qubits": 1, "data": [1, 0]}', "block 1 lacks 'owner'"),
        ("[" * 100_000, "nested too deeply"),
        ('{"qubits": ' + "9" * 5000 + "}", "whole number of 5000 digits, and up to 4000 are read"),
    ],
)
def test_wrong_text(text, message):
    with pytest.raises(ValueError, match=message):
        model_from_text(text)


def test_wrong_file(tmp_path):
    """Files that are not there, not text, or too large."""
    with pytest.raises(ValueError, match=r"gone.json cannot be read: No such file"):
        model_from_file(tmp_path / "gone.json")
    file = tmp_path / "some.json"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="no text in UTF-8"):
        model_from_file(file)
    with file.open("wb") as sparse:
        sparse.truncate(LARGEST_FILE + 1)
    with pytest.raises(ValueError, match=f"files up to {LARGEST_FILE} are read"):
        model_from_file(file)


def test_kinds():
    """The keys say which it is, and what is missing."""
    graph = dict.fromkeys(["edges", "features", "weights", "biases", "read-out", "activation"])
    assert kind_of(GOOD) == "model"
    assert kind_of(graph) == "graph"
    with pytest.raises(ValueError, match="neither a model"):
        kind_of({"a": 1})
    with pytest.raises(ValueError, match="keys of a model and lacks 'blocks'"):
        kind_of({"qubits": 1, "data": [1, 0]})
    with pytest.raises(ValueError, match="keys of a graph and lacks 'weights', 'biases'"):
        kind_of({key: 0 for key in graph if key not in ("weights", "biases")})
    with pytest.raises(ValueError, match="keep those of one"):
        kind_of({**GOOD, **graph})


@pytest.mark.parametrize("angle", [-1e6, -100.3, 12.0, 12.7, 40.0, 12345.6])
def test_huge_angles_are_the_same_rotation(angle):
    """exp(-i angle/2 P) is cos(angle/2) and sin(angle/2), whatever the turns."""
    found = within_turns(angle)
    assert abs(found) <= 4 * np.pi
    assert np.cos(found / 2) == pytest.approx(np.cos(angle / 2), abs=1e-9)
    assert np.sin(found / 2) == pytest.approx(np.sin(angle / 2), abs=1e-9)


PLAIN = Block("Alice", [Gate("X", 0.1)])


@pytest.mark.parametrize(
    ("data", "block", "said"),
    [
        ([1.0, 0.0], DenseBlock("Alice", np.eye(2)), "plain Pauli rotations alone"),
        ([1.0, 0.0], Block("Alice", [Gate("X", 0.1, parameter="a")]), "plain Pauli rotations"),
        ([1.0, 0.0, 0.0, 0.0], Block("Alice", [Gate("IX", 0.1, control=0)]), "plain Pauli"),
        ([1.0, 1j], PLAIN, "has real data"),
    ],
)
def test_what_a_file_does_not_hold_is_refused(data, block, said):
    qubits = len(data).bit_length() - 1
    with pytest.raises(ValueError, match=said):
        model_as_json(PartyModel(qubits, data, [block]))
    assert model_as_json(PartyModel(1, [1.0, 0.0], [PLAIN]))["qubits"] == 1


@pytest.mark.parametrize(("length", "is_whole"), [(0, True), (38, True), (39, False), (900, False)])
def test_what_is_long_is_repeated_in_part(length, is_whole):
    """Forty signs, the quotes among them."""
    found = shortened("x" * length)
    assert len(found) == min(40, length + 2)
    assert found.endswith('"' if is_whole else "...")
