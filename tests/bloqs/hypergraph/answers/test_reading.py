"""Whatever is no sentence, record or machine gets one sentence, and status 2."""

import json

import pytest
from typer.testing import CliRunner

from estimator import cli

SENTENCES = [
    ("W(0,1", [], "closes each parenthesis"),
    ("Q(1)", [], "a token is one of W(...)"),
    ("", [], "at least one token"),
    ("W(0,5)", ["--n", 3], "modes are below n = 3, got W(0,5)"),
    ("W(0,999999999) MX(0)", [], "at most 10000 modes, got 1000000000"),
    (
        "W(0,1,2)",
        ["--engine", "stabilizer-tableau"],
        "this engine cannot run the sentence of 3 qubits (stabilizer tableau: edges of two modes, "
        "one control, reads of Pauli strings, no angle but pi); name another engine",
    ),
    ("W(0,0)", [], "names each mode once"),
    ("W(0,1,2)", ["--k", 2], "every edge has k = 2 modes"),
    ("W(0,1)", ["--k", 5, "--n", 3], "k is from 2 to n = 3, got 5"),
    ("W(0,1;nan)", [], "an angle is a finite number"),
    ("W(0,1;1_0)", [], "an angle is a finite number"),
    ("W(٣,1)", [], "modes are whole numbers from 0"),
    ("MX(٣)", [], "a qubit is a mode"),
    ("W(0,1:9)", ["--q", 8], "a weight is a whole number below q = 8"),
    ("W(0,1:1)", ["--q", 6], "q must be a power of two"),
    ("MZ(0)", ["--q", 8], "mode.bit with a bit below 3"),
    ("MP(X0*X1*X2*X3*X4)", ["--theorem", "B"], "at most 4, on plain qubits, got MP(X0"),
    ("W(0,1,2)", ["--theorem", "B"], "Theorem B is about edges of two modes"),
    ("W(0,1,2)", ["--theorem", "C"], "at least q = 4 elements at k = 3, got 2"),
    ("W(0:1) MZ(0.1)", ["--theorem", "C", "--q", 4], "k from 2, got an edge of 1 mode"),
    ("W(0,1,2:1) MX(0.1)", ["--theorem", "C", "--q", 4], "reads of Z and one exclusion"),
    ("W(0,1:1) W(0,1,2:1)", ["--theorem", "C", "--q", 4], "edges of one size, got sizes [2, 3]"),
    (
        " ".join(f"W({v},{v + 1},{v + 2};0.3)" for v in range(60)) + " MX(3) MX(5) MX(9)",
        [],
        "(stim: edges of two modes, one control, reads of Pauli strings, no angle but pi; phase "
        "polynomial: states that are sums of at most 16 signs on affine sets; state vector: at "
        "most 20 qubits; gate by gate, by name alone: at most 14 qubits); name fewer modes",
    ),
]
RECORDS = [
    ("..", "0 or 1 at a read, got '.' at token 1, MX(0)"),
    ("01", "'.' at a token that is not answered, got '0' at token 0, W(0,1)"),
    (".0.", "a character for each of the 2 tokens, got 3"),
]
MACHINE = {
    "modes": 2, "tokens": ["W(0,1)", "MX(0)"], "language": "any", "start": 0,
    "table": [[[0, "."], [0, "0"]]],
}  # fmt: skip
MACHINES = [
    ({"table": [[[0, "."]]]}, "an arrow for each of the 2 tokens, got 1 at state 0"),
    ({"table": [{"W(0,1)": [0, "."]}]}, "not so for MX(0)"),
    ({"table": [[[0, "."], [0, "2"]]]}, "got '2' at state 0, token MX(0)"),
    ({"table": [[[0, "."], [3, "0"]]]}, "a next state is from 0 to 0, got 3"),
    ({"start": 4}, "no row of the table is reached"),
    ({"language": "some"}, 'the language is "any" or "write*read*"'),
    ({"tokens": ["W(0,1;0.5)", "MX(0)"]}, "exact states know no angles"),
    ({"modes": 40}, "at most 20 qubits, got 40; name fewer modes"),
    ({"starts": 0}, "an automaton has the keys"),
]


def refusal(*words, text):
    found = CliRunner().invoke(cli.app, [str(word) for word in words], input=text)
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.count("\n") == 1
    return found.stderr


@pytest.mark.parametrize(("text", "options", "problem"), SENTENCES)
def test_sentences(text, options, problem):
    assert problem in refusal("simulate", "sentence", "-", *options, text=text)


@pytest.mark.parametrize(("text", "problem"), RECORDS)
def test_records(text, problem, tmp_path):
    sentence = tmp_path / "sentence.txt"
    sentence.write_text("W(0,1) MX(0)\n")
    assert problem in refusal("judge", "record", sentence, "-", text=text)


@pytest.mark.parametrize(("changes", "problem"), MACHINES)
def test_machines(changes, problem):
    text = json.dumps({**MACHINE, **changes})
    assert problem in refusal("judge", "automaton", "-", text=text)


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "3"])
def test_what_is_no_object(text):
    assert "an automaton" in refusal("judge", "automaton", "-", text=text)


def test_a_record_may_have_several_lines(tmp_path):
    sentence = tmp_path / "sentence.txt"
    sentence.write_text("W(0,1)\nMX(0)\nMX(0)\n")
    words = ["judge", "record", str(sentence), "-"]
    assert CliRunner().invoke(cli.app, words, input=".\n0\n0\n").exit_code == 0
