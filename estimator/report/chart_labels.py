"""Words in a panel of a chart: names at the ends of curves, and where curves cross."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.text import Text
from matplotlib.transforms import Bbox, ScaledTranslation
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression

from estimator.report.ink import INK
from estimator.report.parts import Mark

SIZE = 7.0
"""Of all these words. Unit: points."""

BESIDE = 14.0
"""From the panel to a name. Unit: points."""

APART = 1.5
"""Least distance of two names. Unit: points."""

NEAR = 14.0
"""Marks that say the same are told once if they are nearer than this. Unit: points."""

PLACES = tuple(
    (right * 6 * far, up * 6 * far) for far in (1, 2, 3, 5) for up in (-1, 1) for right in (1, -1)
)
"""Where the words of a mark may stand, from the mark, in order of preference. Unit: points."""


def name_end(axes: Any, x: float, y: float, label: str, colour: str) -> Text:
    """The name of a curve beside the panel, with a thin line to the curve's last point."""
    right = ScaledTranslation(BESIDE / 72, 0, axes.figure.dpi_scale_trans)
    height = axes.transAxes.inverted().transform(axes.transData.transform((x, y)))[1]
    named: Text = axes.annotate(
        label, (x, y), xytext=(1.0, float(height)), textcoords=axes.transAxes + right, va="center",
        fontsize=SIZE, color=colour, annotation_clip=False, parse_math=False,
        arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.5, "shrinkA": 1,
                    "shrinkB": 0, "relpos": (0.0, 0.5)},
    )  # fmt: skip
    return named


def extent(text: Text) -> Bbox:
    """Where a text stands, without the line to what it names. Unit: pixels."""
    text.get_window_extent()  # puts an annotation where it belongs
    return Text.get_window_extent(text)


def spread_names(axes: Any, names: Sequence[Any]) -> None:
    """Move names beside a panel apart where they would overlap, as little as that takes."""
    if not names:
        return
    gap = APART * axes.figure.dpi / 72
    low, high = axes.bbox.y0, axes.bbox.y1
    wanted = [float(axes.transData.transform(name.xy)[1]) for name in names]
    order = sorted(range(len(names)), key=lambda number: wanted[number])
    tall = [extent(names[number]).height + gap for number in order]
    offsets = np.concatenate([[0.0], np.cumsum([(a + b) / 2 for a, b in pairwise(tall)])])
    free = [wanted[number] - offset for number, offset in zip(order, offsets, strict=True)]
    nearest = isotonic_regression(free).x
    bottom = np.clip(nearest, low, max(low, high - offsets[-1]))
    for number, height in zip(order, bottom + offsets, strict=True):
        place = axes.transAxes.inverted().transform((0.0, float(height)))[1]
        names[number].set_position((1.0, float(place)))


def mark_crossings(axes: Any, marks: Sequence[Mark], names: Sequence[Any]) -> None:
    """Circles where curves cross, and words beside them that keep clear of each other."""
    scale = axes.figure.dpi / 72
    points = [axes.transData.transform((float(mark.x), float(mark.y))) for mark in marks]
    limits = (axes.get_xlim(), axes.get_ylim())
    for mark in marks:
        axes.plot(float(mark.x), float(mark.y), "o", color=INK, markersize=6, fillstyle="none")
    axes.set_xlim(limits[0])
    axes.set_ylim(limits[1])
    taken = [extent(name) for name in names]
    taken += [Bbox.from_extents(*(point - 4 * scale), *(point + 4 * scale)) for point in points]
    curves = np.concatenate([_along(line) for line in axes.lines] or [np.empty((0, 2))])
    told: list[tuple[str, NDArray[np.float64]]] = []
    for mark, point in zip(marks, points, strict=True):
        near = [at for label, at in told if label == mark.label]
        if any(np.hypot(*(at - point)) < NEAR * scale for at in near):
            continue
        told.append((mark.label, point))
        word = axes.annotate(
            mark.label, (float(mark.x), float(mark.y)), xytext=(0, 0),
            textcoords="offset points", fontsize=SIZE, color=INK, parse_math=False,
        )  # fmt: skip
        worst = [_clashes(_moved(word, place), axes.bbox, taken, curves) for place in PLACES]
        taken.append(_moved(word, PLACES[worst.index(min(worst))]))


def _moved(word: Any, place: tuple[float, float]) -> Bbox:
    """Put a word at a place beside its mark, and say where it stands then."""
    right, up = place
    word.set_position(place)
    word.set_horizontalalignment("left" if right > 0 else "right")
    word.set_verticalalignment("bottom" if up > 0 else "top")
    return extent(word)


def _clashes(
    box: Bbox, panel: Bbox, taken: Sequence[Bbox], curves: NDArray[np.float64]
) -> tuple[int, int]:
    """With how many words and edges a box would overlap, and how much of curves it would hide."""
    outside = box.x0 < panel.x0 or box.x1 > panel.x1 or box.y0 < panel.y0 or box.y1 > panel.y1
    inside = (
        (box.x0 <= curves[:, 0])
        & (curves[:, 0] <= box.x1)
        & (box.y0 <= curves[:, 1])
        & (curves[:, 1] <= box.y1)
    )
    return box.count_overlaps(taken) + outside, int(inside.sum())


def _along(line: Any) -> NDArray[np.float64]:
    """Points on a drawn curve, a few pixels apart. Array of shape (n, 2). Unit: pixels."""
    corners = line.axes.transData.transform(line.get_xydata())
    if len(corners) < 2:
        return np.empty((0, 2))
    steps = [
        np.linspace(a, b, 2 + int(np.hypot(*(b - a)) / 2), endpoint=False)
        for a, b in pairwise(corners)
    ]
    return np.concatenate([*steps, corners[-1:]])
