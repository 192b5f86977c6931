"""The file of a certificate: read back as written, refused if one character is wrong."""

import json

import pytest

from bloqs.hypergraph.rivals.certificate import Certificate, certificate_from_text, demand, examined
from estimator.ask.question import untracked

ONE = Certificate(
    name="machine", task={"states": 2}, answer="no", evidence={"proof": "ab", "rows": [1, 2]}
)


def test_a_certificate_is_read_as_it_was_written():
    """All of it, an incomplete one as well."""
    assert certificate_from_text(ONE.text()) == ONE
    broken_off = Certificate(name="x", task={}, answer="", evidence={}, is_complete=False)
    assert certificate_from_text(broken_off.text()) == broken_off


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_file_is_refused(share):
    """Wherever it ends."""
    text = ONE.text()
    with pytest.raises(ValueError, match="truncated"):
        certificate_from_text(text[: int(share * len(text))])


@pytest.mark.parametrize(
    ("key", "value"),
    [("name", "pairs"), ("task", {"states": 3}), ("answer", "yes"), ("complete", False)],
)
def test_an_altered_file_is_refused(key, value):
    """Whatever is altered, the digest tells."""
    plain = json.loads(ONE.text())
    with pytest.raises(ValueError, match="altered"):
        certificate_from_text(json.dumps({**plain, key: value}))


def test_what_is_no_certificate_is_refused():
    """Other keys, another format, other JSON."""
    plain = json.loads(ONE.text())
    with pytest.raises(ValueError, match="has the keys"):
        certificate_from_text("[1, 2]")
    with pytest.raises(ValueError, match="has the keys"):
        certificate_from_text(json.dumps({**plain, "more": 1}))
    with pytest.raises(ValueError, match="nested too deep"):
        certificate_from_text("[" * 100_000)
    with pytest.raises(ValueError, match="format"):
        certificate_from_text(json.dumps({**plain, "format": "other/1"}))


def test_a_checker_says_no_and_why():
    """To what is incomplete, to evidence that shows nothing, to evidence that cannot be read."""

    @examined
    def check(certificate, track):
        demand(certificate.evidence["proof"] == "ab", "another proof")
        return "read"

    assert check(ONE, untracked).is_accepted
    assert check(ONE.altered(proof="b"), untracked).reason == "another proof"
    no_proof = Certificate(name="x", task={}, answer="", evidence={})
    assert "cannot be read: KeyError" in check(no_proof, untracked).reason
    unfinished = Certificate(name="x", task={}, answer="", evidence=ONE.evidence, is_complete=False)
    assert "incomplete" in check(unfinished, untracked).reason
