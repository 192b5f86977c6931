"""The command in tests: run in this process, or in one of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from estimator import cli

ROOT = Path(__file__).parents[2]


def run(*words):
    """What the command does with these words."""
    return CliRunner().invoke(cli.app, [str(word) for word in words])


def params(**values):
    return [word for name, value in values.items() for word in ("--param", f"{name}={value}")]


def answer(*words):
    """The JSON a successful command prints."""
    found = run(*words, "--json")
    assert (found.exit_code, found.stderr) == (0, ""), found.stderr or found.exception
    return json.loads(found.stdout, parse_constant=lambda word: pytest.fail(f"{word} in JSON"))


def costs(report):
    """Every number of a report that a formula stands for."""
    return {**report["gates"], "depth": report["toffoli_depth"], "qubits": report["qubits"]}


def refusal(*words):
    """The one line that a refused command prints, its only output."""
    found = run(*words)
    assert (found.exit_code, found.stdout) == (2, ""), found.exception
    (line,) = found.stderr.splitlines()
    assert line.startswith("quledger: ")
    return line.removeprefix("quledger: ")


def in_shell(*words, **options):
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False, **options
    )
