"""What a network file does around its convolutions that their costs leave out."""

from collections.abc import Sequence

from estimator.network.layers import (
    AbstractLayer,
    AveragePool,
    GlobalAverage,
    Shift,
    Subsample,
)
from estimator.report.parts import Notes

LEFT_OUT = {
    Subsample: "only some pixels are kept",
    Shift: "constants are added",
    AveragePool: "an average over windows",
    GlobalAverage: "an average over each channel",
}
"""Kinds of layers that are linear or affine, by what they do."""


def unpriced_note(layers: Sequence[AbstractLayer]) -> list[Notes]:
    """A sentence that names such layers; none if the network has none.

    Args:
        layers: of the whole network.
    """
    found = [f"{each.name} ({LEFT_OUT[type(each)]})" for each in layers if type(each) in LEFT_OUT]
    if not found:
        return []
    line = f"read from the file, and in none of these costs: {', '.join(dict.fromkeys(found))}"
    return [Notes(key="unpriced", lines=[line])]
