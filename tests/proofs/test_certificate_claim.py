"""Claims shown by certificates: they hold if the checker accepts, and the answer is the one."""

import pytest
from attrs import evolve

from bloqs.hypergraph.rivals.certificate import Certificate, demand, examined
from proofs.certificate_claim import CertificateClaim
from proofs.ledger import examined as examined_claims
from proofs.ledger_view import evidence


def search(number):
    return Certificate(
        name="root", task={"square": number**2}, answer=f"{number}", evidence={"root": number}
    )


@examined
def check(certificate, track):
    demand(certificate.evidence["root"] ** 2 == certificate.task["square"], "no root")
    return "squared"


CLAIM = CertificateClaim(
    says="Squares have roots.",
    search=search,
    answer=str,
    checker=check,
    instances=({"number": 2}, {"number": 3}),
    false_twin=lambda found: found.altered(root=found.evidence["root"] + 1),
    twin_says="Their roots are one more.",
    source="ours",
)
CLAIM = evolve(CLAIM, answer=lambda number: {2: "2", 3: "3"}[number])


def test_what_the_checker_accepts_holds():
    found = CLAIM.examine()
    assert found.accepted
    assert found.remarks == ("squared",)
    assert [run.fidelity for run in found.measurements] == ["checked", "checked"]
    assert evidence(CLAIM, found) == "checker holds on 2 certificates: squared"


def test_every_twin_must_be_rejected():
    assert not CLAIM.examine(twin=True).accepted
    half = evolve(
        CLAIM,
        false_twin=lambda found: found.altered(root=2),
    )
    assert half.examine(twin=True).accepted  # the first is still right


def test_another_answer_is_not_the_claim():
    claim = evolve(CLAIM, answer=lambda number: "2")
    found = claim.examine()
    assert not found.accepted
    assert found.remarks == ("squared", "the answer is '3'")


def test_incomplete_evidence_shows_nothing():
    claim = evolve(CLAIM, search=lambda number: evolve(search(number), is_complete=False))
    assert not claim.examine().accepted
    (entry,) = examined_claims({"roots": claim})
    assert not entry.accepted


def test_refuses_no_instance():
    with pytest.raises(ValueError, match="give an instance"):
        evolve(CLAIM, instances=())
