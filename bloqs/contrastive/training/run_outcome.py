"""What a run came to, from its metrics: three ways to choose the epoch, and curves."""

from collections.abc import Sequence
from typing import Any

from estimator.report.parts import Axis, Chart, Line
from estimator.report.text import Style

TENTHS = Style("tenths", lambda value: "" if value is None else f"{value:.1f}")
"""Percent and points as a person reads them."""

WAYS = ("last", "chosen", "best")
"""The last probe; the one with the best validation accuracy; the best on the test images."""

LAYERS = ("after", "before")
"""Features after the representation, and before it."""


def probes(metrics: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows in which a probe was fitted."""
    return [row for row in metrics if row.get("after")]


def outcome(metrics: Sequence[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Test accuracy by layer and way, in percent.

    The epoch is chosen after the representation, on validation images, the first of equals; the
    best on the test images is the published habit, and takes each layer for itself.
    """
    rows = probes(metrics)
    chosen = max(rows, key=lambda row: row["after"]["validation"])
    return {
        layer: {
            "last": 100 * rows[-1][layer]["test"],
            "chosen": 100 * chosen[layer]["test"],
            "best": 100 * max(row[layer]["test"] for row in rows),
        }
        for layer in LAYERS
    }


def curves(metrics: Sequence[dict[str, Any]]) -> tuple[Chart, ...]:
    """Loss, accuracy, and where there are states their distances, against steps."""
    rows = probes(metrics)
    steps = Axis(label="step")
    losses = [row for row in metrics if row["loss"] is not None]
    found = []
    if losses:
        line = _line("loss", losses, lambda row: row["loss"])
        found.append(Chart(key="loss", title="Loss", x=steps, y=Axis(label="nats"), lines=(line,)))
    lines = [
        _line(f"{layer}: {part}", rows, lambda row, a=layer, b=part: 100 * row[a][b])
        for layer in LAYERS
        for part in ("validation", "test")
    ]
    title = "Linear probe"
    found.append(Chart(key="accuracy", title=title, x=steps, y=Axis(label="%"), lines=lines))
    if rows[0]["class_distance"] is not None:
        lines = [
            _line(f"{name} distance", rows, lambda row, a=name: row[f"{a}_distance"])
            for name in ("class", "pair")
        ]
        title = "Hilbert-Schmidt distance"
        found.append(
            Chart(key="distances", title=title, x=steps, y=Axis(label="distance"), lines=lines)
        )
    return tuple(found)


def _line(label: str, rows: Sequence[dict[str, Any]], value: Any) -> Line:
    return Line(label=label, x=[row["step"] for row in rows], y=[value(row) for row in rows])
