"""How a grid is cut into chunks, and the folder in which those that are done wait for the rest."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

from attrs import frozen

from estimator.folder_lock import is_ours
from estimator.grid.fragment import Fragment, read_fragment, write_fragment
from estimator.report.plain import dumped
from estimator.report.write_file import write_file

Ranges = tuple[range, ...]
"""Places along each axis."""

MOST_ROWS = 250_000
"""Rows of one chunk that formulas fill."""

MOST_POINTS = 64
"""Points of one chunk whose circuits are built."""

CHUNKS = 256
"""Chunks into which points are cut at least, if there are so many."""

QUESTION = "question.json"
"""File in the folder that says what the chunks are of."""


def chunks(shape: Sequence[int], most: int) -> Iterator[Ranges]:
    """A grid in pieces of at most so many points, in the order of its rows, last axis fastest."""
    whole = len(shape)
    inner = whole
    while inner > 0 and prod(shape[inner - 1 :]) <= most:
        inner -= 1
    if inner == 0:
        yield tuple(map(range, shape))
        return
    step = max(1, most // prod(shape[inner:]))
    for outer in product(*(range(size) for size in shape[: inner - 1])):
        for start in range(0, shape[inner - 1], step):
            cut = range(start, min(start + step, shape[inner - 1]))
            yield (*(range(i, i + 1) for i in outer), cut, *map(range, shape[inner:]))


def points_a_chunk(points: int) -> int:
    """Points of one chunk where circuits are built: the same for the same grid."""
    return max(1, min(MOST_POINTS, points // CHUNKS))


@frozen
class Parts:
    """The folder beside an output in which its chunks wait.

    Args:
        output: the table that they will be.
        question: what they are of, as JSON can hold it.
    """

    output: Path
    question: Mapping[str, Any]

    @property
    def folder(self) -> Path:
        """Where they are."""
        return self.output.with_name(self.output.name + ".parts")

    def file(self, number: int) -> Path:
        """The file of a chunk."""
        return self.folder / f"{number:09}.npz"

    def is_there(self) -> bool:
        """Whether something was begun."""
        return self.folder.exists()

    def is_done(self, number: int) -> bool:
        """Whether a chunk is written."""
        return self.file(number).exists()

    def keep(self, number: int, fragment: Fragment) -> None:
        """Write a chunk.

        Raises:
            ValueError: if it cannot be written.
        """
        write_fragment(self.file(number), fragment)

    def read(self, count: int) -> Iterator[Fragment]:
        """All chunks.

        Raises:
            ValueError: if one is damaged.
        """
        for number in range(count):
            yield read_fragment(self.file(number))

    @contextmanager
    def opened(self, anew: bool) -> Iterator[None]:
        """The folder, made if need be, and nobody else's while it is open.

        Args:
            anew: whether what was begun for another question goes.

        Raises:
            ValueError: if it holds another question, cannot be made, or another process has it.
        """
        try:
            self.folder.mkdir(exist_ok=True)
            handle = os.open(self.folder, os.O_RDONLY)
        except OSError as problem:
            raise ValueError(f"{self.folder} cannot be made: {problem.strerror}") from None
        try:
            if not is_ours(handle):
                raise ValueError(
                    f"another process writes {self.output}; wait for it, or name another file"
                )
            self._settle(anew)
            try:
                yield
            except BaseException:
                if not any(self.folder.glob("*.npz")):
                    self.remove()  # nothing was done
                raise
        finally:
            os.close(handle)

    def _settle(self, anew: bool) -> None:
        """Whose chunks the folder holds from now on."""
        note = self.folder / QUESTION
        before = _read(note)
        if before == dict(self.question):
            return
        if any(self.folder.iterdir()):
            if not anew:
                other = _difference(before, self.question)
                raise ValueError(
                    f"{self.folder} holds the beginning of another sweep{other}; give --overwrite "
                    f"to drop it, or name another file"
                )
            for file in self.folder.iterdir():
                file.unlink()
        write_file(note, dumped(dict(self.question)).encode())

    def remove(self) -> None:
        """Drop the chunks; the table has them."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _read(note: Path) -> Any:
    try:
        return json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _difference(before: Any, now: Mapping[str, Any]) -> str:
    """Which settings differ, in brackets."""
    if not isinstance(before, dict):
        return ""
    names = [name for name in now if before.get(name) != now[name]]
    return f" (another {', '.join(names)})" if names else ""
