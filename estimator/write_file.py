"""Write a file whole or not at all."""

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
    target = Path(path).resolve()
    if target.exists() and not target.is_file():
        raise ValueError(f"An output path must name a file, got {path}; name a file to write.")
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        try:
            temporary.write_bytes(content)
            os.replace(temporary, target)  # noqa: PTH105 (the one call known to be atomic)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise ValueError(
            f"An output file needs an existing folder that can be written, got {path} "
            f"({error.strerror}); choose another path."
        ) from error
