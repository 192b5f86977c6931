"""The README and the pages of docs/ show what the commands print."""

import json
import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bloqs.linear_systems.model.plan import Provenance
from bloqs.simulation.stand_in import Fidelity
from estimator import api, cli
from estimator.ask import question
from estimator.statistics.group_differences import VERDICTS
from estimator.verdict import Verdict

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
MADE = ("reference", "pictures")
"""Folders of docs/ that `make docs` writes."""

PAGES = [
    README,
    *(
        page.read_text()
        for page in sorted((ROOT / "docs").rglob("*.md"))
        if page.relative_to(ROOT / "docs").parts[0] not in MADE
    ),
]
BLOCKS = [
    block
    for page in PAGES
    for block in re.findall(r"```console\n\$ (quledger [^\n]+)\n(.*?)\n```", page, re.DOTALL)
]
OWN_CASES = re.findall(
    r"`quledger ([^`]+)`", README.split("| you have | you ask |")[1].split("\n\n")[0]
)
UNKEPT = ("draw", "growth")
"""Commands of the engines, which keep no answers."""

OURS = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
"""In which a shell finds the command that is installed beside this Python."""

TERMINAL = {"COLUMNS": "80", "NO_COLOR": "1"}


def comparable(text):
    """The text without the digits of errors near machine precision."""
    return re.sub(r"\d\.\de-1[3-9]", "tiny", text.strip())


@cache
def printed_by_us(command):
    """The whole output, once for a page that shows all of it and one that shows a part."""
    _, *words = shlex.split(command)
    return CliRunner().invoke(cli.app, words, env=TERMINAL).stdout


def printed(command, monkeypatch):
    """By the command's entry in this process; what its output is piped into by the shell."""
    monkeypatch.chdir(ROOT)
    ours, *rest = command.split(" | ", 1)
    shown = printed_by_us(ours)
    for other in rest:
        shown = subprocess.run(
            other, shell=True, input=shown, capture_output=True, text=True, check=True, env=OURS
        ).stdout
    return shown


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=range(len(BLOCKS)))
def test_shown_output_is_the_output(command, shown, monkeypatch):
    """Every `quledger` command prints what stands below it, rounding errors aside."""
    lines = [line.rstrip() for line in printed(command, monkeypatch).splitlines()]
    assert comparable("\n".join(lines)) == comparable(shown)


def test_the_picture_is_what_the_command_draws(monkeypatch, tmp_path):
    """The one of the first network, byte by byte."""
    monkeypatch.chdir(ROOT)
    words = ["cost", "examples/digits_cnn.onnx", "--digit", "0", "--epsilon", "0.1"]
    drawn = tmp_path / "drawn.svg"
    done = CliRunner().invoke(cli.app, [*words, "--picture", str(drawn)])
    assert done.exit_code == 0, done.output
    assert drawn.read_bytes() == (ROOT / "docs" / "digits_cnn.svg").read_bytes()


def test_there_is_something_to_check():
    assert len(BLOCKS) >= 5
    assert len(OWN_CASES) >= 9


@pytest.mark.parametrize("command", OWN_CASES)
def test_a_case_of_ones_own_is_asked(command, tmp_path, monkeypatch):
    """Its files are there, and every option and value is understood, up to the work itself."""
    monkeypatch.chdir(ROOT)
    reached = []

    def answer_to(system, question, asked):
        reached.append(question.verb.name)
        raise ValueError("reached")

    def leading_to(*asked):
        reached.append("growth")
        raise ValueError("reached")

    monkeypatch.setattr(question, "answer_to", answer_to)
    monkeypatch.setattr(api, "growth", leading_to)
    verb, *words = shlex.split(command.replace(" -o ", f" -o {tmp_path}/"))
    done = CliRunner().invoke(cli.app, [verb, *words, *["--no-cache"] * (verb not in UNKEPT)])
    assert reached == ["cost" if verb == "draw" else verb], done.output
    files = [word for word in words if word.startswith("examples/")]
    assert all((ROOT / file).is_file() for file in files)


def test_every_page_that_is_named_is_there():
    """Files that the README and the pages of docs/ name in code marks, folders included."""
    named = set(re.findall(r"`((?:docs|examples|estimator|tests|bloqs)/[^` *]+)`", "".join(PAGES)))
    assert len(named) >= 10
    assert sorted(each for each in named if not (ROOT / each).exists()) == []


def test_the_glossary_has_every_word_of_a_kind():
    """Once, in the order of the alphabet, and what a word stands for is told in full."""
    tables = (ROOT / "docs" / "glossary.md").read_text().split("\n\n")[2:]
    kinds = {"fidelity": Fidelity, "verdict": Verdict, "basis": Provenance}
    for table in tables:
        rows = [row.strip("| ").split(" | ") for row in table.strip().splitlines()[2:]]
        words = [word for word, _ in rows]
        assert words == sorted(set(words), key=str.lower)
        for word, meaning in rows:
            assert all(each.value in meaning for each in kinds.get(word, ()))
            assert word != "verdict" or all(each in meaning for each in VERDICTS)


def test_errors_of_the_trained_network_are_those_of_its_file():
    """Training takes minutes: what the README says of it is what the command left."""
    kept = json.loads((ROOT / "examples" / "hypergraph_trained.json").read_text())
    rows = kept["result"]["errors"]
    assert f"`{kept['command']}` (extra `train`, PyTorch)" in README
    table = README.split("| machine | bits kept |")[1].split("\n\n")[0].splitlines()[2:]
    assert len(table) >= 10
    shown = {
        f"| {row['machine']} | {row['kept']:,} | {100 * row['error']:.1f} "
        f"({100 * row['low']:.1f} to {100 * row['high']:.1f}) |"
        for row in rows
    }
    assert shown.issuperset(table)
    for row in rows:
        assert row["error"] == row["wrong"] / kept["result"]["settings"]["test"]
        assert row["wrong"] == 0 or row["machine"] not in ("quantum model", "forgetful machine")
