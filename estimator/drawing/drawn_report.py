"""Draw what a report of cost is about."""

import tempfile
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from estimator.ask.parameter import quoted

if TYPE_CHECKING:
    from estimator.report.drawing import Drawing
    from estimator.report.model import Report

KINDS = ("callgraph", "circuit")
"""What can be drawn of a bloq."""

DRAWINGS = ("svg", "png", "pdf", "txt")
"""What a drawing can be written as."""

QUBITS_WIDTH = 40
"""Longest number of qubits in the title of a drawing. Unit: characters."""


def drawing_format(file: str | Path, kind: str, fmt: str | None, reads: Any = ()) -> str:
    """The format of a drawing: the one named, else what the file's ending says, else SVG.

    Raises:
        ValueError: if there is no such kind or format, or the file cannot be written or is read.
    """
    check_kind(kind)
    if fmt is not None and fmt not in DRAWINGS:
        raise ValueError(f"--format must be one of {', '.join(DRAWINGS)}, got {quoted(fmt)}")
    ending = Path(file).suffix.removeprefix(".").lower()
    if fmt is None and ending and ending not in DRAWINGS:
        raise ValueError(
            f"a drawing must be named .{', .'.join(DRAWINGS)}, got {file}; or give --format"
        )
    import_module("estimator.report.write_file").check_writable(file, reads)
    return fmt or ending or DRAWINGS[0]


def check_kind(kind: str) -> None:
    """Refuse a kind of drawing that there is not.

    Raises:
        ValueError: if it is none of `KINDS`.
    """
    if kind not in KINDS:
        raise ValueError(f"--kind must be one of {', '.join(KINDS)}, got {quoted(kind)}")


def svg_of(answer: "Report | Sequence[Report]", kind: str, layer: int = 1) -> str:
    """The drawing of the bloq of a cost report as an SVG document.

    Raises:
        ValueError: as `draw_report` does.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "drawing.svg"
        draw_report(answer, file, kind, "svg", layer)
        return file.read_text(encoding="utf-8")


def drawing_of(answer: "Report | Sequence[Report]", kind: str, layer: int = 1) -> "Drawing":
    """The drawing of the bloq of a cost report, for a notebook to show.

    Raises:
        ValueError: as `draw_report` does.
    """
    title = (answer[0] if isinstance(answer, Sequence) else answer).title
    made: Drawing = import_module("estimator.report.drawing").Drawing(
        f"{kind} of {title}", svg_of(answer, kind, layer)
    )
    return made


def draw_report(
    answer: "Report | Sequence[Report]", file: str | Path, kind: str, fmt: str | None, layer: int
) -> None:
    """Draw the bloq of a cost report, one of several by its number.

    Raises:
        ValueError: as `draw` does.
    """
    chosen = drawing_format(file, kind, fmt)
    reports = answer if isinstance(answer, Sequence) else (answer,)
    drawable = [each for each in reports if each.bloq is not None]
    if not drawable:
        raise ValueError(f"{reports[0].title} has no circuit here, so there is nothing to draw")
    if not 1 <= layer <= len(drawable):
        limit = "at least 1" if layer < 1 else f"at most {len(drawable)} here"
        raise ValueError(f"--layer must be {limit}, got {layer}")
    module = import_module(f"estimator.drawing.{kind}")
    chosen_report = drawable[layer - 1]
    bloq, words = chosen_report.bloq, (drawing_title(chosen_report), _per_rotation(chosen_report))
    draw = partial(getattr(module, f"draw_{kind}"), bloq, file, chosen, *words)
    import_module("estimator.costs.any_bloq").done_or_refused(draw, bloq)


def _per_rotation(report: "Report") -> int:
    """T gates of a rotation as the cost counts them, 1 if it does not say."""
    price: Any = next((part for part in report.parts if part.key == "rotation_price"), None)
    return int({row.key: row.value for row in getattr(price, "rows", ())}.get("t_per_rotation", 1))


def drawing_title(report: "Report") -> str:
    """What a drawing is of: file and layer, or question; variant, loader, bits; qubits."""
    chosen = [
        str(report.settings[name]) for name in ("variant", "loader") if name in report.settings
    ]
    parts = {part.key: part for part in report.parts}
    facts = {row.key: row.value for row in getattr(parts.get("facts"), "rows", ())}
    bits = report.settings.get("b", facts.get("b", getattr(report.bloq, "b", None)))
    said = [*chosen, *([f"b = {bits}"] if isinstance(bits, int) else [])]
    if "qubits" in parts:
        shortened = import_module("estimator.report.formula").expression_text
        said.append(f"{shortened(parts['qubits'].value, QUBITS_WIDTH)} qubits")  # type: ignore[union-attr]
    return f"{report.title}: {', '.join(said)}" if said else report.title
