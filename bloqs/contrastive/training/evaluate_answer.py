"""`evaluate contrastive`: a trained circuit with fewer shots, and on a device with noise."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from attrs import frozen
from numpy.typing import NDArray

from bloqs.contrastive.circuits.device_routing import Routed, routed
from bloqs.contrastive.circuits.noisy_batch import NoisyBatch
from bloqs.contrastive.circuits.noisy_circuit import NoiseParts
from bloqs.contrastive.circuits.representation_circuit import RepresentationCircuit
from bloqs.contrastive.model.batched_engine import Engine, signs
from bloqs.contrastive.model.device_calibration import Calibration, read_calibration
from bloqs.contrastive.model.shrinkage_law import Shrinkage, fitted
from bloqs.contrastive.parameters import HALF_MEASURED
from bloqs.contrastive.training.contrastive_model import ContrastiveModel
from bloqs.contrastive.training.image_data import Images, images_of
from bloqs.contrastive.training.image_features import encoded
from bloqs.contrastive.training.linear_probe import fitted_probe, score
from bloqs.contrastive.training.run_outcome import TENTHS
from bloqs.contrastive.training.run_settings import RunSettings, settings_kept
from bloqs.contrastive.training.training_run import KIND
from bloqs.contrastive.training.truncated_circuit import WIDEST, degree_table
from bloqs.training.checkpoint_file import load_checkpoint
from bloqs.training.random_streams import settle_threads, stream
from estimator.ask.question import Asked
from estimator.report.model import Report
from estimator.report.parts import Axis, Chart, Column, Fact, Facts, Kind, Line, Notes, Table
from estimator.report.text import FEW

Floats = NDArray[Any]

FITTED = 200
"""Training images from which the lines of noise are fitted."""

MOST_SHOTS = 10**7


@frozen(eq=False, kw_only=True)
class Trained:
    """A trained circuit with its inputs.

    Args:
        settings: of the run.
        images: of the run.
        engine: exact, in double precision.
        angles: shape (P,). Unit: radians.
        train: inputs of the training images; shape (images, W). Unit: radians.
        test: of the test images.
    """

    settings: RunSettings
    images: Images
    engine: Engine
    angles: Floats
    train: Floats
    test: Floats

    def rng(self, purpose: str, shots: int) -> np.random.Generator:
        """What draws so many shots."""
        return stream(self.settings.seed, purpose, shots)


def shot_counts(text: str | None) -> tuple[int, ...]:
    """Numbers of shots as they are typed.

    Raises:
        ValueError: if one is none.
    """
    parts = [] if text is None else [part.strip() for part in text.split(",")]
    for part in parts:
        is_number = part.isascii() and part.isdecimal() and len(part) <= 9
        if not is_number or not 1 <= int(part) <= MOST_SHOTS:
            raise ValueError(
                f"--shots is whole numbers from 1 to {MOST_SHOTS}, 25,100,400, got {part[:40]!r}"
            )
    return tuple(dict.fromkeys(map(int, parts)))


def trained_circuit(path: Path) -> Trained:
    """What a checkpoint holds.

    Raises:
        ValueError: if there is no circuit in it.
    """
    content = load_checkpoint(path, KIND)
    try:
        settings = RunSettings(**settings_kept(content["settings"]))
    except TypeError:
        raise ValueError(f"{path} is of another version of quledger; train anew") from None
    if settings.kind is None:
        raise ValueError(
            f"the arm {settings.arm} of {path} has no circuit, which neither shots nor noise "
            "change; name a checkpoint of one with a circuit"
        )
    images = images_of(settings.data, settings.classes, settings.split, settings.place)
    settle_threads()
    model = ContrastiveModel(settings, images.colours)
    model.load_state_dict(content["model"])
    model.eval()
    train, test = (
        encoded(model, settings.data, torch.from_numpy(x)).numpy().astype(float)
        for x in (images.train, images.test)
    )
    engine = Engine(
        kind=settings.kind, width=settings.width, layers=settings.layers,
        is_half_measured=settings.arm == HALF_MEASURED,
    )  # fmt: skip
    angles = model.representation.angles.detach().numpy().astype(float)
    return Trained(
        settings=settings, images=images, engine=engine, angles=angles, train=train, test=test
    )


def answer(asked: Asked) -> Report:
    """Accuracy against shots, and under noise before and after rescaling.

    Raises:
        ValueError: in one sentence, before any work.
    """
    counts = shot_counts(asked.get("shots"))
    file = asked.get("calibration")
    calibration = None if file is None else read_calibration(Path(file))
    if calibration is None and asked.get("images") is not None:
        raise ValueError("--images is how many are seen with noise; give --calibration FILE")
    path = Path(asked.get("checkpoint"))
    trained = trained_circuit(path)
    if calibration is not None:
        calibration.check_width(trained.engine.width)
    train = trained.engine.outputs(trained.train, trained.angles)
    test = trained.engine.outputs(trained.test, trained.angles)
    probe = fitted_probe(train, trained.images.train_labels)
    rows = [
        shot_row(trained, probe, test, shots) for shots in asked.track((None, *counts), "shots")
    ]
    columns = [
        Column(key="shots"),
        Column(key="exact_probe", label="probe of exact outputs", unit="%", style=TENTHS,
               align="right"),
        Column(key="same_probe", label="of as many shots", unit="%", style=TENTHS, align="right"),
    ]  # fmt: skip
    lines = [
        Line(label=label, x=counts, y=[row[key] for row in rows[1:]])
        for key, label in (
            ("exact_probe", "probe of exact outputs"),
            ("same_probe", "probe of as many shots"),
        )
    ]
    parts: list[Any] = [Table(key="by_shots", columns=columns, rows=rows)]
    notes = [
        "Accuracy of the test images in %, after the representation; the probe never sees them."
    ]
    if trained.engine.width <= WIDEST:
        inputs = trained.images, trained.train, trained.test
        parts.append(degree_table(trained.engine, trained.angles, *inputs))
    if calibration is not None:
        found, noisy_lines, more = noise_parts(asked, trained, probe, calibration, counts)
        parts += found
        lines += noisy_lines
        notes += more
    parts.append(Notes(key="notes", lines=notes))
    if counts:
        parts.append(
            Chart(
                key="accuracy", title="Test accuracy against shots",
                x=Axis(label="shots", is_logarithmic=True), y=Axis(label="%"), lines=lines,
            )
        )  # fmt: skip
    named = {name: x for name, x in trained.settings.named.items() if x not in (None, "")}
    return Report(
        title=f"contrastive, {trained.settings.arm}, evaluated", settings=named, parts=parts
    )


def shot_row(trained: Trained, probe: Any, test: Floats, shots: int | None) -> dict[str, Any]:
    """Accuracy with so many shots, for a probe of exact outputs and one of such shots."""
    images = trained.images
    if shots is None:
        right = 100 * score(probe, test, images.test_labels)
        return {"shots": "exact", "exact_probe": right, "same_probe": right}
    rng = trained.rng("evaluated", shots)
    seen, new = (
        trained.engine.sampled(x, trained.angles, shots, rng) for x in (trained.train, trained.test)
    )
    own = fitted_probe(seen, images.train_labels)
    return {
        "shots": shots,
        "exact_probe": 100 * score(probe, new, images.test_labels),
        "same_probe": 100 * score(own, new, images.test_labels),
    }


def noise_parts(
    asked: Asked, trained: Trained, probe: Any, calibration: Calibration, counts: Sequence[int]
) -> tuple[list[Any], list[Line], list[str]]:
    """Accuracy on a device, with outputs as they come and with the lines of noise undone."""
    number = min(asked.get("images", len(trained.test)), len(trained.test))
    labels = trained.images.test_labels[:number]
    way, batch = on_device(trained, calibration)
    width = trained.engine.width
    chances = batch.chances(trained.test[:number])
    means = batch.chances(trained.train[:FITTED]) @ signs(width)
    exact = trained.engine.outputs(trained.train[:FITTED], trained.angles)
    shrinkage = fitted(exact, means)
    plain = trained.engine.outputs(trained.test[:number], trained.angles)
    rows = [{"shots": "exact", "device": "without noise",
             "raw": 100 * score(probe, plain, labels), "rescaled": None}]  # fmt: skip
    for shots in (None, *counts):
        if shots is None:
            seen = chances @ signs(width)
        else:
            seen = drawn_means(chances, shots, trained.rng("noisy", shots))
        rows.append(
            {
                "shots": "infinitely many" if shots is None else shots,
                "device": calibration.device,
                "raw": 100 * score(probe, seen, labels),
                "rescaled": 100 * score(probe, shrinkage.rescaled(seen), labels),
            }
        )
    columns = [
        Column(key="shots"),
        Column(key="device", label="on"),
        *(
            Column(key=key, label=label, unit="%", style=TENTHS, align="right", kind=Kind.MEASURED)
            for key, label in (("raw", "as it comes"), ("rescaled", "rescaled"))
        ),
    ]
    lines = [
        Line(label=f"{calibration.device}, {label}", x=counts, y=[row[key] for row in rows[2:]])
        for key, label in (("raw", "as it comes"), ("rescaled", "rescaled"))
    ]
    note = (
        f"{calibration.device}, {calibration.date}: depolarising after each gate and wrong bits; "
        f"{number} test images; lines fitted on {len(means)} training images; error of a share of "
        f"{number} images: {100 * math.sqrt(0.09 / number):.1f} points at 90 %."
    )
    return [Table(key="noise", columns=columns, rows=rows), facts_of(way, shrinkage)], lines, [note]


def drawn_means(chances: Floats, shots: int, rng: np.random.Generator) -> Floats:
    """Means of Z from joint strings of all qubits; shape (samples, W).

    Args:
        chances: of every string; shape (samples, 2**W).
        shots: of every sample.
        rng: draws.
    """
    drawn = rng.multinomial(shots, chances / chances.sum(1)[:, None])
    means: Floats = drawn @ signs(int(math.log2(chances.shape[1]))) / shots
    return means


def on_device(trained: Trained, calibration: Calibration) -> tuple[Routed, NoisyBatch]:
    """The circuit on the graph of the device."""
    engine = trained.engine
    bloq = RepresentationCircuit(
        engine.kind, engine.width, engine.layers, tuple(trained.test[0]), tuple(trained.angles),
        is_half_measured=engine.is_half_measured,
    )  # fmt: skip
    way = routed(bloq, calibration)
    batch = NoisyBatch(
        circuit=way.circuit, start=way.start, read=way.read, calibration=calibration,
        parts=NoiseParts(),
    )  # fmt: skip
    return way, batch


def facts_of(way: Routed, shrinkage: Shrinkage) -> Facts:
    """What the noise does to outputs."""
    slopes = shrinkage.slopes
    return Facts(
        key="shrinkage",
        rows=[
            Fact(key="cnots_before", value=way.before, label="CNOTs", unit="CNOTs"),
            Fact(key="cnots_after", value=way.after, label="CNOTs on the device", unit="CNOTs"),
            *(
                Fact(key=f"{name}_slope", value=float(x), label=f"{name} slope of an output",
                     style=FEW, kind=Kind.MEASURED)
                for name, x in (("least", slopes.min()), ("largest", slopes.max()))
            ),
            Fact(key="largest_offset", value=float(np.abs(shrinkage.offsets).max()),
                 label="largest offset", style=FEW, kind=Kind.MEASURED),
            Fact(key="price", value=float(max(shrinkage.prices)),
                 label="largest price of rescaling, in variance", style=FEW, kind=Kind.MEASURED),
        ],
    )  # fmt: skip
