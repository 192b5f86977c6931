from math import ceil, exp, log

import numpy as np
import pytest

from estimator.polynomials.truncation import AnalyticFunction

x = np.linspace(-1, 1, 4001)
CASES = {
    "exp": AnalyticFunction(function=np.exp, rho=8.0, modulus=exp((8 + 1 / 8) / 2), parity=None),
    "runge": AnalyticFunction(  # poles at +-i/5, where rho would be 1.2198
        function=lambda x: 1 / (1 + 25 * x**2), rho=1.2, modulus=30.0, parity="even"
    ),
    "sine": AnalyticFunction(function=lambda x: np.sin(9 * x), rho=3.0, modulus=2e5, parity="odd"),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("degree", [0, 3, 8, 15])
def test_error_bounds_a_dense_sample_tightly(name, degree):
    case = CASES[name]
    sampled = np.abs(case.truncation(degree).evaluate(x) - case.function(x)).max()
    assert sampled - 1e-15 <= case.truncation_error(degree) <= sampled * 1.001 + 1e-12


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("error", [1e-1, 1e-3, 1e-8])
def test_minimal_degree_is_minimal_and_below_the_closed_form(name, error):
    case = CASES[name]
    degree = case.minimal_degree(error)
    assert case.truncation_error(degree) <= error
    if degree:
        assert case.truncation_error(degree - (1 if case.parity is None else 2)) > error
    bound = ceil(log(2 * case.modulus / ((case.rho - 1) * error)) / log(case.rho))
    assert degree <= bound + (case.parity is not None)


def test_coefficients_of_a_known_series():
    """1/(1.25 - x) = (4/3) (1 + 2 sum_k T_k / 2^k)."""
    case = AnalyticFunction(function=lambda x: 1 / (1.25 - x), rho=1.9, modulus=60.0, parity=None)
    expected = 4 / 3 * np.array([1, 1, 1 / 2, 1 / 4, 1 / 8, 1 / 16])
    assert np.allclose(case.truncation(5).array, expected, atol=1e-14)


def test_parity_is_exact():
    assert CASES["runge"].truncation(20).parity == "even"
    assert CASES["sine"].truncation(20).parity == "odd"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rho": 1.0}, "needs rho > 1, got 1.0"),
        ({"modulus": 0.0}, "must be positive, got 0.0"),
        ({"parity": "prime"}, "even, odd or None, got 'prime'"),
        ({"rho": 1 + 1e-8}, "coefficients, more than"),
    ],
)
def test_refuses_arguments_out_of_range(changes, message):
    arguments = {"function": np.exp, "rho": 2.0, "modulus": 9.0, "parity": None}
    with pytest.raises(ValueError, match=message):
        AnalyticFunction(**{**arguments, **changes})


def test_refuses_values_that_are_no_numbers():
    case = AnalyticFunction(
        function=lambda x: np.where(x > 0, np.nan, x), rho=2.0, modulus=1.0, parity=None
    )
    with pytest.raises(ValueError, match="NaN or infinite"):
        case.truncation(3)


def test_refuses_other_arguments_out_of_range():
    with pytest.raises(ValueError, match="degree >= 0, got -1"):
        CASES["exp"].truncation(-1)
    with pytest.raises(ValueError, match="exceed rounding errors, got 0"):
        CASES["exp"].minimal_degree(0)
