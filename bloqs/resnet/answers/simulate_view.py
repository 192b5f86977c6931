"""Simulated layers and class probabilities for the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bloqs.resnet.answers.class_sample import FEWEST, ClassSample
from bloqs.resnet.answers.simulate_layers import LayerRun

HEADINGS = ("layer", "one circuit", "fidelity", "qubits", "gates", "calls", "error", "claimed", "")


def show(
    title: str,
    note: str,
    runs: Sequence[LayerRun],
    sample: ClassSample | None,
    console: Console,
) -> None:
    """Print a row for each layer, then the classes if they were sampled."""
    console.print(f"[bold cyan]{title}[/]")
    if note:
        console.print(note)
    table = Table(box=None, padding=(0, 1), pad_edge=False, header_style="dim")
    for heading in HEADINGS:
        left = heading in HEADINGS[:3] or not heading
        table.add_column(heading, justify="left" if left else "right", no_wrap=True)
    for run in runs:
        verdict = "[green]holds[/]" if run.holds else "[bold red]FAILS[/]"
        table.add_row(
            run.layer, str(run.coherent), str(run.fidelity), f"{run.qubits}",
            f"{run.operations:,}", f"{run.calls:,}", f"{run.error:.1e}", f"{run.claimed:.1e}",
            verdict,
        )  # fmt: skip
    console.print(table)
    phase = ", up to a phase" if runs[-1].is_up_to_phase else ""
    console.print(
        f"error: l2 distance of the encoded vector from NumPy's{phase}; claimed: the bloq's "
        f"epsilon. calls: of the layer before. gates: of the run, a part left whole counts as one. "
        f"As one circuit, the layers call the input {runs[-1].input_calls:,} times.",
        style="dim",
    )
    if sample is not None:
        _show_classes(sample, console)


def _show_classes(sample: ClassSample, console: Console) -> None:
    table = Table(box=None, padding=(0, 1), pad_edge=False, header_style="dim")
    for heading in ("class", "NumPy", "sampled", "shots"):
        table.add_column(heading, justify="right", no_wrap=True)
    for number, expected in enumerate(sample.expected):
        table.add_row(
            f"{number}",
            f"{expected:.4f}",
            f"{sample.frequencies[number]:.4f}",
            f"{sample.counts[number]:,}",
        )
    console.print(table)
    console.print(
        f"{sample.shots:,} shots, {sample.failures:,} more failed; chi-square p = "
        f"{sample.p_value:.3f} (classes of fewer than {FEWEST} expected shots together)"
    )
