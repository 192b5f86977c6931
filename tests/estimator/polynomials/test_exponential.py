"""Evolutions as polynomials: degrees, errors, bounds."""

import numpy as np
import pytest
import sympy
from numpy.polynomial.chebyshev import chebval
from scipy.special import jv

from estimator.polynomials.exponential import (
    exponential_degree_bound,
    exponential_minimal_degree,
    exponential_parts,
    exponential_tail,
)

TIMES = (0.1, 1.0, np.pi / 2, 20.0, 300.0)
ERRORS = (0.3, 1e-3, 1e-9)


@pytest.mark.parametrize("time", TIMES)
def test_the_tail_is_bounded(time):
    """By a bound that is no more than four degrees, or one in eight, too careful."""
    k = np.arange(int(2 * time) + 80)
    rest = 2 * np.cumsum(np.abs(jv(k, time))[::-1])[::-1]
    for error in ERRORS:
        degree = exponential_minimal_degree(time, error)
        assert rest[degree + 1] <= exponential_tail(time, degree) <= error
        assert degree == 2 or exponential_tail(time, degree - 1) > error
        fewest = max(2, int(np.argmax(rest <= error)) - 1)
        assert degree <= max(fewest + 4, 1.125 * fewest)


@pytest.mark.parametrize("degree", [5, 6, 7, 20])
def test_a_tail_may_be_as_large_as_the_error(degree):
    assert exponential_minimal_degree(2.0, exponential_tail(2.0, degree)) == degree


def test_an_error_whose_inverse_is_no_number():
    degree = exponential_minimal_degree(1.0, 1e-308)
    assert exponential_tail(1.0, degree) <= 1e-308 < exponential_tail(1.0, degree - 1)


@pytest.mark.parametrize("time", TIMES)
def test_both_parts(time):
    x = np.linspace(-1, 1, 3001)
    for error in ERRORS:
        for slack in (error, 2 * error):
            even, odd = exponential_parts(time, error, slack)
            assert (even.parity, odd.parity) == ("even", "odd")
            found = chebval(x, even.array) + 1j * chebval(x, odd.array)
            off = abs((1 + slack) * found - np.exp(1j * time * x)).max()
            assert off <= error * (1 + 1e-6)
            assert max(abs(found.real).max(), abs(found.imag).max()) <= 1
            assert abs(even.degree - odd.degree) == 1


def test_a_formula_is_enough():
    """For one time, and its value at a mean time for several."""
    t, small = sympy.symbols("t small", positive=True)
    formula = sympy.lambdify((t, small), exponential_degree_bound(t, small), "math")
    for time in (*TIMES, 1e4, 1e9):
        for error in ERRORS:
            assert exponential_minimal_degree(time, error) <= formula(time, error) - 2
            assert formula(time, error) % 2 == 0
            times = [2.0**j * time for j in range(8)]
            each = [exponential_minimal_degree(x, error) for x in times]
            assert sum(each) <= 8 * formula(float(np.mean(times)), error)


@pytest.mark.parametrize(
    ("time", "error", "slack", "message"),
    [
        (0.0, 0.1, 0.1, "time > 0, got t=0"),
        (np.nan, 0.1, 0.1, "time > 0, got t=nan"),
        (1.0, 1.0, 1.0, "epsilon"),
        (1.0, 0.1, 0.05, "slack >= error = 0.1, got 0.05"),
    ],
)
def test_refusals(time, error, slack, message):
    with pytest.raises(ValueError, match=message):
        exponential_parts(time, error, slack)
