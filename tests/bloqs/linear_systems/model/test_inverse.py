"""Sums of weights of the binomial series, for any condition number."""

from math import comb

import mpmath
import pytest

from bloqs.linear_systems.model.inverse import central_share


@pytest.mark.parametrize("b", [0, 1, 7, 100, 101, 250, 1000])
def test_chance_of_as_many_heads_as_tails(b):
    assert central_share(b) == pytest.approx(comb(2 * b, b) / 4**b, rel=1e-13)


@pytest.mark.parametrize("b", [10**7, 2 * 10**13, 10**25])
def test_chance_in_many_tosses(b):
    """Where a difference of logarithms of factorials keeps no digit."""
    with mpmath.workdps(60):
        exact = mpmath.exp(
            mpmath.loggamma(2 * b + 1) - 2 * mpmath.loggamma(b + 1) - 2 * b * mpmath.log(2)
        )
    assert central_share(b) == pytest.approx(float(exact), rel=1e-13)
