"""The image that a network is asked about: an array in a file, or a held-out digit."""

from pathlib import Path

import numpy as np

from estimator.network.held_out_digits import held_out_digit
from estimator.network.layers import Matrix


def image_of(path: Path | None, digit: int | None) -> tuple[Matrix, str]:
    """The image and what to call it.

    Args:
        path: of a .npy file with an array (channels, side, side) or (side, side), or `None`.
        digit: number of a held-out handwritten digit, or `None`.

    Raises:
        ValueError: if not exactly one is given, there is no such digit, or the file holds no array
            of finite real numbers.
    """
    if (path is None) == (digit is None):
        raise ValueError("give one image: --digit NUMBER or --image FILE.npy")
    if digit is not None:
        image, label = held_out_digit(digit)
        return image, f"held-out digit {digit} (a {label})"
    return _read(Path(str(path))), Path(str(path)).name


def _read(path: Path) -> Matrix:
    try:
        found = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as problem:
        raise ValueError(f"{path} is no .npy file that can be read: {problem}") from None
    if not isinstance(found, np.ndarray) or found.dtype.kind not in "iufb":
        kind = getattr(found, "dtype", "several arrays")
        raise ValueError(f"{path} must hold one array of real numbers, got {kind}")
    if not np.isfinite(found).all():
        raise ValueError(f"{path} must hold finite numbers, got NaN or infinity")
    return (found[None] if found.ndim == 2 else found).astype(np.float64)
