"""Rational functions in other forms."""

import pytest

from estimator.expressions.parse import parse_expression
from estimator.growth_checker.number import WitnessError
from estimator.growth_checker.quotients import are_identical


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("(N**2 - M**2)/(N - M)", "N + M", True),
        ("1/(1 - 1/(1 + N)) - 1/N", "1", True),
        ("(N + k)**(-2)*(N**2 + 2*k*N + k**2)", "1", True),
        ("(N**3 - 1)/(N - 1)", "N**2 + N", False),
        ("N/(N + 1)", "N/(N - 1)", False),
        ("1/N", "1/(N*1) + 0*M", True),
    ],
)
def test_rational_functions_are_compared(one, two, same):
    assert are_identical(parse_expression(one), parse_expression(two)) is same


@pytest.mark.parametrize("text", ["sqrt(N)", "N**k", "log(N)", "(N - N)**(-1)", "N**50", "pi*N"])
def test_nothing_else_is_rewritten(text):
    with pytest.raises(WitnessError):
        are_identical(parse_expression(text), parse_expression("N"))
