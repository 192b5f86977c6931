"""What was typed: settings as NAME=VALUE and as options, each parameter once."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from estimator.ask.parameter import quoted
from estimator.ask.question import Question


def merged(
    question: Question, typed: Mapping[str, str], named: Mapping[str, Any]
) -> dict[str, Any]:
    """What was typed as --param and as options, each parameter once."""
    found: dict[str, Any] = {}
    for source in (typed, named):
        for name, value in source.items():
            own = question.parameter(name).name
            if own in found:
                raise ValueError(f"{own} is given twice")
            found[own] = value
    return found


def typed_settings(given: Sequence[str]) -> dict[str, str]:
    """The texts given as NAME=VALUE, by name.

    Raises:
        ValueError: if one is not of that form, or a name is given twice.
    """
    pairs: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name or not value:
            raise ValueError(f"--param takes NAME=VALUE, got {quoted(text)}")
        if name in pairs:
            raise ValueError(f"--param {name} is given twice")
        pairs[name] = value
    return pairs


def check_outputs(html: str | None, picture: str | None) -> None:
    """Refuse what cannot be written, before any work.

    Raises:
        ValueError: if a file has no folder, or a picture another ending than it can have.
    """
    if picture and Path(picture).suffix.lower() not in (".svg", ".png", ".pdf"):
        raise ValueError(f"a picture must be named .svg, .png or .pdf, got {picture}")
    for file in (html, picture):
        if file and not Path(file).resolve().parent.is_dir():
            raise ValueError(
                f"An output file needs an existing folder that can be written, got {file}; "
                "choose another path."
            )
