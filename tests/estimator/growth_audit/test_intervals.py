"""Intervals hold the value, at every precision, and say when there is none."""

from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import libmp

from estimator.growth_audit import intervals as iv

BITS = (24, 53, 160, 640)
REAL = mpmath.MPContext()
REAL.prec = 1500

FUNCTIONS = {
    "log": REAL.log,
    "exp": REAL.exp,
    "sin": REAL.sin,
    "cos": REAL.cos,
    "gamma": REAL.gamma,
    "factorial": REAL.factorial,
}
"""Functions by another road: at a precision far beyond."""


def point(value):
    number = REAL.mpf(value)._mpf_
    return number, number


def holds(interval, value):
    low, high = (REAL.make_mpf(end) for end in interval)
    return low <= value <= high


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("prec", BITS)
@given(u=st.floats(-25, 25))
@settings(max_examples=25, deadline=None)
def test_a_function_lies_in_its_interval(name, prec, u):
    """Of numbers from 10**-25 to 10**25, which no waves and towers are too large for."""
    x = REAL.mpf(10) ** REAL.mpf(u)
    x = REAL.make_mpf(libmp.mpf_pos(x._mpf_, 53, "n"))
    if name in ("exp", "gamma", "factorial"):
        x = min(x, REAL.mpf(500))
    found = iv.OF_ONE[name](point(x), prec)
    assert holds(found, FUNCTIONS[name](x))
    width = REAL.make_mpf(libmp.mpf_sub(found[1], found[0], 60, "c"))
    assert width <= abs(FUNCTIONS[name](x)) * REAL.mpf(2) ** (12 - prec) + REAL.mpf(2) ** -prec


def test_the_last_digits_of_an_exponential_are_not_lost():
    """exp(x) - 1 - x is about x**2 / 2, which 160 digits of a bit do not hold."""
    x = REAL.mpf("1.6778172901350092e-27")
    x = REAL.make_mpf(libmp.mpf_pos(x._mpf_, 53, "n"))
    assert holds(iv.exponential(point(x), 160), REAL.exp(x))


@pytest.mark.parametrize(
    ("base", "exponent", "value"),
    [
        (-2, 3, -8),
        (-2, -2, 0.25),
        (9, Fraction(1, 2), 3),
        (2, 10000, REAL.mpf(2) ** 10000),
        (0, 3, 0),
    ],
)
def test_a_power(base, exponent, value):
    found = iv.power(iv.exact(base, 100), iv.exact(exponent, 100), 100)
    assert holds(found, REAL.mpf(value))


@pytest.mark.parametrize(
    ("top", "bottom", "value"),
    [(7, 3, 35), (Fraction(5, 2), 2, 1.875), (100, 50, 100891344545564193334812497256), (3, 5, 0)],
)
def test_a_binomial(top, bottom, value):
    found = iv.binomial(iv.exact(top, 200), iv.exact(bottom, 200), 200)
    assert holds(found, REAL.mpf(value))


def test_rounding_keeps_both_sides_of_an_integer():
    """Of an interval about 3: from 3 to 4 upwards."""
    about = (REAL.mpf("2.9999")._mpf_, REAL.mpf("3.0001")._mpf_)
    assert [int(REAL.make_mpf(x)) for x in iv.rounded(about, True)] == [3, 4]


@pytest.mark.parametrize(
    ("function", "argument", "why"),
    [
        (iv.logarithm, 0, "not positive"),
        (iv.gamma, -1, "not positive"),
        (lambda x, prec: iv.power(x, iv.exact(Fraction(1, 3), prec), prec), -1, "broken power"),
        (lambda x, prec: iv.divide(iv.ONE, x, prec), 0, "division by zero"),
        (lambda x, prec: iv.power(x, x, prec), 0, r"0\*\*0"),
    ],
)
def test_what_has_no_value(function, argument, why):
    with pytest.raises(iv.NotEvaluatedError, match=why):
        function(iv.exact(argument, 100), 100)


def test_a_tower_is_told_apart_from_a_large_number():
    """exp(exp(exp(5))) is written, one exponential more is not."""
    x = iv.exact(5, 300)
    for _ in range(3):
        x = iv.exponential(x, 300)
    with pytest.raises(iv.NotEvaluatedError, match="tower"):
        iv.exponential(iv.exponential(x, 300), 300)
