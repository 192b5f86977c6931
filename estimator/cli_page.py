"""The commands that write pages about questions of cost."""

import inspect
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer

from estimator import api_page
from estimator.ask import words as line
from estimator.ask.parameter import quoted
from estimator.ask.question import COST
from estimator.ask.registry import questions
from estimator.ask.typed import typed_settings
from estimator.cli_grid import one, target_of
from estimator.cli_options import PARAM, command, named, option, options_of, words_of

WRITTEN = (
    option("output", list[str], "The page: .html.", "--output", "-o", stands="FILE",
           default=inspect.Parameter.empty),
    PARAM,
)  # fmt: skip
"""Options of `report` besides those of what it is about."""


def report_command(heard: line.Heard) -> Any:
    """The command `report`, with the options of what it is about."""
    taken = ["words", *(each.name for each in WRITTEN)]
    return command(
        "report",
        "Write one page about a question of cost, without script or network, for screen and paper.",
        [words_of(COST), *WRITTEN, *options_of(heard.found, taken)],
        lambda given: _report(given, taken),
        "Example: `quledger report vector-loading --N 1024 --b 12 -o vector.html`",
    )


def _report(given: Mapping[str, Any], taken: Sequence[str]) -> None:
    file = one(given["output"], "a report has one file")
    target, fixed = target_of("report", given, taken)
    api_page.report(target, file, **fixed)
    typer.echo(f"wrote {file}")


def _begun(incomplete: str) -> list[str]:
    """Names of what can be explored that begin so."""
    return [name for name in explored() if name.startswith(incomplete)]


SYSTEM = inspect.Parameter(
    "words",
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
    default=None,
    annotation=Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SYSTEM",
            help="a system, or one of its questions of cost",
            autocompletion=_begun,
        ),
    ],
)

EXPLORED = (
    option("output", list[str], "The page: .html.", "--output", "-o", stands="FILE",
           default=inspect.Parameter.empty),
    PARAM,
)  # fmt: skip
"""Options of `explore` besides those of what it is about."""


def explored() -> list[str]:
    """Names of what can be explored."""
    return list(import_module("estimator.ask.explorable").names())


def explore_command() -> Any:
    """The command `explore`, with the options of all that can be explored."""
    taken = ["words", *(each.name for each in EXPLORED)]
    found = [each for each in questions(COST) if each.question.explored is not None]
    return command(
        "explore",
        "Write one page with controls for every parameter: costs, growth and crossovers that move "
        "with them. A parameter that is named stands at its value, or at those of A,B,C.",
        [SYSTEM, *EXPLORED, *options_of(found, taken)],
        lambda given: _explore(given, taken),
        "Example: `quledger explore communication -o communication.html`",
    )


def _explore(given: Mapping[str, Any], taken: Sequence[str]) -> None:
    file = one(given["output"], "a page has one file")
    words = given["words"] or []
    if len(words) != 1:
        got = quoted(words[1]) + " as well" if words else "none"
        raise ValueError(f"explore needs one name, got {got}; there is {', '.join(explored())}")
    settings = typed_settings(given["param"] or [])
    for name, value in named(given, taken).items():
        if name in settings:
            raise ValueError(f"{name} is given twice")
        settings[name] = value[-1] if isinstance(value, list) and len(value) == 1 else value
    api_page.explore(words[0], file, **settings)
    typer.echo(f"wrote {file}")
