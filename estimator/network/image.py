"""The image that a network is asked about: an array in a file, or a held-out digit."""

from importlib import import_module
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from estimator.network.array_file import UNREADABLE
from estimator.network.layers import Matrix
from estimator.whole_file import check_file

SEED = 0
"""Of the split in examples/train_digits.py."""

HELD_OUT = 0.25
"""Fraction of the images that is held out, stratified by label, as there."""

LARGEST_PICTURE = 2**24
"""Pixels of a picture that is read, at most."""

MODES = ("L", "I", "I;16", "RGB")
"""Grey of 8 and 16 bits, and colours, as Pillow calls them."""

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


def image_of(path: Path | None, digit: int | None) -> tuple[Matrix, str]:
    """The image and what to call it.

    Args:
        path: of a .npy file with an array (channels, side, side) or (side, side), or of a .png file
            in grey or colour, whose entries are 0 to 255 (65,535 at 16 bits); or `None`. Nothing
            is resized.
        digit: number of a held-out handwritten digit, or `None`.

    Raises:
        ValueError: if not exactly one is given, there is no such digit, or the file holds no array
            of finite real numbers.
    """
    if (path is None) == (digit is None):
        raise ValueError("give one image: --digit NUMBER or --image FILE.npy or .png")
    if digit is not None:
        image, label = held_out_digit(digit)
        return image, f"held-out digit {digit} (a {label})"
    read = _read_png if Path(str(path)).suffix.lower() == ".png" else _read
    return read(Path(str(path))), Path(str(path)).name


def _read_png(path: Path) -> Matrix:
    library = import_module("PIL.Image")
    try:
        check_file(path)
        with library.open(path, formats=["PNG"]) as picture:
            mode, (width, height) = picture.mode, picture.size
            if width * height > LARGEST_PICTURE:
                raise ValueError(
                    f"{path} has {width} x {height} pixels, more than the {LARGEST_PICTURE} that "
                    "are read; make it smaller"
                )
            if mode not in MODES:
                raise ValueError(
                    f"{path} must be grey or RGB without transparency, got {mode}; convert it"
                )
            pixels = np.asarray(picture, dtype=np.float64)
    except (OSError, SyntaxError, library.DecompressionBombError) as problem:
        raise ValueError(f"{path} is no .png file that can be read: {problem}") from None
    return pixels[None] if pixels.ndim == 2 else pixels.transpose(2, 0, 1)


def _read(path: Path) -> Matrix:
    try:
        check_file(path)
        found = np.load(path, mmap_mode="r", allow_pickle=False)  # its header may claim any shape
    except UNREADABLE as problem:
        raise ValueError(f"{path} is no .npy file that can be read: {problem}") from None
    if not isinstance(found, np.ndarray) or found.dtype.kind not in "iufb":
        kind = getattr(found, "dtype", "several arrays")
        raise ValueError(f"{path} must hold one array of real numbers, got {kind}")
    if not np.isfinite(found).all():
        raise ValueError(f"{path} must hold finite numbers, got NaN or infinity")
    return (found[None] if found.ndim == 2 else found).astype(np.float64)
