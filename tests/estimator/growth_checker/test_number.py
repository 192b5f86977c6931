"""Intervals around numbers hold them, where many digits cancel too."""

import mpmath
import pytest
import sympy

from estimator.growth_checker.number import interval

X = sympy.Rational(27, 2**60)
NUMBERS = [
    sympy.exp(X) - 1 - X,
    sympy.log(1 + X) - X,
    sympy.exp(sympy.log(3) * X) - 1,
    sympy.sin(X) - X,
    sympy.exp(-1) - sympy.Rational(3678794411714423, 10**16),
    2 ** sympy.sqrt(2) - sympy.Rational(2665144142690225, 10**15),
]


@pytest.mark.parametrize("number", NUMBERS, ids=str)
def test_an_interval_holds_its_number(number):
    """The value of 200 digits lies inside, and the interval is not a point."""
    around = interval(number)
    with mpmath.workdps(200):
        truth = mpmath.mpf(sympy.N(number, 200))
        low, high = (mpmath.mpf(end) for end in (around.a.a, around.b.b))
        assert low <= truth <= high
    assert around.delta > 0
