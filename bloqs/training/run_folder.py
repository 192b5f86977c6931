"""The folder of a run: new, or one that a run goes on in; one process at a time writes there."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from estimator.folder_lock import is_ours


@contextmanager
def run_folder(out: Path, is_resumed: bool, mark: str) -> Iterator[bool]:
    """Whether there is something to go on with; makes the folder, and keeps others out of it.

    The lock is the system's and ends with the process; on file systems without locks there is none.

    Args:
        out: folder.
        is_resumed: whether that was asked for.
        mark: name of a file that only we write there.

    Raises:
        ValueError: if the folder exists and nobody wants to go on, holds something else, cannot be
            made or read, or another process writes there.
    """
    try:
        if out.exists() and not out.is_dir():
            raise ValueError(f"--out must be a folder, got the file {out}; name another")
        out.mkdir(parents=True, exist_ok=True)
        handle = os.open(out, os.O_RDONLY)
    except OSError as error:
        raise ValueError(f"the folder {out} cannot be made or read: {error.strerror}") from None
    try:
        if not is_ours(handle):
            raise ValueError(
                f"another process writes in the folder {out}; wait for it, or name another folder"
            )
        has_content = any(x for x in out.iterdir() if x.suffix != ".tmp")
        if has_content and not is_resumed:
            raise ValueError(f"the folder {out} exists; name another, or go on with --resume")
        if has_content and not (out / mark).exists():
            raise ValueError(f"the folder {out} holds no {mark} to resume; name another folder")
        yield has_content
    finally:
        os.close(handle)


def read_kept(file: Path, *keys: str) -> dict[str, Any]:
    """What a run has written down, a JSON object.

    Args:
        file: of it.
        keys: that it has.

    Raises:
        ValueError: if the file cannot be read, is none, or lacks a key.
    """
    try:
        found: Any = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ValueError(f"the file {file} cannot be read: {error}; remove it") from None
    if not isinstance(found, dict) or not {*keys} <= found.keys():
        raise ValueError(f"the file {file} was not written by a run; remove it")
    return found
