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


def _replace(target: Path, content: bytes) -> None:
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        temporary.write_bytes(content)
        os.replace(temporary, target)  # noqa: PTH105 (the one call known to be atomic)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
