"""OpenQASM that is read, and the sentence for what is not."""

from pathlib import Path

import cirq
import pytest
from command import refusal

import quledger
from estimator.exchange import qasm_reader
from estimator.exchange.qasm_reader import read_text
from estimator.exchange.translation import translated

HEAD = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[3];\ncreg c[2];\n'


def gates_of(body, head=HEAD):
    return [str(each) for each in read_text(head + body).operations]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("OPENQASM 3;\n", 'include "stdgates.inc";\nqubit[3] q;\nbit[2] c;\n'),
        ("OPENQASM 3.0;\r\n", 'include "stdgates.inc";\r\nqubit[3] q;\r\nbit[2] c;\r\n'),
        ("// a comment\n/* and one\nOPENQASM 9; */\nOPENQASM 2;\n", HEAD.partition("\n")[2]),
        ("\ufeffOPENQASM 2.0;\n", HEAD.partition("\n")[2]),
    ],
)
def test_every_way_to_begin(head, body):
    assert gates_of("h q[0]; // h q[1];\ncx q[0], q[1];\n", head + body) == gates_of(
        "h q[0];\ncx q[0], q[1];\n"
    )


def test_registers_are_read_with_qubits_that_nothing_touches():
    found = read_text(HEAD + "qreg unused[4];\nx q[2];\n")
    assert dict(found.registers) == {"q": 3, "unused": 4}


def test_gates_come_in_the_order_of_the_file():
    body = "measure q[0] -> c[0];\nx q[1];\nreset q[0];\nbarrier q[0], q[2];\nz q;\n"
    kinds = [type(each.gate) for each in read_text(HEAD + body).operations]
    assert kinds[0] is cirq.MeasurementGate
    assert kinds[2] is cirq.ResetChannel
    assert len(kinds) == 6


@pytest.mark.parametrize("condition", ["c == 2", "c[0] == 0 && c[1] == 1"])
def test_a_condition_holds_for_every_qubit_of_a_register(condition):
    """Cirq's own reader leaves out all but the first."""
    head = HEAD.replace("2.0", "3.0").replace("qelib1", "stdgates")
    found = read_text(head + f"if ({condition}) x q;\n").operations
    assert len(found) == 3
    for each in found:
        conditions = {str(condition) for condition in each.classical_controls}
        assert conditions == {"Eq(c_0, 0)", "Eq(c_1, 1)"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is empty"),
        (" \n\n", "it is empty"),
        ("hello there", "line 1: it does not start with OPENQASM 2.0; or OPENQASM 3.0;"),
        ("OPENQASM 2.0;\nqreg q 3;\n", "line 2: Cirq's reader of OpenQASM does not take '3'"),
        ("qreg q[2];\n", "line 1: it does not start with OPENQASM 2.0; or OPENQASM 3.0;"),
        ("OPENQASM 4.0;\nqreg q[2];\n", "unsupported OpenQASM version: 4.0"),
        ("OPENQASM 2.0;\n", "it declares no qubits"),
        ("OPENQASM 2.0;\nqreg q[0];\n", "line 2: illegal, zero-length register 'q'"),
        ("OPENQASM 2.0;\nqreg q[2];\nh q[0];\n", 'line 3: unknown gate "h", did you forget'),
        (HEAD + "h q[0];\nfoo q[0];\n", "line 6: unknown gate \"foo\" in 'foo q[0];'"),
        (HEAD + "h q[3];\n", "line 5: out of bounds qubit index 3 on register q of size 3"),
        (HEAD + "h p[0];\n", 'undefined quantum register "p"'),
        (HEAD + "cx q[0], q[0];\n", "line 5: overlapping qubits in arguments"),
        (HEAD + "cx q[0];\n", "cx only takes 2 arg(s)"),
        (HEAD + "rx q[0];\n", "rx takes 1 parameter(s), got: 0"),
        (HEAD + "rx(1/0) q[0];\n", "a number in it has no value"),
        (HEAD + "rx(ln(0)) q[0];\n", "an angle of it is not finite"),
        (HEAD + "qreg q[2];\n", "q is already defined"),
        (HEAD + "h q[0]", "line 5: it ends in the middle of a statement in 'h q[0]'"),
        (HEAD + "gate g a { h a;", "it ends in the middle of a statement"),
        (HEAD + "opaque g a;\n", "line 5"),
        (HEAD + 'include "other.inc";\n', "line 5"),
        (HEAD + "if (c != 0) x q[0];\n", "line 5: illegal character '!' in 'if (c != 0) x q[0];'"),
        (HEAD + "for int i in [0:2] { h q[i]; }\n", "line 5"),
        (HEAD + "ctrl @ x q[0], q[1];\n", "line 5: illegal character '@'"),
        (HEAD + "measure q -> c;\n", "mismatched register sizes 3 -> 2 for measurement"),
        (HEAD + "h q\x00[0];\n", "line 5: illegal character"),
        (HEAD + "rx(" + "(" * 300 + "1" + ")" * 300 + ") q[0];\n", "more than 200 brackets"),
        ("OPENQASM 2.0;\nqreg q[1000000000000];\n", "declares more than 100,000 qubits and bits"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_refused_in_one_sentence(text, said, tmp_path):
    file = tmp_path / "a.qasm"
    file.write_text(text)
    found = refusal("cost", file)
    assert said in found
    assert found.startswith(str(file))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda file: None, "cannot be read: No such file"),
        (lambda file: file.mkdir(), "cannot be read: it is a folder"),
        (lambda file: file.write_bytes(b"\xff\xfe\x00OPENQASM"), "is no text in UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(make, said, tmp_path):
    file = tmp_path / "a.qasm"
    make(file)
    assert said in refusal("cost", file)


@pytest.mark.parametrize(
    ("limit", "most", "body", "said"),
    [
        ("MOST_STATEMENTS", 5, "h q[0];\n" * 4, "it has 8 statements, and at most 5 are read"),
        ("MOST_OPERATIONS", 5, "h q;\nh q;\n", "more than 5 operations"),
        ("LARGEST", 60, "h q[0];\n", "more than 60 bytes"),
    ],
)
def test_what_is_too_large_is_refused(limit, most, body, said, tmp_path, monkeypatch):
    monkeypatch.setattr(qasm_reader, limit, most)
    file = tmp_path / "a.qasm"
    file.write_text(HEAD + body)
    with pytest.raises(ValueError, match=said):
        quledger.cost(file)


@pytest.mark.parametrize("part", range(8))
def test_a_text_that_ends_too_early_is_read_or_refused_in_one_sentence(part):
    """Whatever is cut off: every seventh place of the adder, in eight parts."""
    text = (Path(__file__).parents[3] / "examples" / "adder.qasm").read_text()
    for end in range(7 * part, len(text), 56):
        said = "the text"
        try:
            translated(read_text(text[:end]), "cut")
        except ValueError as problem:
            said = str(problem)
        assert said.startswith("the text")
        assert "\n" not in said


def test_a_missing_parser_is_named(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError("No module named 'ply'", name="ply")

    monkeypatch.setattr(qasm_reader, "import_module", missing)
    with pytest.raises(ValueError, match="read by Cirq with ply, which is not installed"):
        read_text(HEAD)


def test_without_a_file_there_is_one_sentence():
    assert "circuit-file is about a file: name it" in refusal("cost", "circuit-file")
    assert not Path("circuit-file").exists()
