"""The weighted layers without pixels: norms against plain loops, equality by entries."""

import numpy as np
import pytest

from estimator.network.layers import Dense, Scale


def dense(matrix):
    return Dense(name="d", inputs=("x",), output="y", matrix=matrix, bias=np.zeros(len(matrix)))


@pytest.mark.parametrize("shape", [(1, 1), (3, 5), (5, 3)])
def test_norms_are_those_of_plain_loops(shape, rng):
    """Sums by their definitions; the spectral norm as the root of an eigenvalue of A A^T."""
    matrix = rng.normal(size=shape)
    rows, columns = [0.0] * shape[0], [0.0] * shape[1]
    for i, j in np.ndindex(shape):
        rows[i] += abs(matrix[i, j])
        columns[j] += abs(matrix[i, j])

    layer = dense(matrix)

    assert layer.kernel_norm_1 == pytest.approx(sum(rows), abs=1e-12)
    assert layer.row_sum == pytest.approx(max(rows), abs=1e-12)
    assert layer.column_sum == pytest.approx(max(columns), abs=1e-12)
    largest = np.linalg.eigvalsh(matrix @ matrix.T).max()
    assert layer.spectral_norm == pytest.approx(np.sqrt(largest), abs=1e-12)


def test_equality_and_hash_follow_the_entries(rng):
    """A copy is equal and hashes alike; other entries, or another kind of layer, are not equal."""
    matrix = rng.normal(size=(3, 3))
    assert dense(matrix) == dense(matrix.copy())
    assert hash(dense(matrix)) == hash(dense(matrix.copy()))
    assert dense(matrix) != dense(-matrix)
    assert dense(matrix) != Scale(name="d", inputs=("x",), output="y", factor=matrix)


@pytest.mark.parametrize(
    ("matrix", "bias", "text"),
    [
        (np.ones(3), np.ones(3), r"Dense needs a matrix of shape .* got \(3,\) and \(3,\)"),
        (np.ones((3, 2)), np.ones(2), r"a bias of shape \(outputs,\), got \(3, 2\) and \(2,\)"),
        (np.full((1, 1), np.inf), np.ones(1), "Dense needs finite weights"),
        (np.ones((1, 1)), np.full(1, np.nan), "Dense needs finite weights"),
    ],
)
def test_impossible_weights_are_refused(matrix, bias, text):
    """The message names the rule and the value."""
    with pytest.raises(ValueError, match=text):
        Dense(name="d", inputs=("x",), output="y", matrix=matrix, bias=bias)
