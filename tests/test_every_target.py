"""Every test is run by one target of the Makefile, whatever its marks and wherever it is."""

import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TARGETS = ("test", "slow", "training", "browser")


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
@pytest.mark.parametrize("needs", ["", "training", "browser"])
def test_a_test_of_any_marks_is_run_once(runs, slow, needs):
    marks = {"slow": slow, "training": needs == "training", "browser": needs == "browser"}
    running = [target for target, (asked, _) in runs.items() if eval(asked, {}, marks)]
    assert len(running) == 1
    assert running[0] == needs or not needs


@pytest.mark.parametrize(
    ("name", "least"),
    [("training", "tests/bloqs/contrastive/training"), ("browser", "tests/browser")],
)
def test_a_target_looks_in_every_folder_of_its_name(runs, name, least):
    folders = {str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob(name)}
    assert set(runs[name][1]) == folders >= {least}


def test_the_last_line_of_make_test_says_what_was_not_run():
    command = ["make", "--no-print-directory", "--dry-run", "--always-make", "test"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    last = said.stdout.splitlines()[-1]
    assert last.startswith("echo ")
    assert all(word in last for word in ("not run", "`make training`", "`make browser`"))


def test_the_whole_check_runs_every_target_but_the_slow_ones():
    said = (ROOT / ".ci" / "run").read_text()
    assert [target for target in TARGETS if f"make {target}\n" in said] == [
        target for target in TARGETS if target != "slow"
    ]


def test_a_machine_without_a_browser_says_so_in_a_sentence(tmp_path):
    """A path without a browser and without what installs one."""
    for tool in ("sh", "id"):
        (tmp_path / tool).symlink_to(shutil.which(tool))
    script = str(ROOT / "tests" / "browser" / "install_chromium.sh")
    done = subprocess.run(
        ["sh", script], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "need Chromium" in done.stderr
    assert done.stderr.count("\n") == 1
    (tmp_path / "chromium").symlink_to(shutil.which("true"))
    assert not subprocess.run(["sh", script], env={"PATH": str(tmp_path)}, check=False).returncode
