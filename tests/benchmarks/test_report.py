"""A peer that fails by a mistake of ours is told from one that fails by itself."""

import pytest

from benchmarks.benchmark import Case
from benchmarks.report import Row, faults
from benchmarks.stopwatch import KILLED, LACKS, NOT_INSTALLED, OVER_MEMORY, Timing, over_time

LIMIT = 30.0


@pytest.mark.parametrize(
    ("peer", "settings", "blamed"),
    [
        (Timing(None, trouble="NotImplementedError: no tensors"), {}, True),
        (Timing(1.0, error=1.0), {}, True),
        (Timing(1.0, error=0.0), {}, False),
        (Timing(None, trouble="AssertionError"), {"may_fail": "its change of basis"}, False),
        (Timing(None, trouble="AssertionError"), {"until_broken": True}, False),
        (Timing(None, trouble=over_time(LIMIT)), {}, False),
        (Timing(None, trouble=OVER_MEMORY), {}, False),
        (Timing(None, trouble=KILLED), {}, False),
        (Timing(None, trouble=NOT_INSTALLED), {}, False),
        (Timing(None, trouble=f"{LACKS} jax"), {}, False),
        (None, {}, False),
    ],
)
def test_whose_fault_it_is(peer, settings, blamed):
    row = Row(Case(what="sum", size="2", ours=None, limit=LIMIT, **settings), Timing(1.0), peer)
    assert (row.our_fault, len(faults([row]))) == (blamed, int(blamed))
