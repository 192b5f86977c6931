"""Open questions: what is proved falls short of the statement, and nothing beats it."""

import pytest
from attrs import evolve

from proofs.explain import explanation
from proofs.ledger_view import Entry, ledger_report
from proofs.open_question import OpenQuestion

CLAIM = OpenQuestion(
    says="A sum of x terms takes x additions.",
    reason="Nobody has looked for x - 1 of them.",
    shown=lambda x: x - 2,
    stated=lambda x: x,
    reached=lambda x: x,
    instances=({"x": 3}, {"x": 5}),
    false_twin=lambda x: x,
    twin_says="A count of terms is a proof.",
    source="ours",
)


def test_it_is_open_and_the_twin_is_not():
    found = CLAIM.examine()
    assert found.accepted
    assert found.worst_gap == 2
    assert [run.value for run in found.measurements] == [1, 3]
    assert not CLAIM.examine(twin=True).accepted


@pytest.mark.parametrize(
    "change", [{"reached": lambda x: x - (x == 5)}, {"shown": lambda x: x - (x == 3)}]
)
def test_one_instance_closes_it(change):
    """A machine that gets by with less refutes the statement; a proof shows it."""
    assert not evolve(CLAIM, **change).examine().accepted


def test_the_ledger_says_why():
    entry = Entry("a.sum", CLAIM, CLAIM.examine(), "", 0.0)
    plain = ledger_report([entry]).plain()
    assert plain["claims"][0]["reason"] == CLAIM.reason
    assert plain["summary"] == ["1 statement stays undecided"]
    shown = str(ledger_report([entry]).parts[0])
    assert "UNDECIDED" in shown
    assert f"undecided: {CLAIM.reason}" in shown
    assert f"Undecided: {CLAIM.reason}" in str(explanation("resnet.sum", CLAIM).parts)


def test_refuses_single_instances():
    with pytest.raises(ValueError, match="may be an accident"):
        evolve(CLAIM, instances=({"x": 3},))
