import numpy as np
import pytest

from estimator.polynomials.amplification import amplification_minimal_degree
from estimator.polynomials.minimax import (
    minimax_amplification,
    minimax_amplification_degree,
    minimax_polynomial,
    minimax_sign,
)
from estimator.polynomials.polynomial import BOUND_SLACK, Polynomial
from estimator.polynomials.sign import sign_minimal_degree


@pytest.mark.parametrize(
    ("inverse", "error", "degree"),
    [
        (2, 1e-2, 9),
        (2, 1e-4, 17),
        (2, 1e-6, 25),
        (10, 1e-2, 43),
        pytest.param(10, 1e-4, 87, marks=pytest.mark.slow),
    ],
)
def test_sign_degrees(inverse, error, degree):
    """The smallest degree that does: no polynomial two degrees lower comes as close."""
    assert minimax_sign(1 / inverse, degree).error <= error
    assert minimax_sign(1 / inverse, degree - 2).lower_bound > error
    assert degree < sign_minimal_degree(1 / inverse, error)


@pytest.mark.parametrize(
    ("factor", "error", "degree"),
    [(2, 1e-2, 3), (2, 1e-4, 9), (5, 1e-2, 7), (5, 1e-4, 19), (36.5, 1e-2, 39)],
)
def test_amplification_degrees(factor, error, degree):
    assert minimax_amplification_degree(factor, 0.5, error) == degree
    assert degree < amplification_minimal_degree(factor, 0.5, error)


@pytest.mark.slow
@pytest.mark.parametrize(("error", "degree"), [(1e-3, 85), (1e-4, 135)])
def test_amplification_degrees_for_a_large_factor(error, degree):
    assert minimax_amplification_degree(36.5, 0.5, error) == degree


@pytest.mark.parametrize(("factor", "degree"), [(2, 9), (5, 19)])
def test_amplification_promises_and_bounds(factor, degree):
    """Bounded by 1; upper and lower bound on the best error meet; a sample agrees."""
    found = minimax_amplification(factor, 0.5, degree)
    assert found.polynomial.maximum().value <= 1 + BOUND_SLACK
    x = np.linspace(0, 0.5 / factor, 2001)
    sampled = np.abs(found.polynomial.evaluate(x) - factor * x).max()
    assert sampled <= found.error <= sampled * 1.001
    assert found.lower_bound <= found.error <= found.lower_bound * 1.0002 + 1e-8


@pytest.mark.parametrize(("start", "degree"), [(0.5, 9), (0.1, 45)])
def test_sign_error_alternates(start, degree):
    """The optimum alternates between 1 and 1 - error, (degree + 3) / 2 times."""
    found = minimax_sign(start, degree)
    assert found.polynomial.maximum().value <= 1 + BOUND_SLACK
    values = found.polynomial.evaluate(np.linspace(start, 1, 20_001))
    turns = values - (1 - found.error / 2)
    extremes = np.sign(turns[np.abs(turns) > 0.49 * found.error])
    assert 1 + np.count_nonzero(np.diff(extremes)) == (degree + 3) // 2
    assert found.error <= found.lower_bound * 1.0002 + 1e-8


def test_sign_error_of_degree_one_and_three():
    """x is best on [x_0, 1] at degree 1; at 3 the optimum solves two equations by hand.

    Degree 3: P = c (x - b x^3) equals 1 at its maximum x = 1 / sqrt(3 b), and P(x_0) = P(1).
    """
    assert minimax_sign(0.3, 1).error == pytest.approx(0.7, rel=1e-5)
    b = (1 - 0.3) / (1 - 0.3**3)
    c = 1.5 * (3 * b) ** 0.5
    assert minimax_sign(0.3, 3).error == pytest.approx(1 - c * (1 - b), rel=1e-4)


def test_refusals():
    line = Polynomial([0, 1])
    with pytest.raises(ValueError, match="odd degree >= 1, got 2"):
        minimax_polynomial(line, 0.1, 1.0, 2)
    with pytest.raises(ValueError, match="needs 0 <= lower < upper <= 1"):
        minimax_polynomial(line, -0.1, 1.0, 3)
    with pytest.raises(ValueError, match="epsilon >= 1e-07, got 1e-09"):
        minimax_amplification_degree(2, 0.5, 1e-9)
    with pytest.raises(ValueError, match="epsilon must be between 0 and 1, got 0"):
        minimax_amplification_degree(2, 0.5, 0)
    with pytest.raises(ValueError, match="x_0 must be between 0 and 1, got 1"):
        minimax_sign(1, 3)
    with pytest.raises(ValueError, match="needs gamma > 1, got gamma=1"):
        minimax_amplification(1, 0.5, 3)
