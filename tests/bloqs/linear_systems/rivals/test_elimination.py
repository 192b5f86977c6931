"""Elimination against NumPy, and its FLOP against counts by hand."""

import numpy as np
import pytest

from bloqs.linear_systems.rivals.elimination import dense_flop, run


@pytest.mark.parametrize(
    ("matrix", "is_definite"),
    [
        (np.array([[0.0, 2.0], [3.0, 1.0]]), False),
        (np.eye(7) * 3 - np.eye(7, k=1) - np.eye(7, k=-1), True),
        (np.random.default_rng(1).normal(size=(9, 9)), False),
        (np.random.default_rng(2).normal(size=(9, 4)), False),
        (np.array([[4.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]]), True),
    ],
)
def test_solves_what_numpy_solves(matrix, is_definite):
    wanted = np.arange(1.0, matrix.shape[1] + 1)
    found = run(matrix, matrix @ wanted, is_definite)
    assert np.abs(found.solution - wanted).max() < 1e-10


def test_flop_of_a_tridiagonal_matrix():
    """A step divides once, updates one entry and one of b; going back takes three each."""
    A = np.eye(8) * 2 - np.eye(8, k=1) - np.eye(8, k=-1)
    for is_definite in (True, False):
        assert run(A, np.ones(8), is_definite).flop == 7 * (1 + 2 + 2) + 7 * 3 + 1


@pytest.mark.parametrize("size", [1, 2, 5, 12])
def test_flop_of_a_dense_matrix(size, rng):
    """With pivots the formula; half of the updates of a definite one."""
    A, b = rng.normal(size=(size, size)), rng.normal(size=size)
    definite = A @ A.T + np.eye(size)
    assert run(A, b, False).flop == dense_flop(size)
    saved = sum(m * (m - 1) for m in range(size))
    assert run(definite, b, True).flop == dense_flop(size) - saved


def test_a_diagonal_costs_one_division_each():
    assert run(np.diag([1.0, -2.0, 4.0]), np.ones(3), False).flop == 3
