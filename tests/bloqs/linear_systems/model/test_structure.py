"""Structure that is found in a matrix, and what is not taken for it."""

import numpy as np
import pytest
import scipy.linalg

from bloqs.linear_systems.model.structure import (
    bands_of,
    dense,
    laplacian,
    pauli_terms,
    shifts_of,
)


@pytest.mark.parametrize(("m", "axes"), [(1, 1), (3, 1), (2, 2), (1, 3), (2, 3)])
def test_a_laplacian_is_found_again(m, axes):
    """By its dense form, whose eigenvalues are those of sines."""
    there = laplacian(m, axes)
    matrix = dense(there)
    found = shifts_of(matrix, axes, False)
    assert dict(zip(found.shifts, found.weights, strict=True)) == dict(
        zip(there.shifts, there.weights, strict=True)
    )
    line = 4 * np.sin(np.pi * np.arange(1, 2**m + 1) / (2 * (2**m + 1))) ** 2
    sums = sum(np.meshgrid(*[line] * axes))
    np.testing.assert_allclose(np.linalg.eigvalsh(matrix), np.sort(sums.reshape(-1)), atol=1e-12)


@pytest.mark.parametrize("is_cyclic", [False, True])
def test_one_entry_that_differs_is_noticed(is_cyclic, rng):
    column = rng.normal(size=8)
    matrix = scipy.linalg.circulant(column)
    found = shifts_of(matrix, 1, is_cyclic)
    np.testing.assert_array_equal(dense(found), matrix)
    matrix[3, 2] += 1e-9
    assert shifts_of(matrix, 1, is_cyclic) is None


def test_a_toeplitz_matrix_is_no_circulant(rng):
    column, row = rng.normal(size=(2, 8))
    matrix = scipy.linalg.toeplitz(column, row)
    assert shifts_of(matrix, 1, True) is None
    np.testing.assert_array_equal(dense(shifts_of(matrix, 1, False)), matrix)


def test_a_grid_needs_its_axes_to_divide_the_bits(rng):
    assert shifts_of(np.eye(8), 2, False) is None
    assert shifts_of(np.eye(8), 3, False).weights == (1.0,)


def test_bands_are_cyclic(rng):
    matrix = rng.normal(size=(8, 8)) * (rng.random((8, 8)) < 0.3)
    again = np.zeros((8, 8))
    for s, entries in bands_of(matrix).items():
        assert entries.any()
        again += np.roll(np.eye(8), s, axis=0) * entries
    np.testing.assert_array_equal(again, matrix)


def test_zero_coefficients_are_left_out(rng):
    """Of a matrix that rounding fills: 1/3 on the diagonal is one string."""
    (term,) = pauli_terms(np.eye(8) / 3)
    assert (term.x, term.z, term.k) == (0, 0, 0)
    assert term.weight == pytest.approx(1 / 3)
    assert term.is_hermitian
    assert len(pauli_terms(rng.normal(size=(4, 4)), 16)) == 16
    assert pauli_terms(rng.normal(size=(4, 4)), 15) is None


@pytest.mark.parametrize(("m", "axes", "spacing"), [(0, 1, 1), (1, 4, 1), (1, 0, 1), (1, 1, 0)])
def test_refuses_what_is_no_laplacian(m, axes, spacing):
    with pytest.raises(ValueError, match="needs m >= 1, 1 to 3 axes and a spacing > 0"):
        laplacian(m, axes, spacing)
