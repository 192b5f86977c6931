"""Papers: keys and arXiv numbers, as REFERENCES.md has them."""

import re
from pathlib import Path

import pytest

import proofs
from estimator.discover import instances_of
from proofs.claim import AbstractClaim
from proofs.ledger import claims
from proofs.papers import ABOUT, ARXIV, is_from, papers_of, rests_on

REFERENCES = (Path(__file__).parents[2] / "REFERENCES.md").read_text()
CLAIMS = instances_of(AbstractClaim, proofs)


def test_numbers_are_those_of_the_references():
    """Every key is listed there with the same number."""
    entries = re.split(r"\n(?=\[)", REFERENCES)
    listed = {entry[1 : entry.index("]")]: entry for entry in entries if entry.startswith("[")}
    for key, number in ARXIV.items():
        entry = listed[key].replace("\n", " ")
        assert (f"arXiv:{number}" in entry) if number else ("arXiv:" not in entry)


def test_papers_are_exactly_those_that_claims_cite():
    cited = {key for claim in CLAIMS.values() for key, _ in papers_of(claim.source)}
    assert cited == set(ARXIV)


def test_citations_are_read_with_their_places():
    source = "[AB12] Lem. 1, proof; ours, with [CD13] Fig. 2 and [EF14] Thm. 3"
    wanted = [("AB12", "Lem. 1, proof"), ("CD13", "Fig. 2"), ("EF14", "Thm. 3")]
    assert papers_of(source) == wanted
    assert papers_of("ours") == []


@pytest.mark.parametrize("name", ["GSLW18", "1806.01838", "arXiv:1806.01838", "1806.01838v1"])
def test_a_paper_has_several_names(name):
    assert is_from("[GSLW18] Thm. 17", name)
    assert not is_from("[RHGPR25] Lem. 1", name)


def test_a_folder_may_be_about_a_paper():
    """Whatever its claims cite; `check --paper` examines all of them."""
    assert is_from("ours; derived", "2310.07136", "communication.walk_messages")
    assert not is_from("ours; derived", "2310.07136", "resnet.walk_messages")
    assert not is_from("ours; derived", "2107.09200", "encodings.walk_messages")
    assert not is_from("ours; derived", "2310.07136")
    assert set(ABOUT.values()) <= set(ARXIV)
    for paper, home, least in (
        ("2310.07136", "communication", 31),
        ("2103.14653", "contrastive", 21),
        ("2107.09200", "ntk", 32),
    ):
        chosen = claims(paper=paper)
        folder = {name for name in claims() if name.startswith(f"{home}.")}
        assert folder == {name for name in chosen if name.startswith(f"{home}.")}
        assert len(folder) >= least


def test_refuses_papers_that_are_not_cited():
    with pytest.raises(ValueError, match=r"no claim cites a paper '1234\.56789'; name one"):
        is_from("[GSLW18] Thm. 17", "1234.56789")
    with pytest.raises(ValueError, match=r"did you mean GSLW18\?$"):
        is_from("[GSLW18] Thm. 17", "GSLW19")


def test_a_paper_is_refused_shortly_and_before_claims_are_loaded(monkeypatch):
    def load(*_):
        raise AssertionError("loaded")

    monkeypatch.setattr("proofs.ledger.instances_of", load)
    with pytest.raises(ValueError, match="no claim cites a paper") as refusal:
        claims(paper="x" * 10_000)
    assert len(str(refusal.value)) < 250


SHIFT = "bloqs.convolution.shift"


@pytest.mark.parametrize(
    ("name", "source", "about", "rests"),
    [
        ("resnet.blocks_growth", "[RHGPR25] Thm. 2", ["[RHGPR25] Lem. 1", "bloqs.resnet"], True),
        ("resnet.blocks_growth", "[RHGPR25] Thm. 2", ["[GSLW18]", "bloqs.resnet"], False),
        ("resnet.blocks_growth", "[RHGPR25] Thm. 2", ["[RHGPR25]", SHIFT], False),
        ("communication.walk_messages", "ours", ["[GMSM24]", "bloqs.communication"], True),
        ("data_loading.qrom_cost", "ours", ["ours", "bloqs.data_loading.unary_iteration"], True),
        ("data_loading.qrom_cost", "ours", ["ours", "bloqs.data_loading.qroam"], False),
        ("resnet.blocks_growth", "[RHGPR25] Thm. 2", ["[RHGPR25]", "qualtran.bloqs.qft"], False),
    ],
)
def test_an_answer_rests_on_claims_of_its_papers_and_of_its_bloqs(name, source, about, rests):
    """In the folders of its bloqs alone; whose paper is another, if they name such a bloq."""
    assert rests_on(name, source, about) is rests


def test_claims_are_chosen_by_what_rests_on_them():
    chosen = claims(about=["[GLM08]", "bloqs.data_loading"])
    assert set(chosen) == {"data_loading.bucket_brigade_cost"}
    with pytest.raises(ValueError, match="no claim is about ours, qualtran"):
        claims(about=["ours", "qualtran.bloqs.qft"])
