"""Comparisons of sizes for the terminal."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table

from bloqs.resnet.rivals.baselines import Baseline
from estimator.compare.sweep import COUNTED, Row, SizeComparison

WRITTEN_OUT = 100_000
"""Whole numbers from here on are shown with three digits and a power of ten."""

ENDS = {"linear-pool": "with the output matrix, then pooled", "pool": "pooled, no output matrix"}
"""What follows the blocks, by name of the output."""

CROSSINGS = (
    ("exact", "gates"),
    ("exact", "depth"),
    ("exact, parallel", "depth"),
    ("sampler", "gates"),
    ("sampler", "depth"),
    ("cheaper", "gates"),
)
"""Baselines and measures whose crossovers have a column; the others say the same."""


def short(value: float | int | None) -> str:
    """A number with at most five digits before the exponent; a dash for none."""
    if value is None:
        return "-"
    if isinstance(value, int) and abs(value) < WRITTEN_OUT:
        return f"{value:,}"
    if isinstance(value, float) and abs(value) < 1000:
        return f"{value:.3g}"
    return f"{Decimal(value):.2e}".replace("e+", "e")


def exponent(value: float | None) -> str:
    """Two digits after the point; zero has no sign."""
    if value is None:
        return "undecided"
    text = f"{value:.2f}"
    return "0.00" if text == "-0.00" else text


def show_sizes(found: SizeComparison, console: Console) -> None:
    """Print costs at three sizes, exponents, crossovers, and what they assume."""
    console.print(f"[bold cyan]{found.title}[/]")
    console.print(", ".join(f"{name} = {plain(x)}" for name, x in found.settings.items()))
    for source, names in by_value(found.assumed):
        console.print(f"assumed: {', '.join(names)} ({source})", style="dim")
    last = found.searched[-1]
    for output in dict.fromkeys(row.output for row in found.rows):
        rows = [row for row in found.rows if row.output == output]
        classical = [x for x in found.baselines if x.has_matrix == (output == "linear-pool")]
        console.print(f"\n[bold]{ENDS[output]}[/]")
        console.print(_costs(found, rows, classical))
        console.print("N at which the circuit costs less than the classical algorithm")
        console.print(_crossovers(rows))
    console.print(
        "\ngates: AND, Toffoli and CSWAP, or FLOP. depth: layers of them, at most, or FLOP in "
        "sequence. N^x: exponent x through the two largest of all sizes costed, "
        f"2^{found.sizes[-2]} and 2^{last}. never: never up to 2^{last}, of "
        f"{len(found.searched)} sizes from 2^{found.searched[0]} on."
    )
    console.print(f"assumed everywhere: {COUNTED}")
    for name, assumption in dict.fromkeys((x.name, x.assumption) for x in found.baselines):
        console.print(f"baseline {name}: {assumption}")
    if found.undecided is not None:
        console.print(f"undecided: {found.undecided}")
    for row in {(row.regime, row.memory, row.assumption): row for row in found.rows}.values():
        console.print(f"regime {row.regime}, {row.memory}: {row.assumption}")


def plain(value: Any) -> str:
    """A setting: four digits of a number that is not whole."""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def by_value(pairs: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Each value with the names that have it."""
    for source in dict.fromkeys(pairs.values()):
        yield source, [name for name, its in pairs.items() if its == source]


def _costs(found: SizeComparison, rows: list[Row], classical: list[Baseline]) -> Table:
    table = _table("N", "regime, variant, memory")
    for heading in ("gates", "depth", "qubits", "cells", "U_X calls"):
        table.add_column(heading, justify="right", no_wrap=True)
    last = len(found.sizes) - 1
    for index in dict.fromkeys((0, last // 2, last)):
        n = found.sizes[index]
        for row in rows:
            p = row.points[index]
            numbers = (p.gates, p.depth, p.qubits, p.cells, p.calls)
            table.add_row(f"2^{n}", _way(row), *(short(x) for x in numbers))
        for each in classical:
            costs = (each.work(n), each.layers(n))
            cells = ("undecided" if cost is None else short(cost) for cost in costs)
            table.add_row(f"2^{n}", f"classical: {each.name}", *cells, "", "", "")
    for row in rows:
        slopes = (row.slope(x) for x in ("gates", "depth"))
        table.add_row("N^x", _way(row), *map(exponent, slopes))
    for each in classical:
        known = (found.baseline_slope(each, x) for x in ("work", "layers"))
        table.add_row("N^x", f"classical: {each.name}", *map(exponent, known))
    return table


def _crossovers(rows: list[Row]) -> Table:
    table = _table("regime, variant, memory")
    for baseline, measure in CROSSINGS:
        table.add_column(f"{baseline} {measure}".replace("exact, ", ""))
    for row in rows:
        cells = (row.crossovers[each].text for each in CROSSINGS)
        table.add_row(_way(row), *(cell.split(" up to ")[0] for cell in cells))
    return table


def _table(*names: str) -> Table:
    table = Table(box=None, padding=(0, 1), pad_edge=False, header_style="dim")
    for name in names:
        table.add_column(name, no_wrap=name == "N", min_width=0 if name == "N" else 14)
    return table


def _way(row: Row) -> str:
    return f"{row.regime} {row.variant} {row.memory}"
