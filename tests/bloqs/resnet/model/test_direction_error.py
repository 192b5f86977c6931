"""The turn of a vector against the worst of many, and against the exact worst case."""

import numpy as np
import pytest
import sympy

from bloqs.resnet.model.direction_error import direction_error
from estimator.symbols import epsilon


@pytest.mark.parametrize("error", [1e-3, 0.1, 0.5, 0.9, 0.999])
def test_no_close_vector_turns_further(error, rng):
    """Thousands of vectors at the allowed distance; the one on the tangent attains the bound."""
    bound = float(direction_error(error))
    unit = np.zeros(5)
    unit[0] = 1.0
    shifts = rng.normal(size=(5000, 5))
    shifts *= error / np.linalg.norm(shifts, axis=1, keepdims=True)
    moved = unit + shifts
    turned = moved / np.linalg.norm(moved, axis=1, keepdims=True)
    assert np.linalg.norm(turned - unit, axis=1).max() <= bound + 1e-12

    tangent = np.array([1 - error**2, error * np.sqrt(1 - error**2), 0, 0, 0])
    assert np.isclose(np.linalg.norm(tangent - unit), error)
    worst = np.linalg.norm(tangent / np.linalg.norm(tangent) - unit)
    assert np.isclose(worst, bound, rtol=1e-9)


def test_limits():
    """No error turns nothing; an error of one may turn anything by up to two."""
    assert direction_error(0) == 0
    assert direction_error(1) == 2
    assert direction_error(7.5) == 2
    assert direction_error(epsilon).subs(epsilon, 0.5) == direction_error(0.5)
    assert sympy.sympify(direction_error(epsilon)).is_nonnegative
