"""Claims about recorded runs: the verdicts must come out of the numbers."""

import pytest
from attrs import evolve

from estimator.statistics.group_differences import EQUIVALENT, SUPPORTED, Record
from proofs.ledger_view import evidence
from proofs.record_claim import RecordClaim

RECORD = Record(
    data="made up",
    quantity="1",
    runs={"arm": (5.0, 5.1, 4.9), "none": (1.0, 1.2, 0.8)},
    against="none",
    margin=1.0,
)
CLAIM = RecordClaim(
    says="The arm is better.",
    twin_says="None is better.",
    source="ours",
    record=lambda: RECORD,
    verdicts={"arm": SUPPORTED},
    false_twin=lambda record: record.with_swapped("arm", "none"),
)


def test_what_the_numbers_say_holds():
    found = CLAIM.examine()
    assert found.accepted
    assert evidence(CLAIM, found).startswith("verdicts as stated: arm +4.00 [3.58, 4.42]")
    assert not CLAIM.examine(twin=True).accepted


def test_another_verdict_is_rejected():
    assert not evolve(CLAIM, verdicts={"arm": EQUIVALENT}).examine().accepted


def test_refusals():
    with pytest.raises(ValueError, match="a verdict is one of"):
        evolve(CLAIM, verdicts={"arm": "better"})
    with pytest.raises(ValueError, match="give the verdict"):
        evolve(CLAIM, verdicts={})
    with pytest.raises(ValueError, match=r"are about \['else'\]"):
        evolve(CLAIM, verdicts={"else": SUPPORTED}).examine()
