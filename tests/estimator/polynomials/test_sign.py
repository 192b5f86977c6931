from itertools import product

import mpmath
import numpy as np
import pytest

from estimator.phases.conventions import Convention, response
from estimator.polynomials import sign
from estimator.polynomials.erf import erf_minimal_degree
from estimator.polynomials.polynomial import BOUND_SLACK
from estimator.polynomials.sign import (
    fixed_point_length,
    fixed_point_length_expression,
    fixed_point_minimal_length,
    fixed_point_phases,
    fixed_point_start,
    sign_degree_bound,
    sign_error,
    sign_minimal_degree,
    sign_polynomial,
    sign_slope,
)
from estimator.symbols import epsilon, x_0

STARTED = (
    sign_minimal_degree,
    fixed_point_length,
    fixed_point_minimal_length,
)
ERRORS = [1e-2, 1e-4, 1e-6]
DEGREES = {2: [15, 33, 51], 3.6: [27, 57, 89], 10: [75, 157, 243], 37: [271, 575, 895]}
MINIMAL = {2: [15, 31, 49], 3.6: [27, 55, 87], 10: [71, 151, 239], 37: [263, 557, 879]}


def sufficient_degree(start, error):
    """From here on the error function's polynomial is accurate to error / 4."""
    return erf_minimal_degree(sign_slope(start, error), error / 4)


@pytest.mark.parametrize("inverse", DEGREES)
def test_sufficient_and_minimal_degrees(inverse):
    found = [sufficient_degree(1 / inverse, error) for error in ERRORS]
    assert found == DEGREES[inverse]
    assert [sign_minimal_degree(1 / inverse, error) for error in ERRORS] == MINIMAL[inverse]


@pytest.mark.slow
def test_degrees_for_a_very_small_amplitude():
    assert [sufficient_degree(1 / 400, error) for error in ERRORS] == [2927, 6217, 9657]


@pytest.mark.parametrize("start", [0.5, 0.1, 0.9])
def test_promises_hold_from_the_sufficient_degree_on(start):
    """|P| <= 1 everywhere and |P - 1| <= error on [start, 1], also on a dense sample."""
    for error, extra in product(ERRORS, (0, 2, 40)):
        degree = sufficient_degree(start, error) + extra
        found = sign_polynomial(start, error, degree)
        assert found.maximum().value <= 1 + BOUND_SLACK
        assert found.parity == "odd", f"{error=}, {extra=}"
        assert sign_error(start, error, degree) <= error, f"{error=}, {extra=}"
        values = found.evaluate(np.linspace(start, 1, 5001))
        assert np.abs(values - 1).max() <= sign_error(start, error, degree) * (1 + 1e-12), (
            f"{error=}, {extra=}"
        )


@pytest.mark.parametrize(("start", "error", "degree"), [(0.05, 1e-9, 739), (0.01, 1e-5, 1951)])
def test_few_degrees_need_a_proof(start, error, degree, monkeypatch):
    """Values on a grid refuse those that are too small: each bound takes as long as many grids."""
    proved, sup_norm = [], sign.sup_norm
    monkeypatch.setattr(sign, "sup_norm", lambda *x, **y: proved.append(x) or sup_norm(*x, **y))
    assert sign_minimal_degree(start, error) == degree
    assert len(proved) <= 14


def test_two_degrees_less_than_minimal_fail():
    degree = sign_minimal_degree(0.1, 1e-4) - 2
    short = sign_polynomial(0.1, 1e-4, degree)
    assert sign_error(0.1, 1e-4, degree) > 1e-4 or short.maximum().value > 1


@pytest.mark.parametrize("start", [0.05, 0.1, 0.3, 0.7, 0.99])
def test_closed_form_is_an_upper_bound(start):
    for error in [0.5, 0.1, *ERRORS, 1e-10]:
        bound = int(sign_degree_bound().subs({x_0: start, epsilon: error}))
        assert sufficient_degree(start, error) <= bound


@pytest.mark.parametrize("start", [0.04, 0.1, 0.35, 0.5])
def test_fixed_point_sequence_reaches_its_probability(start):
    """1 - delta^2 T_L(T_{1/L}(1/delta) sqrt(1 - x^2))^2 >= 1 - delta^2 for x >= start."""
    for delta in (0.3, 1e-2, 1e-4):
        length = fixed_point_length(start, delta)
        assert length % 2 == 1, f"{delta=}"
        assert length < np.log(2 / delta) / start + 2, f"{delta=}"
        widest = mpmath.cosh(mpmath.acosh(1 / delta) / length)
        for x in np.linspace(start, 1, 200):
            inside = widest * mpmath.sqrt(1 - x**2)
            assert abs(mpmath.chebyt(length, inside)) <= 1 + 1e-12, f"{delta=}"
        assert fixed_point_length_expression().subs({x_0: start, epsilon: delta}) == length, (
            f"{delta=}"
        )


@pytest.mark.parametrize("length", [1, 3, 5, 31, 301])
def test_fixed_point_phases_make_the_chebyshev_polynomial(length):
    """|p(x)|^2 = 1 - delta^2 T_L(T_{1/L}(1/delta) sqrt(1 - x^2))^2, the sequence's definition."""
    for delta in (0.5, 0.1, 1e-3):
        x = np.linspace(0.01, 1, 41)
        found = np.abs(response(fixed_point_phases(length, delta), x, Convention.REFLECTION)) ** 2
        widest = mpmath.cosh(mpmath.acosh(1 / mpmath.mpf(delta)) / length)
        inside = [widest * mpmath.sqrt(1 - mpmath.mpf(y) ** 2) for y in x]
        wanted = [1 - delta**2 * mpmath.chebyt(length, y) ** 2 for y in inside]
        np.testing.assert_allclose(
            found, np.array(wanted, dtype=float), atol=3e-11, err_msg=f"{delta=}"
        )


@pytest.mark.parametrize("start", [0.01, 0.2, 0.9])
def test_fixed_point_minimal_length_is_minimal(start):
    """From there on the probability is reached; two calls less miss it at the start."""
    for delta in (0.5, 1e-2, 1e-6):
        length = fixed_point_minimal_length(start, delta)
        assert length % 2 == 1, f"{delta=}"
        assert length <= fixed_point_length(start, delta), f"{delta=}"
        assert fixed_point_start(length, delta) <= start * (1 + 1e-12), f"{delta=}"
        x = np.linspace(start, 1, 60)
        found = np.abs(response(fixed_point_phases(length, delta), x, Convention.REFLECTION)) ** 2
        assert found.min() >= 1 - delta**2 - 1e-12, f"{delta=}"
        if length > 1:
            assert fixed_point_start(length - 2, delta) > start, f"{delta=}"
            less = fixed_point_phases(length - 2, delta)
            missed = np.abs(response(less, np.array([start]), Convention.REFLECTION)) ** 2
            assert missed[0] < 1 - delta**2, f"{delta=}"


@pytest.mark.parametrize("length", [0, -3, 4])
def test_refuses_a_length_that_is_not_odd(length):
    for function in (fixed_point_start, fixed_point_phases):
        with pytest.raises(ValueError, match="needs an odd length >= 1, got"):
            function(length, 0.1)


@pytest.mark.parametrize("start", [0, 1, -0.1, float("nan")])
def test_refuses_a_start_outside(start):
    for function in STARTED:
        with pytest.raises(ValueError, match="x_0 must be between 0 and 1, got"):
            function(start, 0.1)


@pytest.mark.parametrize("error", [0, -1, 1])
def test_refuses_an_error_outside(error):
    for function in STARTED:
        with pytest.raises(ValueError, match="epsilon must be between 0 and 1, got"):
            function(0.1, error)
