"""Bloqs of anyone, by module and name: an answer, or one sentence."""

import pytest
from qualtran import Bloq, QUInt, Signature
from qualtran.bloqs.arithmetic import Add
from qualtran.bloqs.basic_gates import Toffoli
from qualtran.resource_counting import GateCounts, QECGatesCost
from typer.testing import CliRunner

import quledger
from estimator import cli
from estimator.ask.question import Asked
from estimator.costs.any_bloq import bloq_report

MINE = """
from attrs import frozen
from qualtran import Bloq, BloqBuilder, DecomposeTypeError, Register, QAny, Signature
from qualtran.bloqs.basic_gates import CSwap, Toffoli

print("loaded")
one = Toffoli()
number = 3

def made():
    return Toffoli()

def of_size(n):
    return CSwap(n)

def broken():
    raise RuntimeError("no luck\\ntoday")

@frozen
class Silent(Bloq):
    @property
    def signature(self):
        return Signature.build(x=1)

@frozen
class Loop(Silent):
    def build_call_graph(self, ssa):
        return {Loop(): 1}

@frozen
class Odd(Silent):
    def build_composite_bloq(self, bb, x):
        raise KeyError("odd")

silent, loop, odd = Silent(), Loop(), Odd()
"""


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """A module of the user's in the current directory."""
    (tmp_path / "mine_of_bloqs.py").write_text(MINE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))


def run(*words):
    return CliRunner().invoke(cli.app, list(words))


@pytest.mark.parametrize("name", ["one", "made"])
def test_a_bloq_of_a_file_here(name, mine):
    found = run("cost", f"mine_of_bloqs:{name}", "--json")
    assert found.exit_code == 0
    assert quledger.cost(Toffoli())["gates"]["toffoli"] == 1
    assert '"toffoli": 1' in found.stdout
    assert "loaded" not in found.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mine_of_bloqs:two"], "there is no two in mine_of_bloqs:two"),
        (["mine_of_bloqs:number"], "gives a value of type int"),
        (["mine_of_bloqs:of_size"], "needs n; name a bloq"),
        (["mine_of_bloqs:broken"], "cannot be made: RuntimeError: no luck today"),
        (["mine_of_bloqs:silent"], "there is no telling what Silent costs"),
        (["mine_of_bloqs:loop"], "is nested too deeply, or contains itself"),
        (["mine_of_bloqs:odd"], "there is no telling what Odd costs: KeyError: 'odd'"),
        (["mine_of_bloqs.py:one"], "leave .py and folders out"),
        (["no_such_module:one"], "there is no module no_such_module"),
        (["mine_of_bloqs:"], "a bloq is named MODULE:NAME"),
        (["mine_of_bloqs:one", "--k", "3"], "--k"),
        (["mine_of_bloqs:one", "--synthesis", "magic"], "magic"),
    ],
)
def test_what_cannot_be_costed_is_refused_in_one_sentence(words, said, mine):
    found = run("cost", *words)
    assert (found.exit_code, found.stdout) == (2, "")
    assert said in " ".join(found.stderr.split())
    assert found.stderr.count("quledger: ") == 1


class Liar(Bloq):
    """States five Toffolis and holds one."""

    @property
    def signature(self):
        return Signature.build(x=1, y=1, z=1)

    def build_composite_bloq(self, bb, x, y, z):
        (x, y), z = bb.add(Toffoli(), ctrl=[x, y], target=z)
        return {"x": x, "y": y, "z": z}

    def my_static_costs(self, cost_key):
        return GateCounts(toffoli=5) if cost_key == QECGatesCost() else NotImplemented


def test_what_the_circuit_holds_stands_beside_what_is_stated():
    report = bloq_report(Liar(), Asked())
    facts = {row.key: row for part in report.parts if part.key == "gates" for row in part.rows}
    assert (facts["toffoli"].value, facts["toffoli"].beside) == (5, "1 in the circuit")
    assert facts["t"].beside == ""
    assert report["counted"]["toffoli"] == 1


def test_a_wide_adder_has_room():
    """Qualtran nests one generator in another for each bit."""
    assert bloq_report(Add(QUInt(400)), Asked())["gates"]["toffoli"] == 399


DRAWN = (
    "arithmetic.addition:_add_small",
    "arithmetic.comparison:_lt_k_symb",
    "basic_gates.hadamard:_chadamard",
    "block_encoding.lcu_block_encoding:_lcu_block",
    "data_loading.select_swap_qrom:_qroam_multi_data",
    "data_loading.qrom:_qrom_symb",
    "mcmt.and_bloq:_multi_and",
    "phase_estimation.qubitization_qpe:_qubitization_qpe_hubbard_model_small",
    "qft.qft_text_book:_qft_text_book",
    "state_preparation.state_preparation_alias_sampling:_state_prep_alias",
)
"""Examples of Qualtran of many kinds."""


@pytest.mark.parametrize("kind", ["callgraph", "circuit"])
@pytest.mark.parametrize("name", DRAWN)
def test_bloqs_of_qualtran_are_drawn(name, kind, tmp_path):
    """A circuit of symbolic size is refused in one sentence, without a file."""
    file = tmp_path / "drawing.svg"
    if kind == "circuit" and name.endswith("_symb"):
        with pytest.raises(ValueError, match="A circuit needs a number for every size"):
            quledger.draw(f"qualtran.bloqs.{name}", file, kind=kind)
        assert not file.exists()
        return
    quledger.draw(f"qualtran.bloqs.{name}", file, kind=kind)
    assert "<svg" in file.read_text()
