"""Answers that the command `quledger` writes for other tools."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import typer

from estimator.exchange.formats import Format, format_of
from estimator.report.write_file import write_file


def written_as(given: Mapping[str, Any], reads: Sequence[Any]) -> Format | None:
    """The format that an answer is written in for other tools, checked; `None` if it is not.

    Raises:
        ValueError: if there is no such format, the file cannot be written, or it is named twice.
    """
    file, name = given.get("write"), given.get("format")
    if file is None and name is None:
        return None
    beside = [x for x in (given["html"], given["picture"]) if x is not None]
    if file is None and (given["json"] or beside):
        raise ValueError("--format prints the answer unless -o names a file; give -o FILE")
    return format_of(file, name, (*reads, *map(Path, beside)))


def write_answer(answer: Any, form: Format, file: str | None) -> bool:
    """Write an answer into a file; without one print what it would hold.

    Returns:
        Whether it was printed, so that nothing else is.

    Raises:
        ValueError: if the answer has no such form, or the file cannot be written.
    """
    writing = import_module("estimator.exchange.writing")
    content: bytes = writing.content_of(answer, form, Path(file or "").suffix.lower())
    if file is None:
        typer.echo(content.decode(), nl=False)
        return True
    write_file(file, content)
    return False
