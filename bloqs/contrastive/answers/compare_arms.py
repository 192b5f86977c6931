"""What learned features are worth: accuracy against shots, arms with intervals, side by side."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bloqs.contrastive.parameters import SAMPLED
from bloqs.contrastive.rivals.published_runs import EARLY, LATE, SOURCE
from bloqs.contrastive.rivals.study_runs import (
    PACKAGED,
    Study,
    Summary,
    read_study,
    summary,
)
from estimator.report.parts import Axis, Chart, Column, Kind, Line, Notes, Part, Table
from estimator.report.text import COUNT, Style

TENTHS = Style("tenths", lambda value: "-" if value is None else f"{value:.1f}")
"""Percent to a tenth; a dash where there is none."""

SHOTS = 100
"""Of the published arms with shots. Unit: shots."""

PLOTTED = (25, 400)
"""Where a line that has no shots begins and ends in a chart. Unit: shots."""

Runs = Mapping[str, Sequence[float]]


def arm_parts(study: Path | None) -> list[Part]:
    """Tables and charts of the published runs, and of a study of ours.

    Raises:
        ValueError: if the study cannot be read.
    """
    sets: dict[str, Runs] = {"published, batch 176": LATE, "published, batch 92": EARLY}
    if study is None and PACKAGED.exists():
        study = PACKAGED
    ours = None if study is None else read_study(study)
    if study is not None and ours is not None:
        sets[f"ours, {study.stem}"] = ours.runs
    rows = [
        {"data": name, "arm": arm, **_row(summary(values)), "every_run": list(values)}
        for name, runs in sets.items()
        for arm, values in runs.items()
    ]
    numbers = [
        Column(key=key, label=label, unit="%", style=TENTHS, align="right")
        for key, label in (
            ("median", "median"), ("mean", "mean"), ("low", "95 % from"), ("high", "to"),
        )
    ]  # fmt: skip
    columns = [
        Column(key="data"),
        Column(key="arm"),
        Column(key="runs", style=COUNT, align="right", kind=Kind.PUBLISHED),
        *numbers,
    ]
    heading = "accuracy of a linear probe, % of test images"
    table = Table(key="arms", columns=columns, rows=rows, heading=heading, is_section=True)
    charts = [_chart(number, name, runs) for number, (name, runs) in enumerate(sets.items())]
    lines = [
        f"published: {SOURCE}; largest of 100 epochs on the test images, five classes of CIFAR-10",
        "intervals are of the mean, by t, of the runs of an arm alone; differences with their "
        "verdicts: quledger check contrastive.published",
    ]
    notes = Notes(key="accuracy_notes", lines=lines)
    return [table, notes, shots_chart(), *own_shots_charts(ours), *charts]


def _row(found: Summary) -> dict[str, Any]:
    return {
        "runs": found.runs, "median": found.median, "mean": found.mean, "low": found.low,
        "high": found.high,
    }  # fmt: skip


def shots_chart() -> Chart:
    """The published ring with and without shots, after both batches, and the classical network."""
    lines: list[Line] = []
    for name, runs in (("batch 176", LATE), ("batch 92", EARLY)):
        sampled = summary(runs["ring, 100 shots"])
        lines += [
            Line(label=f"ring, exact, {name}", x=PLOTTED, y=(summary(runs["ring"]).mean,) * 2),
            _bar(f"ring, {SHOTS} shots, {name}", SHOTS, sampled),
            Line(
                label=f"classical, {name}",
                x=PLOTTED,
                y=(summary(runs["classical"]).mean,) * 2,
                is_classical=True,
            ),
        ]
    return Chart(
        key="chart_shots",
        title="published accuracy against shots in training and probe; bars: 95 % of the mean",
        x=Axis(label="shots of a circuit", is_logarithmic=True),
        y=Axis(label="test accuracy [%]"),
        lines=lines,
    )


def own_shots_charts(ours: Study | None) -> list[Chart]:
    """The same of our study, if it has the ring both ways and says with how many shots."""
    if ours is None or ours.shots is None or not {"ring", SAMPLED} <= ours.runs.keys():
        return []
    shots, ends = ours.shots, (ours.shots / 4, ours.shots * 4)
    flat = [
        Line(label=label, x=ends, y=(summary(ours.runs[arm]).mean,) * 2, is_classical=is_classical)
        for arm, label, is_classical in (
            ("ring", "ring, exact", False),
            ("identity", "identity", True),
            ("classical", "classical", True),
        )
        if arm in ours.runs
    ]
    bar = _bar(f"ring, {shots} shots", shots, summary(ours.runs[SAMPLED]))
    return [
        Chart(
            key="chart_own_shots",
            title="accuracy of our study against shots; bar: 95 % of the mean",
            x=Axis(label="shots of a circuit", is_logarithmic=True),
            y=Axis(label="test accuracy [%]"),
            lines=[*flat, bar],
        )
    ]


def _chart(number: int, name: str, runs: Runs) -> Chart:
    """Arms side by side, a bar from end to end of the interval through the mean."""
    return Chart(
        key=f"chart_arms_{number}",
        title=f"arms, {name}: mean and its interval, 95 %",
        x=Axis(label="arm"),
        y=Axis(label="test accuracy [%]"),
        lines=[
            _bar(arm, place, summary(values)) for place, (arm, values) in enumerate(runs.items(), 1)
        ],
    )


def _bar(label: str, x: int, found: Summary) -> Line:
    ends = [each for each in (found.low, found.mean, found.high) if each is not None]
    return Line(label=label, x=[x] * len(ends), y=ends)
