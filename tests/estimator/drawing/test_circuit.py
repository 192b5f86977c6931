import re
import subprocess
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import sympy
from attrs import frozen
from qualtran import Bloq, BloqBuilder, QAny, QUInt, Register, Signature
from qualtran.bloqs.arithmetic import Add
from qualtran.bloqs.basic_gates import CNOT, Hadamard, OneState, Rz, TGate, Toffoli
from qualtran.bloqs.block_encoding.lcu_block_encoding import _lcu_block
from qualtran.bloqs.bookkeeping import Partition
from qualtran.bloqs.data_loading.qrom import QROM
from qualtran.bloqs.data_loading.select_swap_qrom import SelectSwapQROM
from qualtran.bloqs.state_preparation.state_preparation_via_rotation import (
    StatePreparationViaRotations,
)

from estimator.drawing.circuit import draw_circuit
from estimator.drawing.score_layout import circuit_layout
from estimator.drawing.wire_trace import trace

BLOQS = [
    QROM.build_from_data(np.arange(10), np.arange(10) % 3),
    SelectSwapQROM.build_from_data(np.arange(64)),
    StatePreparationViaRotations(phase_bitsize=6, state_coefficients=(0.5**0.5,) * 2),
    Add(QUInt(5)),
    _lcu_block.make(),
    CNOT(),
    OneState(),
    Rz(sympy.Symbol("theta")),
]


@frozen
class Wide(Bloq):
    """One register of many qubits."""

    size: int

    @property
    def signature(self):
        return Signature.build_from_dtypes(x=QAny(self.size))


def chain(length, *gates):
    """`length` gates in turn on one qubit each, the qubits side by side."""
    builder = BloqBuilder()
    qubits = [builder.add_register(f"q{i}", 1) for i in range(len(gates))]
    for k in range(length):
        i = k % len(gates)
        qubits[i] = builder.add(gates[i], q=qubits[i])
    return builder.finalize(**{f"q{i}": qubit for i, qubit in enumerate(qubits)})


def drawn(bloq, tmp_path, fmt="txt"):
    draw_circuit(bloq, tmp_path / "out", fmt)
    return (tmp_path / "out").read_text()


def svg_texts(bloq, tmp_path):
    drawn(bloq, tmp_path, "svg")
    return [each.text for each in ET.parse(tmp_path / "out").iter() if each.text]


@pytest.mark.parametrize("bloq", BLOQS, ids=str)
@pytest.mark.parametrize("fmt", ["svg", "png", "txt"])
def test_every_bloq_draws(bloq, fmt, tmp_path, monkeypatch):
    """Gates, states and composites draw in every format without starting another program."""

    def refuse(*_, **__):
        raise AssertionError("a drawing started another program")

    for name in ("run", "Popen", "check_output", "call", "check_call"):
        monkeypatch.setattr(subprocess, name, refuse)
    draw_circuit(bloq, tmp_path / "out", fmt)
    assert (tmp_path / "out").stat().st_size > 30


@pytest.mark.parametrize("bloq", BLOQS[:5], ids=str)
def test_no_operation_is_lost_and_none_overlap(bloq):
    """Every sub-bloq but bookkeeping has one box, and boxes of a column share no row."""
    circuit = bloq.decompose_bloq()
    layout = circuit_layout(trace(circuit))
    hidden = {"Split", "Join", "Cast", "Partition", "Allocate", "Free"}
    expected = [each.bloq for each in circuit.bloq_instances]
    expected = [each for each in expected if type(each).__name__ not in hidden]
    found = [box.bloq for box in layout.boxes if box.bloq is not None]
    found = [each for each in found if type(each).__name__ not in hidden]
    assert sorted(map(repr, found)) == sorted(map(repr, expected))
    taken = set()
    for box in layout.boxes:
        cells = {(box.column, row) for row in range(box.rows[0], box.rows[-1] + 1)}
        assert not cells & taken
        taken |= cells


def test_gates_stand_on_the_wires_the_adder_uses():
    """A two-bit adder is drawn as its textbook circuit, gate by gate: carry, sum, carry undone."""
    layout = circuit_layout(trace(Add(QUInt(2)).decompose_bloq()))
    labels = {line.row: line.label for line in layout.lines}
    boxes = sorted(layout.boxes, key=lambda box: box.column)
    named = [(str(b.bloq), [labels[row] for _, rows in b.pins for row in rows]) for b in boxes]
    assert named == [
        ("And", ["a[1]", "b[1]", ""]),
        ("CNOT", ["", "b[0]"]),
        ("CNOT", ["a[0]", "b[0]"]),
        ("And†", ["a[1]", "b[1]", ""]),
        ("CNOT", ["a[1]", "b[1]"]),
    ]


def test_split_and_join_only_rename_bits():
    """A register split, acted on and joined in reverse leaves each bit on its own wire."""
    builder = BloqBuilder()
    x = builder.add_register("x", 3)
    bits = builder.split(x)
    bits[0] = builder.add(Hadamard(), q=bits[0])
    joined = builder.join(bits[::-1])
    again = builder.split(joined)
    again[2] = builder.add(TGate(), q=again[2])  # x[0] once more
    layout = circuit_layout(trace(builder.finalize(x=builder.join(again))))
    rows = {line.label: line.row for line in layout.lines}
    assert [box.rows for box in layout.boxes] == [[rows["x[0]"]]] * 2
    assert {line.label: line.bits for line in layout.lines} == {"x[0]": 1, "x[1:3]": 2}


def test_bits_keep_their_order_through_joining_and_cutting():
    """Three registers joined and cut elsewhere: the middle part is the end of the second."""
    builder = BloqBuilder()
    x, y, z = (builder.add_register(name, size) for name, size in [("x", 2), ("y", 3), ("z", 1)])
    given = [Register("a", QAny(2)), Register("b", QAny(3)), Register("c", QAny(1))]
    cut = [Register("head", QAny(3)), Register("middle", QAny(2)), Register("tail", QAny(1))]
    whole = builder.add(Partition(6, given, partition=False), a=x, b=y, c=z)
    head, middle, tail = builder.add_t(Partition(6, cut), x=whole)
    middle = builder.add(Wide(2), x=middle)
    join = Partition(6, cut, partition=False)
    whole = builder.add(join, head=head, middle=middle, tail=tail)
    x, y, z = builder.add_t(Partition(6, given), x=whole)
    layout = circuit_layout(trace(builder.finalize(x=x, y=y, z=z)))
    assert {line.label: line.row for line in layout.lines} == {
        "x": 0,
        "y[0]": 1,
        "y[1:3]": 2,
        "z": 3,
    }
    assert [box.rows for box in layout.boxes] == [[2]]


def test_rows_of_ended_bits_serve_again():
    """A table of 16 entries computes 14 carries but needs three rows for them."""
    layout = circuit_layout(trace(QROM.build_from_data(np.arange(16)).decompose_bloq()))
    assert sum(not line.label for line in layout.lines) == 14  # 2 + 4 + 8 nodes of the tree
    assert layout.n_rows == 4 + 3 + 1


def test_the_costliest_bloq_is_named_and_marked(tmp_path):
    """Two Toffolis, 8 T, outweigh four T gates: they are the ones with double strokes."""
    builder = BloqBuilder()
    a, b, c = (builder.add_register(name, 1) for name in "abc")
    for _ in range(2):
        (a, b), c = builder.add(Toffoli(), ctrl=[a, b], target=c)
    for _ in range(4):
        a = builder.add(TGate(), q=a)
    text = drawn(builder.finalize(a=a, b=b, c=c), tmp_path)
    assert "double strokes: Toffoli, 2 \N{MULTIPLICATION SIGN} 4 T; 67% of the cost" in text
    assert "║" in text
    assert "╡T╞" not in text
    assert text.count("┤T├") == 4


def test_wide_circuits_wrap_and_long_ones_fold(tmp_path):
    """150 gates all show, in lines of at most 120 characters; of 300 the middle is counted."""
    text = drawn(chain(150, TGate()), tmp_path)
    assert text.count("╡T╞") == 150
    assert max(map(len, text.splitlines()[1:])) <= 120
    text = drawn(chain(300, TGate()), tmp_path)
    assert text.count("╡T╞") == 200
    assert "… 100 more operations …" in text
    assert "… 100 more operations …" in svg_texts(chain(300, TGate()), tmp_path)


def test_many_wires_fold(tmp_path):
    """Of 100 wires with one gate each, 59 are drawn and 41 are counted."""
    texts = svg_texts(chain(100, *[Hadamard()] * 100), tmp_path)
    assert texts.count("H") == 59
    assert "… 41 more wires" in texts


@frozen
class Rude(Bloq):
    """A bloq whose symbols fail, or are of no known kind."""

    answer: object

    @property
    def signature(self):
        return Signature.build(left=1, right=2)

    def wire_symbol(self, reg, idx=()):
        if self.answer is None:
            raise RuntimeError("no symbol today")
        return self.answer


@pytest.mark.parametrize("answer", [None, 3, "text", Hadamard()], ids=str)
def test_any_wire_symbol_falls_back_to_names(answer, tmp_path):
    """A symbol that fails or is no symbol becomes a box with the names of bloq and registers."""
    texts = svg_texts(Rude(answer), tmp_path)
    assert texts.count("Rude") == 2  # the title of the picture and of the box
    assert {"left", "right"} <= set(texts)


def test_svg_names_the_sub_bloqs(tmp_path):
    """The block-encoding's three operations are readable in the picture's text."""
    texts = svg_texts(_lcu_block.make(), tmp_path)
    assert {"PrepareHubbard", "SelectHubbard", "PrepareHubbard†"} <= set(texts)
    assert any("32 qubits in the signature, 3 operations" in text for text in texts)


def test_a_wide_register_is_one_wire(tmp_path):
    """A million qubits no gate separates are one line that says how many."""
    assert "/1000000" in drawn(Wide(10**6), tmp_path)


def test_a_symbolic_size_has_no_circuit(tmp_path):
    """The refusal names the bloq and its symbol and asks for numbers; no file appears."""
    sentence = "got Add symbolic in n; give numbers for its symbols."
    with pytest.raises(ValueError, match=re.escape(sentence)):
        draw_circuit(Add(QUInt(sympy.Symbol("n"))), tmp_path / "out", "svg")
    assert not list(tmp_path.iterdir())


def test_bad_input_is_refused_in_one_sentence(tmp_path):
    """An unknown format, a thing that is no bloq and a missing folder are named; no file."""
    with pytest.raises(ValueError, match="writes svg, png, pdf, txt, got fmt='gif'"):
        draw_circuit(CNOT(), tmp_path / "out", "gif")
    with pytest.raises(ValueError, match="needs a Qualtran bloq, got 'x'"):
        draw_circuit("x", tmp_path / "out", "svg")
    with pytest.raises(ValueError, match=re.escape(str(tmp_path / "missing" / "out"))):
        draw_circuit(CNOT(), tmp_path / "missing" / "out", "png")
    assert not list(tmp_path.iterdir())
