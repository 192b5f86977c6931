"""The command that writes a page about a question of cost."""

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

import typer

from estimator import api_page
from estimator.ask import words as line
from estimator.ask.question import COST
from estimator.cli_grid import one, target_of
from estimator.cli_options import PARAM, command, option, options_of, words_of

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
