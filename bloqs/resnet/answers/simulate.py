"""What `quledger simulate` does: one image through the circuits of a network, beside NumPy."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from attrs import frozen
from rich.console import Console
from rich.progress import Progress

from bloqs.resnet.answers.class_sample import ClassSample, sample_classes
from bloqs.resnet.answers.simulate_layers import (
    Coherent,
    LayerRun,
    Watch,
    residual_network_at,
    simulate_network,
)
from bloqs.resnet.answers.simulate_view import show
from bloqs.resnet.answers.simulated_network import Lengths
from bloqs.resnet.model.block_plan import Variant
from bloqs.resnet.model.network import ResidualNetwork
from estimator.network.image import image_of
from estimator.phases.find import PhaseFindingError

EVERY = 8
"""Operations between two movements of the bar."""


@frozen(kw_only=True)
class SimulateRequest:
    """What was asked for, as typed.

    Args:
        file: path of an .onnx file.
        image: path of an .npy file, or `None`.
        digit: number of a held-out digit, or `None`.
        blocks: residual blocks to run; all if `None`.
        variant: name of a `Variant`.
        epsilon: total error.
        has_output: whether to run the output block; `None` to run it where it can be.
        coherent: name of a `Coherent`; what fits if `None`.
        lengths: name of a `Lengths`.
        samples: shots, or `None`.
        seed: of the shots.
    """

    file: str
    image: Path | None
    digit: int | None
    blocks: int | None
    variant: str
    epsilon: float
    has_output: bool | None
    coherent: str | None
    lengths: str
    samples: int | None
    seed: int


def run(request: SimulateRequest, as_json: bool) -> int:
    """Simulate and print.

    Returns:
        The number of layers whose error is above the claimed one.

    Raises:
        ValueError: if the file, the image or a setting does not fit, or a run is too large.
    """
    variant = _named(Variant, "--variant", request.variant)
    coherent = None
    if request.coherent is not None:
        coherent = _named(Coherent, "--coherent", request.coherent)
    lengths = _named(Lengths, "--lengths", request.lengths)
    if request.samples is not None and request.samples < 1:
        raise ValueError(f"--samples must be at least 1, got {request.samples}")
    network = residual_network_at(request.file)
    image, what = image_of(request.image, request.digit)
    has_output, note = _output(network, request, variant)
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        try:
            runs = simulate_network(
                network,
                image,
                variant,
                request.epsilon,
                request.blocks,
                has_output=has_output,
                lengths=lengths,
                coherent=coherent,
                watch=_watch(progress),
            )
        except PhaseFindingError as problem:
            raise ValueError(f"{problem}; choose a larger epsilon") from problem
    sample = None
    if request.samples is not None:
        rng, last = np.random.default_rng(request.seed), runs[-1]
        sample = sample_classes(network, last.vector, last.reference, request.samples, rng)
    title = f"{Path(request.file).name}, {what}, {variant}, epsilon {request.epsilon:g}"
    if as_json:
        print(json.dumps(_as_json(title, note, runs, sample), indent=2))
    else:
        show(title, note, runs, sample, Console(highlight=False))
    return sum(not each.holds for each in runs)


def _as_json(
    title: str, note: str, runs: tuple[LayerRun, ...], sample: ClassSample | None
) -> dict[str, Any]:
    return {
        "title": title,
        "note": note or None,
        "layers": [each.as_json() for each in runs],
        "classes": None if sample is None else sample.as_json(),
    }


def _named(kind: Any, option: str, name: str) -> Any:
    """The member of an enumeration that is called `name`; `-` may stand for `_`."""
    known = [str(each) for each in kind]
    wanted = name if name in known else name.replace("-", "_")
    if wanted not in known:
        raise ValueError(f"{option} must be one of {', '.join(known)}, got {name!r}")
    return kind(wanted)


def _output(
    network: ResidualNetwork, request: SimulateRequest, variant: Variant
) -> tuple[bool, str]:
    """Whether the output block runs, and a remark if it is left out."""
    if request.has_output is not None:
        return request.has_output, ""
    if network.output is None or request.blocks not in (None, network.k):
        return False, ""
    if variant is Variant.FIXED_POINT:
        return False, "no output block: it would see the phase that fixed-point blocks leave"
    return True, ""


def _watch(progress: Progress) -> Watch:
    tasks: dict[str, Any] = {}

    def watch(layer: str, done: int, total: int) -> None:
        if done % EVERY and done != total:
            return
        if layer not in tasks:
            tasks[layer] = progress.add_task(layer)
        progress.update(tasks[layer], completed=done, total=total)

    return watch
