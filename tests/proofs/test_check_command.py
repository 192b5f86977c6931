"""The commands `quledger check` and `quledger explain`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve
from typer.testing import CliRunner

from estimator.cli import app
from proofs.data_loading.qrom_cost import THEOREM as QROM
from proofs.resnet.printed_output_length import ERRATUM

ROOT = Path(__file__).parents[2]


def run(*words):
    return CliRunner().invoke(app, words)


def test_an_erratum_is_no_failure():
    """A printed statement that fails as recorded leaves the exit status at zero."""
    found = run("check", "printed_output_length", "qrom_cost")
    assert found.exit_code == 0
    assert "FAILS    resnet.printed_output_length" in found.stdout
    assert "the claim holds; 1 printed statement fails" in found.stdout


def test_a_printed_statement_that_does_not_fail_is_one(monkeypatch):
    """If the printed statement were right, recording it as wrong would be the mistake."""
    right = evolve(ERRATUM, printed=ERRATUM.corrected)
    monkeypatch.setattr("proofs.resnet.printed_output_length.ERRATUM", right)
    found = run("check", "printed_output")
    assert found.exit_code == 1
    assert "REJECTED" in found.stdout


def test_papers_choose():
    """--paper takes the arXiv number or the key, and refuses others in one line."""
    rows = json.loads(run("check", "_cost", "--paper", "1805.03662", "--json").stdout)
    assert [row["claim"] for row in rows] == ["data_loading.qrom_cost"]
    found = run("check", "--paper", "1234.5678")
    assert found.exit_code == 2
    assert "quledger: no claim cites a paper '1234.5678'" in found.stderr


def test_explain_shows_the_derivation():
    found = run("explain", "qrom_cost")
    assert found.exit_code == 0
    assert "1. one leaf has no inner node: 0 = 0" in found.stdout
    assert "False twin" in found.stdout


def test_explain_shows_the_witness_of_growth():
    """The steps that the checker verified, constants and thresholds included."""
    shown = " ".join(run("explain", "rotation_tree_growth").stdout.split())
    assert "HOLDS" in shown
    assert "for all n >=" in shown


@pytest.mark.parametrize(
    ("name", "message"),
    [("nope", "no claim matches nope"), ("qr", "qr is part of"), ("", "is part of")],
)
def test_explain_refuses(name, message):
    found = run("explain", name)
    assert found.exit_code == 2
    assert message in found.stderr
    assert len(found.stderr.strip().splitlines()) == 1


def test_explain_of_a_false_claim(monkeypatch):
    monkeypatch.setattr(
        "proofs.data_loading.qrom_cost.THEOREM", evolve(QROM, value=QROM.false_twin)
    )
    found = run("explain", "qrom_cost")
    assert found.exit_code == 1
    assert "REJECTED" in found.stdout


def test_interruption_is_one_line():
    """`python -m proofs` ends with status 130 and no traceback."""
    code = (
        "import os, runpy, signal, proofs.ledger\n"
        "proofs.ledger.run = lambda *_, **__: os.kill(os.getpid(), signal.SIGINT)\n"
        "import sys; sys.argv = ['proofs']; runpy.run_module('proofs', run_name='__main__')\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 130
    assert found.stderr == "quledger: interrupted\n"
