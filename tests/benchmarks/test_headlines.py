"""The README's tables of speed and of contests have the rows that the benchmarks print."""

import re
from pathlib import Path

import pytest

import benchmarks
from benchmarks.benchmark import Benchmark, Case
from benchmarks.contest import Contest
from benchmarks.headlines import CONTEST_HEADING, SPEED_HEADING, headlines, speed_table
from benchmarks.report import Row
from benchmarks.stopwatch import Timing, over_time
from estimator.discover import instances_of

README = (Path(__file__).parents[2] / "README.md").read_text()
LIMIT = 30.0


def row(headline, ours, peer, trouble=""):
    case = Case(what="", size="", ours=None, headline=headline, limit=LIMIT)
    return Row(case, Timing(ours), Timing(peer, trouble=trouble))


def first_cells(heading):
    """Of the README's table under a heading, in order."""
    table = README.split(heading + "\n")[1].split("\n\n")[0]
    return [line.split(" | ")[0].removeprefix("| ") for line in table.splitlines()]


def test_the_readme_has_every_row_of_speed_in_order():
    speed = instances_of(Benchmark, benchmarks).values()
    rows = headlines(case for benchmark in speed for case in benchmark.cases)
    assert first_cells(SPEED_HEADING) == rows


def test_the_readme_has_every_contestant():
    (contest,) = instances_of(Contest, benchmarks).values()
    assert first_cells(CONTEST_HEADING) == [each.short for each in contest.contestants]


def test_a_cell_of_the_readme_is_a_ratio_or_says_why_there_is_none():
    table = README.split(SPEED_HEADING + "\n")[1].split("\n\n")[0]
    number = r"(?:more than )?[\d.e+-]+"
    for line in table.splitlines():
        assert re.search(rf"\| ({number}(?: to {number})?|not installed) \|$", line), line


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ([row("a", 1.0, 2.0)], "2"),
        ([row("a", 1.0, 2.345), row("a", 2.0, 1.0)], "0.5 to 2.3"),
        ([row("a", 1.0, 2.0), row("a", 3.0, None, over_time(LIMIT))], "2 to more than 10"),
        ([row("a", 1.0, None, "not installed")], "not installed"),
    ],
)
def test_a_row_spans_its_ratios(rows, cell):
    assert speed_table(rows) == f"{SPEED_HEADING}\n| a | {cell} |"


def test_what_is_not_in_the_readme_is_in_no_table():
    assert speed_table([row("", 1.0, 2.0)]) == ""
