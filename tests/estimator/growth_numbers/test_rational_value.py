"""Numbers that are rational though they do not look it, and near misses."""

from fractions import Fraction

import pytest

from estimator.expressions.parse import parse_expression
from estimator.expressions.tree import to_sympy
from estimator.growth_checker.number import settled
from estimator.growth_checker.sign import direction_or_none
from estimator.growth_numbers.number import number
from estimator.growth_numbers.rational_value import rational_value
from estimator.growth_numbers.sign import sign_or_none

ZERO = [
    "log(6)-log(2)-log(3)",
    "sqrt(2)+sqrt(3)-sqrt(5+2*sqrt(6))",
    "(2+sqrt(5))**(1/3)-(1+sqrt(5))/2",
    "cos(pi/7)-cos(2*pi/7)+cos(3*pi/7)-1/2",
    "2*sin(pi/5)*cos(pi/5)-sin(2*pi/5)",
    "2**log(3)-3**log(2)",
    "2*log((1+sqrt(5))/2)-log((3+sqrt(5))/2)",
    "log(sqrt(2)+1)+log(sqrt(2)-1)",
    "log(20)/log(10)-log(2)/log(10)-1",
    "log10(1000)-3",
    "pi*sqrt(2)+pi*sqrt(3)-pi*sqrt(5+2*sqrt(6))",
    "(3+2*sqrt(2))**(1/4)*(3-2*sqrt(2))**(1/4)-1",
    "1/(sqrt(3)-sqrt(2))-sqrt(3)-sqrt(2)",
    "log(10**40)-40*log(10)",
    "exp(1+log(2))-2*exp(1)",
]
POSITIVE = [
    "log(7)-log(2)-log(3)",
    "sqrt(2)+sqrt(3)-sqrt(5+2*sqrt(6))+1/10**60",
    "sqrt(2)-141421356237309504880168872/10**26",
    "262537412640768744-exp(pi*sqrt(163))",
    "(5/2+sqrt(5))**(1/3)-(1+sqrt(5))/2",
    "cos(pi/7)-cos(2*pi/7)+cos(3*pi/7)-1/2+1/10**40",
    "log(10**30+1)-30*log(10)",
    "sqrt(10**40+1)-10**20",
]


def value(text):
    return to_sympy(parse_expression(text, frozenset()))


@pytest.mark.parametrize("text", ZERO)
def test_zeros_are_seen_on_both_sides(text):
    """By minimal polynomials and primes; by distances between algebraic numbers."""
    assert number(value(text)) == settled(value(text)) == 0
    assert number(value(text) + value("3/7")) == settled(value(text) + value("3/7"))
    assert number(value(text) + value("3/7")) == Fraction(3, 7)


@pytest.mark.parametrize("text", POSITIVE)
def test_small_numbers_are_not_zero(text):
    """However small; the opposite is negative."""
    for side in (1, -1):
        assert sign_or_none(number(side * value(text))) == side
        assert direction_or_none(settled(side * value(text))) == side


@pytest.mark.parametrize("text", ["exp(exp(1))-pi", "sqrt(2)", "pi+exp(1)-log(2)", "gamma(1/3)"])
def test_other_numbers_stay_as_they_are(text):
    """Nothing is rational because a float is."""
    assert rational_value(value(text)) is None
    assert settled(value(text)) == value(text).expand()


def test_what_is_not_shown_stays_open():
    """gamma(1/3) gamma(2/3) sin(pi/3) is pi, by a formula that neither side knows."""
    gap = value("gamma(1/3)*gamma(2/3)*sqrt(3)/2-pi")
    assert rational_value(gap) is None
    assert direction_or_none(gap) is None
