"""The command `growth`: one comparison, a file of them, leading terms, an audit of answers."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from attrs import frozen

from estimator import api
from estimator.report.progress import on_terminal

if TYPE_CHECKING:
    from estimator.report.model import Report

STATUS_OF = {"HOLDS": 0, "FAILS": 1, "UNDECIDED": 3}
"""Exit status about two expressions, by verdict; 1 also if constants decide."""

NOT_EVALUATED = 3
"""Exit status of an audit in which nothing could be evaluated."""


@frozen
class Typed:
    """What was typed.

    Args:
        words: expressions, or a question of cost.
        relation: between two.
        regime: what symbols do.
        file: of questions.
        patience: for one question. Unit: seconds.
        audit: a file of answers.
        points: at which claims are evaluated.
        seed: of the points.
    """

    words: Sequence[str]
    relation: str
    regime: str | None
    file: Path | None
    patience: float | None
    audit: Path | None
    points: int | None
    seed: int | None


def answer_file(typed: Typed, html: str | None) -> None:
    """Print the answers to a file of questions.

    Raises:
        ValueError: if something does not go together, or the file holds something else.
    """
    _refuse_numbers(typed)
    if typed.words or typed.regime is not None or html is not None or typed.audit is not None:
        raise ValueError("--file takes its questions from the file alone, and prints answers")
    plain = import_module("estimator.report.plain")
    given = {} if typed.patience is None else {"patience": typed.patience}
    for answer in import_module("estimator.growth.report").batch(typed.file, **given):
        typer.echo(plain.line(answer))


def answer_to(typed: Typed) -> "tuple[Report | tuple[Report, ...], int]":
    """A report, or one for each question of a system, and the exit status if it is shown.

    Raises:
        ValueError: if something is not understood.
    """
    if typed.audit is not None:
        return _audit(typed)
    _refuse_numbers(typed)
    if len(typed.words) == 2:
        if typed.regime is None:
            raise ValueError("a comparison needs --regime, e.g. --regime 'N->oo, eps->0'")
        given = {} if typed.patience is None else {"patience": typed.patience}
        found = api.growth(typed.words[0], typed.relation, typed.words[1], typed.regime, **given)
        depends = found.condition is not None
        return found, 1 if depends else STATUS_OF[found["verdict"]]
    if len(typed.words) != 1:
        raise ValueError(
            "growth takes F and G, one expression, one question of cost, --file or --audit"
        )
    if typed.relation != "O":
        raise ValueError(f"--relation is between two expressions, got one and {typed.relation!r}")
    if typed.patience is not None:
        raise ValueError(f"--patience is for two expressions, got one and {typed.patience}")
    return api.leading_term(typed.words[0], typed.regime), 0


def _refuse_numbers(typed: Typed) -> None:
    for name in ("points", "seed"):
        if getattr(typed, name) is not None:
            raise ValueError(f"--{name} is of an audit alone; name its file by --audit")


def _audit(typed: Typed) -> "tuple[Report, int]":
    asked = typed.words or typed.regime is not None or typed.relation != "O"
    if asked or typed.patience is not None:
        raise ValueError("--audit takes what it evaluates from its file alone")
    numbers: dict[str, Any] = {"points": typed.points, "seed": typed.seed}
    given = {name: value for name, value in numbers.items() if value is not None}
    engine = import_module("estimator.growth_audit.audit")
    found: Report = engine.audit(typed.audit, tracker=on_terminal, **given)
    return found, NOT_EVALUATED if found.passed is None else 0
