"""Paths say what variables are, also where they say it of ratios."""

import pytest
from mpmath import libmp

from estimator.expressions.parse import parse_expression
from estimator.growth_audit.paths import path_of
from estimator.growth_audit.program import Program


@pytest.mark.parametrize(
    ("shapes", "vanishing", "meant"),
    [
        ({"N": "t**2"}, (), {"N": 9}),
        ({"b": "t", "16*N/b": "16"}, (), {"b": 3, "N": 3}),
        ({"b": "t", "16*N/b": "16*t"}, (), {"b": 3, "N": 9}),
        ({"b": "t", "c": "5", "16*N/(b*c)": "16"}, (), {"b": 3, "N": 15}),
        ({"b": "t", "16*N**(2)/b": "48"}, (), {"b": 3, "N": 3}),
        ({"eps": "1/t", "16*N/eps": "16"}, ("eps",), {"eps": 1 / 3, "N": 3}),
        ({"N": "t", "16*eps/N": "32"}, ("eps",), {"eps": 1 / 6}),
        ({"c": "t", "16*b/c": "16", "16*N/b": "32"}, (), {"b": 3, "N": 6}),
    ],
)
def test_what_variables_are(shapes, vanishing, meant):
    """Where t is 3."""
    trees = {name: parse_expression(text) for name, text in shapes.items()}
    found = path_of(trees, frozenset(vanishing))
    for name, value in meant.items():
        program = Program()
        number = program.add(found[name])
        got = libmp.to_float(program.at({"t": libmp.from_int(3)}).rough(number))
        assert got == pytest.approx(value), name


def test_a_ratio_of_itself_is_refused():
    shapes = {"16*N/M": parse_expression("16"), "16*M/N": parse_expression("16")}
    with pytest.raises(ValueError, match="a path says nothing of N itself"):
        path_of(shapes, frozenset())
