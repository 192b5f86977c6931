"""`train contrastive`: a run with checkpoints, metrics as JSON lines and a picture."""

import time
from pathlib import Path
from typing import Any

from bloqs.contrastive.training.image_data import images_of
from bloqs.contrastive.training.run_outcome import (
    LAYERS,
    TENTHS,
    WAYS,
    curves,
    outcome,
)
from bloqs.contrastive.training.run_settings import settings_kept, settings_of
from bloqs.contrastive.training.training_run import KIND, TrainingRun
from bloqs.training.checkpoint_file import check_same, load_checkpoint, save_checkpoint
from bloqs.training.run_folder import run_folder
from estimator.ask.question import Asked
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Notes, Table
from estimator.report.plain import line
from estimator.report.text import FEW
from estimator.report.write_file import write_file

CHECKPOINT, METRICS, PICTURE = "checkpoint.pt", "metrics.jsonl", "picture.svg"
"""Files of a run."""


def answer(asked: Asked) -> Report:
    """Train, or go on training.

    Raises:
        ValueError: in one sentence, before any work, but for a loss that is not finite.
    """
    settings = settings_of(asked, asked.get("arm"), asked.get("seed", 0))
    images = images_of(settings.data, settings.classes, settings.split, settings.place)
    settings.check(images)
    out = Path(asked.get("out"))
    with run_folder(out, bool(asked.get("resume")), CHECKPOINT) as is_begun:
        content = load_checkpoint(out / CHECKPOINT, KIND) if is_begun else None
        if content is not None:
            check_same("this run", settings_kept(content["settings"]), settings.named)
        return _trained(asked, TrainingRun(settings, images), out, content)


def _trained(asked: Asked, run: TrainingRun, out: Path, content: dict[str, Any] | None) -> Report:
    """All steps that are left."""
    start = time.process_time()
    if content is None:
        save_checkpoint(out / CHECKPOINT, KIND, run.content())
    else:
        run.restore(content)
    begun = run.step
    steps = range(run.step, run.settings.steps)
    for _ in asked.track(steps, f"training {run.settings.arm}"):
        run.advance()
        save_checkpoint(out / CHECKPOINT, KIND, run.content())
        write_file(out / METRICS, metric_lines(run.metrics))
    write_file(out / METRICS, metric_lines(run.metrics))
    seconds = time.process_time() - start
    report = run_report(run, begun, seconds)
    report.picture(out / PICTURE)
    return report


def metric_lines(metrics: list[dict[str, Any]]) -> bytes:
    """A line of JSON for each step."""
    return "".join(f"{line(row)}\n" for row in metrics).encode()


def run_report(run: TrainingRun, begun: int, seconds: float) -> Report:
    """What came of it."""
    found = outcome(run.metrics)
    rows = [
        {"layer": f"{layer} the representation", **{way: found[layer][way] for way in WAYS}}
        for layer in LAYERS
    ]
    named = {name: x for name, x in run.settings.named.items() if x not in (None, "")}
    columns = [
        Column(key="layer", label="probe"),
        Column(key="last", label="last epoch", unit="%", style=TENTHS, align="right"),
        Column(key="chosen", label="by validation", unit="%", style=TENTHS, align="right"),
        Column(key="best", label="best on test", unit="%", style=TENTHS, align="right"),
    ]
    facts = [
        Fact(key="steps", value=run.step - begun, label="steps now", unit="steps"),
        Fact(key="last_loss", value=run.metrics[-1]["loss"], label="last loss", unit="nats",
             style=FEW),
        Fact(key="cpu", value=seconds, label="time", unit="CPU-seconds", style=TENTHS),
    ]  # fmt: skip
    note = (
        "Only the epoch chosen on validation images counts; the best on test images is the "
        "published habit and leaks."
    )
    return Report(
        title=f"contrastive, {run.settings.arm}",
        settings=named,
        parts=(
            Table(key="accuracy_table", columns=columns, rows=rows),
            Facts(key="facts", rows=facts),
            Notes(key="notes", lines=(note,)),
            *curves(run.metrics),
        ),
    )
