"""Facts about one network at one image, and its circuits, for the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bloqs.resnet.answers.compare_input import Circuit
from bloqs.resnet.answers.facts_at_input import Honesty
from estimator.report.compare_view import short
from estimator.report.text import formula_text
from estimator.statistics.shots_needed import ShotsNeeded


def show_honesty(found: Honesty, console: Console) -> None:
    """Print the facts."""
    console.print(f"[bold cyan]{found.title}[/]")
    table = Table(box=None, padding=(0, 2), show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in _facts(found):
        table.add_row(name, value)
    console.print(table)
    console.print(_runs(found))
    if found.runs[0].distance is not None:
        console.print(
            "runs: after which the most frequent class is the most probable one; off: if each run "
            f"is off by {found.runs[0].distance:.3g} in total variation, as far as epsilon allows",
            style="dim",
        )


def show_network(found: Honesty, circuits: Sequence[Circuit], console: Console) -> None:
    """Print the facts, then a row for each circuit."""
    show_honesty(found, console)
    console.print("\n[bold]quantum circuits for one class[/]")
    table = Table(box=None, padding=(0, 1), pad_edge=False, header_style="dim")
    table.add_column("regime, variant, memory", min_width=14)
    table.add_column("length")
    for heading in ("gates", "depth", "qubits", "cells", "U_X calls", "/FLOP"):
        table.add_column(heading, justify="right", no_wrap=True)
    for each in circuits:
        p = each.point
        mark = "" if each.output == "linear-pool" or found.signal is None else " *"
        table.add_row(
            f"{each.regime} {each.variant} {each.memory}{mark}",
            f"{each.length:.3g}",
            *(short(x) for x in (p.gates, p.depth, p.qubits, p.cells, p.calls)),
            short(each.gates_per_flop),
        )
    console.print(table)
    if any(each.output == "pool" for each in circuits) and found.signal is not None:
        console.print(
            "*: without the output matrix, which this variant or regime cannot have, and against "
            "the FLOP of the network without it"
        )
    console.print(
        "length: of x + f(W x) that is promised, measured at the image or proved for every "
        "network. /FLOP: Toffoli-like gates of one class against FLOP of all class "
        "probabilities, exactly and classically. Memory is written beforehand and not counted; an "
        "ideal one answers for nothing."
    )


def _facts(found: Honesty) -> list[tuple[str, str]]:
    blocks = ", ".join(f"{x:.2e}" for x in found.nonlinearities)
    facts = [
        ("nonlinearity by block", f"{blocks} of |f(x) - f'(0) x| / |f(x)|"),
        ("if erf were its tangent", f"probabilities change by {_total(found.linearised)}"),
        ("lengths divided by", ", ".join(f"{x:.4f}" for x in found.lengths)),
    ]
    if (signal := found.signal) is not None:
        facts += [
            ("signal of the matrix", f"{signal.signal:.4f}, at most {signal.bound:.4f}"),
            ("against the skip path", f"{signal.relative:.4f}"),
            ("if there were no matrix", f"probabilities change by {_total(signal.class_distance)}"),
        ]
    facts.append(("most probable class", f"{found.best}, ahead by {found.margin:.3e}"))
    facts.append(("classical, exact", f"{found.flops:,} FLOP"))
    if (run := found.sampler) is not None:
        verdict = "within its bound" if run.agrees else "OUTSIDE its bound"
        facts += [
            (
                "classical, sampled",
                f"{run.estimate_flops:,} FLOP, then {short(run.flops_per_class)} for each class, "
                f"at total variation {run.epsilon:g}",
            ),
            (
                "the run of it",
                f"{run.count:,} classes, {run.distance:.3f} from the exact probabilities, "
                f"{verdict}: {run.error_bound:.3f} and {run.noise:.3f} of noise",
            ),
            (
                "its work",
                f"{run.input_entries:,} entries, {run.input_samples:,} samples of the input; "
                f"{', '.join(f'{x:,}' for x in run.neurons)} neurons; {run.matrix_entries:,} "
                f"entries of the matrix; accepted {', '.join(f'{x:.3g}' for x in run.survival)}",
            ),
        ]
    for each in found.memory:
        use = f", {formula_text(each.matrix)} a use of the matrix"
        matrix = "" if found.signal is None else use
        facts.append(
            (
                f"QRAM, regime {each.regime}",
                f"{formula_text(each.cells)} cells; active, in CSWAP: {formula_text(each.query)} "
                f"a query, {formula_text(each.load)} to load the input{matrix}",
            )
        )
    return facts


def _total(distance: float) -> str:
    return f"{distance:.2e} in total variation"


def _runs(found: Honesty) -> Table:
    table = Table(box=None, padding=(0, 1), pad_edge=False, header_style="dim")
    table.add_column("runs, confidence")
    kinds = ("exact", "off") if found.runs[0].distance is not None else ("exact",)
    for kind in kinds:
        for method in ("Hoeffding", "Chernoff", "pairwise"):
            table.add_column(f"{method} {kind}", justify="right")
    for row in found.runs:
        cells = [cell for kind in kinds for cell in _cells(getattr(row, kind))]
        table.add_row(f"{row.confidence:g}", *cells)
    return table


def _cells(runs: ShotsNeeded | None) -> tuple[str, ...]:
    if runs is None:
        return ("margin lost",) * 3
    return short(runs.hoeffding), short(runs.chernoff), short(runs.pairwise)
