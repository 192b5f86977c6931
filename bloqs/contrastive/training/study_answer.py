"""`study contrastive`: runs of several arms with many seeds, each kept in a file, compared."""

import statistics
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from attrs import asdict, evolve

from bloqs.contrastive.parameters import BASELINES, CIRCUIT_ARMS, SAMPLED, STUDY_ARMS, UNTRAINED
from bloqs.contrastive.training.image_data import Images, images_of
from bloqs.contrastive.training.linear_probe import pixels_probed
from bloqs.contrastive.training.run_outcome import LAYERS, TENTHS, WAYS, outcome
from bloqs.contrastive.training.run_settings import (
    OF_TRAINING,
    PLAIN_DEPTH,
    RunSettings,
    file_of,
    settings_kept,
    settings_of,
)
from bloqs.contrastive.training.training_run import USED, TrainingRun
from bloqs.training.checkpoint_file import check_same, versions
from bloqs.training.random_streams import settle_threads
from bloqs.training.run_folder import read_kept, run_folder
from estimator.ask.parameter import did_you_mean
from estimator.ask.question import Asked
from estimator.report.model import Report
from estimator.report.parts import Axis, Chart, Column, Line, Notes, Table
from estimator.report.plain import dumped
from estimator.report.text import PRECISE
from estimator.report.write_file import write_file
from estimator.statistics.group_differences import Record, holm, verdict_of

DEFAULT_ARMS = ("ring", "frozen", "identity", "classical")
MANY, FEW = 24, 8
"""Seeds where nobody says: of ring, identity and frozen, and of the rest."""

AGAINST = ("identity", "classical")
"""What every other arm is compared with, where it is among the arms."""

LAYERED = frozenset({*CIRCUIT_ARMS, "frozen", SAMPLED, *PLAIN_DEPTH})
"""Arms that have layers."""

WIDE = frozenset({*STUDY_ARMS} - {*BASELINES})
USERS = {
    "shots": {SAMPLED},
    "L": LAYERED,
    "W": WIDE,
    "probe": WIDE,
    **dict.fromkeys(OF_TRAINING, WIDE - {UNTRAINED}),
}
"""Arms by the parameters that they take, of those that not all take."""

PICTURE, TABLE, MARK = "picture.svg", "study.json", "settings.json"
PRIMARY = ("after", "chosen")
"""The number that counts: after the representation, epoch chosen on validation images."""

COMPONENTS = {"pixels": None, "components-4": 4, "components-8": 8}


def seeds_of(text: str | None, arms: tuple[str, ...]) -> dict[str, int]:
    """How many seeds each arm has; a baseline draws nothing and has one run.

    Raises:
        ValueError: if the text is neither a number nor numbers of arms.
    """
    found = {arm: MANY if arm in ("ring", "identity", "frozen") else FEW for arm in arms}
    parts = [] if text is None else [part.strip() for part in text.split(",")]
    for part in parts:
        arm, _, number = part.rpartition("=")
        if not (number.isdecimal() and len(number) < 9 and 1 <= int(number) <= 10_000) or (
            not arm and len(parts) > 1
        ):
            raise ValueError(
                f"--seeds is a number from 1 to 10000, or one an arm, ring=24,classical=8, got "
                f"{part[:40]!r}"
            )
        if arm and arm not in arms:
            raise ValueError(
                f"--seeds names {arm[:40]!r}, and the arms are {', '.join(arms)}"
                f"{did_you_mean(arm, arms)}"
            )
        if arm in BASELINES and int(number) > 1:
            raise ValueError(
                f"the arm {arm} draws nothing and has one run, got --seeds {part[:40]!r}"
            )
        found |= {arm: int(number)} if arm else dict.fromkeys(arms, int(number))
    return {arm: 1 if arm in BASELINES else number for arm, number in found.items()}


def answer(asked: Asked) -> Report:
    """All runs that are not there yet, and what they show together.

    Raises:
        ValueError: in one sentence, before any work.
    """
    arms = tuple(asked.get("arms", DEFAULT_ARMS))
    for name, users in USERS.items():
        if asked.get(name) is not None and not users & {*arms}:
            raise ValueError(f"no arm of {', '.join(arms)} takes --{name}; leave it out")
    seeds = seeds_of(asked.get("seeds"), arms)
    plan = {
        (arm, seed): settings_of(asked, arm, seed, is_study=True)
        for arm in arms
        for seed in range(seeds[arm])
    }
    first = next(iter(plan.values()))
    images = images_of(first.data, first.classes, first.split, first.place)
    first.check(images)
    out = Path(asked.get("out"))
    settle_threads()
    with run_folder(out, bool(asked.get("resume")), MARK) as is_begun:
        return _studied(asked, plan, images, out, is_begun)


def _studied(
    asked: Asked, plan: Mapping[tuple[str, int], RunSettings], images: Images, out: Path,
    is_begun: bool,
) -> Report:  # fmt: skip
    """All runs that are left, in a folder of our own."""
    first = next(iter(plan.values()))
    shared = {name: x for name, x in first.named.items() if name in SHARED} | versions(*USED)
    if is_begun:
        check_same("this study", read_kept(out / MARK), shared)
    else:
        write_file(out / MARK, dumped(shared).encode())
    found: dict[str, list[Any]] = {arm: [] for arm, _ in plan}
    for (arm, seed), settings in asked.track(list(plan.items()), "runs"):
        file = file_of(out, arm, seed)
        if not file.exists():
            start = time.process_time()
            metrics = metrics_of(arm, settings, images)
            seconds = time.process_time() - start
            made = {"settings": settings.named, "metrics": metrics, "cpu_seconds": seconds}
            write_file(file, dumped(made).encode())
        found[arm].append(metrics_in(file, settings))
    report = study_report(asked, shared, found)
    report.picture(out / PICTURE)
    write_file(out / TABLE, dumped(report.plain()).encode())
    return report


def metrics_in(file: Path, settings: RunSettings) -> list[dict[str, Any]]:
    """The metrics of a run that was kept.

    Raises:
        ValueError: if the file is damaged, or of a run with other settings.
    """
    kept = read_kept(file, "settings", "metrics")
    metrics: list[dict[str, Any]] = kept["metrics"]
    try:
        values = [x for layer in outcome(metrics).values() for x in layer.values()]
        is_whole = isinstance(kept["settings"], dict) and all(0 <= x <= 100 for x in values)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        is_whole = False
    if not is_whole:
        raise ValueError(f"the run {file} is damaged; remove it")
    check_same(f"the run {file}", settings_kept(kept["settings"]), settings.named)
    return metrics


SHARED = ("width", "batch", "every", "temperature", "rate", "data", "folder", "classes", "split",
          "probe")  # fmt: skip
"""Settings that all arms of a study have in common."""


def metrics_of(arm: str, settings: RunSettings, images: Images) -> list[dict[str, Any]]:
    """A whole run, or a baseline's probe."""
    if arm in BASELINES:
        seen = asdict(pixels_probed(images, COMPONENTS[arm]))
        return [{"step": 0, "loss": None, "after": seen, "before": seen}]
    run = TrainingRun(settings, images)
    while not run.is_done:
        run.advance()
    return run.metrics


def study_report(asked: Asked, shared: Mapping[str, Any], found: Mapping[str, list[Any]]) -> Report:
    """Medians, means and every run; differences with intervals and verdicts."""
    results = {arm: [outcome(metrics) for metrics in runs] for arm, runs in found.items()}
    layer, way = PRIMARY
    runs = {arm: [each[layer][way] for each in rows] for arm, rows in results.items()}
    rows = []
    for arm, each in results.items():
        row: dict[str, Any] = {"arm": arm, "runs": len(each)}
        row["median"] = statistics.median(runs[arm])
        row["mean"] = statistics.mean(runs[arm])
        row["deviation"] = statistics.stdev(runs[arm]) if len(each) > 1 else None
        row["before"] = statistics.median(x["before"]["chosen"] for x in each)
        row["last"] = statistics.median(x["after"]["last"] for x in each)
        row["best"] = statistics.median(x["after"]["best"] for x in each)
        row["every_run"] = runs[arm]
        rows.append(row)
    numbers = [
        Column(key=key, label=label, style=TENTHS, align="right")
        for key, label in (
            ("median", "median"), ("mean", "mean"), ("deviation", "sd"), ("before", "before"),
            ("last", "last"), ("best", "best"),
        )
    ]  # fmt: skip
    columns = [Column(key="arm"), Column(key="runs", align="right"), *numbers]
    everything = {arm: [{x: y[x] for x in LAYERS} for y in each] for arm, each in results.items()}
    margin = asked.get("margin", 3.0)
    lines = (
        "Accuracy of the test images in %. median, mean, sd: after the representation, epoch "
        "chosen on validation images, which alone counts; before: the same epoch before the "
        "representation; last: last epoch; best: best on the test images, the published habit.",
        "Differences are paired by seed. Intervals are by t at 95 %, of each arm alone; p Holm is "
        "the p of t corrected for all arms of its table, and decides the verdict; equivalent: "
        f"within {margin} points by two one-sided tests, of each arm alone. Arms with fewer than "
        "three pairs, or with one difference in all of them, are left out. All arms share the "
        "test images, whose own error comes on top.",
    )
    dots = Chart(
        key="every_run_dots",
        title="Test accuracy after the representation, each run a dot",
        x=Axis(label="arm"),
        y=Axis(label="%"),
        lines=[
            Line(label=arm, x=[k] * len(values), y=sorted(values), is_classical=False)
            for k, (arm, values) in enumerate(runs.items(), 1)
        ],
    )
    return Report(
        title="contrastive, study",
        settings={name: x for name, x in shared.items() if x != ""} | {"margin": margin},
        parts=(
            Table(key="arms", columns=columns, rows=rows),
            *differences(runs, margin),
            Notes(key="notes", lines=lines),
            Table(
                key="every_run",
                columns=[Column(key=x) for x in ("arm", "seed", "layer", *WAYS)],
                rows=[
                    {"arm": arm, "seed": seed, "layer": x, **each[x]}
                    for arm, all_runs in everything.items()
                    for seed, each in enumerate(all_runs)
                    for x in LAYERS
                ],
                place="data",
            ),
            dots,
        ),
    )


def differences(runs: Mapping[str, list[float]], margin: float) -> list[Table]:
    """Each arm less the identity, and less the classical network, seed by seed."""
    tables = []
    for against in AGAINST:
        compared = []
        for arm in (x for x in runs if against in runs and x not in (against, *BASELINES)):
            size = min(len(runs[arm]), len(runs[against]))
            pair = {name: tuple(runs[name][:size]) for name in (arm, against)}
            if size < 3 or np.ptp(np.subtract(pair[arm], pair[against])) == 0:
                continue  # no spread, no interval
            record = Record(
                data="this study", quantity="test accuracy [%]", runs=pair, against=against,
                margin=margin, is_paired=True, is_corrected=False,
            )  # fmt: skip
            compared.append((size, record.judged()[arm]))
        corrected = holm([each.p_value for _, each in compared]) if compared else []
        rows = []
        for (size, each), p in zip(compared, corrected, strict=True):
            judged = evolve(each, holm=p, verdict=verdict_of(each, p))
            rows.append(
                {
                    "arm": judged.arm, "pairs": size, "mean": judged.mean,
                    "from": judged.interval[0], "to": judged.interval[1],
                    "permuted": judged.permuted, "holm": judged.holm, "verdict": judged.verdict,
                }
            )  # fmt: skip
        if rows:
            columns = [
                Column(key="arm", label=f"less {against}"),
                Column(key="pairs", align="right"),
                *(Column(key=x, style=TENTHS, align="right") for x in ("mean", "from", "to")),
                Column(key="permuted", label="p permuted", style=PRECISE, align="right"),
                Column(key="holm", label="p Holm", style=PRECISE, align="right"),
                Column(key="verdict"),
            ]
            tables.append(Table(key=f"less_{against}", columns=columns, rows=rows, is_section=True))
    return tables
