"""The other certificate accepts what is close, and sees what is wrong."""

import numpy as np
import pytest
from scipy.special import expit

from estimator.polynomials.activation import activation_polynomial
from estimator.polynomials.activation_check import certified_error


def silu(y):
    return y * expit(y)


def test_it_is_close_to_the_error_on_a_grid():
    """From above, by no more than the slack, on the span alone."""
    for span in (5.0, 2.0):
        made = activation_polynomial("silu", 5.0, span, 1e-3)
        x = np.linspace(-span, span, 20_001)
        off = np.abs(silu(x) - made.evaluate(x)).max()
        for slack in (0.5, 0.01):
            bound = certified_error(made, silu, 1.1, 0.5, slack=slack)
            assert off <= bound <= off + slack * made.error * 1.001


def test_a_scale_belongs_to_the_function():
    made = activation_polynomial("silu", 2.0, 2.0, 1e-3, 2.5)
    bound = certified_error(made, lambda x: silu(2.5 * x), 2.5 * 1.1, 2.5**2 * 0.5)
    assert bound <= 1.03 * made.error
    assert certified_error(made, silu, 1.1, 0.5) > 0.1


def test_a_narrow_corner_is_seen():
    """A point where f is bent is a point of the grid, however coarse that is."""
    made = activation_polynomial("relu", 4.0, 4.0, 0.05)
    bent = certified_error(made, lambda x: np.maximum(x, 0.0), 1.0, 0.0, (0.0,))
    assert bent == pytest.approx(made.error, rel=0.03)


def test_a_wrong_function_is_seen():
    """One that differs by three times the error in one place."""
    made = activation_polynomial("silu", 5.0, 5.0, 1e-3)

    def wrong(y):
        return silu(y) + 3e-3 * np.exp(-((y - 2) ** 2))

    assert certified_error(made, wrong, 1.2, 0.6) > 2 * made.error


def test_too_many_points_are_refused():
    made = activation_polynomial("silu", 5.0, 5.0, 1e-3)
    with pytest.raises(ValueError, match="larger slack"):
        certified_error(made, silu, 1.1, 0.5, slack=1e-20)
