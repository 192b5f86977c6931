"""What took long, kept in files of the user's cache folder for the next process that asks.

An entry is a file of its own, which appears whole or not at all, so that any number of processes
can read and write at once. An entry that is damaged is not there. Where nothing can be read or
written, nothing is kept and nothing else changes.
"""

import contextlib
import os
import time
from collections.abc import Iterator
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from attrs import frozen

FOLDER = "QULEDGER_CACHE"
"""Variable of the environment that names another folder."""

MOST = 256 * 2**20
"""Size of all entries; beyond it those go that were used longest ago. Unit: bytes."""

LEFT = 0.9
"""Share of `MOST` that is left then."""

ABANDONED = 3600
"""Age at which a file that is still being written no longer is. Unit: seconds."""

BEING_WRITTEN = ".tmp"
"""Ending of a file that is being written."""

Plain: TypeAlias = Any
"""Text, numbers, truth values, `None`, and lists of these."""


_IS_SHUT = ContextVar("is_shut", default=False)


@contextlib.contextmanager
def shut() -> Iterator[None]:
    """Inside, there is no cache folder: everything is worked out anew, and nothing is kept."""
    token = _IS_SHUT.set(True)
    try:
        yield
    finally:
        _IS_SHUT.reset(token)


def cache_folder() -> Path | None:
    """Where entries lie unless someone says otherwise; `None` if there is no such place, or `shut`.

    It is `QULEDGER_CACHE`, else the folder `quledger` in `XDG_CACHE_HOME`, in `LOCALAPPDATA` or in
    `~/.cache`, whichever is the first to be named.
    """
    if _IS_SHUT.get():
        return None
    if named := os.environ.get(FOLDER):
        return Path(named).absolute()
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        if (home := Path(os.environ.get(variable, ""))).is_absolute():
            return home / "quledger"
    try:
        return Path.home() / ".cache" / "quledger"
    except RuntimeError:  # a user without a home
        return None


def key_of(question: Plain) -> str:
    """The name of the entry for a question, with all that its answer rests on.

    Raises:
        TypeError: if it is not plain; then two questions might go by one name.
    """
    return sha256(_written(question).encode()).hexdigest()


def _written(value: Plain) -> str:
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_written, value))}]"
    if type(value) not in (str, bool, int, float, type(None)):
        raise TypeError(f"a question is made of text, numbers and lists, got {value!r}")
    return repr(value)


@frozen
class Store:
    """Entries in a folder.

    Args:
        folder: where they lie; it need not exist. Nothing is kept if `None`.
        most: size of all entries. Unit: bytes.
    """

    folder: Path | None
    most: int = MOST

    @property
    def is_open(self) -> bool:
        """Whether anything can be kept, as far as can be told without trying."""
        if self.folder is None:
            return False
        for place in (self.folder, *self.folder.parents):
            with contextlib.suppress(OSError):
                if place.exists():
                    return place.is_dir()
        return False

    def get(self, kind: str, key: str) -> bytes | None:
        """The entry of that name, if there is a whole one.

        Args:
            kind: of entry, such as "answers"; a word that can name a folder.
            key: as `key_of` gives it.
        """
        path = self._path(kind, key)
        if path is None:
            return None
        try:
            digest, _, content = path.read_bytes().partition(b"\n")
            if digest != sha256(content).hexdigest().encode():
                return None
        except OSError:
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # what is used stays longest
        return content

    def put(self, kind: str, key: str, content: bytes) -> None:
        """Keep an entry, in place of one of that name, if that is possible.

        Args:
            kind: as in `get`.
            key: as in `get`.
            content: of the entry.
        """
        path = self._path(kind, key)
        if path is None or len(content) > self.most:
            return
        temporary = path.with_name(f"{os.urandom(8).hex()}{BEING_WRITTEN}")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            temporary.write_bytes(sha256(content).hexdigest().encode() + b"\n" + content)
            os.replace(temporary, path)  # noqa: PTH105 (the one call known to be atomic)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            return
        self._tidy()

    def _path(self, kind: str, key: str) -> Path | None:
        return None if self.folder is None else self.folder / kind / key[:2] / key

    def _tidy(self) -> None:
        """Remove what was given up while it was written, and, if there is too much, the oldest."""
        entries = []
        for path, found in self._files():
            if path.suffix != BEING_WRITTEN:
                entries.append((found.st_mtime_ns, found.st_size, path))
            elif found.st_mtime < time.time() - ABANDONED:
                _remove(path)
        size = sum(each for _, each, _ in entries)
        if size <= self.most:
            return
        for _, each, path in sorted(entries):
            if size <= LEFT * self.most:
                break
            _remove(path)
            size -= each

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for folder, _, names in os.walk(self.folder or ""):
            for name in names:
                with contextlib.suppress(OSError):  # another process was faster
                    path = Path(folder, name)
                    yield path, path.stat()


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
