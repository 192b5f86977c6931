"""Crossovers, against equations solved by hand or by bisection in plain floats."""

from math import inf, log

import pytest

from estimator.growth.crossover import crossover


def test_a_point():
    """7 N falls below N**2 at N = 7."""
    found = crossover("a*N", "N**2", "N", {"a": 7})
    assert found.point == pytest.approx(7, rel=1e-6)
    assert found.ranges[-1][1] == inf
    assert not found.never


def test_a_transcendental_point():
    """100 N log N = N**2 where N = 100 log N, found by iteration."""
    n = 600.0
    for _ in range(200):
        n = 100 * log(n)
    assert crossover("100*N*log(N)", "N**2", "N").point == pytest.approx(n, rel=1e-6)


def test_a_range():
    """N**2 - 30 N + 200 is below zero between 10 and 20 only."""
    found = crossover("N**2 + 200", "30*N", "N")
    ((low, high),) = found.ranges
    assert (low, high) == (pytest.approx(10, rel=1e-6), pytest.approx(20, rel=1e-6))
    assert found.point is None


def test_never():
    """N + 1 is never below N."""
    assert crossover("N + 1", "N", "N").never


def test_rounding():
    """1000 ceiling(log2 N) < sqrt(N) from 30000**2 on, where the ceiling is 30."""
    found = crossover("1000*ceiling(log2(N))", "sqrt(N)", "N")
    assert found.point == pytest.approx(9e8, rel=1e-6)


def test_refusals():
    """A symbol without a number, a start at zero, a difference without a sign."""
    with pytest.raises(ValueError, match="got none for a"):
        crossover("a*N", "N", "N")
    with pytest.raises(ValueError, match="start > 0, got 0"):
        crossover("N", "N**2", "N", start=0)
    with pytest.raises(ValueError, match="sign of g - f was not found for large N"):
        crossover("sin(N)", "cos(N)", "N")
