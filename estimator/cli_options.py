"""Options and commands of Typer, made from the declarations of questions."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import typer

from estimator.ask import words as line
from estimator.ask.parameter import AbstractParameter, spelled
from estimator.ask.question import Verb
from estimator.ask.registry import Found
from estimator.exchange.formats import NAMES

SAME = {"token_normalize_func": lambda token: token.replace("_", "-")}
"""- and _ are the same in an option."""


def option(
    name: str, kind: Any, says: str, *spellings: str, default: Any = None, stands: str | None = None
) -> inspect.Parameter:
    """A parameter of a function from which Typer makes an option."""
    given = typer.Option(*(spellings or (spelled(name),)), help=says, metavar=stands)
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, given]
    )


def words_of(verb: Verb) -> inspect.Parameter:
    """The words after a verb, completed by the names of what can be asked."""

    def complete(incomplete: str) -> list[str]:
        return [name for name in line.targets(verb) if name.startswith(incomplete)]

    given = typer.Argument(
        metavar=line.metavar(verb), help=line.words_help(verb), autocompletion=complete
    )
    return inspect.Parameter(
        "words",
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        default=None,
        annotation=Annotated[list[str] | None, given],
    )


PARAM = option(
    "param", list[str] | None, "Set a parameter, as --NAME VALUE does.", stands="NAME=VALUE"
)
JSON = option("json", bool, "Print JSON.", "--json", default=False)
HTML = option("html", str | None, "Write a page to a file.", stands="FILE")
PICTURE = option("picture", str | None, "Draw the chart: .svg, .png or .pdf.", stands="FILE")
WRITE = option(
    "write",
    str | None,
    "Write the answer for another tool: .csv, .tex, .json, .yaml (QREF), .qasm, or as --format "
    "says.",
    "-o",
    "--write",
    stands="FILE",
)
FORMAT = option(
    "format",
    str | None,
    f"One of {', '.join(NAMES)}; printed if there is no -o.",
    stands="FORMAT",
)
CONTEXT = inspect.Parameter(
    "ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
)
NO_CACHE = option("no_cache", bool, "Work it out anew.", "--no-cache", default=False)

FULL = option("full", bool, "Write long formulas out, as JSON has them.", "--full", default=False)


def option_of(parameter: AbstractParameter, taken: Sequence[str]) -> inspect.Parameter | None:
    """The option of a question's parameter; `None` if its names mean something else."""
    names = [name for name in parameter.spellings if name not in taken]
    if not names:
        return None
    says = parameter.meaning
    if parameter.is_flag:
        both = [f"{spelled(name)}/{spelled(f'no_{name}')}" for name in names]
        return option(parameter.name, bool | None, says, *both)
    says += f"; {parameter.allowed}"
    if (default := parameter.default) is not None:
        shown = ",".join(map(str, default)) if isinstance(default, tuple) else default
        says += f"; {shown} if unset"
    if parameter.is_required:
        says += "; required"
    written = [*map(spelled, names), *([f"-{parameter.letter}"] if parameter.letter else [])]
    return option(parameter.name, list[str] | None, says, *written, stands=parameter.metavar)


def options_of(found: Sequence[Found], taken: Sequence[str]) -> list[inspect.Parameter]:
    """The options of all parameters of some questions, each once."""
    made: dict[str, inspect.Parameter] = {}
    for each in found:
        for parameter in each.question.parameters:
            one = option_of(parameter, taken)
            if one and parameter.name not in (each.question.words, each.question.target):
                made.setdefault(parameter.name, one)
    return list(made.values())


def command(
    name: str, says: str, parameters: Sequence[inspect.Parameter], act: Callable[..., Any],
    epilog: str | None = None,
) -> Any:  # fmt: skip
    """A Typer command with these parameters."""

    def call(**given: Any) -> None:
        act(given)

    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {each.name: each.annotation for each in parameters}
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    alone.command(name=name, help=says, epilog=epilog, context_settings=SAME)(call)
    return typer.main.get_command(alone)


def named(given: Mapping[str, Any], taken: Sequence[str]) -> dict[str, Any]:
    """The options of a question that were named, by name of the parameter."""
    unset: tuple[Any, ...] = (None, [], ())
    return {name: x for name, x in given.items() if name not in taken and x not in unset}
