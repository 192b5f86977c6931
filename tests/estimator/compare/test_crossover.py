"""Crossovers: bisection between shown sizes against trying every size."""

import pytest

from estimator.compare.crossover import Crossover, crossover, size_text

SIZES = tuple(range(4, 30, 2))
SHOWN = (4, 12, 20, 28)


def by_brute_force(is_ahead):
    """Runs of consecutive sizes at which it is ahead, found by asking at each."""
    runs, run = [], []
    for size in (*SIZES, None):
        if size is not None and is_ahead(size):
            run.append(size)
        elif run:
            runs.append((run[0], run[-1]))
            run = []
    return tuple(runs)


@pytest.mark.parametrize(
    "where",
    [
        range(14, 29),
        range(4, 7),
        range(4, 5),
        range(28, 29),
        range(12, 19),
        [*range(10), *range(22, 29)],
        range(29),
        [],
    ],
    ids=str,
)
def test_bisection_finds_what_trying_all_sizes_finds(where):
    found = crossover(SIZES, SHOWN, lambda n: n in where)
    assert found.ahead == by_brute_force(lambda n: n in where)


def test_few_sizes_are_asked():
    """A crossing costs the sizes shown and a logarithm of the gap, not the whole range."""
    asked = []

    def is_ahead(n):
        asked.append(n)
        return n > 500

    sizes = tuple(range(1001))
    assert crossover(sizes, (0, 1000), is_ahead).ahead == ((501, 1000),)
    assert len(asked) <= 12


POWERS = tuple(2**n for n in SIZES)


@pytest.mark.parametrize(
    ("ahead", "text"),
    [
        ((), "never up to 2^28"),
        (((2**14, 2**28),), "from 2^14"),
        (((2**4, 2**28),), "already at 2^4"),
        (((2**4, 2**4),), "only 2^4"),
        (((2**6, 2**8), (2**12, 2**28)), "only 2^6 to 2^8 and from 2^12"),
    ],
)
def test_words(ahead, text):
    assert Crossover(POWERS, ahead).text == text


def test_from_where_it_stays_ahead():
    assert Crossover(POWERS, ((2**6, 2**8), (2**12, 2**28))).stays_from == 2**12
    assert Crossover(POWERS, ((2**6, 2**8),)).stays_from is None


@pytest.mark.parametrize(
    ("size", "text"), [(1, "2^0"), (1024, "2^10"), (1000, "1,000"), (0.25, "0.25"), (0, "0")]
)
def test_sizes_in_words(size, text):
    assert size_text(size) == text


def test_sizes_shown_span_all():
    with pytest.raises(ValueError, match="must span"):
        crossover(SIZES, (4, 20), lambda n: True)


@pytest.mark.parametrize("unknown", [4, 20, 16])
def test_an_unknown_cost_leaves_it_undecided(unknown):
    """Whether it is met at a size shown or by bisection between two of them; never an advantage."""

    def is_ahead(n):
        return None if n == unknown else n > 12

    found = crossover(SIZES, (4, 28) if unknown == 16 else (4, 20, 28), is_ahead)
    assert (found.text, found.stays_from, found.is_decided) == ("undecided", None, False)
