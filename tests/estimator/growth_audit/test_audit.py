"""`growth --audit`: answers as they are agree, and a script hears what is false."""

import ast
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from estimator import cli
from estimator.growth.report import answer_lines
from estimator.growth_audit.audit import audit

ROOT = Path(__file__).parents[3]
QUESTIONS = (ROOT / "tests/estimator/growth/questions.jsonl").read_text().splitlines()


def run(*words, given=None):
    return CliRunner().invoke(cli.app, ["growth", *map(str, words)], input=given)


def test_the_audit_shares_no_code_with_search_and_checker():
    """It imports its own modules, the reading of expressions, reports, and libraries."""
    allowed = ("estimator.growth_audit.", "estimator.expressions.", "estimator.report.")
    files = sorted((ROOT / "estimator" / "growth_audit").glob("*.py"))
    modules = [
        (path.name, node.module)
        for path in files
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
    ]
    ours = [(name, module) for name, module in modules if module.startswith("estimator")]
    assert len(ours) > 20
    for name, module in ours:
        assert f"{module}.".startswith((*allowed, "estimator.ask.")), (name, module)


@pytest.mark.parametrize(
    ("every", "points"), [(12, 24), pytest.param(1, 150, marks=pytest.mark.slow)]
)
def test_answers_agree_with_their_values(tmp_path, every, points):
    """All steps and claims of a sample; of all questions at a hundred thousand points."""
    file = tmp_path / "answers.jsonl"
    lines = list(answer_lines(QUESTIONS[::every], patience=20))
    file.write_text("\n".join(map(json.dumps, lines)))
    found = audit(file, points)
    decided = sum(
        each.get("verdict") in ("HOLDS", "FAILS") or "condition" in each for each in lines
    )
    assert found.passed, found
    assert found["audit"]["answers"] == decided >= 40
    assert found["audit"]["points"] >= 0.9 * points * found["audit"]["claims"]
    assert found["audit"]["evaluated"] >= 0.98 * found["audit"]["claims"]
    assert 0.99 < found["audit"]["worst_ratio"] <= 1 + 1e-9


def test_a_script_hears_what_came_of_it():
    """0 if all agrees, 1 if something is false, 3 if nothing was evaluated."""
    good = run("N*log(N)", "N**2", "--regime", "N->oo").stdout
    bad = good.replace("46/125", "45/125")
    open_one = run("f(N)", "N", "--regime", "N->oo").stdout
    assert "46/125" in good
    for given, status in ((good, 0), (bad, 1), (open_one, 3), (good + bad, 1)):
        assert run("--audit", "-", given=given).exit_code == status
        assert run("--audit", "-", "--json", given=given).exit_code == status


def test_the_first_failure_is_told_with_its_point():
    """And the others by name."""
    good = run("N*log(N)", "N**2", "--regime", "N->oo").stdout
    bad = good.replace("46/125", "1/125")
    found = json.loads(run("--audit", "-", "--json", given=good + bad + bad).stdout)
    assert found["false"]["what"] == "|N*log(N)| <= C*|N**2|"
    assert found["false"]["at"].startswith("N = 2.71828")
    assert found["false"]["why"] == "the left side is larger"
    assert float(found["false"]["left"]) > float(found["false"]["right"])
    assert [each["why"] for each in found["false_too"]] == ["the left side is larger"]
    assert found["summary"] == ["false: 2 of 3 answers"]


def test_the_seed_decides_the_points(tmp_path):
    """The same seed gives the same numbers, another one others."""
    file = tmp_path / "answer"
    file.write_text(run("N*M", "N**2 + M**2", "--regime", "N->oo, M->oo").stdout)
    one, same, other = (audit(file, 20, seed)["audit"] for seed in (1, 1, 2))
    assert one == same
    assert one["worst_ratio"] <= 1
    assert one != other or one["worst_ratio"] == other["worst_ratio"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--audit", "nowhere"], "--audit must be a file that can be read, got 'nowhere'"),
        (["--audit", "-", "--points", "0"], "points must be a whole number from 1 to 1000000"),
        (["--audit", "-", "--seed", "-1"], "seed must be a whole number from 0 to"),
        (["--audit", "-", "--points", "x"], "Invalid value for '--points'"),
        (["N", "N", "--regime", "N->oo", "--points", "3"], "--points is of an audit alone"),
        (["N", "N", "--regime", "N->oo", "--seed", "3"], "--seed is of an audit alone"),
        (["--audit", "-", "N"], "--audit takes what it evaluates from its file alone"),
        (["--audit", "-", "--patience", "3"], "--audit takes what it evaluates"),
        (["--audit", "-", "--file", "q.jsonl"], "--file takes its questions from the file alone"),
        (["--audit", "-"], "got nothing in '-'"),
    ],
)
def test_refusals_are_one_line(words, message):
    found = run(*words, given="")
    (line,) = found.stderr.splitlines()
    assert (found.exit_code, found.stdout) == (2, "")
    assert message in line
