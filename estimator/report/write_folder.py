"""Write a folder of files whole or not at all."""

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

Files = Mapping[str, bytes]
"""Path within the folder, with / between names -> content."""


def check_folder(
    path: str | Path, overwrite: bool, ours: Callable[[Path], set[str] | None]
) -> None:
    """Refuse a folder that `write_folder` could not or must not write, before any work.

    Args:
        path: where the folder is to be.
        overwrite: whether a folder that is there may be replaced.
        ours: the paths of files that a folder of this kind is known to hold; `None` if it is of
            another kind. Only a folder that holds nothing else is replaced.

    Raises:
        ValueError: if the place above it does not exist or cannot be written, a file is there, or a
            folder that must stay.
    """
    target = _resolved(path)
    shown = repr(str(path)[:200])
    if not str(path) or not target.name or target == Path.cwd():
        raise ValueError(f"An output needs a folder of its own, got {shown}; name a new folder.")
    if target.exists():
        _check_replaceable(target, shown, overwrite, ours)
    above = target.parent
    is_long = above.is_dir() and len(os.fsencode(target.name)) > os.pathconf(above, "PC_NAME_MAX")
    if is_long or not _takes_folders(above):
        raise ValueError(
            "An output folder needs an existing folder above it that can be written, got "
            f"{shown}; choose another path."
        )


def write_folder(
    path: str | Path, files: Files, overwrite: bool, ours: Callable[[Path], set[str] | None]
) -> None:
    """Put `files` at `path`: whoever looks sees the old folder or the whole new one.

    The files go to a temporary folder beside it, which is then renamed. A folder that is replaced
    is put aside first, back if the other cannot take its place, and removed at the end.

    Args:
        path: of the folder; a symbolic link is followed.
        files: what it is to hold.
        overwrite: as in `check_folder`.
        ours: likewise.

    Raises:
        ValueError: as `check_folder`, or if something cannot be written; nothing is left behind.
    """
    check_folder(path, overwrite, ours)
    target = _resolved(path)
    token = secrets.token_hex(8)
    new, old = (target.with_name(f".{token}.{ending}") for ending in ("tmp", "old"))
    try:
        for name, content in files.items():
            place = new / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        if target.exists():
            target.rename(old)
        try:
            new.rename(target)
        except BaseException:
            if old.exists():
                old.rename(target)
            raise
    except OSError as error:
        raise ValueError(
            f"the folder {str(path)[:200]!r} cannot be written: {error.strerror}; choose another "
            "path"
        ) from error
    finally:
        for left in (new, old):
            with contextlib.suppress(OSError):
                shutil.rmtree(left)


def _takes_folders(above: Path) -> bool:
    """Whether a folder can be made here; one is, and taken away, as rights do not tell of root."""
    if not (above.is_dir() and os.access(above, os.W_OK | os.X_OK)):
        return False
    try:
        with tempfile.TemporaryDirectory(prefix=".", dir=above):
            return True
    except OSError:
        return False


def _check_replaceable(
    target: Path, shown: str, overwrite: bool, ours: Callable[[Path], set[str] | None]
) -> None:
    if not target.is_dir():
        raise ValueError(f"An output folder must not be a file, got {shown}; name a new folder.")
    if not overwrite:
        raise ValueError(
            f"An output folder must not exist, got {shown}; name a new folder, or replace what an "
            "earlier run wrote with --overwrite."
        )
    try:
        known = ours(target) or set()
        held = (x.relative_to(target).as_posix() for x in target.rglob("*") if not x.is_dir())
        other = next((name for name in held if name not in known), None)
    except OSError as error:
        raise ValueError(
            f"the folder {shown} cannot be read: {error.strerror}; name a new folder"
        ) from error
    if other is not None:
        raise ValueError(
            f"--overwrite replaces only what an earlier run wrote, and {shown} holds "
            f"{other[:80]!r}; name a new folder."
        )
    if not os.access(target, os.W_OK | os.X_OK):
        raise ValueError(f"the folder {shown} is write-protected; name a new folder")


def _resolved(path: str | Path) -> Path:
    """The path without links.

    Raises:
        ValueError: if it is none.
    """
    try:
        target = Path(path).resolve()
        target.exists()
    except (OSError, RuntimeError, ValueError) as error:  # a ring of links is a RuntimeError
        raise ValueError(
            f"An output folder needs a path, got {str(path)[:200]!r}; choose another path."
        ) from error
    return target
