"""Answers from the store: a question is worked out once for each state of the sources."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import frozen

from estimator.ask.question import Answer, Asked
from estimator.ask.registry import FLOORS, Found
from estimator.report.again import ANSWERS, Line, Stamp, file_digest, note
from estimator.report.kept import kept_answer, kept_text
from estimator.sources import LOOKED_AT, Sources, sources_of
from estimator.store import Store, key_of

PACKAGES = ("estimator", *FLOORS)
"""Where answers come from."""


@frozen
class Memory:
    """Where answers are kept.

    Args:
        store: the entries.
        line: the command line that is being answered; `None` if there is none, or if more is done
            than to print the answer.
    """

    store: Store
    line: Line | None = None


def answer_from(memory: Memory, found: Found, asked: Asked, answer: Callable[[], Answer]) -> Answer:
    """The answer that is kept, or else the answer, which then is.

    What was worked out is kept only if sources and files are still those that the name of the
    entry stands for, and those that this process has read.

    Args:
        memory: where answers are kept.
        found: the question and its system.
        asked: with the values of its parameters.
        answer: works it out.

    Raises:
        ValueError: if `answer` does.
    """
    store = memory.store
    sources = sources_of(PACKAGES) if store.is_open else None
    stamp = None if sources is None else stamp_of(found, asked, sources)
    if sources is None or stamp is None:
        return answer()
    if (entry := store.get(ANSWERS, stamp.key)) is not None:
        with contextlib.suppress(ValueError):
            kept = kept_answer(entry.decode())
            if memory.line is not None:
                note(store, memory.line, stamp)
            return kept
    made = answer()
    if sources.is_that_of_process() and _is_now(found, asked, stamp):
        with contextlib.suppress(ValueError):  # a number too long to write
            store.put(ANSWERS, stamp.key, kept_text(made).encode())
            if memory.line is not None:
                note(store, memory.line, stamp)
    return made


def _is_now(found: Found, asked: Asked, stamp: Stamp) -> bool:
    """Whether the same question would have the same stamp at this moment."""
    sources = sources_of(PACKAGES)
    return sources is not None and stamp_of(found, asked, sources) == stamp


def _is_ours(target: str) -> bool:
    """Whether the sources say what the name of a bloq stands for."""
    return target.split(".")[0].split(":")[0] in (*PACKAGES, *LOOKED_AT)


def stamp_of(found: Found, asked: Asked, sources: Sources) -> Stamp | None:
    """What an answer stands for; `None` if it rests on what cannot be told."""
    question, files = found.question, []
    if question.target is not None and not _is_ours(asked.values[question.target]):
        return None

    def plain(value: Any) -> Any:
        """A value by which questions can be told apart; a file is its name and its content."""
        if not isinstance(value, Path):
            return value
        files.append((str(value), file_digest(str(value))))
        return ["file", *files[-1]]

    with contextlib.suppress(TypeError, OSError):  # a value without a name, a file that is missing
        key = key_of(
            [
                sources.digest,
                [question.verb.name, question.name, found.system.home, question.answer],
                [[name, plain(value)] for name, value in asked.values.items()],
                sorted(asked.named),
                plain(asked.file),
            ]
        )
        return Stamp(key, PACKAGES, sources.digest, tuple(files))
    return None
