"""A command line that was answered before, answered again without being understood anew."""

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from attrs import frozen

from estimator import sources
from estimator.report.encoding import accept_any_encoding
from estimator.sources import sources_of
from estimator.store import Store, cache_folder, key_of
from estimator.whole_file import check_file

ANSWERS, LINES = "answers", "lines"
"""Kinds of entries: answers, and command lines with the names of their answers."""


@frozen
class Line:
    """A command line whose answer is printed, and nothing else.

    Args:
        words: all after the name of the program.
        as_json: whether JSON is printed in place of text.
        full: whether long formulas are written out.
    """

    words: tuple[str, ...]
    as_json: bool
    full: bool = False


@frozen
class Stamp:
    """What an answer stands for.

    Args:
        key: name of its entry.
        packages: where it comes from.
        digest: of their sources.
        files: path and digest of each file that was asked about.
    """

    key: str
    packages: tuple[str, ...]
    digest: str
    files: tuple[tuple[str, str], ...]


def note(store: Store, line: Line, stamp: Stamp) -> None:
    """Keep the name of the answer to a command line."""
    entry = [line.as_json, line.full, stamp.key, stamp.packages, stamp.digest, stamp.files]
    store.put(LINES, _key(line.words), json.dumps(entry).encode())


def answer_again(words: Sequence[str]) -> bool:
    """Print the answer to a command line if it was noted and is what would be printed now.

    Returns:
        Whether it was printed.

    Raises:
        SystemExit: with status 1, if something was checked and did not pass, or nobody reads.
    """
    store = Store(cache_folder())
    noted = store.get(LINES, _key(words))
    if noted is None:
        return False
    as_json, full, key, packages, digest, files = json.loads(noted)
    now = sources_of(packages)
    if now is None or now.digest != digest:
        return False
    try:
        if any(file_digest(path) != seen for path, seen in files):
            return False
    except OSError:
        return False
    entry = store.get(ANSWERS, key)
    if entry is None:
        return False
    with contextlib.suppress(ValueError):
        answer = import_module("estimator.report.kept").kept_answer(entry.decode())
        _tell(answer, as_json, full)
        return True
    return False


def file_digest(path: str) -> str:
    """By which the content of a file is known.

    Raises:
        OSError: if it cannot be read.
    """
    check_file(path)
    with open(path, "rb") as file:  # noqa: PTH123 (the path as it was typed)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _tell(answer: object, as_json: bool, full: bool) -> None:
    accept_any_encoding()
    output = import_module("estimator.report.output")
    try:
        passed = output.tell(answer, output.Output(json=as_json, full=full))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    if not passed:
        sys.exit(1)


def _key(words: Sequence[str]) -> str:
    return key_of([sources.__file__, list(words)])
