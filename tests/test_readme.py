"""The README shows what the commands print."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from estimator import cli

ROOT = Path(__file__).parent.parent
BLOCKS = re.findall(
    r"```console\n\$ (quledger [^\n]+)\n(.*?)\n```", (ROOT / "README.md").read_text(), re.DOTALL
)
TERMINAL = {"COLUMNS": "80", "NO_COLOR": "1"}


def comparable(text):
    """The text without the digits of errors near machine precision."""
    return re.sub(r"\d\.\de-1[3-9]", "tiny", text.strip())


def printed(command, monkeypatch):
    """By the shell where it pipes, else by the same entry in this process."""
    if "|" not in command:
        monkeypatch.chdir(ROOT)
        _, *words = shlex.split(command)
        return CliRunner().invoke(cli.app, words, env=TERMINAL).stdout
    here = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(
        command,
        shell=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": here, **TERMINAL},
    )
    return run.stdout


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=range(len(BLOCKS)))
def test_shown_output_is_the_output(command, shown, monkeypatch):
    """Every `quledger` command of the README prints what stands below it, rounding errors aside."""
    lines = [line.rstrip() for line in printed(command, monkeypatch).splitlines()]
    assert comparable("\n".join(lines)) == comparable(shown)


def test_there_is_something_to_check():
    assert len(BLOCKS) >= 5
