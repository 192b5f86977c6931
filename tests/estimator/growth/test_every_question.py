"""Growth questions answered by hand: never a wrong verdict, and few that stay open.

Each line of `questions.jsonl` is one question, with its answer and the reason for it. The answers
were derived on paper, not taken from any program. A question marked `excused` belongs to a kind
that the engine promises nothing about: there UNDECIDED is as good as the answer, but a wrong
verdict is still wrong. A question with a `condition` holds for the constants that it names, and
fails for all others.
"""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from estimator.cli import app
from estimator.growth.decide import decide
from estimator.growth.relations import RELATIONS
from estimator.verdict import Verdict

FILE = Path(__file__).with_name("questions.jsonl")
QUESTIONS = [json.loads(line) for line in FILE.read_text().splitlines()]
DECIDABLE = [q for q in QUESTIONS if q["answer"] != "UNDECIDED" and "excused" not in q]
KEYS = {"id", "relation", "f", "g", "regime", "answer", "why"}
BATCH = 25
"""Questions asked in one test, in which one may stay undecided."""


def wrong_and_open(verdicts):
    """Questions whose verdict is neither the answer nor UNDECIDED, and decidable ones left open."""
    wrong = {
        name: verdict
        for name, (question, verdict) in verdicts.items()
        if verdict not in (question["answer"], "UNDECIDED")
    }
    left = [
        name
        for name, (question, verdict) in verdicts.items()
        if verdict == "UNDECIDED" and question in DECIDABLE
    ]
    return wrong, left


@pytest.mark.parametrize("first", range(0, len(QUESTIONS), BATCH))
def test_no_verdict_is_wrong(first):
    """The verdict is the answer, or UNDECIDED; where the answer is UNDECIDED, nothing else."""
    verdicts = {}
    for question in QUESTIONS[first : first + BATCH]:
        asked = (question[key] for key in ("f", "relation", "g", "regime"))
        verdicts[question["id"]] = question, decide(*asked).verdict.name
    wrong, left = wrong_and_open(verdicts)
    assert wrong == {}
    assert len(left) <= 1, left


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.slow)])
def test_a_file_of_questions_is_answered(every, tmp_path):
    """`quledger growth --file` answers every line, in order, and leaves as few open.

    Every fifth question is asked: the file goes from kind to kind, so all kinds remain.
    """
    questions, file = QUESTIONS[::every], tmp_path / "questions.jsonl"
    file.write_text("".join(f"{line}\n" for line in FILE.read_text().splitlines()[::every]))
    result = CliRunner().invoke(app, ["growth", "--file", str(file), "--json"])
    assert result.exit_code == 0, result.output
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["id"] for line in lines] == [q["id"] for q in questions]
    verdicts = [line["verdict"] for line in lines]
    asked = {q["id"]: (q, verdict) for q, verdict in zip(questions, verdicts, strict=True)}
    wrong, left = wrong_and_open(asked)
    assert wrong == {}
    assert len(left) <= len(questions) / BATCH, left


CONDITIONAL = [q for q in QUESTIONS if "condition" in q]


@pytest.mark.parametrize("question", CONDITIONAL, ids=lambda question: question["id"])
def test_conditions_are_found(question):
    """For which constants a claim holds, with witnesses for these and for all others."""
    answer = decide(*(question[key] for key in ("f", "relation", "g", "regime")))
    assert answer.condition is not None
    assert answer.condition.text == answer.reason == question["condition"]
    answer.check()


def test_the_file_is_well_formed():
    """Every question has a name of its own, an answer and a reason; no question comes twice."""
    assert len({q["id"] for q in QUESTIONS}) == len(QUESTIONS)
    assert len({tuple(q[k] for k in ("relation", "f", "g", "regime")) for q in QUESTIONS}) == len(
        QUESTIONS
    )
    for question in QUESTIONS:
        assert question.keys() - {"excused", "condition"} == KEYS
        assert question["relation"].partition("[")[0] in RELATIONS
        assert question["answer"] in Verdict.__members__
        assert question["why"].endswith(".")
        assert "condition" not in question or question["answer"] == "UNDECIDED"


def test_the_questions_are_hard_to_guess():
    """Every relation has many questions of either answer, and enough cannot be decided."""
    for relation in ("O", "o", "Theta", "Omega"):
        answers = [q["answer"] for q in QUESTIONS if q["relation"] == relation]
        assert min(answers.count("HOLDS"), answers.count("FAILS")) >= 20
    assert len(QUESTIONS) - len(DECIDABLE) >= 20
    assert len(DECIDABLE) >= 500
    assert len(CONDITIONAL) >= 30
