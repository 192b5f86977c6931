"""The network, its steps and its images, as a question names them."""

from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from bloqs.feedforward.answers.images import check_images, images_of
from bloqs.feedforward.model.recognition import Feedforward, feedforward_of
from bloqs.feedforward.model.register import Values
from estimator.ask.question import Asked
from estimator.network.network import Network
from estimator.network.onnx_reader import read_network


@frozen(kw_only=True)
class AskedNetwork:
    """What a question is about.

    Args:
        file: the network as it was read.
        steps: on a register.
        images: tensors of the input, batch axis included.
        named: what to call them.
    """

    file: Network
    steps: Feedforward
    images: Sequence[Values]
    named: str


def asked_network(asked: Asked) -> AskedNetwork:
    """The network of a question.

    Raises:
        ValueError: if there is no file, it cannot be read or has a layer that no circuit here
            stands for, or an image does not fit.
    """
    check_images(asked)
    if asked.file is None:
        raise ValueError("network is asked about the path of an .onnx file, got none")
    file = read_network(str(asked.file))
    name = Path(asked.file).name
    try:
        steps = feedforward_of(file)
    except ValueError as problem:
        way_out = "cost --layers costs single convolutions"
        raise ValueError(f"{name}: {problem}; {way_out}") from problem
    try:
        images, named = images_of(file, asked)
    except ValueError as problem:
        raise ValueError(f"{name}: {problem}") from problem
    return AskedNetwork(file=file, steps=steps, images=images, named=named)
