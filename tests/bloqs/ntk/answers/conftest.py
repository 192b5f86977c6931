"""The golden instance as files."""

import numpy as np
import pytest

ANGLES = np.deg2rad([10, 32, 55, 78, 280, 302, 325, 348])
ROWS = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)
LABELS = np.array([1.0] * 4 + [-1.0] * 4)
POINT = np.array([[np.cos(np.deg2rad(50)), np.sin(np.deg2rad(50))]])


@pytest.fixture
def points(tmp_path):
    """Writes points, labels and tested points; the golden ones, but for what is named.

    What is named may be a function of the golden array; None leaves it out.
    """

    def write(**changed):
        fields = {"X": ROWS, "y": LABELS, "X_test": POINT}
        for name, value in changed.items():
            fields[name] = value(fields[name]) if callable(value) else value
        path = tmp_path / "points.npz"
        np.savez(path, **{name: x for name, x in fields.items() if x is not None})
        return str(path)

    return write


@pytest.fixture
def golden(points, tmp_path):
    """What is asked about the golden instance: its data and the XOR mask of 0, 1, 2."""
    at, kept = np.arange(8), np.zeros((8, 8))
    for offset in (0, 1, 2):
        kept[at, at ^ offset] = 1
    np.save(tmp_path / "xor.npy", kept)
    return {"data": points(), "mask": str(tmp_path / "xor.npy")}
