"""OpenQASM that is written: Cirq reads it, and it costs and does what the bloq does."""

import cirq
import numpy as np
import pytest
from cirq.contrib.qasm_import import circuit_from_qasm
from qualtran import QUInt
from qualtran.bloqs.arithmetic import Add
from qualtran.bloqs.basic_gates import CSwap, Ry, TGate, YPowGate
from qualtran.bloqs.data_loading.qrom import QROM
from qualtran.bloqs.mcmt import MultiControlX
from qualtran.bloqs.mod_arithmetic import ModAdd
from qualtran.bloqs.qft import QFTTextBook
from qualtran.bloqs.swap_network import CSwapApprox

import quledger
from bloqs.gates.turn_about_y import TurnAboutY
from estimator.costs.cost import cost_by_counting
from estimator.exchange import qasm_file
from estimator.exchange.formats import format_of
from estimator.exchange.writing import content_of

QASM = format_of(None, "qasm3")
BLOQS = [
    Add(QUInt(1)),
    Add(QUInt(4)),
    ModAdd(4, 11),
    QROM.build_from_data([1, 2, 3, 0, 5]),
    QFTTextBook(4),
    MultiControlX((1, 0, 1)),
    CSwap(3),
    CSwapApprox(2),
    TGate(is_adjoint=True),
    Ry(0.3),
    YPowGate(0.25),
]


def text_of(bloq):
    return content_of(quledger.cost(bloq), QASM).decode()


@pytest.mark.parametrize("bloq", BLOQS, ids=lambda bloq: repr(bloq)[:40])
def test_what_is_written_costs_the_same_when_it_is_read(bloq, tmp_path):
    file = tmp_path / "a.qasm"
    quledger.write(quledger.cost(bloq), file)
    back = quledger.cost(file)
    stated, counted = cost_by_counting(bloq), back["gates"]
    for key in ("toffoli", "cswap", "t", "rotations", "measurements"):
        assert counted[key] == getattr(stated, key), key
    assert counted["cnot"] == stated.cnots
    assert back["qubits"] == stated.qubits


@pytest.mark.parametrize(("a", "b"), [(0, 0), (5, 7), (15, 1), (9, 12)])
def test_an_adder_that_is_written_adds(a, b):
    """Cirq runs the text, measurements and conditions too, on fresh work qubits."""
    circuit = circuit_from_qasm(text_of(Add(QUInt(4))))
    qubits = [cirq.NamedQubit(f"q_{k}") for k in range(11)]
    bits = [int(x) for x in f"{a:04b}{b:04b}"]
    flips = [cirq.X(q) for q, bit in zip(qubits, bits, strict=False) if bit]
    found = cirq.Simulator(seed=1).simulate(cirq.Circuit(flips) + circuit, qubit_order=qubits)
    (outcome,) = np.flatnonzero(abs(found.final_state_vector) > 1e-6)
    assert f"{outcome:011b}" == f"{a:04b}{(a + b) % 16:04b}000"
    assert abs(found.final_state_vector[outcome]) == pytest.approx(1, abs=1e-5)


def test_angles_with_symbols_are_inputs_of_the_program(tmp_path):
    report = quledger.cost("contrastive", ansatz="ring", W=3, L=1)
    quledger.write(report, tmp_path / "a.qasm")
    text = (tmp_path / "a.qasm").read_text()
    assert "input float[64] theta;" in text
    assert "rx(theta) q[0];" in text
    back = quledger.cost(tmp_path / "a.qasm")
    for key in ("rotations", "cnot", "measurements"):
        assert back["gates"][key] == report["gates"][key]


def test_rotations_by_fixed_angles_are_said_to_count_otherwise():
    """A rotation that counts as one whatever its angle is a Clifford gate to who reads the text."""
    text = text_of(TurnAboutY(np.pi / 2))
    assert "// rotations by multiples of pi/4, which the cost counts as rotations: 1" in text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("vector-loading", {}), "has the symbols b, n; give values"),
        (("vector-loading", {"N": 16, "b": 6, "loader": "ideal"}), "calls the oracle QRAM"),
        (("convolution", {"variant": "adder", "C_in": 2, "C_out": 2, "D": 3, "M": 4, "b": 8}),
         "has no circuit to write"),
    ],
)  # fmt: skip
def test_what_has_no_gates_to_write_is_refused(asked, said):
    name, given = asked
    with pytest.raises(ValueError, match=said):
        content_of(quledger.cost(name, **given), QASM)


def test_how_large_a_circuit_is_is_said_before_it_is_written(monkeypatch):
    report = quledger.cost(Add(QUInt(20)))
    monkeypatch.setattr(qasm_file, "MOST_GATES", 18)
    monkeypatch.setattr(qasm_file, "circuit_of", lambda *_: pytest.fail("it was written"))
    with pytest.raises(ValueError, match="OpenQASM of 19 gates beside Clifford gates is not"):
        content_of(report, QASM)
