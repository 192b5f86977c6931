"""Growth questions answered by hand: never a wrong verdict, and few that stay open.

Each line of `growth_questions.jsonl` is one question, with its answer and the reason for it. The
answers were derived on paper, not taken from any program. A question marked `excused` belongs to
a kind that the engine promises nothing about: there UNDECIDED is as good as the answer, but a
wrong verdict is still wrong.
"""

import functools
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from estimator.cli import app
from estimator.growth.decide import decide
from estimator.verdict import Verdict

FILE = Path(__file__).with_name("growth_questions.jsonl")
QUESTIONS = [json.loads(line) for line in FILE.read_text().splitlines()]
DECIDABLE = [q for q in QUESTIONS if q["answer"] != "UNDECIDED" and "excused" not in q]
KEYS = {"id", "relation", "f", "g", "regime", "answer", "why"}
MOST_OPEN = 0.05
"""Share of the decidable questions that may stay undecided."""


def each(questions):
    return pytest.mark.parametrize("question", questions, ids=lambda question: question["id"])


@functools.cache
def decided(*asked):
    """The verdict on f, relation, g and regime, found once for all tests."""
    return decide(*asked).verdict


def verdict_of(question):
    return decided(*(question[key] for key in ("f", "relation", "g", "regime")))


@each(QUESTIONS)
def test_no_verdict_is_wrong(question):
    """The verdict is the answer, or UNDECIDED; where the answer is UNDECIDED, nothing else."""
    assert verdict_of(question) in {Verdict[question["answer"]], Verdict.UNDECIDED}


def test_few_decidable_questions_stay_open():
    """At most one in twenty; those are listed."""
    left = [q["id"] for q in DECIDABLE if verdict_of(q) is Verdict.UNDECIDED]
    print(f"undecided: {', '.join(left) or 'none'}")
    assert len(left) <= MOST_OPEN * len(DECIDABLE), left


def test_the_file_is_well_formed():
    """Every question has a name of its own, an answer and a reason; no question comes twice."""
    assert len({q["id"] for q in QUESTIONS}) == len(QUESTIONS)
    assert len({tuple(q[k] for k in ("relation", "f", "g", "regime")) for q in QUESTIONS}) == len(
        QUESTIONS
    )
    for question in QUESTIONS:
        assert question.keys() - {"excused"} == KEYS
        assert question["relation"] in ("O", "o", "Theta", "Omega")
        assert question["answer"] in Verdict.__members__
        assert question["why"].endswith(".")


def test_the_questions_are_hard_to_guess():
    """Every relation has many questions of either answer, and enough cannot be decided."""
    for relation in ("O", "o", "Theta", "Omega"):
        answers = [q["answer"] for q in QUESTIONS if q["relation"] == relation]
        assert min(answers.count("HOLDS"), answers.count("FAILS")) >= 20
    assert len(QUESTIONS) - len(DECIDABLE) >= 20
    assert len(DECIDABLE) >= 500


def test_a_batch_gives_the_same_verdicts():
    """`quledger growth --file` answers every line, in order, with the verdicts of the function.

    One of the two may run out of time on a busy machine.
    """
    result = CliRunner().invoke(app, ["growth", "--file", str(FILE), "--json"])
    assert result.exit_code == 0, result.output
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["id"] for line in lines] == [q["id"] for q in QUESTIONS]
    verdicts = [verdict_of(q).name for q in QUESTIONS]
    found = [(line["verdict"], name) for line, name in zip(lines, verdicts, strict=True)]
    differing = [pair for pair in found if len(set(pair)) > 1]
    assert all("UNDECIDED" in pair for pair in differing)
    assert len(differing) <= MOST_OPEN * len(found)
