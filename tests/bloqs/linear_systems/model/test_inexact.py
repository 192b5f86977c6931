"""Encodings that err: limits, and where nothing is known."""

from math import inf

import numpy as np
import pytest

from bloqs.linear_systems.model.inexact import inverse_error, residual_outside, solution_error
from estimator.polynomials.inverse_relative import (
    relative_inverse_error,
    relative_inverse_polynomial,
)


def test_exact_parts_leave_the_polynomial_alone():
    assert solution_error(20, 3, 0, 0) == 0
    assert inverse_error(31, 0.01, (0.05, 1), 3, 0, 0) == 0.01


def test_nothing_is_known_beyond_the_smallest_singular_value():
    assert solution_error(20, 3, 0.05, 0) == inf
    assert inverse_error(31, 0.01, (0.05, 1), 3, 0.06, 0) == inf
    assert residual_outside(1, 0.01, 1, 1, 0.1) == inf


@pytest.mark.parametrize(("condition", "degree"), [(3.0, 9), (10.0, 41)])
def test_the_residual_of_the_best_polynomial_is_attained(condition, degree):
    """It is a Chebyshev polynomial of the square, which grows as fast as any."""
    polynomial = relative_inverse_polynomial(condition, degree)
    for off in (0.01 / condition, 0.1 / condition):
        x = 1 / condition - off
        bound = residual_outside(
            degree, relative_inverse_error(condition, degree), 1 / condition, 1, off
        )
        assert abs(x * float(polynomial.evaluate(np.array([x]))[0]) - 1) == pytest.approx(bound)
