"""Models as JSON: qubits, data, and blocks with an owner and gates, in the order they act.

`{"qubits": 2, "data": [1, 0, 0, 0], "blocks": [{"owner": "Alice", "gates": [["XZ", 0.3, true]]}]}`;
a gate is exp(-i angle/2 P), its first letter on qubit 0, and `true` if its angle is a parameter.
"""

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias

from bloqs.communication.model.blocks import Block, Gate, PartyModel
from estimator.ask.json_text import each_key_once, short_integer
from estimator.whole_file import text_of_file

Kind: TypeAlias = Literal["model", "graph", "problem"]
"""What a file can hold."""

MOST_QUBITS = 22
"""Qubits of the largest state that is simulated."""

LARGEST_FILE = 2**27
"""Size of the largest file that is read. Unit: bytes."""

PROBLEM = "problem"
"""Key that the file of an instance of a problem has."""

MODEL_KEYS = ("qubits", "data", "blocks")
GRAPH_KEYS = ("edges", "features", "weights", "biases", "readout", "activation")
GRAPH_OPTIONS = ("batch_norm", "layer_norm", "read-out", "read_out", "name")
"""Keys that a graph's file may have beside; the normalisation of layers only to be refused."""


def model_from_file(path: Path) -> PartyModel:
    """The model that a JSON file holds.

    Raises:
        ValueError: if the file is no JSON of a model, in one sentence that says what is wrong.
    """
    return model_from_content(content_of(path), Path(path).name)


def model_from_text(text: str, where: str = "the text") -> PartyModel:
    """The model that a JSON text holds; errors call it `where`."""
    return model_from_content(parsed(text, where), where)


def kind_of(
    content: Mapping[str, Any], where: str = "the file"
) -> Literal["model", "graph", "problem"]:
    """Whether the keys are those of a model or of a graph network, or there is a problem.

    Raises:
        ValueError: if they are of neither, by what is missing.
    """
    if PROBLEM in content:
        return "problem"
    have = {"readout" if key in ("read-out", "read_out") else key for key in content}
    lacks = {
        "model": [key for key in MODEL_KEYS if key not in have],
        "graph": [key for key in GRAPH_KEYS if key not in have],
    }
    likely = "model" if len(lacks["model"]) < len(MODEL_KEYS) else "graph"
    if not lacks["model"] and not lacks["graph"]:
        raise ValueError(f"{where} has the keys of a model and of a graph; keep those of one")
    if not lacks["model"]:
        return "model"
    if not lacks["graph"]:
        return "graph"
    if len(lacks["graph"]) == len(GRAPH_KEYS) and likely != "model":
        raise ValueError(
            f"{where} is neither a model, which has the keys {', '.join(MODEL_KEYS)}, nor a graph, "
            f"which has {', '.join(GRAPH_KEYS)}, and it has no {PROBLEM!r}"
        )
    missing = ", ".join(map(repr, lacks[likely]))
    raise ValueError(f"{where} has keys of a {likely} and lacks {missing}; add it")


def content_of(path: Path) -> Mapping[str, Any]:
    """What a JSON file holds.

    Raises:
        ValueError: if it cannot be read, is empty, huge, or no JSON object.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise ValueError(
                f"{path.name} has {size} bytes, and files up to {LARGEST_FILE} are read"
            )
        text = text_of_file(path)
    except OSError as error:
        raise ValueError(f"{path.name} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name} is no text in UTF-8; write it as JSON") from error
    return parsed(text, path.name)


def parsed(text: str, where: str) -> Mapping[str, Any]:
    """The JSON object of a text.

    Raises:
        ValueError: if it is empty, malformed, no object, or names a key twice.
    """
    if not text.strip():
        raise ValueError(f"{where} is empty; it should be a JSON object")
    try:
        content = json.loads(
            text, object_pairs_hook=each_key_once(where), parse_int=short_integer(where)
        )
    except json.JSONDecodeError as error:
        raise ValueError(
            f"{where} is no JSON: {error.msg} in line {error.lineno}, column {error.colno}"
        ) from error
    except RecursionError as error:
        raise ValueError(f"{where} is nested too deeply for a model or a graph") from error
    if not isinstance(content, dict):
        raise ValueError(f"{where} should be a JSON object with keys, got {shortened(content)}")
    return content


def model_from_content(content: Mapping[str, Any], where: str = "the model") -> PartyModel:
    """The model that a JSON object is; errors call it `where`."""
    check_keys(content, MODEL_KEYS, (), where)
    qubits = content["qubits"]
    if isinstance(qubits, bool) or not isinstance(qubits, int) or qubits < 1:
        raise ValueError(f"{where}: qubits is a whole number from 1, got {shortened(qubits)}")
    if qubits > MOST_QUBITS:
        raise ValueError(f"{where}: up to {MOST_QUBITS} qubits are simulated, got {qubits}")
    data = numbers(content["data"], f"{where}: data")
    blocks = content["blocks"]
    if not isinstance(blocks, list) or not blocks:
        raise ValueError(
            f"{where}: blocks is a list of at least one block, got {shortened(blocks)}"
        )
    read = [
        _block(block, qubits, f"{where}: block {number}") for number, block in enumerate(blocks, 1)
    ]
    try:
        return PartyModel(qubits, data, tuple(read))
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error


def check_keys(
    content: Mapping[str, Any], needed: Iterable[str], optional: Iterable[str], where: str
) -> None:
    """Refuse keys that are missing or unknown.

    Raises:
        ValueError: naming the first.
    """
    needed = tuple(needed)
    known = (*needed, *optional)
    for key in content:
        if key not in known:
            raise ValueError(f"{where} has an unknown key {key!r}; it may have {', '.join(known)}")
    for key in needed:
        if key not in content:
            raise ValueError(f"{where} lacks {key!r}; it has the keys {', '.join(needed)}")


def numbers(values: object, where: str) -> list[float]:
    """A list of finite numbers.

    Raises:
        ValueError: naming the first entry that is none.
    """
    if not isinstance(values, list):
        raise ValueError(f"{where} is a list of numbers, got {shortened(values)}")
    return [number(value, f"{where}[{place}]") for place, value in enumerate(values)]


def number(value: object, where: str) -> float:
    """A finite number.

    Raises:
        ValueError: if it is none.
    """
    try:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise TypeError
        found = float(value)
    except (TypeError, OverflowError):
        raise ValueError(f"{where} is a finite number, got {shortened(value)}") from None
    if not abs(found) < float("inf"):
        raise ValueError(f"{where} is a finite number, got {found}")
    return found


def _block(content: object, qubits: int, where: str) -> Block:
    if not isinstance(content, dict):
        raise ValueError(f"{where} is an object with owner and gates, got {shortened(content)}")
    check_keys(content, ("owner", "gates"), (), where)
    owner, gates = content["owner"], content["gates"]
    if not isinstance(owner, str) or not owner.strip():
        raise ValueError(f"{where}: the owner is a name, got {shortened(owner)}")
    if not isinstance(gates, list):
        raise ValueError(f"{where}: gates is a list, got {shortened(gates)}")
    read = [_gate(gate, qubits, f"{where}, gate {place}") for place, gate in enumerate(gates, 1)]
    return Block(owner, tuple(read))


def _gate(content: object, qubits: int, where: str) -> Gate:
    if not isinstance(content, list) or len(content) != 3:
        raise ValueError(
            f"{where} is [Pauli string, angle, whether it is trainable], got {shortened(content)}"
        )
    letters, angle, is_trainable = content
    if not isinstance(letters, str) or len(letters) != qubits or set(letters) - set("IXYZ"):
        raise ValueError(
            f"{where}: a Pauli string has {qubits} letters of I, X, Y and Z, one for each qubit, "
            f"got {shortened(letters)}"
        )
    if not isinstance(is_trainable, bool):
        raise ValueError(f"{where}: trainable is true or false, got {shortened(is_trainable)}")
    return Gate(letters, within_turns(number(angle, f"{where}: the angle")), is_trainable)


def within_turns(angle: float) -> float:
    """The same rotation by at most two turns; circuits would lose the digits of a huge angle."""
    if abs(angle) <= 4 * math.pi:
        return angle
    return 2 * math.atan2(math.sin(angle / 2), math.cos(angle / 2))


def shortened(value: object) -> str:
    """A value as a refusal repeats it."""
    text = json.JSONEncoder().encode(value) if not isinstance(value, float) else repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def model_as_json(model: PartyModel) -> dict[str, Any]:
    """What `model_from_content` reads; real data and Pauli gates without controls only."""
    blocks = []
    for block in model.blocks:
        if not isinstance(block, Block) or any(
            gate.control is not None or gate.parameter for gate in block.gates
        ):
            raise ValueError("a JSON model has plain Pauli rotations alone")
        gates = [[gate.letters, gate.angle, gate.is_trainable] for gate in block.gates]
        blocks.append({"owner": block.owner, "gates": gates})
    if model.data.dtype.kind == "c":
        raise ValueError("a JSON model has real data")
    return {"qubits": model.qubits, "data": [*map(float, model.data)], "blocks": blocks}
