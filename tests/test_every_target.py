"""Every test is run by one target of the Makefile, whatever its marks and wherever it is."""

import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TARGETS = ("test", "slow", "training")


@pytest.fixture(scope="module")
def runs():
    """The marks that each target asks pytest for, and the folders."""
    usual = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["addopts"]
    found = {}
    for target in TARGETS:
        command = ["make", "--dry-run", "--always-make", target]
        said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        (line,) = [line for line in said.stdout.splitlines() if "/pytest" in line]
        words = shlex.split(line)
        place = words.index("-m") + 1 if "-m" in words else len(words)
        found[target] = (words[place:] or usual[usual.index("-m") + 1 :])[0], words[place + 1 :]
    return found


@pytest.mark.parametrize("slow", [False, True])
@pytest.mark.parametrize("training", [False, True])
def test_a_test_of_any_marks_is_run_once(runs, slow, training):
    marks = {"slow": slow, "training": training}
    running = [target for target, (asked, _) in runs.items() if eval(asked, {}, marks)]
    assert len(running) == 1


def test_training_is_run_in_every_folder_of_that_name(runs):
    folders = {str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("training")}
    assert set(runs["training"][1]) == folders >= {"tests/bloqs/contrastive/training"}
