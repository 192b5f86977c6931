"""The mutants: each kind of mistake is made, one at a time, in copies only."""

import ast
import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("mutate", Path(__file__).with_name("mutate.py"))
mutate = importlib.util.module_from_spec(SPEC)
sys.modules["mutate"] = mutate
SPEC.loader.exec_module(mutate)

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
    plain = ast.unparse(ast.parse(SOURCE)).splitlines()
    pairs = []
    for mutant, source in mutate.mutants(tmp_path):
        assert mutant.path == "bloqs/some.py"
        different = [new for new, old in zip(source.splitlines(), plain, strict=True) if new != old]
        pairs.append((mutant.kind, [line.strip() for line in different]))
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
    kinds = {mutant.kind for mutant, _ in mutate.mutants(ROOT)}
    assert kinds == {"ancilla dropped", "count off by one", "factor 2 deleted", "gate left out"}


def test_claims_are_chosen_by_what_they_import():
    """Directly, through others, or by walking a package."""
    uses = mutate.used_by("proofs.encodings.vector_sum_error", ROOT)
    assert {"bloqs.encodings.vector_sum", "bloqs.wires", "estimator.symbols"} <= uses
    assert "bloqs.convolution.shift" not in uses
    assert "bloqs.encodings.scaled" in mutate.used_by("proofs.encodings.every_cost", ROOT)


@pytest.mark.parametrize(
    ("change", "claim"),
    [
        (("value * 1", "value * 1"), ""),
        (("0.0", "1.0"), "some"),
        (("def", "syntax error here def"), "import"),
    ],
)
def test_a_changed_file_is_judged_and_restored(tmp_path, change, claim):
    """By the first claim that is not accepted; the file is as it was afterwards."""
    for layer in ("bloqs", "proofs"):
        (tmp_path / layer).mkdir()
        (tmp_path / layer / "__init__.py").write_text("")
    source = "def gap(value=1):\n    return 0.0 * value * 1\n"
    path = tmp_path / "bloqs" / "some.py"
    path.write_text(source)
    (tmp_path / "proofs" / "ledger.py").write_text(LEDGER)
    found, _ = mutate.judge(source.replace(*change), path, ["some"], tmp_path)
    assert found == claim
    assert path.read_text() == source


LEDGER = """
from types import SimpleNamespace
from bloqs.some import gap

def claims():
    return {"some": SimpleNamespace(examine=lambda: SimpleNamespace(accepted=gap() == 0))}
"""
