"""One image through the circuits of a network, beside NumPy."""

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from attrs import evolve

from bloqs.resnet.answers.class_sample import ClassSample, sample_classes
from bloqs.resnet.answers.simulate_layers import (
    Coherent,
    LayerRun,
    Watch,
    residual_network_at,
    simulate_network,
)
from bloqs.resnet.answers.simulated_network import Lengths
from bloqs.resnet.model.block_plan import Variant
from bloqs.resnet.model.network import ResidualNetwork
from estimator.ask.question import Asked
from estimator.network.image import image_of
from estimator.phases.find import PhaseFindingError
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Kind, Notes, Part, Table, Tone
from estimator.report.text import COUNT, PRECISE, SCIENTIFIC, TEXT, Style
from estimator.statistics.frequencies import FEWEST

EVERY = 8
"""Operations between two movements of the bar."""

RUN = ("operations", "calls", "input_calls", "error", "success", "holds")
"""Columns that say what came out of a run."""

HOLDS = Style("holds", lambda value: "holds" if value else "FAILS")


def network(asked: Asked) -> Report:
    """Every layer simulated, and shots of the classes if they are asked for.

    Raises:
        ValueError: if there is no file, the file, the image or a setting does not fit, or a run is
            too large.
    """
    if asked.file is None:
        raise ValueError("simulate needs the path of an .onnx file, got none")
    values = asked.values
    variant, epsilon = Variant(values["variant"]), values["epsilon"]
    coherent = asked.get("coherent")
    image, what = image_of(asked.get("image"), asked.get("digit"))
    found = residual_network_at(str(asked.file))
    has_output, note = _output(found, asked, variant)
    try:
        runs = simulate_network(
            found,
            image,
            variant,
            epsilon,
            asked.get("blocks"),
            has_output=has_output,
            lengths=Lengths(values["lengths"]),
            coherent=None if coherent is None else Coherent(coherent),
            watch=_watch(asked),
        )
    except PhaseFindingError as problem:
        raise ValueError(f"{problem}; choose a larger epsilon") from problem
    sample = None
    if (shots := asked.get("samples")) is not None:
        rng, last = np.random.default_rng(values["seed"]), runs[-1]
        sample = sample_classes(found, last.vector, last.reference, shots, rng)
    title = f"{Path(asked.file).name}, {what}, {variant}, epsilon {epsilon:g}"
    report = runs_report(title, note, runs, sample)
    return evolve(
        report,
        settings=values,
        units=asked.units,
        assumed=[name for name in values if name not in asked.named],
        head="title",
    )


def runs_report(
    title: str, note: str, runs: tuple[LayerRun, ...], sample: ClassSample | None
) -> Report:
    """A row for each layer, then the classes if they were sampled."""
    phase = ", up to a phase" if runs[-1].is_up_to_phase else ""
    legend = (
        f"error: l2 distance of the encoded vector from NumPy's{phase}; claimed: the bloq's "
        "epsilon. calls: of the layer before. gates: of the run, a part left whole counts as one. "
        f"As one circuit, the layers call the input {COUNT.text(runs[-1].input_calls)} times."
    )
    parts: list[Part] = [
        Fact(key="note", value=note or None, style=TEXT, place="data"),
        Notes(key="shown note", lines=[note] if note else [], place="shown"),
        Table(
            key="layers",
            columns=[
                Column(key="layer", wraps=False),
                Column(key="coherent", label="one circuit", wraps=False),
                Column(key="fidelity", wraps=False),
                _number("qubits", unit="qubits", kind=Kind.EXACT),
                _number("operations", "gates", unit="gates"),
                _number("calls", unit="calls"),
                _number("error", style=SCIENTIFIC),
                _number("claimed_error", "claimed", style=SCIENTIFIC, kind=Kind.UPPER_BOUND),
                Column(key="holds", label="", style=HOLDS, wraps=False),
            ],
            rows=[each.plain() for each in runs],
            place="shown",
        ),
        _data(runs),
        Notes(key="legend", lines=[legend], tone=Tone.QUIET, place="shown"),
    ]
    if sample is not None:
        parts += _classes(sample)
    return Report(title=title, parts=parts, passed=all(each.holds for each in runs))


def _number(
    key: str,
    label: str | None = None,
    *,
    unit: str = "1",
    style: Style = COUNT,
    kind: Kind = Kind.MEASURED,
) -> Column:
    return Column(
        key=key, label=label, unit=unit, style=style, kind=kind, align="right", wraps=False
    )


def _data(runs: tuple[LayerRun, ...]) -> Table:
    """The same with everything that is known of a layer."""
    units = {"qubits": "qubits", "operations": "gates", "calls": "calls", "input_calls": "calls"}
    kinds = {"claimed_error": Kind.UPPER_BOUND, **dict.fromkeys(RUN, Kind.MEASURED)}
    rows = [each.plain() for each in runs]
    columns = [
        Column(key=key, unit=units.get(key, ""), kind=kinds.get(key, Kind.EXACT)) for key in rows[0]
    ]
    return Table(key="layers", columns=columns, rows=rows, place="data")


def _classes(sample: ClassSample) -> list[Part]:
    rows = [
        {
            "class": number,
            "probability": float(expected),
            "frequency": float(sample.frequencies[number]),
            "shots": int(sample.counts[number]),
        }
        for number, expected in enumerate(sample.expected)
    ]
    text = (
        f"{sample.shots:,} shots, {sample.failures:,} more failed; chi-square p = "
        f"{sample.p_value:.3f} (classes of fewer than {FEWEST} expected shots together)"
    )
    return [
        Table(
            key="classes",
            columns=[
                _number("class", unit="", kind=Kind.EXACT),
                _number("probability", "NumPy", style=PRECISE, kind=Kind.EXACT),
                _number("frequency", "sampled", style=PRECISE),
                _number("shots", unit="shots"),
            ],
            rows=rows,
        ),
        Facts(
            key="sample",
            rows=[
                Fact(key="shots", value=sample.shots, unit="shots", kind=Kind.MEASURED),
                Fact(key="failures", value=sample.failures, unit="shots", kind=Kind.MEASURED),
                Fact(key="p_value", value=sample.p_value, unit="1", kind=Kind.MEASURED),
            ],
            place="data",
        ),
        Notes(key="sample note", lines=[text], place="shown"),
    ]


def _output(network: ResidualNetwork, asked: Asked, variant: Variant) -> tuple[bool, str]:
    """Whether the output block runs, and a remark if it is left out."""
    if "output" in asked.named:
        return asked.values["output"], ""
    if network.output is None or asked.get("blocks", network.k) != network.k:
        return False, ""
    if variant is Variant.FIXED_POINT:
        return False, "no output block: it would see the phase that fixed-point blocks leave"
    return True, ""


def _watch(asked: Asked) -> Watch:
    """Moves a bar for each layer."""
    bars: dict[str, Iterator[Any]] = {}
    moved: dict[str, int] = {}

    def watch(layer: str, done: int, total: int) -> None:
        if done % EVERY and done != total:
            return
        if layer not in bars:
            bars[layer], moved[layer] = iter(asked.track(range(total), layer)), 0
        if done == total:
            deque(bars[layer], maxlen=0)
        for _ in range(done - moved[layer]):
            next(bars[layer], None)
        moved[layer] = done

    return watch
