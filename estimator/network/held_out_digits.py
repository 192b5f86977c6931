"""Handwritten digits that the example network was not trained on.

scikit-learn takes longer to load than most answers take, so it is loaded when digits are.
"""

from importlib import import_module

import numpy as np
from numpy.typing import NDArray

SEED = 0
"""Of the split in examples/train_digits.py."""

HELD_OUT = 0.25
"""Fraction of the images that is held out, stratified by label, as there."""

Image = NDArray[np.float64]


def held_out_digit(number: int) -> tuple[Image, int]:
    """One image, shape (1, 8, 8), entries 0 to 16, and its label.

    Args:
        number: from 0, in the order of the split.

    Raises:
        ValueError: if there is no such number.
    """
    data = import_module("sklearn.datasets").load_digits()
    _, images, _, labels = import_module("sklearn.model_selection").train_test_split(
        data.images, data.target, test_size=HELD_OUT, stratify=data.target, random_state=SEED
    )
    if not 0 <= number < len(images):
        raise ValueError(f"held-out digits are numbered 0 to {len(images) - 1}, got {number}")
    return images[number][None].astype(np.float64), int(labels[number])
