"""Automata as JSON, and what is refused."""

import json

import pytest

from bloqs.hypergraph.model.automaton import automaton_from_text

GOOD = {
    "modes": 2,
    "tokens": ["W(0,1)", "MX(0)"],
    "language": "any",
    "start": 0,
    "table": [[[1, "."], [0, "0"]], {"MX(0)": [1, "1"], "W(0,1)": [0, "."]}],
}


def test_a_machine_is_written_as_it_was_read():
    """Rows as lists or as objects."""
    machine = automaton_from_text(json.dumps(GOOD))
    assert automaton_from_text(json.dumps(machine.as_plain())) == machine
    assert machine.says((0, 1, 0, 1)) == ".1.0"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"table": []}, "a row for each state, got none"),
        ({"table": [[[0, "."]]]}, "each of the 2 tokens, got 1 at state 0"),
        ({"table": [{"W(0,1)": [0, "."]}]}, r"not so for MX\(0\)"),
        ({"table": [[[0, "."], [0, "2"]]]}, r"got '2' at state 0, token MX\(0\)"),
        ({"table": [[[0, "1"], [0, "0"]]]}, r"got '1' at state 0, token W\(0,1\)"),
        ({"table": [[[0, "."], [1, "0"]]]}, "from 0 to 0, got 1"),
        ({"table": [[[0, "."], [0]]]}, r"an arrow is \[next, output\]"),
        ({"start": 2}, "one of the 2 states, from 0, got 2"),
        ({"start": "a"}, "start is a whole number"),
        ({"language": "read*"}, "got 'read\\*'"),
        (
            {"tokens": ["W(0,1)", "W(0,1)"], "table": [[[0, "."], [0, "."]]]},
            "lists each token once",
        ),
        ({"tokens": ["W(0,1)", "MX(5)"]}, "below n = 2"),
        ({"more": 1}, "has the keys modes, tokens"),
    ],
)
def test_bad_machines_are_refused(change, says):
    """By one sentence that names the value."""
    with pytest.raises(ValueError, match=says):
        automaton_from_text(json.dumps({**GOOD, **change}))


def test_what_is_no_json_is_refused():
    """With the place."""
    with pytest.raises(ValueError, match="no JSON"):
        automaton_from_text("{")
