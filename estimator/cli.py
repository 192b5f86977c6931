"""The command `quledger`: verbs that ask questions, and three commands of the engines.

What can be asked, and with which options, is read from the declarations of the systems; nothing
heavy is loaded before a question is known to be a good one.
"""

import gc
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module, metadata
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from estimator import api
from estimator.ask.parameter import AbstractParameter, did_you_mean, quoted, spelled
from estimator.ask.question import COST, Verb
from estimator.ask.registry import Found, candidates, is_file, meant, questions, suffixes_of, verbs
from estimator.ask.typed import merged, typed_settings
from estimator.report.encoding import accept_any_encoding

OBJECTS_BETWEEN_COLLECTIONS = 1_000_000
"""Objects made before unreachable ones are looked for: loading Qualtran makes many that stay."""

UsageError: Any = typer.BadParameter.__bases__[0]
"""What Typer raises for arguments it does not understand; its module is not public."""

OWN = ("list", "growth", "draw")
"""Commands that ask no single system."""

GENERAL = ("param", "json", "html", "picture")
"""Options of every verb."""

DRAWINGS = ("svg", "png", "txt")
"""What a drawing can be written as."""


def refuse(problem: object) -> NoReturn:
    """Say in one sentence what is wrong and exit with status 2."""
    typer.echo(f"quledger: {' '.join(str(problem).split())}", err=True)
    raise typer.Exit(2)


def normal(token: str) -> str:
    """An option as it is declared: - and _ are the same."""
    return token.replace("_", "-")


class Verbs(TyperGroup):
    """Commands made from declarations; every refusal is one line; no arguments mean `--help`."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [*verbs(), *OWN]

    def get_command(self, ctx: Any, name: str) -> Any:
        if name in OWN:
            return super().get_command(ctx, name)
        known = verbs()
        return verb_command(known[name], None) if name in known else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, rest = args[0], args[1:]
        known = verbs()
        if name in known:
            return name, verb_command(known[name], _question_in(known[name], rest)), rest
        if name == "draw":
            return name, draw_command(_question_in(COST, rest)), rest
        if name not in OWN and not name.startswith("-"):
            refuse(f"no such command {quoted(name)}{did_you_mean(name, [*known, *OWN])}")
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, args or ["--help"])

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except UsageError as problem:
            refuse(problem.format_message())
        except ValueError as problem:
            refuse(problem)


def _question_in(verb: Verb, words: Sequence[str]) -> list[Found]:
    """The questions that the words of a command line may mean, by the first that names any."""
    names = {found.question.name for found in questions(verb)}
    for word in words:
        if word in names or is_file(verb, word):
            return candidates(verb, word)
    return [found for found in questions(verb) if found.question.words]


app = typer.Typer(
    name="quledger",
    cls=Verbs,
    help="Resource ledger and theorem checker for quantum machine learning.",
    epilog="`quledger VERB --help` says what can be asked, `quledger VERB TARGET --help` what it "
    "can be told.",
    pretty_exceptions_enable=False,
    context_settings={"token_normalize_func": normal},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"quledger {metadata.version('quledger')}")
        raise typer.Exit


@app.callback()
def every_command(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which.")
    ] = False,
) -> None:
    """Resource ledger and theorem checker for quantum machine learning."""


# What is asked of a system.


def option(
    name: str,
    kind: Any,
    help_: str,
    default: Any = None,
    *spellings: str,
    metavar: str | None = None,
) -> inspect.Parameter:
    """A parameter of a function from which Typer makes an option."""
    given = typer.Option(*(spellings or (spelled(name),)), help=help_, metavar=metavar)
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, given]
    )


def option_of(parameter: AbstractParameter, taken: Sequence[str] = ()) -> inspect.Parameter | None:
    """The option of a question's parameter; `None` if its name means something else."""
    names = [name for name in parameter.spellings if name not in taken]
    if not names:
        return None
    says = parameter.meaning
    if parameter.default is not None:
        shown = parameter.default
        shown = ",".join(map(str, shown)) if isinstance(shown, tuple) else shown
        says += f" [default: {shown}]"
    if parameter.is_required:
        says += " [required]"
    if not parameter.is_flag:
        says += f" ({parameter.allowed})"
    if parameter.is_flag:
        both = [f"{spelled(name)}/{spelled(f'no_{name}')}" for name in names]
        return option(parameter.name, bool | None, says, None, *both)
    kind = list[str] | None if parameter.is_repeated else str | None
    texts = tuple(map(spelled, names))
    return option(parameter.name, kind, says, None, *texts, metavar=parameter.metavar)


def general_options() -> list[inspect.Parameter]:
    """Options of every verb."""
    return [
        option(
            "param", list[str] | None, "Set a parameter, as --NAME VALUE does.",
            metavar="NAME=VALUE",
        ),
        option("json", bool, "Print JSON.", False, "--json"),
        option("html", str | None, "Write a page to a file.", metavar="FILE"),
        option("picture", str | None, "Draw the chart: .svg, .png or .pdf.", metavar="FILE"),
    ]  # fmt: skip


def words_argument(metavar: str, help_: str, completion: Callable[..., Any]) -> inspect.Parameter:
    """The words after a verb."""
    given = typer.Argument(metavar=metavar, help=help_, autocompletion=completion)
    return inspect.Parameter(
        "words",
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        default=None,
        annotation=Annotated[list[str] | None, given],
    )


def command(
    name: str, says: str, parameters: Sequence[inspect.Parameter], run_: Callable[..., Any],
    epilog: str | None = None,
) -> Any:  # fmt: skip
    """A Typer command with these parameters."""

    def call(**given: Any) -> None:
        run_(given)

    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {each.name: each.annotation for each in parameters}
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    alone.command(
        name=name,
        help=says,
        epilog=epilog,
        context_settings={"token_normalize_func": normal},
    )(call)
    made = typer.main.get_command(alone)
    made.name = name
    return made


def verb_command(verb: Verb, found: Sequence[Found] | None) -> Any:
    """The command of a verb, with the options of the questions that may be meant."""
    chosen = list(found or [])
    parameters: dict[str, inspect.Parameter] = {}
    for each in chosen:
        for parameter in each.question.parameters:
            made = option_of(parameter, GENERAL)
            if made is not None and parameter.name != each.question.words:
                parameters.setdefault(parameter.name, made)
    says = verb.says
    if chosen and not chosen[0].question.words:
        says = " ".join(dict.fromkeys(each.question.says for each in chosen))

    def complete(incomplete: str) -> list[str]:
        return [name for name in _targets(verb) if name.startswith(incomplete)]

    return command(
        verb.name,
        says,
        [
            words_argument(_metavar(verb), _words_help(verb), complete),
            *parameters.values(),
            *general_options(),
        ],
        lambda given: ask(verb, given),
        _examples(verb, chosen),
    )


def _targets(verb: Verb) -> list[str]:
    known = [found.question.name for found in questions(verb) if not found.question.words]
    return list(dict.fromkeys(known))


def _metavar(verb: Verb) -> str:
    words = [found.question for found in questions(verb) if found.question.words]
    if words:
        parameter = words[0].parameter(str(words[0].words))
        return f"[{parameter.metavar}]..." if parameter.is_repeated else parameter.metavar
    endings = suffixes_of(verb)
    return "|".join(["ALGORITHM", *(f"FILE{suffix}" for suffix in endings)])


def _words_help(verb: Verb) -> str:
    targets = _targets(verb)
    if not targets:
        words = next(found.question for found in questions(verb) if found.question.words)
        return words.parameter(str(words.words)).meaning
    return f"One of {', '.join(targets)}" + ("; or a file." if suffixes_of(verb) else ".")


def _examples(verb: Verb, chosen: Sequence[Found]) -> str | None:
    """Command lines that show what can be asked."""
    shown = chosen or questions(verb)
    lines = [
        f"`quledger {line}`  {says}" for found in shown for line, says in found.question.examples
    ]
    return "Examples: " + "; ".join(lines) if lines else None


def ask(verb: Verb, given: Mapping[str, Any]) -> None:
    """Answer a question that was typed, and print it, write it or draw it."""
    words = list(given["words"] or [])
    named = {
        name: value
        for name, value in given.items()
        if name not in ("words", *GENERAL) and value not in (None, [], ())
    }
    _check_outputs(given)
    typed = typed_settings(given["param"] or [])
    found, file = _found(verb, words, [*named, *typed])
    values = merged(found.question, typed, named)
    if found.question.words and words:
        parameter = found.question.parameter(found.question.words)
        if not parameter.is_repeated and len(words) > 1:
            raise ValueError(f"{verb.name} takes one {parameter.metavar}, got {quoted(words[1])}")
        values[parameter.name] = words if parameter.is_repeated else words[0]
    answer = api.answered_by(found, values, file, _progress())
    tell(answer, given)


def _found(verb: Verb, words: Sequence[str], named: Sequence[str]) -> tuple[Found, Path | None]:
    """The question that is meant, and the file it is about."""
    by_words = [found for found in questions(verb) if found.question.words]
    if by_words:
        return by_words[0], None
    if not words:
        raise ValueError(
            f"{verb.name} needs {_metavar(verb)}; there is {', '.join(_targets(verb))}"
        )
    if len(words) > 1:
        raise ValueError(f"{verb.name} takes one {_metavar(verb)}, got {quoted(words[1])} as well")
    return meant(verb, words[0], named), Path(words[0]) if is_file(verb, words[0]) else None


def _check_outputs(given: Mapping[str, Any]) -> None:
    """Refuse what cannot be written before any work.

    Raises:
        ValueError: if a file has no folder or a picture another ending.
    """
    if given.get("picture"):
        suffix = Path(given["picture"]).suffix.lower()
        if suffix not in (".svg", ".png", ".pdf"):
            raise ValueError(f"a picture must be named .svg, .png or .pdf, got {given['picture']}")
    for name in ("html", "picture"):
        if given.get(name) and not Path(given[name]).resolve().parent.is_dir():
            raise ValueError(
                f"An output file needs an existing folder that can be written, got {given[name]}; "
                "choose another path."
            )


def tell(answer: Any, given: Mapping[str, Any]) -> None:
    """Print an answer, write its page and its picture; exit with status 1 if it did not pass."""
    reports = answer if isinstance(answer, tuple) else (answer,)
    written = []
    if given.get("picture"):
        drawn = next((each for each in reports if each.charts), reports[0])
        drawn.picture(given["picture"])
        written.append(given["picture"])
    if given.get("html"):
        page = import_module("estimator.report.page").page(reports)
        import_module("estimator.report.write_file").write_file(given["html"], page.encode())
        written.append(given["html"])
    if given.get("json"):
        plain = import_module("estimator.report.plain")
        found = [each.plain() for each in reports]
        typer.echo(plain.dumped(found if isinstance(answer, tuple) else found[0]))
    else:
        terminal = import_module("estimator.report.terminal")
        for number, each in enumerate(reports):
            if number and each.charts:
                typer.echo()
            terminal.show(each)
        for path in written:
            typer.echo(f"wrote {path}")
    if any(each.passed is False for each in reports):
        raise typer.Exit(1)


def _progress() -> Callable[..., Iterator[Any]]:
    def track(steps: Any, label: str) -> Iterator[Any]:
        yield from import_module("estimator.report.terminal").progress(steps, label)

    return track


# Commands of the engines.

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Html = Annotated[str | None, typer.Option(metavar="FILE", help="Write a page to a file.")]
Picture = Annotated[
    str | None, typer.Option(metavar="FILE", help="Draw the chart into a file, .svg, .png or .pdf.")
]


@app.command("list")
def list_questions(as_json: AsJson = False, html: Html = None, picture: Picture = None) -> None:
    """List what can be asked, with parameters, units and ranges."""
    given = {"json": as_json, "html": html, "picture": picture}
    _check_outputs(given)
    tell(import_module("estimator.report.listing").listing(questions()), given)


@app.command()
def growth(
    asked: Annotated[
        list[str] | None,
        typer.Argument(metavar="[F G | F | ALGORITHM]", help="Expressions, or see `list`."),
    ] = None,
    relation: Annotated[str, typer.Option(help="O, o, Theta or Omega.")] = "O",
    regime: Annotated[
        str | None, typer.Option(help="What symbols do: N->oo, eps->0, k const, d=log(N).")
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help="Questions, one JSON object a line; answers likewise.")
    ] = None,
    as_json: AsJson = False,
    html: Html = None,
    picture: Picture = None,
) -> None:
    """Decide how F grows against G, with a witness; or show leading terms."""
    given = {"json": as_json, "html": html, "picture": picture}
    _check_outputs(given)
    words = asked or []
    if file is not None:
        if words or regime is not None:
            raise ValueError("--file takes its questions from the file alone")
        plain = import_module("estimator.report.plain")
        for answer in import_module("estimator.growth.report").batch(file):
            typer.echo(plain.line(answer))
    elif len(words) == 2:
        if regime is None:
            raise ValueError("a comparison needs --regime, e.g. --regime 'N->oo, eps->0'")
        tell(api.growth(words[0], relation, words[1], regime), given)
    elif len(words) == 1:
        tell(api.leading_term(words[0], regime), given)
    else:
        raise ValueError("growth takes F and G, one expression, one algorithm, or --file")


@app.command()
def draw() -> None:
    """Draw a bloq as a musical score, or its call graph with costs."""


def draw_command(found: Sequence[Found]) -> Any:
    """The command `draw`, with the options of what is drawn."""
    own = [
        option(
            "output", str, "File to write.", inspect.Parameter.empty, "--output", "-o",
            "--picture", metavar="FILE",
        ),
        option("kind", str, "circuit or callgraph.", "callgraph"),
        option("format", str | None, "svg, png or txt; what the name says if unset."),
        option("layer", str, "Which convolution of a network, from 1.", "1"),
        option(
            "param", list[str] | None, "Set a parameter, as --NAME VALUE does.",
            metavar="NAME=VALUE",
        ),
        option("json", bool, "Print JSON.", False, "--json"),
        option("html", str | None, "Write the drawing into a page.", metavar="FILE"),
    ]  # fmt: skip
    taken = [each.name for each in own] + ["picture"]
    parameters: dict[str, inspect.Parameter] = {}
    for each in found:
        for parameter in each.question.parameters:
            made = option_of(parameter, taken)
            if made is not None:
                parameters.setdefault(parameter.name, made)

    def complete(incomplete: str) -> list[str]:
        return [name for name in _targets(COST) if name.startswith(incomplete)]

    return command(
        "draw",
        "Draw a bloq as a musical score, or its call graph with costs.",
        [
            words_argument(_metavar(COST), _words_help(COST), complete),
            *own,
            *parameters.values(),
        ],
        lambda given: _draw(given, [each.name for each in own]),
    )


def _draw(given: Mapping[str, Any], own: Sequence[str]) -> None:
    words = list(given["words"] or [])
    named = {
        name: value
        for name, value in given.items()
        if name not in ("words", *own) and value not in (None, [], ())
    }
    typed = typed_settings(given["param"] or [])
    found, _ = _found(COST, words, [*named, *typed])
    values = merged(found.question, typed, named)
    if not given["layer"].isdecimal():
        raise ValueError(f"--layer must be a whole number >= 1, got {quoted(given['layer'])}")
    api.draw(
        words[0],
        given["output"],
        kind=given["kind"],
        fmt=given["format"],
        layer=int(given["layer"]),
        **values,
    )
    told = {"json": given["json"], "html": given["html"]}
    report = import_module("estimator.report.listing").drawing(words[0], given["output"])
    if told["json"] or told["html"]:
        tell(report, told)
    else:
        typer.echo(f"wrote {given['output']}")


@contextmanager
def rare_collection() -> Iterator[None]:
    """Collects rarely inside, and not at the end of the process.

    Loading Qualtran makes many objects that stay; looking through them again and again, and once
    more at the end, takes as long as an answer.
    """
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    try:
        yield
    finally:
        gc.freeze()


def run(words: Sequence[str] | None = None) -> None:
    """The command, with the words of the process if `None`."""
    accept_any_encoding()
    with rare_collection():
        app(args=None if words is None else list(words), prog_name="quledger")
