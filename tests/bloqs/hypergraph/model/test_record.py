"""Records that do not fit are refused."""

import pytest

from bloqs.hypergraph.model.record import record_from_text, record_text
from bloqs.hypergraph.model.sentence import sentence_from_text

SENTENCE = sentence_from_text("W(0,1) MX(0) I MZ(1)")


def test_a_record_is_a_character_a_token():
    """From text, and from answers."""
    assert record_from_text(" .0.1\n", SENTENCE) == record_text(SENTENCE, [0, 1]) == ".0.1"


@pytest.mark.parametrize(
    ("text", "says"),
    [(".0.", "each of the 4 tokens, got 3"), ("00.1", r"got '0' at token 0, W\(0,1\)"),
     ("...1", r"got '.' at token 1, MX\(0\)"), (".2.1", "got '2' at token 1")],
)  # fmt: skip
def test_bad_records_are_refused(text, says):
    """Naming the token."""
    with pytest.raises(ValueError, match=says):
        record_from_text(text, SENTENCE)
