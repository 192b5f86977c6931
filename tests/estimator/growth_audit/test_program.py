"""Comparisons are shown where they can be, and agree in many digits where they are equal."""

import pytest
from mpmath import mp

from estimator.expressions.parse import parse_expression
from estimator.growth_audit.program import Program


def compared(left, right, room=None, thorough=False, **at):
    program = Program()
    numbers = [program.add(parse_expression(each)) for each in (left, right)]
    values = program.at({name: mp.mpf(x)._mpf_ for name, x in at.items()})
    if room is None:
        return values.at_most(*numbers)
    return values.within(*numbers, program.add(parse_expression(room)), thorough=thorough)


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ("log(N + 1) - log(N)", "1/N", True),
        ("1/(N + 1)", "log(N + 1) - log(N)", True),
        ("1/N", "log(N + 1) - log(N)", False),
        ("exp(N)", "exp(N + 1/N)", True),
        ("log(exp(N))", "N", True),
        ("sqrt(N**2 + 1) - N", "1/(2*N)", True),
        ("21/20*(sqrt(N**2 + 1) - N)", "1/(2*N)", False),
    ],
)
@pytest.mark.parametrize("size", ["2.5", "1e9", "1e40"])
def test_cancellation_does_not_matter(left, right, verdict, size):
    assert compared(left, right, N=size).verdict is verdict


@pytest.mark.parametrize(
    ("room", "size", "verdict"),
    [("2/N", "1e60", True), ("1/(3*N)", "1e60", False), ("0", "1e9", False), ("0", "1e90", True)],
)
def test_an_enclosure(room, size, verdict):
    """log(N + 1) = log(N) up to 2/N, and up to nothing as far as 60 bits can tell."""
    assert compared("log(N + 1)", "log(N)", room, N=size).verdict is verdict


def test_a_thorough_comparison_sees_more():
    assert compared("log(N + 1)", "log(N)", "0", thorough=True, N="1e90").verdict is False


@pytest.mark.parametrize(
    ("left", "why"),
    [("log(-N)", "not positive"), ("f(N)", "function f"), ("M", "nothing is said of M")],
)
def test_what_was_not_evaluated_is_said(left, why):
    found = compared(left, "N", N=3)
    assert found.verdict is None
    assert why in found.why


def test_equal_parts_are_one():
    """f of a sum that is written twice is a sum, its parts and a product."""
    program = Program()
    tree = parse_expression("(N + 1)*exp(N + 1)")
    assert program.add(tree) == program.add(tree) == 4
