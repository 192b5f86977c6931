from math import ceil, log, sqrt

import numpy as np
import pytest
from mpmath import mp, mpf

from estimator.polynomials.inverse_perturbed import (
    perturbed_identity_error,
    perturbed_identity_inverse,
    perturbed_identity_minimal_degree,
    perturbed_identity_weight,
)

DEGREES = {  # beta -> at 1e-2, 1e-4, 1e-6
    0.001: [0, 1, 1],
    0.01: [1, 1, 2],
    0.1: [1, 3, 4],
    0.3: [2, 5, 7],
    0.5: [4, 7, 11],
}


@pytest.mark.parametrize("strength", DEGREES)
def test_minimal_degrees(strength):
    errors = [1e-2, 1e-4, 1e-6]
    found = [perturbed_identity_minimal_degree(strength, error) for error in errors]
    assert found == DEGREES[strength]
    root = sqrt((1 + strength) / (1 - strength))
    rate = log((root + 1) / (root - 1))
    assert found == [max(0, ceil(log((root - 1) / error) / rate)) for error in errors]


@pytest.mark.parametrize("strength", [0.01, 0.3, 0.9])
@pytest.mark.parametrize("degree", [0, 1, 2, 7])
def test_error_is_the_measured_residual(strength, degree):
    x = np.linspace(-1, 1, 2001)
    values = perturbed_identity_inverse(strength, degree).evaluate(x)
    measured = np.abs((1 + strength * x) * values - 1).max()
    assert perturbed_identity_error(strength, degree) == pytest.approx(measured, abs=1e-14)


@pytest.mark.parametrize("strength", [0.01, 0.3, 0.9])
@pytest.mark.parametrize("degree", [0, 1, 2, 7])
def test_weight_is_what_both_parities_reach(strength, degree):
    x = np.linspace(-1, 1, 2001)
    values = perturbed_identity_inverse(strength, degree).evaluate(x)
    even, odd = (np.abs(values + sign * values[::-1]).max() / 2 for sign in (1, -1))
    assert perturbed_identity_weight(strength, degree) == pytest.approx(even + odd, rel=1e-13)


@pytest.mark.parametrize("strength", [0.5, 1 - 1e-9, 1 - 2.0**-52])
def test_weight_of_a_series_too_long_to_write_down(strength):
    """Against 50 digits; next to one the series has hundreds of millions of terms."""
    degree = perturbed_identity_minimal_degree(strength, 1e-6)
    with mp.workdps(50):
        beta = mpf(strength)
        root = mp.sqrt(1 - beta**2)
        ratio = (1 - root) / beta
        exact = (1 + 2 * ratio * (1 - ratio**degree) / (1 - ratio)) / root
        error = beta * (1 + ratio) * ratio**degree / root
        assert error <= mpf(1e-6) * (1 + mpf(1e-6))
    assert perturbed_identity_weight(strength, degree) == pytest.approx(float(exact), rel=1e-9)


@pytest.mark.parametrize("strength", [0, 1, -0.1, float("nan")])
def test_refuses_a_strength_out_of_range(strength):
    with pytest.raises(ValueError, match="0 < beta < 1, got beta="):
        perturbed_identity_minimal_degree(strength, 0.1)


def test_refuses_other_arguments_out_of_range():
    with pytest.raises(ValueError, match="degree >= 0, got -1"):
        perturbed_identity_inverse(0.5, -1)
    with pytest.raises(ValueError, match="degree >= 0, got -1"):
        perturbed_identity_weight(0.5, -1)
    with pytest.raises(ValueError, match="epsilon must be between 0 and 1, got 0"):
        perturbed_identity_minimal_degree(0.5, 0)
