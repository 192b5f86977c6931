"""Cost reports and lists of algorithms for the terminal."""

from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from estimator.ask.question import Algorithm, Value
from estimator.costs.answer import CostReport
from estimator.report.text import formula_text

SHORT = 10**6
"""Whole numbers below this are written out in the table of layers."""

GAP = 2
"""Blanks between two columns of it. Unit: characters."""


def show_cost(report: CostReport, console: Console) -> None:
    """Print one cost report."""
    cost = report.cost
    settings = ", ".join(f"{name} = {value}" for name, value in report.settings.items())
    table = Table(box=None, padding=(0, 2), show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(style="dim", no_wrap=True)
    for name, value in report.facts.items():
        table.add_row(name, formula_text(value), "")
    for oracle, calls in cost.queries.items():
        table.add_row(f"queries to {oracle}", formula_text(calls), "calls")
    table.add_row("Toffoli and AND", formula_text(cost.toffoli), "gates")
    table.add_row("CSWAP", formula_text(cost.cswap), "gates")
    table.add_row("T", formula_text(cost.t), "gates")
    table.add_row("rotations", formula_text(cost.rotations), "gates")
    if report.t_count is not None:
        table.add_row("T in all", formula_text(report.t_count), "gates")
    table.add_row("measurements", formula_text(cost.measurements), "measurements")
    table.add_row("Toffoli depth", formula_text(report.toffoli_depth), "layers, at most")
    table.add_row("qubits", formula_text(cost.qubits), "logical qubits")
    parts: list[RenderableType] = [Text(report.title, style="bold cyan"), Text(settings), table]
    if report.layers:
        parts += [Text("layer by layer", style="bold"), *_layers(report, console.width)]
    if report.expensive:
        parts += [Text("where it goes", style="bold"), _shares(report)]
    if report.glossary:
        parts.append(Text("symbols", style="bold"))
        parts += [Text(f"  {name}: {meaning}") for name, meaning in report.glossary.items()]
    console.print(Group(*parts))


def _layers(report: CostReport, width: int) -> list[Table]:
    """A row for each layer; columns that do not fit go into further tables.

    Args:
        report: with at least one layer.
        width: of the terminal. Unit: characters.
    """
    name, *others = (
        [heading, *(x if isinstance(x, str) else _short(x) for x in column)]
        for heading, column in zip(
            report.layers[0],
            zip(*(row.values() for row in report.layers), strict=True),
            strict=True,
        )
    )
    groups: list[list[list[str]]] = []
    room = 0
    for column in others:
        if room < (wide := GAP + max(map(len, column))):
            groups.append([name])
            room = width - max(map(len, name))
        groups[-1].append(column)
        room -= wide
    return [_table(columns) for columns in groups]


def _table(columns: list[list[str]]) -> Table:
    """Columns of texts, the heading first."""
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="dim")
    for heading, *_ in columns:
        table.add_column(heading, overflow="fold")
    for row in list(zip(*columns, strict=True))[1:]:
        table.add_row(*row)
    return table


def _short(value: Value) -> str:
    """A number with few digits; JSON has them all."""
    number = float(value)
    whole = number == int(number) and abs(number) < SHORT
    return f"{int(number):,}" if whole else f"{number:.3g}"


def _shares(report: CostReport) -> Table:
    table = Table(box=None, padding=(0, 2), pad_edge=False, header_style="dim")
    for heading in ("sub-bloq", "calls", "T per call", "rotations per call", "share"):
        table.add_column(heading, overflow="fold")
    for share in report.expensive:
        table.add_row(
            share.name,
            formula_text(share.calls),
            formula_text(share.price.t),
            formula_text(share.price.rotations),
            "?" if share.share is None else f"{share.share:.0%}",
        )
    return table


def show_algorithms(algorithms: Iterable[Algorithm], console: Console) -> None:
    """Print what can be asked about."""
    for algorithm in algorithms:
        console.print(Text(algorithm.name, style="bold cyan"))
        console.print(f"  {algorithm.says}  [dim]{algorithm.source.replace('[', chr(92) + '[')}[/]")
        console.print(f"  variants: {', '.join(algorithm.variants)}", highlight=False)
        console.print(f"  loaders:  {', '.join(algorithm.loaders)}", highlight=False)
        table = Table(box=None, padding=(0, 2), header_style="dim")
        for heading in ("parameter", "meaning", "unit", "allowed"):
            table.add_column(heading, overflow="fold")
        for parameter in algorithm.parameters:
            table.add_row(parameter.name, parameter.meaning, parameter.unit, parameter.allowed)
        console.print(table)
