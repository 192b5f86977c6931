"""States as typed."""

from fractions import Fraction

import pytest

from bloqs.hypergraph.rivals.exclusion_task import (
    forms_from_texts,
    forms_of,
    forms_task,
    overlaps_from_text,
)


def test_forms_are_read_as_they_were_written():
    """On equally many modes; over a field too."""
    forms = forms_from_texts(["I", "W(0,1) W(1,3)"], None, 2)
    assert [form.modes for form in forms] == [4, 4]
    assert forms_of(forms_task(forms)) == forms
    over = forms_from_texts(["W(0,1:3)"], 3, 4)
    assert forms_of(forms_task(over)) == over


@pytest.mark.parametrize(
    ("texts", "q", "said"),
    [
        ((), 2, "name --form"),
        (("MX(0)",), 2, "without angles"),
        (("W(0,1;0.5)",), 2, "without angles"),
        (("W(0,14)",), 2, "at most 14 qubits"),
        (("W(0,7:1)",), 4, "at most 14 qubits"),
        (("W(0,1",), 2, "parenthesis"),
    ],
)
def test_bad_forms_are_refused(texts, q, said):
    """In one sentence."""
    with pytest.raises(ValueError, match=said):
        forms_from_texts(texts, None, q)


@pytest.mark.parametrize(
    "text", ["1/2,1/2", "1/2,1/2,2", "a,b,c", "1/0,0,0", "0.9,0.9,0", "-1,0,0"]
)
def test_bad_overlaps_are_refused(text):
    """Too few, too large, no numbers, no three states."""
    with pytest.raises(ValueError, match="squared overlaps"):
        overlaps_from_text(text)


def test_overlaps_are_exact():
    """Decimals too."""
    assert overlaps_from_text("1/4, 0.2,0.1") == (Fraction(1, 4), Fraction(1, 5), Fraction(1, 10))
