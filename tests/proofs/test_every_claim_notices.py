"""Each claim of the ledger notices a mistake in product code: none is arithmetic on typed numbers.

The mistakes stand in noticed.jsonl; `python tests/proofs/notice.py` finds those that are missing.
"""

import notice
import pytest
from mistake import REJECTED, Bench
from mutate import ROOT

from proofs.ledger import claims

TABLE = notice.noticed()
LONG = 0.7
"""Claims that take longer are left to the slow tests. Unit: seconds of the processor."""


@pytest.fixture(scope="module")
def bench():
    with Bench(ROOT, notice.slips) as found:
        yield found


def test_every_claim_has_a_mistake():
    """Made in product code, and not in the instruments that examine claims."""
    assert TABLE.keys() == claims().keys()
    for row in TABLE.values():
        assert row.mistake.path.startswith(("estimator/", "bloqs/"))
        assert not row.mistake.path.startswith(notice.INSTRUMENTS), row.claim
        assert row.how in REJECTED


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(row.claim, marks=[pytest.mark.slow] if row.seconds > LONG else [])
        for row in TABLE.values()
    ],
)
def test_a_mistake_is_noticed(bench, name):
    """The claim is examined to the end, and rejected by the routes that rejected it before."""
    assert bench.outcome(name, TABLE[name].mistake)[0] == TABLE[name].how


def test_without_a_mistake_the_claim_is_accepted(bench):
    """What is noticed is the mistake, not that the claim is examined on the bench."""
    quickest = min(TABLE.values(), key=lambda row: row.seconds)
    assert bench.outcome(quickest.claim)[0] == ""
