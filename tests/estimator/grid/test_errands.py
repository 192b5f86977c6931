"""Chunks on workers: each is done once, and those with the same errors by the same worker."""

import random

import pytest

from estimator.grid.errands import Errands, kinds_of
from estimator.grid.plan import chunks

AXES = [("N", [16, 64, 256]), ("epsilon", [0.1, 0.01, 0.001, 0.0001]), ("loader", ["qrom", "x"])]


def kinds(axes, most=1):
    cut = list(chunks([len(values) for _, values in axes], most))
    return {number: kinds_of(axes, ranges) for number, ranges in enumerate(cut)}


@pytest.mark.parametrize("seed", range(20))
def test_every_chunk_once_and_together(seed):
    """Workers that ask at random moments; one works at a kind unless it helps at the end."""
    draw = random.Random(seed)
    left = kinds(AXES)
    errands = Errands(left)
    done: dict[str, list[int]] = {name: [] for name in "abc"}
    while (number := errands.next(worker := draw.choice("abc"))) is not None:
        done[worker].append(number)
    assert sorted(x for its in done.values() for x in its) == sorted(left)
    pairs = {(worker, left[number]) for worker, its in done.items() for number in its}
    assert len(pairs) <= len(set(left.values())) + len(done)


def test_counts_alone_are_one_kind():
    assert len(set(kinds([("N", [2, 4, 8]), ("b", [1, 2])]).values())) == 1


def test_two_workers_share_one_kind():
    errands = Errands(dict.fromkeys(range(4), ()))
    assert [errands.next(worker) for worker in "abab"] == [0, 3, 1, 2]
    assert errands.next("a") is None
