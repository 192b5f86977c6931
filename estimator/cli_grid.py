"""The commands about a grid of questions of cost."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from estimator import api
from estimator.ask import words as line
from estimator.ask.parameter import Number, quoted
from estimator.ask.question import COST
from estimator.ask.typed import typed_settings
from estimator.cli_options import (
    HTML,
    JSON,
    PARAM,
    PICTURE,
    command,
    named,
    option,
    options_of,
    words_of,
)
from estimator.report.write_file import check_outputs

Tell = Callable[[Any, Mapping[str, Any]], None]
"""Prints and writes an answer, as the options say."""

WORKERS = Number(name="workers", meaning="processes of this machine", unit="processes", least=1,
                 most=1024)  # fmt: skip

OVER = option(
    "over", list[str], "What varies: NAME=A..B:POINTS, at equal ratios where both ends are powers "
    "(2**10, 1e-3), else at equal steps; NAME=A,B,C; or NAME alone for every choice.",
    stands="NAME=VALUES", default=inspect.Parameter.empty,
)  # fmt: skip

SWEPT = (
    OVER,
    option("output", list[str] | None, "The table: .csv or .parquet; printed if unset.",
           "--output", "-o", stands="FILE"),
    option("columns", list[str] | None, "Columns of the table, with commas between; all if unset.",
           stands="A,B,..."),
    option("workers", str | None, "Processes of this machine, where circuits are built; one, or "
           "where that takes long as many as there are processors, if unset.", stands="INTEGER"),
    option("scheduler", str | None, "A Dask cluster in place of this machine.",
           stands="tcp://HOST:PORT"),
    option("resume", bool, "Go on with what is there.", "--resume", default=False),
    option("overwrite", bool, "Replace what is there.", "--overwrite", default=False),
    PICTURE,
    PARAM,
    JSON,
    HTML,
)  # fmt: skip
"""Options of `sweep` besides those of what is swept."""


def sweep_command(heard: line.Heard, tell: Tell) -> Any:
    """The command `sweep`, with the options of what is swept."""
    taken = ["words", *(each.name for each in SWEPT)]
    return command(
        "sweep",
        "Ask what something costs at every point of a grid, and write a table.",
        [words_of(COST), *SWEPT, *options_of(heard.found, taken)],
        lambda given: _sweep(given, taken, tell),
        "Example: `quledger sweep vector-loading --over loader --over N=2**4..2**16:13 --b 12 -o "
        "out.csv --picture out.svg`",
    )


def _sweep(given: Mapping[str, Any], taken: Sequence[str], tell: Tell) -> None:
    output = one(given["output"], "a table has one file") if given["output"] else None
    workers = None if given["workers"] is None else WORKERS.parse(given["workers"])
    target, fixed = target_of("sweep", given, taken)
    check_outputs(given["html"], given["picture"], True, (Path(output),) if output else ())
    report = api.sweep(
        target,
        given["over"],
        output,
        columns=names_in(given["columns"]),
        workers=workers,
        scheduler=given["scheduler"],
        resume=given["resume"],
        overwrite=given["overwrite"],
        draws=given["picture"] is not None,
        settings=fixed,
    )
    tell(report, given)


CHOSEN = (
    option("over", list[str], "What is chosen: names with commas between, each of all its values, "
           "or NAME=A,B,C or NAME=A..B:POINTS.", stands="NAMES",
           default=inspect.Parameter.empty),
    option("minimise", str, "t, qubits, depth, spacetime, or any column of `sweep`.",
           "--minimise", "--minimize", default="t"),
    option("subject_to", list[str] | None, "Bounds, such as 'qubits <= 500, epsilon <= 0.01'.",
           stands="BOUNDS"),
    PICTURE,
    PARAM,
    JSON,
    HTML,
)  # fmt: skip
"""Options of `choose` besides those of what is chosen."""


def choose_command(heard: line.Heard, tell: Tell) -> Any:
    """The command `choose`, with the options of what is chosen."""
    taken = ["words", *(each.name for each in CHOSEN)]
    return command(
        "choose",
        "Find the cheapest of finitely many choices, and which bound stands in the way.",
        [words_of(COST), *CHOSEN, *options_of(heard.found, taken)],
        lambda given: _choose(given, taken, tell),
        "Example: `quledger choose vector-loading --N 4096 --b 12 --over loader --minimise t "
        "--subject-to 'qubits <= 500'`",
    )


def _choose(given: Mapping[str, Any], taken: Sequence[str], tell: Tell) -> None:
    target, fixed = target_of("choose", given, taken)
    check_outputs(given["html"], given["picture"], True)
    report = api.choose(
        target,
        given["over"],
        minimise=given["minimise"],
        subject_to=given["subject_to"] or (),
        **fixed,
    )
    tell(report, given)


def one(files: Sequence[str], rule: str) -> str:
    """The only one of several.

    Raises:
        ValueError: if there are more.
    """
    if len(files) > 1:
        raise ValueError(f"{rule}, got {' and '.join(files)}")
    return files[0]


def names_in(texts: Sequence[str] | None) -> list[str]:
    """Names with commas between; one that is quoted by its place keeps its own commas."""
    return [name.strip() for text in texts or () for name in text.split(",") if name.strip()]


def target_of(
    verb: str, given: Mapping[str, Any], taken: Sequence[str]
) -> tuple[str, dict[str, Any]]:
    """What is asked about, and the parameters that are the same everywhere.

    Raises:
        ValueError: if there is not one target, or a parameter is named twice.
    """
    words = given["words"] or []
    if len(words) != 1:
        known = ", ".join(line.targets(COST))
        got = quoted(words[1]) + " as well" if words else "none"
        raise ValueError(f"{verb} needs one name or file, got {got}; there is {known}")
    fixed = typed_settings(given["param"] or [])
    for name, value in named(given, taken).items():
        if name in fixed:
            raise ValueError(f"{name} is given twice")
        fixed[name] = value[-1] if isinstance(value, list) and len(value) == 1 else value
    return words[0], fixed
