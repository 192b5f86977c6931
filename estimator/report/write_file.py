"""Write a file whole or not at all."""

import contextlib
import os
import secrets
from pathlib import Path


def write_file(path: str | Path, content: bytes) -> None:
    """Put `content` at `path` in one step: a reader sees the old file or the new one, never half.

    The bytes go to a temporary file in the same directory, which then takes the place of `path`.
    A symbolic link is followed, so the file it points to is the one replaced.

    Raises:
        ValueError: if `path` cannot be written; nothing is left behind.
    """
    try:
        target = Path(path).resolve()
        if not target.exists() or target.is_file():
            _replace(target, content)
            return
    except (OSError, RuntimeError) as error:  # resolving a ring of links is a RuntimeError
        raise ValueError(
            f"An output file needs an existing folder that can be written, got {path} "
            f"({getattr(error, 'strerror', None) or error}); choose another path."
        ) from error
    raise ValueError(f"An output path must name a file, got {path}; name a file to write.")


def check_writable(path: str | Path) -> None:
    """Refuse a path that `write_file` could not write, as far as can be told beforehand.

    Raises:
        ValueError: if it names no file, or its folder does not exist or cannot be written.
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


def _replace(target: Path, content: bytes) -> None:
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        temporary.write_bytes(content)
        os.replace(temporary, target)  # noqa: PTH105 (the one call known to be atomic)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
