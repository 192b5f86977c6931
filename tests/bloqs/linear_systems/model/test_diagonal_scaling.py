"""Scaling by the diagonal: the solution stays, kappa falls or not, structure is found again."""

import numpy as np
import pytest
import scipy.sparse

from bloqs.linear_systems.model.diagonal_scaling import DiagonalScaling
from bloqs.linear_systems.model.diffusion import diffusion
from bloqs.linear_systems.model.matrix import LinearProblem
from bloqs.linear_systems.model.structure import dense, laplacian, shifts_of


def scaled(matrix, vector):
    return DiagonalScaling.of(LinearProblem.of(matrix, vector))


def smooth(shape):
    """From 1 to 1e4 along the points of a grid."""
    return 10 ** np.linspace(0, 4, int(np.prod(shape))).reshape(shape)


@pytest.mark.parametrize("shape", [(5,), (16,), (3, 5), (8, 8), (2, 2, 4)])
def test_the_solution_is_that_of_numpy(shape, rng):
    A, b = diffusion(10 ** rng.uniform(0, 4, shape)), rng.normal(size=int(np.prod(shape)))
    found = scaled(scipy.sparse.csr_array(A), b)
    root = np.sqrt(np.diag(A))
    matrix = found.after.matrix[: len(A), : len(A)]
    np.testing.assert_allclose(matrix, A / np.outer(root, root), rtol=1e-12)
    assert np.array_equal(matrix, matrix.T)
    x, wanted = found.unscaled(found.after.solution), np.linalg.solve(A, b)
    np.testing.assert_allclose(x / np.linalg.norm(x), wanted / np.linalg.norm(wanted), atol=1e-9)
    left = found.unscaled_rhs(found.after.vector)
    np.testing.assert_allclose(left / np.linalg.norm(left), b / np.linalg.norm(b))
    assert found.flop == 3 * np.count_nonzero(A) + 3 * len(A)


@pytest.mark.parametrize(("shape", "gain"), [((32,), 500), ((8, 8), 1000), ((4, 4, 4), 1500)])
def test_smooth_coefficients_gain(shape, gain):
    A = diffusion(smooth(shape))
    found = scaled(A, np.ones(len(A)))
    root = np.sqrt(np.diag(A))
    assert found.after.condition == pytest.approx(np.linalg.cond(A / np.outer(root, root)))
    assert found.before.condition > gain * found.after.condition


def test_rough_coefficients_on_a_line_do_not(rng):
    """Cells in series: a layer that holds back keeps what is behind it, whatever its scale."""
    A = diffusion(10 ** rng.uniform(0, 4, 32))
    found = scaled(A, np.ones(32))
    assert found.before.condition < 10 * found.after.condition


@pytest.mark.parametrize("axes", [1, 2, 3])
def test_a_constant_diagonal_gains_nothing(axes):
    A = dense(laplacian(2, axes, 0.3))
    found = scaled(A, np.ones(len(A)))
    assert found.is_constant
    assert found.growth == 1
    assert found.after.condition == pytest.approx(found.before.condition)
    assert shifts_of(found.after.matrix, axes, False) is not None


@pytest.mark.parametrize(("m", "axes"), [(4, 1), (3, 2), (2, 3)])
def test_shifts_behind_a_scaling_are_found(m, axes, rng):
    """Rounding does not hide that entries along a diagonal are the same."""
    T = dense(laplacian(m, axes))
    by = 10 ** rng.uniform(-3, 3, len(T))
    found = scaled(by[:, None] * T * by, rng.normal(size=len(T)))
    assert shifts_of(found.before.matrix, axes, False) is None
    shifts = shifts_of(found.after.matrix, axes, False)
    assert shifts is not None
    assert shifts.alpha == pytest.approx(2)
    assert found.after.condition == pytest.approx(np.linalg.cond(T))


def test_errors_of_x_grow_as_is_said(rng):
    """At most, over directions of the error; and nearly, for the worst right-hand side."""
    d = np.array([1.0, 100.0, 1e4, 3.0])
    found = scaled(np.diag(d), [0.0, 0.0, 1.0, 0.0])
    assert found.growth == pytest.approx(100)
    assert found.growth_here == pytest.approx(100)
    y = found.after.solution
    x = found.unscaled(y)
    worst = 0.0
    for off in (*np.eye(4), *rng.normal(size=(20, 4))):
        moved = found.unscaled(y + 1e-3 * np.linalg.norm(y) * off / np.linalg.norm(off)) - x
        worst = max(worst, np.linalg.norm(moved) / np.linalg.norm(x) / 1e-3)
    assert worst == pytest.approx(100)
    assert scaled(np.diag(d), [1.0, 0, 0, 0]).growth_here == pytest.approx(1)


def test_entries_far_apart(rng):
    """Roots of the diagonal are taken before they meet."""
    d = np.array([1e-200, 1.0])
    found = scaled([[d[0], 0.5], [0.5, d[1]]], [1.0, 1.0])
    assert found.growth == pytest.approx(1e100)
    np.testing.assert_allclose(found.after.matrix, [[1, 5e99], [5e99, 1]])


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        ([[2.0, 1.0], [0.0, 2.0]], "needs a symmetric matrix"),
        ([[2.0, 1.0], [1.0, -2.0]], "positive diagonal, and entry 1 of this one is -2"),
        ([[0.0, 1.0], [1.0, 2.0]], "positive diagonal, and entry 0 of this one is 0"),
        ([[2.0], [0.0]], "needs a symmetric matrix"),
    ],
)
def test_refusals(matrix, message):
    with pytest.raises(ValueError, match=message):
        scaled(matrix, [1.0, 0.0])
