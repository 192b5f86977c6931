"""What `quledger cost FILE.onnx` adds when it is given an image: the facts beside the cost."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve

from bloqs.resnet.answers.facts_at_input import Honesty, honesty
from bloqs.resnet.model.block_plan import Output
from bloqs.resnet.model.recognition import residual_network_of
from estimator.ask.registry import is_file, typed_settings
from estimator.network.image import image_of
from estimator.network.onnx_reader import read_network


def image_section(
    target: str,
    param: Sequence[str],
    image: Path | None,
    digit: int | None,
    settings: Mapping[str, Any],
) -> Honesty:
    """The facts about a network at an image, without a run of the classical sampler.

    They are about what is costed: without the output matrix if that is left out.

    Args:
        target: path of an .onnx file.
        param: settings as typed; epsilon and b count, if they are there.
        image: path of a .npy file, or `None`.
        digit: number of a held-out digit, or `None`.
        settings: of what is costed; its output counts, if it is a whole network.

    Raises:
        ValueError: if the target is no file of a residual network, or there is not one image.
    """
    if not is_file(target):
        raise ValueError(f"an image goes with the path of an .onnx file, got {target!r}")
    typed = typed_settings(param)
    pixels, name = image_of(image, digit)
    found = read_network(target)
    network = residual_network_of(found)
    epsilon, bits = typed.get("epsilon"), typed.get("b")
    output, title = Output(settings.get("output", Output.POOL)), f"{found.name}, {name}"
    if "output" in settings and output is not Output.LINEAR_POOL and network.output is not None:
        network, title = evolve(network, output=None), f"{title}, without its output matrix"
    return honesty(
        title,
        network,
        network.vector_of(pixels),
        None if epsilon is None else float(epsilon),
        None if bits is None else int(bits),
        (),
        None,
        output,
    )
