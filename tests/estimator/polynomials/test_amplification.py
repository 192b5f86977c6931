from itertools import product

import numpy as np
import pytest

from estimator.polynomials.amplification import (
    amplification_degree_bound,
    amplification_error,
    amplification_minimal_degree,
    amplification_polynomial,
    amplification_sufficient_degree,
)
from estimator.polynomials.polynomial import BOUND_SLACK
from estimator.symbols import delta, epsilon, gamma

SUFFICIENT = {2: [49, 107], 5: [127, 291], 20: [509, 1169]}
MINIMAL = {2: [31, 97], 5: [83, 251], 20: [329, 1063]}


@pytest.mark.parametrize("factor", SUFFICIENT)
def test_degrees_at_half_margin(factor):
    errors = [1e-2, 1e-4]
    found = [amplification_sufficient_degree(factor, 0.5, error) for error in errors]
    assert found == SUFFICIENT[factor]
    assert [amplification_minimal_degree(factor, 0.5, e) for e in errors] == MINIMAL[factor]


@pytest.mark.parametrize("factor", [1.5, 2, 5, pytest.param(20, marks=pytest.mark.slow)])
def test_promises_hold_from_the_sufficient_degree_on(factor):
    """|P| <= 1 everywhere; |P - factor x| <= error up to (1 - margin) / factor."""
    for margin, error in product((0.1, 0.5, 0.9), (0.1, 1e-4)):
        degree = amplification_sufficient_degree(factor, margin, error)
        for larger in (degree, degree + 2, degree + 50):
            found = amplification_polynomial(factor, margin, error, larger)
            assert found.maximum().value <= 1 + BOUND_SLACK
            x = np.linspace(0, (1 - margin) / factor, 2001)
            sampled = np.abs(found.evaluate(x) - factor * x).max()
            bound = amplification_error(found, factor, margin)
            assert sampled - 1e-15 <= bound <= sampled * 1.001 + 1e-13, f"{margin=}, {error=}"
            assert bound <= error, f"{margin=}, {error=}"


@pytest.mark.parametrize("factor", [1.2, 2, 5, pytest.param(20, marks=pytest.mark.slow)])
def test_closed_form_is_an_upper_bound(factor):
    for margin in (0.1, 0.5, 0.9):
        for error in (0.5, 1e-2, 1e-6):
            bound = amplification_degree_bound().subs(
                {gamma: factor, delta: margin, epsilon: error}
            )
            assert amplification_sufficient_degree(factor, margin, error) <= int(bound)


@pytest.mark.parametrize("factor", [1, 0.5, -2, float("nan"), float("inf")])
def test_refuses_a_factor_out_of_range(factor):
    with pytest.raises(ValueError, match="needs gamma > 1, got gamma="):
        amplification_sufficient_degree(factor, 0.5, 0.1)


@pytest.mark.parametrize("margin", [0, 1, -0.1])
def test_refuses_a_margin_out_of_range(margin):
    with pytest.raises(ValueError, match="needs 0 < delta < 1, got delta="):
        amplification_sufficient_degree(2, margin, 0.1)


def test_refuses_other_arguments_out_of_range():
    with pytest.raises(ValueError, match="odd degree >= 1, got 2"):
        amplification_polynomial(2, 0.5, 0.1, 2)
    with pytest.raises(ValueError, match="epsilon must be between 0 and 1, got 0"):
        amplification_sufficient_degree(2, 0.5, 0)
