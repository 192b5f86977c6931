"""Angles as whole numbers of parts of a full turn, as memories hold them."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray


def rounded_angles(angles: NDArray[Any], b: int) -> tuple[int, ...]:
    """The nearest multiples of 2 pi/2**b, each as its number below 2**b; exact for any b.

    Args:
        angles: Array of any shape, read row by row. Unit: radians.
        b: bits of an angle.
    """
    turns = np.rint(np.asarray(angles, dtype=float) / (2 * math.pi) * 2.0**b)
    return tuple(int(turn) % 2**b for turn in turns.reshape(-1))
