"""All that is in a file, where a folder, a device or a pipe would never end or say nothing."""

import errno
import stat
from pathlib import Path

LARGEST = 2**31
"""Unit: bytes."""


def check_file(path: str | Path) -> None:
    """Refuse what is no regular file, or larger than `LARGEST`.

    Raises:
        OSError: with the reason as `strerror`.
    """
    found = Path(path).stat()
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is a device or a pipe, no file", str(path))
    if found.st_size > LARGEST:
        raise OSError(errno.EFBIG, f"it has more than {LARGEST} bytes", str(path))


def bytes_of_file(path: str | Path) -> bytes:
    """What a file holds.

    Raises:
        OSError: if it cannot be read, or as `check_file`.
    """
    check_file(path)
    return Path(path).read_bytes()


def text_of_file(path: str | Path) -> str:
    """What a file of text holds.

    Raises:
        OSError: if it cannot be read, or as `check_file`.
        UnicodeDecodeError: if it is no text in UTF-8.
    """
    return bytes_of_file(path).decode("utf-8")
