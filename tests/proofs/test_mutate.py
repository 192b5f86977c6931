"""The mutants: every kind of mistake is made, one at a time, and judged by claims that run it."""

import ast
import io
from pathlib import Path

import mutate
import pytest
from mistake import Bench, Mistake, Place, changed
from rich.console import Console
from rich.progress import Progress

ROOT = Path(__file__).parents[2]

SOURCE = '''"""A bloq."""

class Some:
    def ancilla_bitsize(self):
        return self.a

    def calls(self):
        return {CNOT(): 2 * self.n, XGate(): 1, And(): self.n - 1}

    def write(self, wires):
        wires.x(a)
        wires.on(part)

    def other(self):
        return 2 * self.n
'''


@pytest.fixture
def found(tmp_path):
    """Mutants of a small file, as (kind, lines that differ)."""
    (tmp_path / "bloqs").mkdir()
    (tmp_path / "bloqs" / "some.py").write_text(SOURCE)
    tree = ast.parse(SOURCE)
    plain = ast.unparse(tree).splitlines()
    pairs = []
    for mistake, _ in mutate.mutants(tmp_path):
        assert mistake.path == "bloqs/some.py"
        place = dict(mutate.mistakes(mistake.path, tree, mutate.changes))[mistake]
        lines = ast.unparse(changed(tree, place.change)).splitlines()
        different = [new for new, old in zip(lines, plain, strict=True) if new != old]
        pairs.append((mistake.kind, [line.strip() for line in different]))
    return pairs


def test_every_kind_of_mistake_is_made_once(found):
    """One line is changed at a time; what is not a count, a gate or an ancilla is left alone."""
    calls = "return {{CNOT(): {}, XGate(): {}, And(): self.n - {}}}".format
    assert sorted(found) == [
        ("ancilla dropped", ["return self.a - 1"]),
        ("count off by one", [calls("2 * self.n", 1, 2)]),
        ("count off by one", [calls("2 * self.n", 2, 1)]),
        ("factor 2 deleted", [calls("self.n", 1, 1)]),
        ("gate left out", ["pass"]),
    ]


def test_the_project_has_mutants_of_every_kind():
    kinds = {mistake.kind for mistake, _ in mutate.mutants(ROOT)}
    assert kinds == set(mutate.KINDS)


BLOQ = """
def calls(n):
    if n > 5:
        return {"a gate of large bloqs": 1}
    return {"gate": 2 * n, "other": n - 1}
"""

CLAIM = """
from types import SimpleNamespace
from bloqs.some import calls

def examine():
    holds = SimpleNamespace(value="holds")
    counted = SimpleNamespace(value="holds" if calls(3)["gate"] == 6 else "fails")
    return SimpleNamespace(symbolic=None, numeric=counted)

THEOREM = SimpleNamespace(examine=examine)
"""


@pytest.mark.parametrize(
    ("change", "judged"),
    [
        ("2 * n -> n", ("some", "measured")),
        ("n - 1 -> n - 2", ("", "survived")),
        ("1 -> 2", ("", "no claim runs the line")),
    ],
)
def test_a_mutant_is_judged_by_the_claims_that_run_it(tree, change, judged):
    """By the first one that rejects it; the file stays as it is."""
    root = tree(BLOQ, CLAIM)
    pairs = [pair for pair in mutate.mutants(root) if pair[0].change == change]
    with Bench(root, mutate.changes) as bench, Progress(disable=True) as progress:
        ran = mutate.lines_run(bench, progress)
        assert mutate.judge(*pairs[0], bench, ran) == judged
    assert (root / "bloqs" / "some.py").read_text() == BLOQ


class SlowBench:
    """Three claims; the lines of `slow` take too long, `noticing` notices every mistake."""

    def __init__(self):
        self.traced = []

    def names(self):
        return ["last", "slow", "noticing"]

    def outcome(self, claim, mistake=None):
        how = "derived" if mistake and claim == "noticing" else ""
        return how, {"slow": 1.0, "noticing": 2.0, "last": 3.0}[claim]

    def lines(self, claim):
        self.traced.append(claim)
        if claim == "slow":
            raise TimeoutError("slow: timeout")
        return {"bloqs/some.py": {5}}


def test_lines_are_asked_for_as_long_as_no_claim_notices():
    """A claim whose lines take too long is left out and said to be; it does not end the run."""
    bench, said = SlowBench(), io.StringIO()
    progress = Progress(console=Console(file=said, width=100), disable=True)
    ran = mutate.lines_run(bench, progress)
    mistake = Mistake("bloqs/some.py", "calls", "factor 2 deleted", "2 * n -> n")
    place = Place((ast.Pass(), ast.Pass(), ""), range(5, 6))
    for _ in range(2):
        assert mutate.judge(mistake, place, bench, ran) == ("noticing", "derived")
    assert bench.traced == ["slow", "noticing"]
    assert "left out, as its lines are not known: slow: timeout" in said.getvalue()
