"""The README shows what the commands print."""

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bloqs.linear_systems.model.plan import Provenance
from bloqs.simulation.stand_in import Fidelity
from estimator import cli
from estimator.statistics.group_differences import VERDICTS
from estimator.verdict import Verdict

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"```console\n\$ (quledger [^\n]+)\n(.*?)\n```", README, re.DOTALL)
TERMINAL = {"COLUMNS": "80", "NO_COLOR": "1"}


def comparable(text):
    """The text without the digits of errors near machine precision."""
    return re.sub(r"\d\.\de-1[3-9]", "tiny", text.strip())


def printed(command, monkeypatch):
    """By the command's entry in this process; what its output is piped into by the shell."""
    monkeypatch.chdir(ROOT)
    ours, *rest = command.split(" | ", 1)
    _, *words = shlex.split(ours)
    shown = CliRunner().invoke(cli.app, words, env=TERMINAL).stdout
    for other in rest:
        shown = subprocess.run(
            other, shell=True, input=shown, capture_output=True, text=True, check=True
        ).stdout
    return shown


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=range(len(BLOCKS)))
def test_shown_output_is_the_output(command, shown, monkeypatch):
    """Every `quledger` command of the README prints what stands below it, rounding errors aside."""
    lines = [line.rstrip() for line in printed(command, monkeypatch).splitlines()]
    assert comparable("\n".join(lines)) == comparable(shown)


def test_there_is_something_to_check():
    assert len(BLOCKS) >= 5


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
    rows = {(row["machine"], row["kept"]): row for row in kept["result"]["errors"]}

    def percent(machine, bits, key="error"):
        return f"{100 * rows[machine, bits][key]:.1f}"

    assert f"`{kept['command']}` (extra `train`, PyTorch) trains a GRU" in README
    for row in rows.values():
        assert row["error"] == row["wrong"] / kept["result"]["settings"]["test"]
    network = "GRU 16"
    assert (
        f"the GRU keeps 512 bits and goes wrong in {percent(network, 512)} % of the sentences "
        f"(95 %: {percent(network, 512, 'low')} to {percent(network, 512, 'high')}); "
        f"in {percent(network, 64)} % with 64 bits, 4 to an entry, {percent(network, 32)} % with "
        f"32, {percent(network, 16)} % with 16; one who follows two of the three edges in "
        f"{percent('edge tracker', 2)} %"
    ) in README
    assert rows["quantum model", 3]["wrong"] == rows["forgetful machine", 2]["wrong"] == 0
