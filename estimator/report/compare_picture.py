"""Cost against length, quantum and classical, on logarithmic axes."""

import textwrap
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bloqs.resnet.rivals.baselines import Baseline
from estimator.compare.sweep import Row, SizeComparison
from estimator.report.compare_view import ENDS, by_value, plain
from estimator.report.ink import COOL, HOT, INK, QUIET, write_figure

FORMATS = ("svg", "png")

COLOURS = {"1": COOL, "2": HOT, "3": "#009e73"}
"""Of the regimes; of Okabe and Ito's palette."""

DASHES: dict[str, Any] = {"tight": "-", "published": ":", "fixed_point": "--"}
"""Of the variants."""

MARKERS = {
    "ideal": "o",
    "bucket-brigade": "s",
    "qroam-clean": "^",
    "select-swap": "v",
    "qrom": "D",
    "circuit": "x",
}
"""Of the memories."""

CLASSICAL: dict[str, Any] = {"exact": "-", "exact, parallel": "-.", "sampler": "--"}
"""Dashes of the classical algorithms; the cheaper of two is not drawn again."""

PARALLEL_WORK = ("exact, parallel", "gates")
"""The FLOP of the exact evaluation, which have a line already."""

FOOT_WIDTH = 210
"""Most characters in a line under the axes."""

FOOT_LINE = 0.14
"""Height of such a line. Unit: inches."""


def picture_format(path: Path) -> str:
    """The format that the name of a picture asks for.

    Raises:
        ValueError: if it is none of `FORMATS`.
    """
    fmt = path.suffix.lstrip(".").lower()
    if fmt not in FORMATS:
        raise ValueError(f"a picture must be named .svg or .png, got {path}")
    return fmt


def draw_sizes(found: SizeComparison, path: Path) -> None:
    """Write the picture: gates and depth in columns, a row for each kind of output.

    Raises:
        ValueError: if the name has another ending than .svg and .png, or it cannot be written.
    """
    fmt = picture_format(path)
    outputs = list(dict.fromkeys(row.output for row in found.rows))
    lines = [line for each in assumptions(found) for line in textwrap.wrap(each, FOOT_WIDTH)]
    height = 1.2 + 4.4 * len(outputs) + FOOT_LINE * len(lines)
    figure = Figure(figsize=(12.5, height), facecolor="white", layout="tight")
    grid = figure.subplots(len(outputs), 2, squeeze=False)
    for axes, output in zip(grid, outputs, strict=True):
        rows = [row for row in found.rows if row.output == output]
        classical = [x for x in found.baselines if x.has_matrix == (output == "linear-pool")]
        for ax, measure in zip(axes, ("gates", "depth"), strict=True):
            _panel(ax, found, rows, classical, measure)
            ax.set_title(ENDS[output], fontsize=10, color=INK)
        axes[-1].legend(
            handles=_keys(rows, classical),
            loc="upper left",
            bbox_to_anchor=(1.02, 1.0),
            fontsize=8,
            frameon=False,
            handlelength=3.0,
        )
    figure.suptitle(_title(found), fontsize=11, color=INK)
    figure.supxlabel(
        "\n".join(lines), x=0.01, ha="left", fontsize=7, color=INK, linespacing=1.3,
        parse_math=False,
    )  # fmt: skip
    write_figure(path, figure, fmt)


def assumptions(found: SizeComparison) -> list[str]:
    """What stands under the axes: every number that went in, and what the costs leave out."""
    numbers = ", ".join(f"{name} = {plain(value)}" for name, value in found.settings.items())
    lines = [f"fixed: {numbers}"]
    lines += [f"assumed: {', '.join(names)} ({why})" for why, names in by_value(found.assumed)]
    if any(row.memory == "ideal" for row in found.rows):
        lines.append("ideal: a query of the quantum memory costs nothing")
    lines.append(
        "the exact evaluation gives all class probabilities at once; a run of the circuit gives "
        "one sample of a class"
    )
    if found.undecided is not None:
        lines.append(f"undecided: {found.undecided}")
    return lines


def _title(found: SizeComparison) -> str:
    shown = ("k", "C", "D", "epsilon", "length")
    settings = ", ".join(f"{name} = {found.settings[name]:.4g}" for name in shown)
    return f"{found.title} ({settings}); one FLOP against one Toffoli-like gate"


def _panel(
    ax: Any, found: SizeComparison, rows: list[Row], classical: list[Baseline], measure: str
) -> None:
    lengths = [2.0**n for n in found.sizes]
    for row in rows:
        costs = [float(getattr(point, measure)) for point in row.points]
        ax.plot(
            lengths,
            costs,
            color=COLOURS[row.regime],
            linestyle=DASHES[row.variant],
            marker=MARKERS[row.memory],
            markersize=4,
            linewidth=1.2,
            gid=row.name,
        )
    for baseline in classical:
        if baseline.name not in CLASSICAL or (baseline.name, measure) == PARALLEL_WORK:
            continue
        price = baseline.work if measure == "gates" else baseline.layers
        known = [(N, price(n)) for N, n in zip(lengths, found.sizes, strict=True)]
        points = [(N, float(cost)) for N, cost in known if cost is not None]
        if points:
            xs, ys = zip(*points, strict=True)
            ax.plot(xs, ys, color=INK, linestyle=CLASSICAL[baseline.name], linewidth=2.0)
    ax.set_xscale("log", base=2)
    ax.set_yscale("log")
    ax.set_xlabel("N, length of the vector with channels", fontsize=9)
    kind = "gates, or FLOP" if measure == "gates" else "layers, or FLOP in sequence"
    ax.set_ylabel(kind, fontsize=9)
    ax.grid(True, color=QUIET, alpha=0.25, linewidth=0.5)
    ax.tick_params(labelsize=8)


def _keys(rows: list[Row], classical: list[Baseline]) -> list[Line2D]:
    """Colours, dashes and markers, each explained once."""
    keys = [
        Line2D([], [], color=COLOURS[regime], linewidth=3, label=f"regime {regime}")
        for regime in dict.fromkeys(row.regime for row in rows)
    ]
    keys += [
        Line2D([], [], color=QUIET, linestyle=DASHES[variant], label=variant)
        for variant in dict.fromkeys(row.variant for row in rows)
    ]
    keys += [
        Line2D([], [], color=QUIET, linestyle="", marker=MARKERS[memory], label=memory)
        for memory in dict.fromkeys(row.memory for row in rows)
    ]
    keys += [
        Line2D([], [], color=INK, linestyle=CLASSICAL[each.name], linewidth=2,
               label=f"classical: {each.name}")
        for each in classical
        if each.name in CLASSICAL
    ]  # fmt: skip
    return keys
