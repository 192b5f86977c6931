"""Images to train and test on: handwritten digits, or CIFAR-10 from a folder of the user's."""

from pathlib import Path

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from estimator.whole_file import bytes_of_file

Pixels = NDArray[np.float32]
Labels = NDArray[np.int64]

DIGITS, CIFAR = "digits", "cifar10"
TEST_DIGITS = 497
"""Of 1797 digits."""

VALIDATION = 5
"""One training image in so many chooses the epoch."""

CIFAR_FILES = (*(f"data_batch_{k}.bin" for k in range(1, 6)), "test_batch.bin")
CIFAR_SIDE = 32


@frozen(eq=False, kw_only=True)
class Images:
    """Images with labels; training never sees the labels.

    Args:
        train: values from 0 to 1; shape (images, colours, side, side).
        train_labels: shape (images,).
        test: shape (test images, colours, side, side).
        test_labels: shape (test images,).
        is_validation: which training images choose the epoch; shape (images,).
    """

    train: Pixels = field(repr=False)
    train_labels: Labels = field(repr=False)
    test: Pixels = field(repr=False)
    test_labels: Labels = field(repr=False)
    is_validation: NDArray[np.bool_] = field(repr=False)

    @property
    def colours(self) -> int:
        """Numbers of a pixel."""
        return int(self.train.shape[1])


def images_of(data: str, classes: int, split: int, folder: Path | None) -> Images:
    """The images of the first classes by label.

    Args:
        data: digits or cifar10.
        classes: how many, at least 2.
        split: number of the split into training, validation and test images; CIFAR-10 has test
            images of its own.
        folder: where CIFAR-10 lies, in its binary version.

    Raises:
        ValueError: if files are missing or of another size.
    """
    rng = np.random.default_rng([split, *b"split"])
    if data == DIGITS:
        found = load_digits()
        pixels = (found.images / 16).astype(np.float32)[:, None]
        order = rng.permutation(len(pixels))
        first, rest = order[TEST_DIGITS:], order[:TEST_DIGITS]
        labels = found.target.astype(np.int64)
        parts = [(pixels[first], labels[first]), (pixels[rest], labels[rest])]
    else:
        if folder is None:
            raise ValueError(
                f"cifar10 is read from a folder with {CIFAR_FILES[0]} to {CIFAR_FILES[-1]}, the "
                "binary version; name it with --folder"
            )
        files = [_cifar(folder / name) for name in CIFAR_FILES]
        parts = [
            (np.concatenate([x for x, _ in group]), np.concatenate([y for _, y in group]))
            for group in (files[:-1], files[-1:])
        ]
    (train, train_labels), (test, test_labels) = (
        (x[labels < classes], labels[labels < classes]) for x, labels in parts
    )
    for what, seen in (("training", train_labels), ("test", test_labels)):
        if len(np.unique(seen)) < 2:
            raise ValueError(
                f"a probe needs {what} images of two classes, got {len(seen)} images of "
                f"{len(np.unique(seen))}; take more --classes or the whole data"
            )
    chosen = np.zeros(len(train), bool)
    chosen[rng.permutation(len(train))[: len(train) // VALIDATION]] = True
    return Images(
        train=train,
        train_labels=train_labels,
        test=test,
        test_labels=test_labels,
        is_validation=chosen,
    )


def _cifar(path: Path) -> tuple[Pixels, Labels]:
    size = 1 + 3 * CIFAR_SIDE**2
    try:
        content = np.frombuffer(bytes_of_file(path), np.uint8)
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}; is it CIFAR-10?") from None
    if not len(content) or len(content) % size or content[::size].max() > 9:
        raise ValueError(f"{path} is no file of CIFAR-10: it holds records of {size} bytes")
    rows = content.reshape(-1, size)
    pixels = rows[:, 1:].reshape(-1, 3, CIFAR_SIDE, CIFAR_SIDE).astype(np.float32) / np.float32(255)
    return pixels.astype(np.float32), rows[:, 0].astype(np.int64)
