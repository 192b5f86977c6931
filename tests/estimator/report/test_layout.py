"""Widths and lines on a terminal, against Rich and by hand."""

import pytest
from rich.console import Console
from rich.text import Text

from estimator.report.layout import column_widths, lines_of, name_width, value_width

FORMULAS = [
    "b",
    "2*c + 3*d + m",
    "4*2**(2*c)*2**(2*d) + 2*b*c + 4*b*d + 2*b - 10*c - 20*d + 2*m - 10",
    "Max(b + 2*c + d + 4*m + 5, b + 2*c + 2*d + 3*m + 4, 2*b + 4*c + 4*d + 2*m + 2)",
    "a_name_that_is_longer_than_the_line*another_one_of_the_kind + 1",
    "1 + a_name_that_is_longer_than_the_line*another_one_of_the_kind",
]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("width", [8, 16, 17, 30, 42, 80])
def test_lines_are_those_of_the_terminal(text, width):
    """Rich breaks the text into as many."""
    assert lines_of(text, width) == len(Text(text).wrap(Console(), width, overflow="fold"))


def test_names_are_broken_between_words():
    """No narrower than the longest word; values have what names and units leave."""
    names = ["failure left by the polynomial, at most", "alpha"]
    assert name_width(names, 0) == len(names[0])
    assert name_width(names, 20) == 20
    assert name_width(names, 5) == len("polynomial,")
    assert value_width(names, ["gates"], 80, 20) == 80 - 20 - 5 - 8
    assert value_width(["x" * 70], ["gates"], 80, 0) == 16


@pytest.mark.parametrize(
    ("needed", "least", "room", "widths"),
    [
        ([10, 20, 5], [1, 1, 1], 40, [10, 20, 5]),
        ([10, 20, 5], [1, 1, 1], 25, [10, 10, 5]),
        ([30, 30, 5], [1, 25, 5], 45, [15, 25, 5]),
        ([30, 30], [20, 25], 10, [20, 25]),  # no room at all: what each must have
    ],
)
def test_the_widest_column_gives_first(needed, least, room, widths):
    assert column_widths(needed, least, room) == widths
