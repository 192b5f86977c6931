"""The command `quledger`. Heavy modules are loaded by the subcommand that needs them."""

import json
import sys
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from estimator import compare_options as compared
from estimator.garbage import rare_collection

UsageError: Any = typer.BadParameter.__bases__[0]
"""What Typer raises for arguments it does not understand; its module is not public."""


def refuse(problem: object) -> NoReturn:
    """Say in one sentence what is wrong and exit with status 2."""
    typer.echo(f"quledger: {' '.join(str(problem).split())}", err=True)
    raise typer.Exit(2)


class OneLine(TyperGroup):
    """Commands whose every refusal is one line; no arguments at all mean `--help`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, args or ["--help"])

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except UsageError as problem:
            refuse(problem.format_message())
        except KeyboardInterrupt:
            typer.echo("quledger: interrupted", err=True)
            raise typer.Exit(130) from None


app = typer.Typer(
    name="quledger",
    cls=OneLine,
    help="Resource ledger and theorem checker for quantum machine learning.",
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
Regime = Annotated[
    str | None,
    typer.Option(help="What lies in quantum memory: 1 input and weights, 2 weights, 3 none."),
]
NetworkOutput = Annotated[
    str | None,
    typer.Option("--output", help="What follows the last block: none, pool, linear-pool."),
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


@app.command("list")
def list_algorithms(as_json: AsJson = False) -> None:
    """List the algorithms, with their parameters, units and ranges."""
    found = import_module("estimator.ask.registry").algorithms()
    if as_json:
        typer.echo(json.dumps([algorithm.as_json() for algorithm in found.values()], indent=2))
        return
    import_module("estimator.report.cost_view").show_algorithms(found.values(), _console())


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
    regime: Regime = None,
    output: NetworkOutput = None,
    image: compared.ImageFile = None,
    digit: compared.Digit = None,
    as_json: AsJson = False,
) -> None:
    """Say what an algorithm, every convolution of a network, or the whole network costs."""
    asked, honest = import_module("estimator.ask.registry"), None
    report = import_module("estimator.costs.answer").cost_report
    try:
        method = asked.synthesis_named(synthesis)
        options = {"regime": regime, "output": output}
        found = asked.targets(target, param or [], loader, variant, rotation, options)
        if image is not None or digit is not None:
            section = import_module("estimator.report.compare_section").image_section
            honest = section(target, param or [], image, digit, found[0].settings)
        reports = [report(each, method, rotation_error) for each in found]
    except ValueError as problem:
        refuse(problem)
    if as_json:
        answers = [answer.as_json() for answer in reports]
        shown: Any = answers if asked.is_file(target) else answers[0]
        if honest is not None:
            shown = {"costs": answers, "honesty": honest.as_json()}
        typer.echo(json.dumps(shown, indent=2))
        return
    for answer in reports:
        import_module("estimator.report.cost_view").show_cost(answer, _console())
    if honest is not None:
        import_module("estimator.report.compare_network_view").show_honesty(honest, _console())


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
) -> None:
    """Decide how F grows against G, with a witness; or show leading terms."""
    try:
        lines = import_module("estimator.growth.command").run(
            asked or [], relation, regime, file, as_json
        )
        for line in lines:
            typer.echo(line)
    except ValueError as problem:
        refuse(problem)


@app.command()
def draw(
    target: Target,
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write.")],
    param: Settings = None,
    loader: Loader = None,
    variant: Variant = None,
    rotation: RotationName = "phase-gradient",
    kind: Annotated[Kind, typer.Option(help="What to draw.")] = Kind.CALLGRAPH,
    fmt: Annotated[
        Format | None, typer.Option("--format", help="Kind of file; what the name says if unset.")
    ] = None,
    layer: Annotated[int, typer.Option(min=1, help="Which convolution of a network, from 1.")] = 1,
) -> None:
    """Draw a bloq as a musical score, or its call graph with costs."""
    try:
        asked = import_module("estimator.ask.registry")
        found = asked.targets(target, param or [], loader, variant, rotation)
        if layer > len(found):
            raise ValueError(f"--layer must be at most {len(found)} here, got {layer}")
        module = import_module(f"estimator.drawing.{kind.value}")
        ending = output.suffix.removeprefix(".")
        chosen = fmt or (Format(ending) if ending in list(Format) else Format.SVG)
        getattr(module, f"draw_{kind.value}")(found[layer - 1].bloq, output, chosen.value)
    except ValueError as problem:
        refuse(problem)
    typer.echo(f"wrote {output}")


@app.command()
def check(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[CLAIM]...", help="Part of a claim's name.")
    ] = None,
    paper: Annotated[
        str | None, typer.Option(help="Only claims of this paper: arXiv number or key.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put every claim of the ledger to the test; exit with status 1 if one does not hold."""
    ledger = import_module("proofs.ledger")
    try:
        failed = ledger.run(names or [], as_json, paper)
    except ValueError as problem:
        refuse(problem)
    raise typer.Exit(1 if failed else 0)


@app.command()
def explain(
    theorem: Annotated[str, typer.Argument(metavar="THEOREM", help="A claim's name, or part.")],
) -> None:
    """Show one claim in full: assumptions, derivation, instances, and why its false twin falls."""
    try:
        holds = import_module("proofs.explain").explain(theorem)
    except ValueError as problem:
        refuse(problem)
    raise typer.Exit(0 if holds else 1)


@app.command()
def simulate(
    file: Annotated[str, typer.Argument(metavar="FILE.onnx", help="A residual network.")],
    epsilon: Annotated[float, typer.Option(help="Total error: l2, or of class probabilities.")],
    digit: compared.Digit = None,
    image: compared.ImageFile = None,
    blocks: Annotated[int | None, typer.Option(help="Residual blocks to run.")] = None,
    variant: Annotated[str, typer.Option(help="tight, fixed_point or published.")] = "tight",
    output: Annotated[bool | None, typer.Option(help="Run the output block.")] = None,
    coherent: Annotated[str | None, typer.Option(help="sum, block or network.")] = None,
    lengths: Annotated[str, typer.Option(help="measured or proven.")] = "measured",
    samples: Annotated[int | None, typer.Option(help="Shots of the output state.")] = None,
    seed: Annotated[int, typer.Option(help="Of the shots.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Run a residual network's circuits on one image, against NumPy; exit 1 if an error is more."""
    try:
        command = import_module("bloqs.resnet.answers.simulate")
        request = command.SimulateRequest(
            file=file, image=image, digit=digit, blocks=blocks, variant=variant, epsilon=epsilon,
            has_output=output, coherent=coherent, lengths=lengths, samples=samples, seed=seed,
        )  # fmt: skip
        failed = command.run(request, as_json)
    except ValueError as problem:
        refuse(problem)
    raise typer.Exit(1 if failed else 0)


@app.command()
def compare(
    target: compared.Compared,
    param: Settings = None,
    regimes: compared.Names = None,
    variants: compared.Names = None,
    memories: compared.Names = None,
    start: compared.Start = "2**10",
    stop: compared.Stop = "2**40",
    picture: compared.Picture = None,
    image: compared.ImageFile = None,
    digit: compared.Digit = None,
    confidence: compared.Confidence = None,
    sampler_epsilon: compared.SamplerEpsilon = 0.3,
    samples: compared.Samples = 400,
    seed: compared.Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Put quantum circuits and classical algorithms side by side as a residual network grows."""
    try:
        command = import_module("bloqs.resnet.answers.compare")
        request = command.CompareRequest(
            target=target, param=param or (), regimes=regimes, variants=variants,
            memories=memories, start=start, stop=stop, picture=picture, image=image, digit=digit,
            confidence=confidence or (), sampler_epsilon=sampler_epsilon, samples=samples,
            seed=seed,
        )  # fmt: skip
        command.run(request, as_json)
    except ValueError as problem:
        refuse(problem)


def main() -> None:
    """Entry point; Ctrl-C ends with status 130 and one line."""
    try:
        with rare_collection():
            app()
    except KeyboardInterrupt:
        typer.echo("quledger: interrupted", err=True)
        sys.exit(130)


def _console() -> Any:
    return import_module("rich.console").Console(highlight=False, soft_wrap=False)
