"""The command line: answers that agree with each other."""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
import sympy
from attrs import evolve
from command import answer, costs, in_shell, params, refusal, run
from onnx import numpy_helper
from typer.testing import CliRunner

from estimator import cli
from estimator.ask.registry import questions
from estimator.symbols import GLOSSARY
from proofs.data_loading.qrom_cost import THEOREM as QROM
from proofs.resnet.shift_operator import THEOREM as SHIFT

ROOT = Path(__file__).parents[2]
DIGITS = str(ROOT / "examples" / "digits_resnet.onnx")
NAMES = {symbol.name: symbol for symbol in GLOSSARY}
SMALL = {
    "convolution": {"C_in": 4, "C_out": 3, "D": 4, "M": 8, "b": 6},
    "vector-loading": {"N": 16, "b": 6},
    "qsvt": {"N": 16, "b": 6, "degree": 4},
    "qsvt-convolution": {"C_in": 4, "C_out": 3, "D": 4, "M": 8, "b": 6, "degree": 4},
    "normalise": {"N": 16, "b": 6, "alpha": 2, "delta": 0.01},
}


@pytest.mark.parametrize(
    "start", [["-m", "estimator"], [str(Path(sys.executable).parent / "quledger")]]
)
def test_help_is_light(start):
    """Both ways to start print the help without loading a heavy module."""
    code = (
        "import atexit, sys, runpy; heavy = {'qualtran', 'cirq', 'matplotlib', 'sympy', 'onnx'};"
        "atexit.register(lambda: print('loaded', sorted(heavy & set(sys.modules))));"
        "sys.argv = ['quledger', '--help'];"
    )
    code += (
        f"runpy.run_module({start[1]!r}, run_name='__main__', alter_sys=False)"
        if start[0] == "-m"
        else f"runpy.run_path({start[0]!r}, run_name='__main__')"
    )
    found = in_shell("-c", code)
    assert found.returncode == 0, found.stderr
    assert "cost" in found.stdout
    assert found.stdout.splitlines()[-1] == "loaded []"


def test_no_words_mean_help():
    """Without a word the command says what it can do."""
    assert run().exit_code == 0
    assert run().stdout == run("--help").stdout


def test_list_is_complete():
    """Every question is listed with every parameter, unit and range, as JSON and as text."""
    listed = {
        (each["verb"], each["name"]): each for each in json.loads(run("list", "--json").stdout)
    }
    text = " ".join(run("list").stdout.split())
    asked = {(x.question.verb.name, x.question.name): x.question for x in questions()}
    assert listed.keys() == asked.keys()
    for key, question in asked.items():
        assert key[1] in text
        described = {each["name"]: each for each in listed[key]["parameters"]}
        assert described.keys() == {parameter.name for parameter in question.parameters}
        assert listed[key]["files"] == list(question.suffixes)
        for parameter in question.parameters:
            shown = described[parameter.name]
            assert shown["unit"] == parameter.unit
            assert shown["minimum"] == getattr(parameter, "least", None)
            assert shown["maximum"] == getattr(parameter, "most", None)
            assert shown["allowed"] == parameter.allowed
            assert shown["meaning"]
        for name in ("variant", "loader"):
            of = list(getattr({x.name: x for x in question.parameters}.get(name), "of", []))
            assert listed[key][f"{name}s"] == of
            assert all(choice in text for choice in of)


def test_list_begins_with_everything_on_a_line():
    head = run("list").stdout.split("\ncommunication-inference\n")[0]
    for found in questions():
        assert f"{found.question.verb.name} {found.question.name}" in head


@pytest.mark.parametrize("name", ["ntk", "linear-systems", "linear_systems", "qlss"])
def test_list_of_one_name(name):
    """A question or a system, - and _ alike, has its parameters alone."""
    shown = run("list", name)
    assert shown.exit_code == 0
    assert "what can be asked" not in shown.stdout
    listed = {each["name"] for each in json.loads(run("list", name, "--json").stdout)}
    assert listed == {
        x.question.name
        for x in questions()
        if name.replace("-", "_") in (x.question.name, x.system.name)
    }


def test_list_of_an_unknown_name():
    refused = run("list", "resnett")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "'resnett'; did you mean resnet?" in refused.stderr


def test_full_writes_out_what_json_has(tmp_path):
    """Text and page; JSON is the same with it and without, and so are numbers."""
    words = ("cost", "vector-loading", "--loader", "qroam-clean")
    page = tmp_path / "page.html"
    formula = answer(*words)["gates"]["t_count"]
    assert answer(*words, "--full") == answer(*words)
    for more, is_there in ((), False), (("--full",), True):
        typed = [*words, "--html", str(page), *more]
        text = CliRunner().invoke(cli.app, typed, env={"COLUMNS": "1000"}).stdout
        assert (formula in text) == (formula in page.read_text()) == is_there
    numbers = (*words, *params(N=16, b=6))
    assert run(*numbers, "--full").stdout == run(*numbers).stdout


def test_file_has_one_entry_for_each_convolution():
    """A network file gives a list, in its order, costed with the norms of its own weights."""
    reports = answer("cost", DIGITS, *params(b=8))
    graph = onnx.load(DIGITS).graph
    weights = {w.name: numpy_helper.to_array(w) for w in graph.initializer}
    convolutions = [node for node in graph.node if node.op_type == "Conv"]
    assert [report["title"].split()[-1] for report in reports] == [n.name for n in convolutions]
    for report, node in zip(reports, convolutions, strict=True):
        kernel = weights[node.input[1]].astype(float)
        assert report["facts"]["alpha"] == pytest.approx(np.abs(kernel).sum(), rel=1e-12)
        assert report["settings"]["b"] == 8
    assert len(reports) == 2


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.svg", b"<?xml"), ("a.png", b"\x89PNG"), ("a.txt", b""), ("a", b"<?xml")],
)
def test_the_name_of_a_picture_says_its_kind(name, start, tmp_path):
    """Without --format, an ending that is a format is the format; otherwise it is SVG."""
    path = tmp_path / name
    done = run("draw", "vector-loading", "-o", path)
    assert done.exit_code == 0
    content = path.read_bytes()
    assert content.startswith(start)
    assert (b"<svg" in content) == (name not in ("a.png", "a.txt"))


def test_file_without_bits_has_formulas(network):
    """A network can be costed before anyone says how precise its angles are."""
    (symbolic,) = answer("cost", network(), "--layers")
    (numeric,) = answer("cost", network(), *params(b=9))
    for key, value in costs(numeric).items():
        if key not in ("t_count", "depth"):
            assert sympy.sympify(costs(symbolic)[key], locals=NAMES).subs({NAMES["b"]: 9}) == value
    assert "b" in symbolic["symbols"]


@pytest.mark.parametrize(
    ("method", "each"),
    [("mixed-fallback", 16), ("repeat-until-success", 33), ("ancilla-free", 60)],
)
def test_synthesis_prices_rotations(method, each):
    """T in all is 4 for each Toffoli-like gate, T gates, and the published count per rotation."""
    words = ("--synthesis", method, "--rotation-error", 2**-20)
    gates = answer("cost", "convolution", *params(**SMALL["convolution"]), *words)["gates"]
    toffolis = gates["toffoli"] + gates["cswap"]
    assert gates["rotations"] > 0
    assert gates["t_count"] == 4 * toffolis + gates["t"] + each * gates["rotations"]
    symbolic = answer("cost", "convolution", *words)["gates"]["t_count"]
    assert NAMES["b"] in sympy.sympify(symbolic, locals=NAMES).free_symbols


@pytest.mark.parametrize(
    "words",
    [
        ("convolution", "--variant", "adder", *params(**SMALL["convolution"])),
        ("normalise", "--loader", "bucket-brigade", *params(**SMALL["normalise"])),
        ("resnet", *params(k=1, N=64, C=4, D=3, epsilon=0.1, alpha=2)),
    ],
)
def test_shares_are_of_t_in_all(words):
    """Sub-bloqs without their rotations, all rotations at their price, and the rest: one."""
    found = answer("cost", *words, "--synthesis", "ancilla-free", *params(rotation_error=1e-6))
    gates, rows = found["gates"], found["expensive"]
    whole = 4 * (gates["toffoli"] + gates["cswap"]) + gates["t"] + 60 * gates["rotations"]
    assert gates["t_count"] == whole
    assert sum(row["share"] for row in rows) == pytest.approx(1, abs=1e-9)
    for row in rows:
        if row["bloq"] != "the rest":
            assert row["share"] == pytest.approx(row["calls"] * row["t"] / whole, rel=1e-9)
    (turned,) = [row for row in rows if row["bloq"] == "all rotations"]
    assert (turned["calls"], turned["t"]) == (gates["rotations"], 60)


def test_what_rotations_are_assumed_to_cost_is_printed():
    """Without a synthesis there is a total as well; the default stands beside it, and in JSON."""
    words = ("cost", "convolution", "--variant", "adder", *params(**SMALL["convolution"]))
    text = " ".join(run(*words).stdout.split())
    assert "23 for each rotation, mixed-fallback to an error of 1e-10 (assumed" in text
    price = answer(*words)["rotation_price"]
    assert price == {
        "synthesis": "mixed-fallback",
        "rotation_error": 1e-10,
        "t_per_rotation": 23,
        "assumed": True,
    }
    named = answer(*words, "--synthesis", "ancilla-free", *params(rotation_error=1e-6))
    assert named["rotation_price"]["assumed"] is False
    norms = [each["units"]["rotation_price"]["rotation_error"] for each in (answer(*words), named)]
    assert norms == ["diamond norm", "spectral norm"]


def test_a_file_has_a_total_over_its_convolutions():
    """Each once: gates add up, and the qubits are those of the widest."""
    found = answer("cost", DIGITS, *params(b=8))
    total = {row["what"]: row["total"] for row in found[-1]["total"]}
    assert "total" not in found[0]
    for label, key in (("Toffoli and AND", "toffoli"), ("T in all", "t_count"), ("T", "t")):
        assert total[label] == sum(each["gates"][key] for each in found)
    assert total["qubits"] == max(each["qubits"] for each in found)
    assert total["Toffoli depth"] == sum(each["toffoli_depth"] for each in found)


def test_check_passes():
    """A true claim is said to hold, with status 0, in text and in JSON."""
    found = run("check", "data_loading.qrom")
    assert found.exit_code == 0
    assert "holds" in found.stdout
    rows = json.loads(run("check", "data_loading.qrom", "resnet.shift", "--json").stdout)["claims"]
    assert [row["claim"] for row in rows] == ["data_loading.qrom_cost", "resnet.shift_operator"]
    assert all(row["accepted"] and row["numeric"] == "holds" for row in rows)
    assert [row["symbolic"] for row in rows] == ["holds", None]
    assert all(run_["gates"] > 0 and run_["qubits"] > 0 for row in rows for run_ in row["runs"])


@pytest.mark.parametrize(
    ("name", "false"),
    [
        ("data_loading.qrom", evolve(QROM, value=QROM.false_twin)),
        ("resnet.shift", evolve(SHIFT, specification=SHIFT.false_twin)),
    ],
)
def test_check_rejects_a_false_claim(name, false, monkeypatch):
    """A claim replaced by its false twin ends the command with status 1, in text and in JSON."""
    module = {
        "data_loading.qrom": "proofs.data_loading.qrom_cost",
        "resnet.shift": "proofs.resnet.shift_operator",
    }
    monkeypatch.setattr(f"{module[name]}.THEOREM", false)
    found = run("check", name)
    assert found.exit_code == 1
    assert "REJECTED" in found.stdout
    found = run("check", name, "--json")
    assert found.exit_code == 1
    (row,) = json.loads(found.stdout)["claims"]
    assert not row["accepted"]
    assert row["numeric"] == "fails"


@pytest.mark.parametrize(
    ("words", "hardware"),
    [
        (["--physical"], "superconducting_e3"),
        (["--param", "physical=gate-ns-e4", "--failure-budget", "0.1"], "gate_ns_e4"),
    ],
)
def test_a_cost_on_hardware(words, hardware):
    """Every model beside the others; the machine may be left out."""
    report = answer("cost", "vector-loading", *params(N=16, b=6), *words)
    assert report["machine"]["hardware"] == hardware
    assert len(report["physical_models"]) == 4
    assert "physical" not in report["settings"]
    for row in report["physical_models"]:
        assert row["failure"] <= report["machine"]["failure_budget"]


def test_numbers_named_beside_hardware_stand_in_place_of_its_own(tmp_path):
    """One option or several; hardware from a file, whose content counts."""
    path = tmp_path / "mine.json"
    path.write_text('{"physical_error": 0.001, "cycle_seconds": 1e-06, "name": "ours"}')
    asked = ("cost", "vector-loading", *params(N=16, b=6), "--physical", path)
    whole = answer(*asked)
    assert whole["machine"]["hardware"] == "ours"
    slow = answer(*asked, "--cycle-seconds", "1e-5", "--routing-overhead", 1)
    assert slow["machine"]["cycle_seconds"] == 1e-5
    assert slow["kinds"]["machine"]["cycle_seconds"] == "exact"
    for one, other in zip(whole["physical_models"], slow["physical_models"], strict=True):
        assert other["seconds"] > 5 * one["seconds"], one["model"]


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (["vector-loading", "--physical"], "physical cost needs numbers for every symbol"),
        (
            ["vector-loading", *params(N=16, b=6), "--loader", "ideal", "--physical"],
            "queries to QRAM have no physical cost",
        ),
        (
            ["qualtran.bloqs.basic_gates.hadamard:_hadamard", "--physical"],
            "physical cost needs a qubit and a T gate or Toffoli, got 1 qubits and 0 such gates",
        ),
        (["vector-loading", "--physical", "fast"], "--physical must be one of superconducting_e3"),
        (["vector-loading", "--physical", "none.json"], "the hardware 'none.json' cannot be read"),
        (["--physical"], "cost needs QUESTION"),
        (
            ["qualtran.bloqs.arithmetic.addition:_add_symb", "--physical"],
            "physical cost needs numbers for every symbol of the cost",
        ),
        (
            [ROOT / "examples" / "karate_club.json", "--delta", 0.05, "--physical"],
            "communication-file has no circuit to put on a machine; leave --physical out",
        ),
        (
            ["vector-loading", *params(N=16, b=6), "--physical", "maj_ns_e4", "--cycle-seconds", 1],
            "--cycle-seconds is of a surface code, and maj_ns_e4 measures pairs",
        ),
        (
            ["vector-loading", *params(N=16, b=6), "--physical", "--failure-budget", "1e-300"],
            "no physical cost: no two levels of distillation meet failure_budget 1e-300",
        ),
        (
            ["vector-loading", "--physical", "--physical", "gate_ns_e3"],
            "physical is given twice",
        ),
    ],
)
def test_a_cost_without_a_machine_is_refused(words, rule):
    assert rule in refusal("cost", *words)
