"""The images that a network is asked about."""

from collections.abc import Sequence

import numpy as np

from bloqs.feedforward.model.register import Values
from estimator.ask.question import Asked
from estimator.network.image import image_of
from estimator.network.network import Network

LARGEST_PIXEL = 1e100
"""Largest absolute entry of an image: squares of larger ones overflow."""


def check_images(asked: Asked) -> None:
    """Refuse choices of images that do not go together.

    Raises:
        ValueError: if an image is named twice, or random ones are described beside a named one.
    """
    named = {"image", "digit"} & asked.named
    if len(named) == 2:
        raise ValueError("give one image: --digit NUMBER or --image FILE.npy or .png")
    if named and (idle := sorted({"images", "seed"} & asked.named)):
        raise ValueError(f"{idle[0]} is about random images, and one is named; leave it out")


def images_of(network: Network, asked: Asked) -> tuple[Sequence[Values], str]:
    """Tensors of the network's input, batch axis included, and what to call them.

    Raises:
        ValueError: if an image cannot be read or does not fit.
    """
    shape = network.input_shape
    if not {"image", "digit"} & asked.named:
        count, seed = asked.values["images"], asked.values["seed"]
        rng = np.random.default_rng(seed)
        drawn = [rng.uniform(size=shape) for _ in range(count)]
        many = f"{count} random images" if count > 1 else "one random image"
        return drawn, f"{many} of entries uniform in [0, 1], seed {seed} (assumed)"
    pixels, name = image_of(asked.get("image"), asked.get("digit"))
    found = pixels
    if (
        len(shape) == 4
        and pixels.shape != shape[1:]
        and pixels.transpose(1, 2, 0).shape == (shape[1:])
    ):
        found = pixels.transpose(1, 2, 0)
    if len(shape) == 2:
        found = pixels.reshape(-1)
    if found.shape != shape[1:]:
        wanted = " x ".join(map(str, shape[1:]))
        got = " x ".join(map(str, pixels.shape))
        raise ValueError(f"the network needs an image of {wanted}, got {name} of {got}")
    if np.abs(found).max() > LARGEST_PIXEL:
        raise ValueError(
            f"{name} has an entry of {np.abs(found).max():.3g}, more than {LARGEST_PIXEL:.0e}; "
            "scale the image as it was for training"
        )
    return [found[None]], name
