"""The command `quledger`: verbs that ask questions, and commands of the engines.

What can be asked, and with which options, is read from the declarations of the systems; nothing
heavy is loaded before a question is known to be a good one.
"""

import errno
import inspect
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from estimator import api
from estimator.ask import words as line
from estimator.ask.parameter import did_you_mean, quoted
from estimator.ask.question import COST, Verb
from estimator.ask.registry import questions, questions_named, verbs
from estimator.ask.stored import Memory
from estimator.cli_grid import choose_command, sweep_command
from estimator.cli_options import (
    CONTEXT,
    FORMAT,
    FULL,
    HTML,
    JSON,
    NO_CACHE,
    PARAM,
    PICTURE,
    SAME,
    WRITE,
    command,
    named,
    option,
    options_of,
    words_of,
)
from estimator.cli_page import explore_command, report_command
from estimator.cli_written import write_answer, written_as
from estimator.drawing.drawn_report import draw_report, drawing_format
from estimator.rare_collection import rare_collection
from estimator.report.again import Line
from estimator.report.encoding import accept_any_encoding
from estimator.report.progress import on_terminal
from estimator.report.write_file import check_outputs
from estimator.store import Store, cache_folder, shut

UsageError: Any = typer.BadParameter.__bases__[0]
"""What Typer raises for arguments it does not understand; its module is not public."""

ENGINES = ("list", "growth", "draw", "sweep", "choose", "report", "explore")
"""Commands that ask no single system."""

GENERAL = (
    *("ctx", "words", "param", "json", "html", "picture", "full", "no_cache"),
    *("write", "format"),
)
"""What every verb takes besides the parameters of its question."""


def refuse(problem: object) -> NoReturn:
    """Say in one sentence what is wrong and exit with status 2."""
    typer.echo(f"quledger: {' '.join(str(problem).split())}", err=True)
    raise typer.Exit(2)


class Verbs(TyperGroup):
    """Commands made from declarations; every refusal is one line; no arguments mean `--help`."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [*verbs(), *ENGINES]

    def get_command(self, ctx: Any, name: str) -> Any:
        verb = verbs().get(name)
        return verb_command(verb, line.Heard()) if verb else super().get_command(ctx, name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, rest = args[0], args[1:]
        known = verbs()
        ctx.meta["typed"] = list(rest)
        rest = line.completed(known.get(name, COST), rest)
        if name in known:
            return name, verb_command(known[name], line.heard_in(known[name], rest)), rest
        if name == "explore":
            return name, explore_command(), rest
        if name in MADE:
            return name, MADE[name](line.heard_in(COST, rest)), rest
        if name not in ENGINES and not name.startswith("-"):
            refuse(f"no such command {quoted(name)}{did_you_mean(name, [*known, *ENGINES])}")
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args or ["--help"])
        except UsageError as problem:
            refuse(_without_option(problem, []) or problem.format_message())

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except UsageError as problem:
            refuse(_without_option(problem, ctx.meta["typed"]) or problem.format_message())
        except ValueError as problem:
            refuse(problem)
        except OSError as problem:
            if problem.errno == errno.EPIPE:
                raise
            where = repr(str(problem.filename)[:200]) if problem.filename else _dropped_output()
            refuse(f"{where} cannot be read or written: {problem.strerror}; choose another file")


def _dropped_output() -> str:
    """The name of what could not be written, which is not tried again when the process ends."""
    with suppress(OSError, ValueError):  # where it is no file of the system
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return "the output"


def _without_option(problem: Any, typed: Sequence[str]) -> str | None:
    """What to say about an option that does not exist."""
    if type(problem).__name__ != "NoSuchOption" or problem.ctx is None:
        return None
    options = [name for each in problem.ctx.command.params for name in each.opts]
    target = [word for word in typed if word in {x.question.name for x in questions()}][:1]
    subject = " ".join([problem.ctx.info_name or "quledger", *target])
    return f"{subject} has no {problem.option_name}{did_you_mean(problem.option_name, options)}"


app = typer.Typer(
    name="quledger",
    cls=Verbs,
    epilog="`quledger VERB --help` says what can be asked, `quledger VERB TARGET --help` what it "
    "can be told.",
    pretty_exceptions_enable=False,
    context_settings=SAME,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"quledger {import_module('importlib.metadata').version('quledger')}")
        raise typer.Exit


@app.callback()
def every_command(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which.")
    ] = False,
) -> None:
    """Resource ledger and theorem checker for quantum machine learning."""


def verb_command(verb: Verb, heard: line.Heard) -> Any:
    """The command of a verb, with the options of the questions that may be meant."""
    says, found = verb.says, heard.found
    if found and not found[0].question.words:
        says = " ".join(dict.fromkeys(each.question.says for each in found))
    own = options_of(found, GENERAL)
    written = [WRITE, FORMAT] if verb.name == COST.name else []
    last = [PARAM, JSON, HTML, PICTURE, *written, FULL, NO_CACHE]
    parameters = [CONTEXT, words_of(verb), *own, *last]
    end = line.examples(verb, found)
    return command(verb.name, says, parameters, lambda given: ask(verb, heard, given), end)


def ask(verb: Verb, heard: line.Heard, given: Mapping[str, Any]) -> None:
    """Answer a question that was typed, and print it, write it or draw it."""
    words, settings = given["words"] or [], given["param"] or []
    typed = line.typed_question(verb, heard, words, settings, named(given, GENERAL))
    check_outputs(given["html"], given["picture"], typed.found.question.draws, typed.reads)
    form = written_as(given, typed.reads)
    memory = None if given["no_cache"] or form else memory_of(verb, given)
    with shut() if given["no_cache"] else nullcontext():
        answer = api.answered_by(typed.found, typed.values, typed.file, on_terminal, memory)
    if form is None or not write_answer(answer, form, given["write"]):
        tell(answer, given)
        if form is not None and not given["json"]:
            typer.echo(f"wrote {given['write']}")


def memory_of(verb: Verb, given: Mapping[str, Any]) -> Memory:
    """Where the answer to this command line is kept."""
    words = (verb.name, *given["ctx"].find_root().meta["typed"])
    prints = given["html"] is None and given["picture"] is None
    return Memory(
        Store(cache_folder()),
        Line(words, given["json"], given.get("full", False)) if prints else None,
    )


def tell(answer: Any, given: Mapping[str, Any]) -> None:
    """Print and write an answer; exit with status 1 if something was checked and did not pass."""
    output = import_module("estimator.report.output")
    where = output.Output(
        json=given["json"],
        html=given.get("html"),
        picture=given.get("picture"),
        full=given.get("full", False),
    )
    if not output.tell(answer, where):
        raise typer.Exit(1)


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Html = Annotated[str | None, typer.Option(metavar="FILE", help="Write a page to a file.")]
Picture = Annotated[
    str | None, typer.Option(metavar="FILE", help="Draw the chart: .svg, .png or .pdf.")
]


@app.command("list")
def list_questions(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Of questions or systems.")
    ] = None,
    as_json: AsJson = False,
    html: Html = None,
    picture: Picture = None,
) -> None:
    """List what can be asked, with parameters, units and ranges."""
    check_outputs(html, picture, draws=False)
    found = questions_named(names) if names else questions()
    listing = import_module("estimator.report.listing")
    overview = () if names or as_json else (listing.overview(found),)
    tell((*overview, *listing.listing(found)), {"json": as_json, "html": html, "picture": picture})


@app.command()
def growth(
    asked: Annotated[
        list[str] | None,
        typer.Argument(metavar="[F G | F | QUESTION]", help="Expressions, or see `list`."),
    ] = None,
    relation: Annotated[str, typer.Option(help="O, o, Theta, Omega, omega, ~, ~O or ~O[N].")] = "O",
    regime: Annotated[
        str | None, typer.Option(help="What symbols do: N->oo, eps->0, k const, d=log(N), b<=N.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help="Questions, one JSON object a line; answers likewise.")
    ] = None,
    patience: Annotated[
        float | None, typer.Option(help="Seconds of search before a question is undecided. [3]")
    ] = None,
    audit: Annotated[
        Path | None,
        typer.Option(help="Answers of this command, - for what comes in: evaluate them."),
    ] = None,
    points: Annotated[
        int | None, typer.Option(help="At which each claim is evaluated. [100]")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Of the points. [0]")] = None,
    as_json: AsJson = False,
    html: Html = None,
    picture: Picture = None,
) -> None:
    """Decide how F grows against G, with a witness.

    Exit 1 if it does not, or for some constants alone, which it then names; 3 if undecided.

    With one expression, a question of cost or a system, show leading terms. With --audit evaluate
    answers at points; exit 1 if something is false, 3 if nothing could be evaluated.
    """
    given = {"json": as_json, "html": html, "picture": picture}
    words = asked or []
    check_outputs(html, picture, False, () if audit is None else (audit,))
    growing = import_module("estimator.cli_growth")
    asks = growing.Typed(words, relation, regime, file, patience, audit, points, seed)
    if file is not None:
        growing.answer_file(asks, html)
    else:
        found, status = growing.answer_to(asks)
        tell(found, given)
        if status:
            raise typer.Exit(status)


@app.command()
def draw() -> None:
    """Draw a bloq as a musical score, or its call graph with costs."""


def draw_command(heard: line.Heard) -> Any:
    """The command `draw`, with the options of what is drawn."""
    own = [
        option("output", list[str], "File to write.", "--output", "-o", "--picture",
               default=inspect.Parameter.empty, stands="FILE"),
        option("kind", str, "circuit or callgraph.", default="callgraph"),
        option("format", str | None, "svg, png, pdf or txt; what the name says if unset."),
        option("layer", str, "Which convolution of a network, from 1.", default="1"),
        PARAM,
        JSON,
        HTML,
    ]  # fmt: skip
    taken = ["words", "picture", *(each.name for each in own)]
    return command(
        "draw",
        "Draw a bloq as a musical score, or its call graph with costs.",
        [words_of(COST), *own, *options_of(heard.found, taken)],
        lambda given: _draw(heard, given, taken),
    )


@app.command()
def sweep() -> None:
    """Ask what something costs at every point of a grid, and write a table."""


@app.command()
def choose() -> None:
    """Find the cheapest of finitely many choices, and which bound stands in the way."""


@app.command()
def report() -> None:
    """Write one page about a question of cost, without script or network, for screen and paper."""


@app.command()
def explore() -> None:
    """Write one page with controls for every parameter: costs, growth, crossovers that move."""


MADE: dict[str, Callable[[line.Heard], Any]] = {
    "draw": draw_command,
    "sweep": lambda heard: sweep_command(heard, tell),
    "choose": lambda heard: choose_command(heard, tell),
    "report": report_command,
}
"""Commands with the options of the question of cost that they are about."""


def _draw(heard: line.Heard, given: Mapping[str, Any], taken: Sequence[str]) -> None:
    layer = given["layer"]
    if not (layer.isdecimal() and len(layer) < 7):
        raise ValueError(f"--layer must be a whole number >= 1, got {quoted(layer)}")
    if len(given["output"]) > 1:
        raise ValueError(f"a drawing has one file, got {' and '.join(given['output'])}")
    (file,) = given["output"]
    words = given["words"] or []
    typed = line.typed_question(COST, heard, words, given["param"] or [], named(given, taken))
    drawing_format(file, given["kind"], given["format"], typed.reads)
    check_outputs(given["html"], None, False, (Path(file), *typed.reads))
    if typed.file is None and int(layer) > 1:
        raise ValueError(f"--layer must be at most 1 here, got {layer}")
    answer = api.drawable_by(typed.found, typed.values, typed.file)
    draw_report(answer, file, given["kind"], given["format"], int(layer))
    if given["json"] or given["html"] is not None:
        tell(import_module("estimator.report.listing").drawing(words[0], file), given)
    else:
        typer.echo(f"wrote {file}")


def run(words: Sequence[str] | None = None) -> None:
    """The command, with the words of the process if `None`."""
    accept_any_encoding()
    with rare_collection():
        app(args=None if words is None else list(words), prog_name="quledger")
