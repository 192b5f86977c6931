"""Rotations chosen by the value of other qubits, as single rotations with a CNOT after each."""

from typing import Any

import numpy as np


def by_gray_code(angles: Any) -> list[tuple[float, int | None]]:
    """Steps of a rotation about Y or Z whose angle the controls choose.

    Args:
        angles: one for each value of the controls, the first control most significant.

    Returns:
        In order, an angle, and the control of the CNOT on the target after that rotation; `None`
        if there are no controls. As many as there are angles.

    Source: [SBM06], multiplexed rotations.
    """
    size = len(angles)
    controls = size.bit_length() - 1
    codes = [i ^ (i >> 1) for i in range(size)]
    signs: Any = [[(-1) ** (j & code).bit_count() for j in range(size)] for code in codes]
    single = np.array(signs) @ np.array(angles, dtype=float) / size
    if not controls:
        return [(float(single[0]), None)]
    flips = [(i & -i).bit_length() - 1 for i in range(1, size + 1)]  # the bit the code changes
    places = [controls - 1 - min(bit, controls - 1) for bit in flips]
    return [(float(angle), place) for angle, place in zip(single, places, strict=True)]
