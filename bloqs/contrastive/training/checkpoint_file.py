"""Checkpoints: written whole or not at all, and refused if damaged, foreign or of another run."""

import io
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch

from estimator.report.write_file import write_file

MARK = b"quledger contrastive checkpoint 1\n"
"""How such a file begins."""


def versions() -> dict[str, str]:
    """What decides the last digit of a run."""
    names = ("torch", "numpy", "numba", "scikit-learn")
    return {**{name: version(name) for name in names}, "threads": str(torch.get_num_threads())}


def save_checkpoint(path: Path, content: dict[str, Any]) -> None:
    """Write settings, versions, step, weights, optimiser and metrics.

    Raises:
        ValueError: if it cannot be written.
    """
    stream = io.BytesIO()
    torch.save(content, stream)
    body = stream.getvalue()
    write_file(path, MARK + sha256(body).hexdigest().encode() + b"\n" + body)


def load_checkpoint(path: Path) -> dict[str, Any]:
    """What `save_checkpoint` wrote.

    Raises:
        ValueError: if it cannot be read, is none of ours, or has been changed.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ValueError(f"the checkpoint {path} cannot be read: {error.strerror}") from None
    if not content.startswith(MARK):
        raise ValueError(f"{path} is no checkpoint of train contrastive; name one of its folder")
    digest, _, body = content[len(MARK) :].partition(b"\n")
    if sha256(body).hexdigest().encode() != digest:
        raise ValueError(f"the checkpoint {path} is damaged; train anew or take a copy")
    found: dict[str, Any] = torch.load(io.BytesIO(body), weights_only=True)
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
