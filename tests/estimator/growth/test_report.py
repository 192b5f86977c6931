"""The command `quledger growth`: one question, a file of questions, an algorithm."""

import json

import pytest
from typer.testing import CliRunner

from estimator import cli


def run(*words):
    return CliRunner().invoke(cli.app, ["growth", *map(str, words)])


def test_an_answer_for_a_reader():
    """Verdict, the inequality with its constant and thresholds, steps, leading terms."""
    found = run("N*log(N) + N/eps", "N*log(N)/eps", "--regime", "N->oo, eps->0")
    lines = found.stdout.splitlines()
    assert found.exit_code == 0
    assert lines[0] == "HOLDS  N*log(N) + N/eps = O(N*log(N)/eps)   [N->oo, eps->0]"
    assert lines[1] == "  |N*log(N) + N/eps| <= 2 * |N*log(N)/eps|"
    assert lines[2] == "  for all N >= exp(1), eps <= 1/1 at once"
    assert "  left side ~ N*log(N) + N/eps" in lines


def test_a_failure_shows_the_path():
    """Along which the bound breaks."""
    found = run("log(1/eps)", "log(N)", "--regime", "N->oo, eps->0", "--json")
    (part,) = json.loads(found.stdout)["path"]
    assert part["path"] == {"N": "t", "eps": "1/(exp(t))"}
    assert part["claim"].endswith("|log(exp(t))|")


@pytest.mark.parametrize(
    ("f", "regime", "claim"),
    [
        ("C*N", "N->oo, C const", "|C*N| <= C * |N**2|"),
        ("C*k*N", "N->oo, C const, k>1", "|C*(1 + k1)*N| <= (C*k1 + C) * |N**2|"),
        ("t*N**3", "N->oo, t const", "|t1**2| <= 1/t * t1**(-1)*|t*t1**3|"),
    ],
)
def test_a_claim_has_one_meaning(f, regime, claim):
    """The user's C and t are not the bound's constant and the path's parameter."""
    assert f"  {claim}" in run(f, "N**2", "--regime", regime).stdout.splitlines()


@pytest.mark.parametrize(("f", "status"), [("N", 0), ("N**3", 1), ("f(N)", 3)])
def test_the_status_says_what_was_decided(f, status):
    """So that a script can ask: 0 holds, 1 fails, 3 undecided; with JSON as well."""
    words = (f, "N**2", "--regime", "N->oo")
    assert run(*words).exit_code == run(*words, "--json").exit_code == status


def test_a_file_of_questions(tmp_path):
    """One line of JSON for each; errors are answers too; other keys are ignored."""
    questions = [
        {"id": "a", "relation": "o", "f": "N", "g": "N**2", "regime": "N->oo", "answer": "?"},
        {"id": "b", "relation": "O", "f": "N**2", "g": "N", "regime": "N->oo"},
        {"id": "c", "relation": "O", "f": "f(N)", "g": "N", "regime": "N->oo"},
        {"id": "d", "relation": "O", "f": "N*M", "g": "N", "regime": "N->oo"},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, questions)))
    answers = [json.loads(line) for line in run("--file", file, "--json").stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", "c", "d"]
    assert [answer.get("verdict") for answer in answers] == ["HOLDS", "FAILS", "UNDECIDED", None]
    assert answers[0]["witness"][0]["C"] == "1"
    assert answers[1]["path"][0]["path"] == {"N": "t"}
    assert "function f" in answers[2]["reason"]
    assert answers[3]["error"].endswith("got nothing for M")
    assert all(answer["seconds"] < 3 for answer in answers[:3])


def test_an_algorithm():
    """The leading term of each symbolic cost."""
    found = json.loads(run("vector-loading", "--json").stdout)
    assert found["rotations"]["leading"] == "2*b"
    assert found["Toffoli and AND"]["leading"] == "2*N + log2(N)*b"
    depth = found["Toffoli depth"]
    assert (depth["published"], depth["within"]) == ("O(N)", "HOLDS")
    assert "published" not in found["rotations"]


def test_one_expression():
    """Its leading term."""
    found = run("sqrt(N + 1) - sqrt(N)", "--regime", "N->oo")
    assert found.stdout.strip() == "sqrt(N + 1) - sqrt(N) ~ (1/2)*N**(-1/2)"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["N*(M", "N", "--regime", "N->oo"], "'(' was never closed at position 3"),
        (["N", "M", "--regime", "N->oo"], "got nothing for M"),
        (["N", "N", "--regime", "N->oo, k>1/0"], "got 1/0 at position 10"),
        (["N", "N"], "a comparison needs --regime"),
        (["N", "N", "--regime", "N->oo", "--relation", "<"], "a relation must be one of"),
        (["--file", "nowhere.jsonl"], "must be a readable text file"),
        ([], "growth takes F and G"),
    ],
)
def test_refusals_are_one_line(words, message):
    """Status 2 and one sentence."""
    found = run(*words)
    (line,) = found.stderr.splitlines()
    assert (found.exit_code, found.stdout) == (2, "")
    assert line.startswith("quledger: ")
    assert message in line
