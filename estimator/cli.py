"""The command `quledger`. Heavy modules are loaded by the subcommand that needs them."""

import json
import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

app = typer.Typer(
    name="quledger",
    help="Resource ledger and theorem checker for quantum machine learning.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Target = Annotated[
    str, typer.Argument(metavar="ALGORITHM|FILE.onnx", help="See `quledger list`, or a network.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--param", metavar="NAME=VALUE", help="Set a parameter; unset, it is a symbol."),
]
Loader = Annotated[str | None, typer.Option(help="Memory that holds classical tables.")]
Variant = Annotated[str | None, typer.Option(help="Construction.")]
RotationName = Annotated[
    str, typer.Option("--rotation", help="phase-gradient or bitwise: how angle bits turn a qubit.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Kind(StrEnum):
    """What to draw."""

    CIRCUIT = "circuit"
    CALLGRAPH = "callgraph"


class Format(StrEnum):
    """Kind of picture file."""

    SVG = "svg"
    PNG = "png"
    TXT = "txt"


def refuse(problem: object) -> NoReturn:
    """Say in one sentence what is wrong and exit with status 2."""
    typer.echo(f"quledger: {' '.join(str(problem).split())}", err=True)
    raise typer.Exit(2)


@app.command("list")
def list_algorithms(as_json: AsJson = False) -> None:
    """List the algorithms, with their parameters, units and ranges."""
    found = _algorithms()
    if as_json:
        typer.echo(json.dumps([_described(algorithm) for algorithm in found.values()], indent=2))
        return
    import_module("estimator.cost_view").show_algorithms(found.values(), _console())


@app.command()
def cost(
    target: Target,
    param: Settings = None,
    loader: Loader = None,
    variant: Variant = None,
    rotation: RotationName = "phase-gradient",
    synthesis: Annotated[
        str | None, typer.Option(help="How rotations become T gates; needs --rotation-error.")
    ] = None,
    rotation_error: Annotated[
        float | None, typer.Option(help="Error allowed for each rotation.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what an algorithm, or every convolution of a network, costs."""
    report = import_module("estimator.cost_report").cost_report
    try:
        method = _synthesis(synthesis)
        reports = [
            report(algorithm, bloq, title, settings, values, method, rotation_error)
            for algorithm, bloq, title, settings, values in _built(
                target, param, loader, variant, rotation
            )
        ]
    except ValueError as problem:
        refuse(problem)
    if as_json:
        answers = [answer.as_json() for answer in reports]
        typer.echo(json.dumps(answers[0] if not _is_file(target) else answers, indent=2))
        return
    for answer in reports:
        import_module("estimator.cost_view").show_cost(answer, _console())


@app.command()
def draw(
    target: Target,
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write.")],
    param: Settings = None,
    loader: Loader = None,
    variant: Variant = None,
    rotation: RotationName = "phase-gradient",
    kind: Annotated[Kind, typer.Option(help="What to draw.")] = Kind.CALLGRAPH,
    fmt: Annotated[Format, typer.Option("--format", help="Kind of file.")] = Format.SVG,
    layer: Annotated[int, typer.Option(min=1, help="Which convolution of a network, from 1.")] = 1,
) -> None:
    """Draw a bloq as a musical score, or its call graph with costs."""
    try:
        built = _built(target, param, loader, variant, rotation)
        if layer > len(built):
            raise ValueError(f"--layer must be at most {len(built)} here, got {layer}")
        _, bloq, *_ = built[layer - 1]
        module = import_module(f"estimator.draw_{kind.value}")
        getattr(module, f"draw_{kind.value}")(bloq, output, fmt.value)
    except ValueError as problem:
        refuse(problem)
    typer.echo(f"wrote {output}")


@app.command()
def check(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[CLAIM]...", help="Part of a claim's name.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put every claim of the ledger to the test; exit with status 1 if one does not hold."""
    ledger = import_module("proofs.ledger")
    try:
        failed = ledger.run(names or [], as_json)
    except ValueError as problem:
        refuse(problem)
    raise typer.Exit(1 if failed else 0)


def main() -> None:
    """Entry point; Ctrl-C ends with status 130 and one line."""
    try:
        app()
    except KeyboardInterrupt:
        typer.echo("quledger: interrupted", err=True)
        sys.exit(130)


def _console() -> Any:
    return import_module("rich.console").Console(highlight=False, soft_wrap=False)


def _algorithms() -> dict[str, Any]:
    discover = import_module("estimator.discover")
    algorithm = import_module("estimator.algorithm").Algorithm
    found = discover.instances_of(algorithm, import_module("bloqs"))
    return {each.name: each for each in found.values()}


def _described(algorithm: Any) -> dict[str, Any]:
    return {
        "name": algorithm.name,
        "says": algorithm.says,
        "source": algorithm.source,
        "variants": list(algorithm.variants),
        "loaders": list(algorithm.loaders),
        "parameters": [
            {
                "name": parameter.name,
                "meaning": parameter.meaning,
                "unit": parameter.unit,
                "minimum": parameter.minimum,
                "maximum": parameter.maximum,
                "allowed": parameter.allowed,
            }
            for parameter in algorithm.parameters
        ],
    }


def _is_file(target: str) -> bool:
    return target.endswith(".onnx")


def _settings(given: list[str] | None) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in given or []:
        name, equals, value = text.partition("=")
        if not equals or not name or not value:
            raise ValueError(f"--param takes NAME=VALUE, got {text!r}")
        if name in pairs:
            raise ValueError(f"--param {name} is given twice")
        pairs[name] = value
    return pairs


def _synthesis(name: str | None) -> Any:
    if name is None:
        return None
    methods = {method.label: method for method in import_module("estimator.budget").Synthesis}
    if name not in methods:
        raise ValueError(f"--synthesis must be one of {', '.join(methods)}, got {name!r}")
    return methods[name]


def _built(
    target: str, param: list[str] | None, loader: str | None, variant: str | None, rotation: str
) -> list[tuple[Any, Any, str, Mapping[str, Any], Mapping[str, Any]]]:
    """(algorithm, bloq, title, settings, values) for the target, or for each layer of a file."""
    if rotation not in ("phase-gradient", "bitwise"):
        raise ValueError(f"--rotation must be phase-gradient or bitwise, got {rotation!r}")
    settings = _settings(param)
    algorithms = _algorithms()
    if not _is_file(target):
        if target not in algorithms:
            raise ValueError(
                f"there is no algorithm {target!r}; there is {', '.join(algorithms)}, "
                f"or give the path of an .onnx file"
            )
        return [
            _one(
                algorithms[target],
                algorithms[target].build,
                target,
                settings,
                loader,
                variant,
                rotation,
            )
        ]
    network = import_module("estimator.onnx_reader").read_network(target)
    built = []
    for layer in network.layers:
        for algorithm in algorithms.values():
            if algorithm.layer is not None and isinstance(layer, algorithm.layer):
                build = _bound(algorithm.build_layer, layer)
                title = f"{network.name}: {algorithm.name} {layer.name}"
                built.append(_one(algorithm, build, title, settings, loader, variant, rotation))
    if not built:
        raise ValueError(f"{target} has no layer that can be costed; it needs a 2-D Conv")
    return built


def _bound(build: Callable[..., Any], layer: Any) -> Callable[..., Any]:
    return lambda **choices: build(layer, **choices)


def _one(
    algorithm: Any,
    build: Callable[..., Any],
    title: str,
    settings: dict[str, str],
    loader: str | None,
    variant: str | None,
    rotation: str,
) -> tuple[Any, Any, str, Mapping[str, Any], Mapping[str, Any]]:
    values = algorithm.parse(settings)
    chosen = {
        "variant": algorithm.choose("variant", variant),
        "loader": algorithm.choose("loader", loader),
        "rotation": rotation,
    }
    return algorithm, build(**chosen, **values), title, {**chosen, **values}, values
