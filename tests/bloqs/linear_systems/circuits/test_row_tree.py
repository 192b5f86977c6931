"""A dense matrix by row trees: its block against NumPy, alpha, and refusals."""

import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.linear_systems.circuits.row_tree import RowTreeEncoding
from bloqs.simulation.runner import encoded_matrix

BLOCKS = {RotationLevel: as_one_gate}


@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize("kind", ["general", "sparse", "definite"])
def test_the_block_is_the_matrix(n, kind, rng):
    """Within epsilon, and epsilon is small; alpha is the Frobenius norm."""
    matrix = rng.normal(size=(2**n, 2**n))
    if kind == "sparse":
        matrix[0] = 0
        matrix[:, -1] = 0
        matrix[-1, 0] = 3
    if kind == "definite":
        matrix = matrix @ matrix.T
    bloq = RowTreeEncoding.of(matrix, 12, QROMLoader(), Rotation.BITWISE)
    error = np.linalg.norm(encoded_matrix(bloq, BLOCKS) - matrix, 2)
    assert error <= float(bloq.epsilon) <= 0.02 * np.linalg.norm(matrix)
    assert bloq.alpha == pytest.approx(np.linalg.norm(matrix))


def test_gate_by_gate():
    matrix = np.array([[2.0, -1.0], [-1.0, 2.0]])
    bloq = RowTreeEncoding.of(matrix, 6, QROMLoader(), Rotation.BITWISE)
    assert np.linalg.norm(encoded_matrix(bloq) - matrix, 2) <= float(bloq.epsilon)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (((0.0, 0.0), (0.0, 0.0)), "a matrix that is not zero"),
        (((1.0, 0.0),), "shape"),
        (((1.0, float("nan")), (0.0, 1.0)), "finite"),
    ],
)
def test_refusals(rows, message):
    with pytest.raises(ValueError, match=message):
        RowTreeEncoding(rows, 1, 1.0, 6, QROMLoader(), Rotation.BITWISE)
