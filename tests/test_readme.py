"""The README shows what the commands print."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BLOCKS = re.findall(
    r"```console\n\$ (quledger [^\n]+)\n(.*?)\n```", (ROOT / "README.md").read_text(), re.DOTALL
)


def comparable(text):
    """The text without the digits of errors near machine precision."""
    return re.sub(r"\d\.\de-1[3-9]", "tiny", text.strip())


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=range(len(BLOCKS)))
def test_shown_output_is_the_output(command, shown):
    """Every `quledger` command of the README prints what stands below it, rounding errors aside."""
    here = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(
        command,
        shell=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": here, "COLUMNS": "80", "NO_COLOR": "1"},
    )
    printed = "\n".join(line.rstrip() for line in run.stdout.splitlines())
    assert comparable(printed) == comparable(shown), run.stderr


def test_there_is_something_to_check():
    assert len(BLOCKS) >= 5
