"""Qualtran's own examples: what they state beside what their circuits hold, as docs say."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from estimator.ask.question import Asked
from estimator.costs.any_bloq import bloq_named, bloq_report

TABLES = (Path(__file__).parents[3] / "docs" / "qualtran_examples.md").read_text()
ROW = re.compile(r"\| `quledger cost (qualtran\.\S+)` \| ([^|]*) \| ([^|]*) \|")
ROWS = ROW.findall(TABLES)
GATES = {"toffoli": "Toffoli", "t": "T", "rotations": "rotations", "toffoli_depth": "deep"}

SWEEP = """
import importlib, json, pkgutil
import qualtran.bloqs
from qualtran import BloqExample
from estimator.ask.question import Asked
from estimator.costs.any_bloq import bloq_named, bloq_report

names = []
for info in pkgutil.walk_packages(qualtran.bloqs.__path__, "qualtran.bloqs."):
    if not info.name.endswith(("_test", ".conftest")):
        for name, value in vars(importlib.import_module(info.name)).items():
            if isinstance(value, BloqExample) and value._func.__module__ == info.name:
                names.append(f"{info.name}:{name}")
for name in names:
    try:
        report = bloq_report(bloq_named(name), Asked())
        said = next(part for part in report.parts if part.key == "notes").lines[-1]
        rows = [row for part in report.parts for row in getattr(part, "rows", [part])]
        differ = [row.key for row in rows if getattr(row, "beside", "")]
        found = [said, differ]
    except ValueError as problem:
        found = [str(problem)]
    print(json.dumps([name, *found]))
"""


def by_both_routes(name):
    """The gates that a bloq states and those in its circuit, as the table writes them."""
    report = bloq_report(bloq_named(name), Asked())
    parts = [part for part in report.parts if part.key != "counted"]
    rows = [row for part in parts for row in getattr(part, "rows", [part])]
    facts = {row.key: row for row in rows if getattr(row, "key", "") in GATES}
    shown = {key: facts[key] for key in GATES if facts[key].beside}
    stated = ", ".join(f"{row.value} {GATES[key]}" for key, row in shown.items())
    inside = ", ".join(f"{row.beside.split(' ')[0]} {GATES[key]}" for key, row in shown.items())
    return stated, inside


@pytest.mark.parametrize(("name", "stated", "inside"), ROWS)
def test_a_disagreement_is_reproduced(name, stated, inside):
    assert by_both_routes(name) == (stated, inside)


def kind_of(line):
    """What an answer is, in the words of the table."""
    if len(line) == 2:
        return "refused"
    said, differ = line[1:]
    if said.startswith("gates and depth are counted"):
        return "counted"
    if "counted in its circuit as well" in said:
        return "differ" if differ else "agree"
    return "symbolic" if "symbolic size" in said or "size is not a number" in said else "no circuit"


@pytest.mark.slow
def test_the_table_is_that_of_a_sweep():
    """Not in this process: some examples import Qualtran's tests, whose marks are not ours."""
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SWEEP],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    kinds = Counter(map(kind_of, lines))
    assert {line[0] for line in lines if kind_of(line) == "differ"} == {row[0] for row in ROWS}
    table = dict(re.findall(r"^\| [^|]*<!-- (\w[\w ]*) --> \| (\d+) \|$", TABLES, re.MULTILINE))
    assert {kind: str(number) for kind, number in kinds.items()} == table
