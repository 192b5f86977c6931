"""Write a file whole or not at all."""

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

PICTURES = (".svg", ".png", ".pdf")
"""Endings of a chart's file."""


def write_file(path: str | Path, content: bytes) -> None:
    """Put `content` at `path` in one step: a reader sees the old file or the new one, never half.

    The bytes go to a temporary file in the same directory, which then takes the place of `path`.
    A symbolic link is followed, so the file it points to is the one replaced. Who may read and
    write the old file may do so with the new one.

    Raises:
        ValueError: if `path` cannot be written or is write-protected; nothing is left behind.
    """
    try:
        target = Path(path).resolve()
        if not target.exists() or target.is_file():
            _check_unprotected(path, target)
            _replace(target, content)
            return
    except (OSError, RuntimeError) as error:  # resolving a ring of links is a RuntimeError
        raise ValueError(
            f"An output file needs an existing folder that can be written, got {path} "
            f"({getattr(error, 'strerror', None) or error}); choose another path."
        ) from error
    raise ValueError(f"An output path must name a file, got {path}; name a file to write.")


def check_writable(path: str | Path, reads: Iterable[Any] = ()) -> None:
    """Refuse a path that `write_file` could not write, as far as can be told beforehand.

    Args:
        path: where something is to be written.
        reads: paths of what is read, which must stay; what is no path of a file is none.

    Raises:
        ValueError: if it names no file, a write-protected one or one that is read, or its folder
            does not exist or cannot be written.
    """
    try:
        target = Path(path).resolve()
        is_file = bool(str(path)) and (target.is_file() or not target.exists())
        folder = target.parent
        can_write = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
        if len(os.fsencode(target.name)) > os.pathconf(folder, "PC_NAME_MAX"):
            can_write = False
    except (OSError, RuntimeError, ValueError):
        is_file, can_write = True, False
    if not is_file:
        raise ValueError(f"An output path must name a file, got {path!s}; name a file to write.")
    if not can_write:
        raise ValueError(
            "An output file needs an existing folder that can be written, got "
            f"{str(path)[:200]!r}; choose another path."
        )
    _check_unprotected(path, target)
    if any(_is_same(target, each) for each in reads):
        raise ValueError(
            f"An output must not replace what is read, got {path} for both; name another file."
        )


def check_outputs(
    html: str | None, picture: str | None, draws: bool, reads: Iterable[Any] = ()
) -> None:
    """Refuse what cannot be written, before any work.

    Args:
        html: file for a page, or `None`.
        picture: file for the chart, or `None`.
        draws: whether there is a chart.
        reads: as in `check_writable`.

    Raises:
        ValueError: if a file cannot be written, is read or is named twice, or a picture has another
            ending than it can have or nothing to show.
    """
    if picture is not None and not draws:
        raise ValueError("there is no chart to draw here; leave --picture out")
    if picture is not None and Path(picture).suffix.lower() not in PICTURES:
        raise ValueError(f"a picture must be named .svg, .png or .pdf, got {picture}")
    files = [file for file in (html, picture) if file is not None]
    for file in files:
        check_writable(file, reads)
    if len(files) != len(set(map(os.path.realpath, files))):
        raise ValueError(f"--html and --picture need two files, got {html} for both")


def _check_unprotected(path: str | Path, target: Path) -> None:
    if target.exists() and not (os.access(target, os.W_OK) and target.stat().st_mode & 0o222):
        raise ValueError(
            f"An output must not replace a write-protected file, got {path}; choose another path."
        )


def _is_same(target: Path, read: Any) -> bool:
    try:
        if isinstance(read, Path) and read.resolve() == target:
            return True
        return target.exists() and target.samefile(read)
    except (OSError, RuntimeError, TypeError, ValueError):  # it is no path of anything
        return False


def _replace(target: Path, content: bytes) -> None:
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        temporary.write_bytes(content)
        if target.exists():
            shutil.copymode(target, temporary)
        os.replace(temporary, target)  # noqa: PTH105 (the one call known to be atomic)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
