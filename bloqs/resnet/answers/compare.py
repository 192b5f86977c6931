"""Quantum circuits and classical algorithms side by side: as networks grow, and for one file."""

from typing import Any

from bloqs.resnet.answers.compare_input import compare_input, input_report
from bloqs.resnet.answers.compare_settings import NUMBERS, completed
from bloqs.resnet.answers.compare_sizes import SizesAsked, sizes_report
from estimator.ask.question import Asked
from estimator.report.model import Report

AT_INPUT = ("image", "digit")
"""Parameters that choose an image."""

OF_FILE = ("confidence", "sampler_epsilon", "samples", "seed")
"""Parameters that a file is needed for."""


def compare(asked: Asked) -> Report | tuple[Report, ...]:
    """The comparison of networks of growing size, or of a network file at an image.

    Raises:
        ValueError: if parameters are out of range or do not go together, or the file is no
            residual network.
    """
    choices = _choices(asked)
    if asked.file is None:
        if set(AT_INPUT) & asked.named:
            raise ValueError(
                "an image goes with the path of an .onnx file; leave it out for resnet"
            )
        if needless := [name for name in OF_FILE if name in asked.named]:
            raise ValueError(
                f"{', '.join(needless)}: about the sampler's run on a file; leave it out for resnet"
            )
        values = {name: value for name, value in asked.values.items() if name in NUMBERS}
        question = SizesAsked(title="resnet compared", settings=completed(values, {}), **choices)
        return sizes_report(question, asked.track)
    found = compare_input(asked, choices)
    if found.question is None:
        return (input_report(found),)
    return input_report(found), sizes_report(found.question, asked.track)


def _choices(asked: Asked) -> dict[str, Any]:
    """Regimes, variants, memories and sizes."""
    names = ("regimes", "variants", "memories", "start", "stop")
    chosen = {name: asked.values[name] for name in names}
    if chosen["start"] >= chosen["stop"]:
        raise ValueError(f"--from must be below --to, got {chosen['start']} and {chosen['stop']}")
    return chosen
