"""Circuits of files as bloqs: counted a second way, run, drawn, and opened."""

import re
from collections import Counter
from pathlib import Path

import cirq
import numpy as np
import pytest
from command import refusal, run

import quledger
from estimator.costs.circuit import circuit_of
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.counted import toffoli_layers
from estimator.costs.gate_sets import is_countable
from estimator.costs.keys import ToffoliDepth
from estimator.costs.known import known_cost
from estimator.exchange import translation
from estimator.exchange.file_circuit import FileCircuit, flat
from estimator.exchange.qasm_reader import read_text
from estimator.exchange.translation import translated

ADDER = Path(__file__).parents[3] / "examples" / "adder.qasm"
HEAD = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n'
NAMES = ("ccx", "cswap", "t", "tdg", "cx", "measure", "h", "x", "rz", "cu1")


def counted_in(text):
    """Gates of a text by name: registers in place of their qubits, gates of its own opened."""
    code = re.sub(r"//.*", "", text)
    own = {}
    for name, body in re.findall(r"gate\s+(\w+)[^{]*\{([^}]*)\}", code):
        own[name] = gates_in(body, {}, own)
    return gates_in(
        re.sub(r"gate[^}]*\}", "", code),
        {name: int(size) for name, size in re.findall(r"qreg (\w+)\[(\d+)\]", code)},
        own,
    )


def gates_in(body, sizes, own):
    found = Counter()
    for statement in body.split(";"):
        words = re.sub(r"^\s*if\s*\([^)]*\)", "", statement).split()
        if not words or words[0] in ("OPENQASM", "include", "qreg", "creg", "barrier"):
            continue
        name = words[0].partition("(")[0]
        qubits = statement.replace(words[0], "", 1).split("->")[0].split(",")
        times = max(sizes.get(qubit.strip(), 1) for qubit in qubits)
        for inner, number in own.get(name, {name: 1}).items():
            found[inner] += times * number
    return found


def random_text(seed):
    """A circuit of every construct, with gates of its own inside each other."""
    rng = np.random.default_rng(seed)
    lines = [
        "gate one a, b { cx a, b; t b; h a; }",
        "gate two(x) a, b, c { one a, b; rz(x) c; one b, c; ccx a, b, c; }",
        "qreg q[5];",
        "qreg r[3];",
        "creg c[3];",
    ]
    for _ in range(60):
        a, b, d = (f"q[{k}]" for k in rng.permutation(5)[:3])
        lines.append(
            str(
                rng.choice(
                    [
                        f"ccx {a}, {b}, {d};", f"cswap {a}, {b}, {d};", f"t {a};", "tdg q;",
                        "h r;",
                        f"cx {a}, {b};", "cx q[0], r;", f"one {a}, {b};",
                        f"two(0.3) {a}, {b}, {d};",
                        f"two({rng.uniform():.6f}) {a}, {b}, {d};", "measure r -> c;",
                        f"if (c == 5) two(0.7) {a}, {b}, {d};", "if (c == 1) x q;", "barrier q, r;",
                        f"cu1(0.2) {a}, {b};",
                    ]
                )
            )
        )  # fmt: skip
    return HEAD + "\n".join(lines) + "\n"


@pytest.mark.parametrize("text", [ADDER.read_text(), *map(random_text, range(4))],
                         ids=["adder", "0", "1", "2", "3"])  # fmt: skip
def test_gates_are_those_of_the_text(text, tmp_path):
    """A second reader, of regular expressions, finds the same numbers."""
    file = tmp_path / "a.qasm"
    file.write_text(text)
    report, wanted = quledger.cost(file), counted_in(text)
    assert not set(wanted) - set(NAMES)
    gates = report["gates"]
    assert gates["toffoli"] == wanted["ccx"]
    assert gates["cswap"] == wanted["cswap"]
    assert gates["t"] == wanted["t"] + wanted["tdg"]
    assert gates["cnot"] == wanted["cx"] + 2 * wanted["cu1"]
    assert gates["measurements"] == wanted["measure"]
    assert gates["rotations"] == wanted["rz"] + 3 * wanted["cu1"]
    assert report["counted"] == gates
    assert cost_by_annotation(report.bloq) == cost_by_counting(report.bloq)
    assert cost_by_counting(flat(report.bloq)) == cost_by_counting(report.bloq)
    assert cost_by_counting(report.bloq.decompose_bloq()).t == gates["t"]
    layers = toffoli_layers(circuit_of(report.bloq, is_countable))
    assert known_cost(report.bloq, ToffoliDepth()) >= layers
    assert known_cost(flat(report.bloq), ToffoliDepth()) == layers


def test_the_adder_of_the_examples_adds():
    """1 + 15 = 16, as the paper prints it; gates in order, qubits where the file has them."""
    bloq, _ = translated(read_text(ADDER.read_text()), "adder")
    circuit = circuit_of(bloq)
    operations = [op for op in circuit.operations if not cirq.is_measurement(op)]
    found = cirq.Simulator().simulate(cirq.Circuit(operations), qubit_order=circuit.inputs)
    (outcome,) = np.flatnonzero(abs(found.final_state_vector) > 1e-4)
    assert f"{outcome:010b}" == "0" + "1000" + "0000" + "1"


def test_an_angle_of_a_gate_of_the_file_is_resolved_inside_others():
    text = HEAD + (
        "gate inner(x, y) a { rz(x / 2) a; ry(y) a; }\n"
        "gate outer(x) a, b { inner(x, -x) a; inner(2 * x, 0.1) b; }\n"
        "qreg q[2];\nouter(pi / 2) q[0], q[1];\nouter(pi) q[1], q[0];\nouter(0.1) q[0], q[1];\n"
    )
    bloq, angles = translated(read_text(text), "angles")
    # pi/2: pi/4, -pi/2; pi/2, 0.1. pi: pi/2, -pi; pi, 0.1. 0.1: four to synthesise
    assert dict(angles) == {"T": 1, "Clifford": 5, "to synthesise": 6}
    assert (cost_by_annotation(bloq).t, cost_by_annotation(bloq).rotations) == (1, 6)
    names = {str(step.bloq) for step in bloq.written_steps}
    assert names == {"outer(1.571)", "outer(3.142)", "outer(0.1)"}


def test_a_gate_inside_gates_is_counted_without_being_written_out():
    """2^60 T gates."""
    lines = ["gate g0 a { t a; }"] + [f"gate g{k + 1} a {{ g{k} a; g{k} a; }}" for k in range(60)]
    text = HEAD + "\n".join(lines) + "\nqreg q[1];\ng60 q[0];\n"
    bloq, _ = translated(read_text(text), "deep")
    assert cost_by_annotation(bloq).t == 2**60
    with pytest.raises(ValueError, match="more than 2,000,000 elementary gates"):
        translated(read_text(text.replace("g60 q[0]", "creg c[1]; if (c == 1) g60 q[0]")), "deep")


def test_too_many_gates_inside_each_other_are_refused():
    lines = ["gate g0 a { t a; }"] + [f"gate g{k + 1} a {{ g{k} a; }}" for k in range(120)]
    text = HEAD + "\n".join(lines) + "\nqreg q[1];\ng120 q[0];\n"
    with pytest.raises(ValueError, match="more than 100 inside each other"):
        translated(read_text(text), "deep")


def test_too_many_steps_are_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(translation, "MOST_STEPS", 3)
    file = tmp_path / "a.qasm"
    file.write_text(HEAD + "qreg q[2];\nh q;\nh q;\n")
    assert "more than 3 elementary gates" in refusal("cost", file)


def test_symbols_of_a_program_stay(tmp_path):
    file = tmp_path / "a.qasm"
    file.write_text("OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float[64] theta;\n"
                    "qubit[2] q;\nrx(theta/2) q[0];\ncrz(theta) q[0], q[1];\n")  # fmt: skip
    report = quledger.cost(file)
    assert (report["gates"]["rotations"], report["gates"]["cnot"]) == (3, 2)


def test_prices_are_those_that_are_asked_for():
    words = ("--synthesis", "ancilla-free", "--rotation-error", "1e-3", "--json")
    found = quledger.cost(ADDER, synthesis="ancilla-free", rotation_error=1e-3)
    assert run("cost", ADDER, *words).exit_code == 0
    assert found["gates"]["t_count"] == 4 * 8
    assert found["qubits"] == 10


@pytest.mark.parametrize("kind", ["circuit", "callgraph"])
@pytest.mark.parametrize("ending", ["svg", "txt"])
def test_a_file_is_drawn(kind, ending, tmp_path):
    file = tmp_path / f"a.{ending}"
    found = run("draw", ADDER, "--kind", kind, "-o", file)
    assert found.exit_code == 0, found.stderr
    text = file.read_text()
    assert "majority" in text
    if kind == "circuit":
        assert "measure" in text
        assert "cout" in text


def test_a_bloq_of_a_file_is_told_by_its_name():
    bloq, _ = translated(read_text(ADDER.read_text()), "x" * 200)
    assert isinstance(bloq, FileCircuit)
    assert len(str(bloq)) == 60
