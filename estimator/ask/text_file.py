"""Parameters that are texts in files: `-` is what comes in, which is read once."""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

from attrs import frozen

from estimator.ask.parameter import AbstractParameter, Value, quoted, spelled

STANDARD_INPUT = "-"
"""What stands for the standard input in place of a path."""

LARGEST = 64 * 2**20
"""Characters of the longest text that is read."""


@frozen(kw_only=True)
class TextFile(AbstractParameter):
    """A text in a file, `-` for the standard input, or in Python anything that can be read."""

    unit = ""

    @property
    def metavar(self) -> str:
        return "FILE"

    @property
    def allowed(self) -> str:
        return "path of a file, or - for the standard input"

    @property
    def least_value(self) -> Value:
        return None

    def parse(self, given: Any) -> Value:
        if hasattr(given, "read"):
            return given
        text = str(given)
        if not text or "\0" in text:
            raise ValueError(f"{spelled(self.name)} must be the {self.allowed}, got {text!r}")
        return text if text == STANDARD_INPUT else Path(text)


def texts_of(values: Mapping[str, Any], names: Iterable[str]) -> tuple[str, ...]:
    """The texts of such parameters, in order.

    Args:
        values: of the question, by name of the parameter.
        names: of parameters that have a value.

    Raises:
        ValueError: if one cannot be read, is no text, is too long, or two are the standard input.
    """
    wanted = tuple(names)
    piped = [name for name in wanted if values[name] == STANDARD_INPUT]
    if len(piped) > 1:
        both = " and ".join(map(spelled, piped))
        raise ValueError(f"one text comes in by -, got it for {both}; give a file for the others")
    return tuple(_text(spelled(name), values[name]) for name in wanted)


def _opened_at_once(path: Path) -> TextIO:
    """A file; of a pipe to which nobody writes the end is read, where opening it would wait."""
    found = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        os.set_blocking(found, True)
        return os.fdopen(found, encoding="utf-8")
    except OSError:
        os.close(found)
        raise


def _text(name: str, source: Any) -> str:
    try:
        if source == STANDARD_INPUT:
            text = sys.stdin.read(LARGEST + 1)
        elif isinstance(source, Path):
            with _opened_at_once(source) as stream:
                text = stream.read(LARGEST + 1)
        else:
            text = source.read(LARGEST + 1)
    except OSError as error:
        raise ValueError(
            f"{name} must be a file that can be read, got {quoted(str(source))} "
            f"({error.strerror or error}); give another path, or - for the standard input"
        ) from None
    except UnicodeDecodeError:
        raise ValueError(
            f"{name} must be text in UTF-8, got {quoted(str(source))}; save it as such"
        ) from None
    if not isinstance(text, str):
        raise ValueError(f"{name} must be text, got bytes; open the file as text")
    if len(text) > LARGEST:
        raise ValueError(f"{name} has at most {LARGEST} characters, got more; split it")
    return text
