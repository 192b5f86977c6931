"""Verdicts on records and machines, with exit status 1 on a no."""

import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import quledger
from estimator import cli

ROOT = Path(__file__).parents[4]
MACHINE = ROOT / "examples" / "hypergraph_machine.json"


def judged(text, record, **given):
    return quledger.ask(
        "judge", "record", sentence=io.StringIO(text), record=io.StringIO(record), **given
    )


@pytest.mark.parametrize(
    ("text", "record", "probability", "stopped"),
    [
        ("W(0,1) MX(0) MP(X0*Z1)", ".00", 0.5, None),
        ("W(0,1) MX(0) MP(X0*Z1)", ".01", 0, 2),
        ("W(0,1,2) MK(0;1,2) MX(0)", ".00", 0.75, None),
        ("W(0,1,2) MK(0;1,2)", ".1", 0, 1),
        ("MX(0) MZ(0) MX(0)", "011", 0.25, None),
    ],
)
@pytest.mark.parametrize("engine", [None, "gate-by-gate"])
def test_records(text, record, probability, stopped, engine):
    report = judged(text, record, **({} if engine is None else {"engine": engine}))
    found = report.plain()["judged"]
    assert found["probability"] == pytest.approx(probability, abs=1e-12)
    assert report.passed is found["allowed"] is (probability > 0)
    assert found.get("stopped") == stopped


@pytest.mark.parametrize(
    ("text", "engine", "is_said"),
    [("W(0,1;1e-5) MX(0)", None, True), ("W(0,1,2) MX(0)", None, False),
     ("W(0,1,2) MX(0)", "state-vector", True)],
)  # fmt: skip
def test_what_counts_as_impossible_is_said(text, engine, is_said):
    """Sin**2(5e-6)/2 is 1.25e-11, below what floats are trusted with."""
    report = judged(text, ".1", **({} if engine is None else {"engine": engine}))
    assert ("less likely than 1e-09" in str(report.plain().get("rounding"))) is is_said


def test_a_machine_that_is_right_on_writes_then_reads(tmp_path):
    """It forgets one edge of three; read in between, that shows."""
    run = CliRunner().invoke
    right = run(cli.app, ["judge", "automaton", str(MACHINE), "--json"])
    assert right.exit_code == 0
    assert json.loads(right.stdout)["judged"]["right"] is True
    machine = json.loads(MACHINE.read_text())
    wrong = run(cli.app, ["judge", "automaton", "-", "--json"],
                input=json.dumps({**machine, "language": "any"}))  # fmt: skip
    found = json.loads(wrong.stdout)["judged"]
    assert (wrong.exit_code, found["right"]) == (1, False)
    assert len(found["counterexample"].split()) == len(found["record"])
    (sentence, record) = tmp_path / "sentence", tmp_path / "record"
    sentence.write_text(found["counterexample"])
    record.write_text(found["record"])
    assert run(cli.app, ["judge", "record", str(sentence), str(record)]).exit_code == 1


def test_one_bent_arrow():
    machine = json.loads(MACHINE.read_text())
    token = machine["tokens"].index("MX(0)")
    machine["table"][0][token][1] = "1"
    report = quledger.ask("judge", "automaton", automaton=io.StringIO(json.dumps(machine)))
    assert report.plain()["judged"]["counterexample"] == "MX(0)"
    assert report.passed is False
