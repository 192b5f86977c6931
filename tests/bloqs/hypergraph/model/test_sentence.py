"""Sentences read and written, and what is refused."""

import numpy as np
import pytest

from bloqs.hypergraph.model.sentence import sentence_from_text


def test_a_sentence_is_written_as_it_was_read(random_text):
    """Plain, with angles, and over a field."""
    random = np.random.default_rng(1)
    for q, angles in ((2, True), (8, False)):
        text = random_text(random, 4, 3, 60, q, angles)
        sentence = sentence_from_text(text, modes=5, q=q)
        again = sentence_from_text(sentence.text, modes=5, q=q)
        assert again == sentence
        assert sentence.reads == sum(part[0] == "M" for part in text.split())


@pytest.mark.parametrize(
    ("text", "settings", "says"),
    [
        ("", {}, "at least one token, got none"),
        ("W(0,1", {}, r"closes each parenthesis .* got 'W\(0,1'"),
        ("V(0)", {}, r"a token is one of W.*got 'V\(0\)'"),
        ("W(0,0)", {}, "names each mode once"),
        ("MP(X0*Z0)", {}, "names each mode once"),
        ("MK(0;0,1)", {}, "names each mode once"),
        ("MK(0)", {}, "at least one other"),
        ("W(0,7)", {"modes": 4}, r"below n = 4, got W\(0,7\)"),
        ("W(0,-1)", {}, "whole numbers from 0"),
        ("W(0,1)", {"order": 3, "modes": 4}, r"k = 3 modes, got W\(0,1\)"),
        ("W(0,1)", {"order": 5}, "k is from 2 to n = 2, got 5"),
        ("W(0,1;nan)", {}, r"finite number of radians, got 'W\(0,1;nan\)'"),
        ("W(0,1;x)", {}, "finite number of radians"),
        ("W(0,1:4)", {"q": 4}, "below q = 4"),
        ("W(0,1;0.5)", {"q": 4}, "no angle"),
        ("MZ(0)", {"q": 4}, "mode.bit with a bit below 2"),
        ("MZ(0.2)", {"q": 4}, "mode.bit with a bit below 2"),
        ("MZ(0.0)", {}, "a mode alone"),
        ("CX(0,1,2)", {}, "names 2 qubits"),
        (f"MX({'9' * 5000})", {}, r"a qubit is a mode, .*, got '9+… in 'MX\(9+…"),
        (f"W({','.join(map(str, range(99)))})", {"modes": 4}, r"below n = 4, got W\(0,1,.*…"),
        ("W(" * 900, {}, "closes each parenthesis"),
        ("I", {"q": 6}, "one of 2, 4, 8 and 16, got 6"),
    ],
)
def test_bad_sentences_are_refused(text, settings, says):
    """By one sentence that names the value."""
    with pytest.raises(ValueError, match=says) as error:
        sentence_from_text(text, **settings)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 200
