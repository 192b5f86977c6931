"""Checkpoints: written whole or not at all, and refused if damaged, foreign or of another run."""

import io
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch

from estimator.report.write_file import write_file
from estimator.whole_file import bytes_of_file


def mark(kind: str) -> bytes:
    """How a checkpoint begins.

    Args:
        kind: what `train` is asked about.
    """
    return f"quledger {kind} checkpoint 1\n".encode()


def versions(*names: str) -> dict[str, str]:
    """What decides the last digit of a run.

    Args:
        names: distributions that it uses.
    """
    return {**{name: version(name) for name in names}, "threads": str(torch.get_num_threads())}


def save_checkpoint(path: Path, kind: str, content: dict[str, Any]) -> None:
    """Write settings, versions, step, weights, optimiser and metrics.

    Args:
        path: of the file.
        kind: what `train` is asked about.
        content: of it.

    Raises:
        ValueError: if it cannot be written.
    """
    stream = io.BytesIO()
    torch.save(content, stream)
    body = stream.getvalue()
    write_file(path, mark(kind) + sha256(body).hexdigest().encode() + b"\n" + body)


def load_checkpoint(path: Path, kind: str) -> dict[str, Any]:
    """What `save_checkpoint` wrote.

    Args:
        path: of the file.
        kind: what `train` is asked about.

    Raises:
        ValueError: if it cannot be read, is none of ours, or has been changed.
    """
    try:
        content = bytes_of_file(path)
    except OSError as error:
        raise ValueError(f"the checkpoint {path} cannot be read: {error.strerror}") from None
    first = mark(kind)
    if not content.startswith(first):
        raise ValueError(f"{path} is no checkpoint of train {kind}; name one of its folder")
    digest, _, body = content[len(first) :].partition(b"\n")
    if sha256(body).hexdigest().encode() != digest:
        raise ValueError(f"the checkpoint {path} is damaged; train anew or take a copy")
    found: Any = torch.load(io.BytesIO(body), weights_only=True)
    if not isinstance(found, dict) or not {"settings", "versions", "step"} <= found.keys():
        raise ValueError(f"the checkpoint {path} holds no run; train anew or take a copy")
    return found


def check_same(what: str, stored: dict[str, Any], now: dict[str, Any]) -> None:
    """Refuse to go on with other settings or versions.

    Raises:
        ValueError: which names the first that differs.
    """
    for name in {**stored, **now}:
        if stored.get(name) != now.get(name):
            raise ValueError(
                f"{what} had {name} = {stored.get(name)}, and now it is {now.get(name)}; resume "
                "with what it had, or begin another"
            )
