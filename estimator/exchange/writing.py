"""Answers written for other tools."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from estimator.exchange.formats import Format, format_of
from estimator.report.model import Report
from estimator.report.write_file import write_file


def content_of(answer: Report | Sequence[Report], form: Format, ending: str = "") -> bytes:
    """An answer in a format.

    Args:
        answer: a report, or several about the parts of a file.
        form: one of `formats.FORMATS`.
        ending: of the file, where a format has several forms.

    Raises:
        ValueError: if the answer has no such form: it is about no bloq or about several, or the
            bloq cannot be written so.
    """
    reports = [answer] if isinstance(answer, Report) else list(answer)
    if form.is_of_bloq:
        about = [each for each in reports if each.bloq is not None]
        if not about:
            raise ValueError(
                f"{reports[0].title} has no circuit here, so there is nothing to write as "
                f"{form.name}; csv, latex and json are of any answer"
            )
        if len(about) > 1:
            raise ValueError(
                f"a file of {form.name} holds one circuit, here are {len(about)}; ask about one, "
                "or write csv, latex or json"
            )
        reports = about
    module, _, name = form.writer.partition(":")
    content: bytes = getattr(import_module(f"estimator.exchange.{module}"), name)(reports, ending)
    return content


def write(answer: Report | Sequence[Report], file: str | Path, form: str | None = None) -> None:
    """Write an answer into a file, whole or not at all.

    Args:
        answer: a report, or several about the parts of a file.
        file: to write.
        form: one of `formats.NAMES`; what the ending of the file means if `None`.

    Raises:
        ValueError: as `formats.format_of` and `content_of`, or if the file cannot be written.
    """
    found = format_of(file, form)
    write_file(file, content_of(answer, found, Path(file).suffix.lower()))
