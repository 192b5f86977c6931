"""Points of a path at which something is whole."""

import pytest
from mpmath import libmp, mp

from estimator.expressions.parse import parse_expression
from estimator.growth_audit.whole_points import FINE, whole_at


@pytest.mark.parametrize(
    ("text", "start", "meant"),
    [
        ("t + 1/2", "10.2", "10.5"),
        ("t", "10.2", "11"),
        ("sqrt(t)", "10.2", "16"),
        ("sqrt(t) + 1/2", "10.2", "12.25"),
        ("t**2/4", "3", "sqrt(12)"),
        ("log(t)/log(2)", "10.2", "16"),
        ("log(t)", "10.2", "exp(3)"),
        ("t", "7", "7"),
    ],
)
def test_the_next_point(text, start, meant):
    """To all digits that are looked at; where it is whole, it stays."""
    with mp.workprec(FINE):
        point = whole_at(parse_expression(text), "t", {"t": mp.mpf(start)._mpf_})
        values = {"sqrt(12)": mp.sqrt(12), "exp(3)": mp.exp(3)}
        wanted = values[meant] if meant in values else mp.mpf(meant)
        assert abs(mp.make_mpf(point["t"]) - wanted) < mp.mpf(2) ** (300 - FINE)


@pytest.mark.parametrize(("text", "start"), [("1/t", "2.5"), ("t", "1e60"), ("log(-t)", "3")])
def test_there_is_none(text, start):
    """It falls, is too large, or has no value."""
    assert whole_at(parse_expression(text), "t", {"t": libmp.from_str(start, 53)}) is None
