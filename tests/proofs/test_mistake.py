"""Mistakes are made in a process of their own, and what a claim says of them comes back."""

import pytest
from mistake import Bench, Mistake
from notice import slips

BLOQ = """
import time

class Some:
    @property
    def width(self):
        return 1 + super().__sizeof__() * 0

def bits(n):
    return n + 1

def stated():
    return 4

def seconds():
    time.sleep(1 - 1)

def unused():
    return 1
"""

CLAIM = """
from types import SimpleNamespace
from bloqs.some import Some, bits, seconds, stated

STATED = stated()

def verdict(truth):
    return SimpleNamespace(value="holds" if truth else "fails")

def examine():
    seconds()
    width = [10, 20, 30][Some().width]
    return SimpleNamespace(symbolic=verdict(width == 20), numeric=verdict(bits(3) == STATED))

THEOREM = SimpleNamespace(examine=examine)
"""


@pytest.fixture
def bench(tree):
    with Bench(tree(BLOQ, CLAIM), slips, patience=0.5) as found:
        yield found


@pytest.mark.parametrize(
    ("function", "kind", "change", "how"),
    [
        ("bits", "sign exchanged", "n + 1 -> n - 1", "measured"),
        ("Some.width", "number off by one", "1 -> 2", "derived"),
        ("Some.width", "number off by one", "0 -> 1", "IndexError"),
        ("stated", "number off by one", "4 -> 5", "measured"),
        ("seconds", "sign exchanged", "1 - 1 -> 1 + 1", "timeout"),
    ],
)
def test_a_mistake_is_seen_in_what_the_claim_says(bench, function, kind, change, how):
    """In functions, in a property with a closure, in what the claim's file computes at import."""
    mistake = Mistake("bloqs/some.py", function, kind, change)
    assert bench.outcome("some", mistake)[0] == how
    assert bench.outcome("some")[0] == ""


@pytest.mark.parametrize(
    "mistake",
    [
        Mistake("bloqs/some.py", "bits", "sign exchanged", "n + 2 -> n - 2"),
        Mistake("bloqs/some.py", "bits", "sign exchanged", "n + 1 -> n - 1", nth=1),
        Mistake("bloqs/some.py", "gone", "sign exchanged", "n + 1 -> n - 1"),
    ],
    ids=str,
)
def test_a_mistake_without_a_place_is_refused(bench, mistake):
    with pytest.raises(ValueError, match="there is no place for the mistake"):
        bench.outcome("some", mistake)


def test_the_lines_that_a_claim_runs(bench):
    """In functions and properties, when the claim's file is read and when it is examined."""
    run = {number for number, line in enumerate(BLOQ.splitlines(), 1) if "return" in line}
    unused = len(BLOQ.splitlines())
    assert bench.names() == ["some"]
    lines = bench.lines("some")
    assert set(lines) == {"bloqs/some.py"}
    assert run - {unused} <= lines["bloqs/some.py"]
    assert unused not in lines["bloqs/some.py"]
