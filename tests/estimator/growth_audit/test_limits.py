"""What goes to zero, and to infinity, is seen; what stays is not taken for it."""

from random import Random

import pytest

from estimator.expressions.parse import parse_expression
from estimator.growth_audit.limits import goes_to_infinity, goes_to_zero
from estimator.growth_audit.points import Domain, Draws
from estimator.growth_audit.program import Program


def draws(names, **thresholds):
    program = Program()
    domain = Domain(
        growing=names,
        vanishing=frozenset(),
        whole=frozenset(),
        constants={},
        thresholds=tuple(
            (name, program.add(parse_expression(thresholds.get(name, "2")))) for name in names
        ),
        orders=(),
        waves=False,
    )
    return Draws(domain, program, Random(0))


@pytest.mark.parametrize(
    ("rate", "least", "falls"),
    [
        ("N**(-1/2)", "1", True),
        ("1/log(log(N))", "exp(exp(1))", True),
        ("1/log(log(N))", "exp(exp(300))", True),
        ("log(N)**(-1/10)", "exp(5)", True),
        ("exp(-N)", "1", True),
        ("1", "1", False),
        ("2 + 1/N", "3", False),
        ("log(N)/1000", "3", False),
        ("N**(-1/2)*log(N)**3", "exp(90)", True),
    ],
)
def test_a_rate(rate, least, falls):
    assert goes_to_zero(parse_expression(rate), draws(("N",), N=least)) is falls


@pytest.mark.parametrize(
    ("rate", "falls"),
    [("1/(N*M)", True), ("max(1/N, 1/M)", True), ("N/M**2", False), ("1/N", True)],
)
def test_a_rate_of_two_falls_whichever_is_ahead(rate, falls):
    """N/M**2 does where both are alike, and not where N is ahead."""
    assert goes_to_zero(parse_expression(rate), draws(("N", "M"))) is falls


@pytest.mark.parametrize(
    ("shape", "turned", "grows"),
    [
        ("t", False, True),
        ("log(log(t))", False, True),
        ("1/t", True, True),
        ("t", True, False),
        ("2 - 1/t", False, False),
        ("5", False, False),
        ("exp(exp(t))", False, True),
    ],
)
def test_a_path(shape, turned, grows):
    found = goes_to_infinity(parse_expression(shape), turned, draws(("t",), t="3"))
    assert found is grows
