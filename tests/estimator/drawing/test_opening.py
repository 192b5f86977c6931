"""How far a bloq is opened, and outlines in place of circuits."""

import numpy as np
import pytest
import sympy
from attrs import frozen
from qualtran import Bloq, DecomposeTypeError, QAny, Register, Side, Signature
from qualtran.bloqs.basic_gates import CNOT, Hadamard, TGate
from qualtran.bloqs.basic_gates.global_phase import GlobalPhase

from estimator.drawing import opening
from estimator.drawing.circuit import draw_circuit
from estimator.drawing.outline import Outline, Step, gap
from estimator.drawing.outline_layout import outline_layout
from estimator.drawing.score_layout import circuit_layout
from estimator.drawing.wire_trace import trace

n = sympy.Symbol("n", integer=True, positive=True)


@frozen
class Pair(Bloq):
    """Two gates on two qubits, of which it says what they hold."""

    wire_names = {"data": (("left", 1), ("right", 1))}  # noqa: RUF012  in place of a property

    @property
    def signature(self):
        return Signature.build_from_dtypes(data=QAny(2))

    def build_composite_bloq(self, bb, data):
        left, right = bb.split(data)
        left = bb.add(Hadamard(), q=left)
        left, right = bb.add(CNOT(), ctrl=left, target=right)
        return {"data": bb.join([left, right])}


@frozen
class Wrapper(Bloq):
    """One other bloq, and a phase of the whole, which has no wire."""

    inside: Bloq

    @property
    def signature(self):
        return Signature.build_from_dtypes(outer=QAny(2))

    def build_composite_bloq(self, bb, outer):
        bb.add(GlobalPhase(exponent=0.5))
        return {"outer": bb.add(self.inside, **{reg.name: outer for reg in self.inside.signature})}


@frozen
class Told(Bloq):
    """A bloq without a circuit that tells its outline."""

    size: int | sympy.Expr

    @property
    def signature(self):
        return Signature.build_from_dtypes(data=QAny(self.size))

    def decompose_bloq(self):
        raise DecomposeTypeError("none")

    def build_call_graph(self, ssa):
        return {TGate(): self.size}

    @property
    def outline(self):
        wires = (("first", 1), ("others", self.size - 1))
        steps = (
            Step(bloq=TGate(), on=("first",), times=self.size),
            gap(("first", "others")),
            Step(bloq=Hadamard(), on=("others",)),
        )
        return Outline(wires=wires, steps=steps, note="as told")


def layout(bloq):
    found = opening.opened(bloq)
    return circuit_layout(trace(found.content, bloq, found.inner))


def text_of(bloq, tmp_path):
    draw_circuit(bloq, tmp_path / "out.txt", "txt")
    return (tmp_path / "out.txt").read_text()


def test_wrappers_are_opened_until_there_are_two_gates():
    """The wires keep the names of the outermost bloq; the caption names what was opened."""
    bloq = Wrapper(Wrapper(Pair()))
    assert [str(box.bloq) for box in layout(bloq).boxes] == ["H", "CNOT"]
    assert [line.holds for line in layout(bloq).lines] == ["outer[0]", "outer[1]"]
    assert opening.opened(bloq).inside == ("Wrapper", "Pair")


def test_a_box_that_would_be_too_many_stays_closed(monkeypatch):
    monkeypatch.setattr(opening, "MOST_OPENED", 1)
    assert [str(box.bloq) for box in layout(Wrapper(Pair())).boxes] == ["Pair"]


def test_what_has_no_circuit_is_drawn_as_it_tells(tmp_path):
    """Boxes with numbers of times, dots on the wires between them, also inside a wrapper."""
    text = text_of(Told(3), tmp_path)
    assert "3 qubits in the signature, outline; as told" in text
    assert "double strokes: T, 3 \N{MULTIPLICATION SIGN} 1 T" in text
    wires = [line for line in text.splitlines() if "─" in line]
    assert [line.split()[0] for line in wires] == ["first", "others"]
    assert all(line.count("⋯") == 1 for line in wires)
    assert "others /2" in text
    assert opening.opened(Wrapper(Told(2))).content == Told(2).outline
    assert "Wrapper" in text_of(Wrapper(Told(2)), tmp_path)


def test_an_outline_may_have_symbols(tmp_path):
    text = text_of(Told(n), tmp_path)
    assert "others /n - 1" in text
    assert "\N{MULTIPLICATION SIGN} n" in text


def test_an_outline_is_a_column_a_step():
    circuit = outline_layout(Told(3).outline)
    assert [(box.column, box.rows) for box in circuit.boxes] == [(0, [0]), (1, [0, 1]), (2, [1])]
    assert [box.title for box in circuit.boxes] == ["\N{MULTIPLICATION SIGN} 3", "", ""]


@frozen
class Borrower(Bloq):
    """Allocates three qubits for a bloq that makes one more; says what the first two are."""

    work_names = (("carry", 2),)

    @property
    def signature(self):
        return Signature.build(data=1)

    def build_composite_bloq(self, bb, data):
        work = [bb.allocate(1) for _ in range(3)]
        for k in range(3):
            data, work[k] = bb.add(CNOT(), ctrl=data, target=work[k])
        made = bb.add(Maker())
        joined = bb.join(np.array([*work[:2], made]))
        joined = bb.add(User(), operand=joined)
        work[0], work[1], made = bb.split(joined)
        bb.add(Maker().adjoint(), angle=made)
        for k in range(3):
            data, work[k] = bb.add(CNOT(), ctrl=data, target=work[k])
            bb.free(work[k])
        return {"data": data}


@frozen
class Maker(Bloq):
    @property
    def signature(self):
        return Signature([Register("angle", QAny(1), side=Side.RIGHT)])


@frozen
class User(Bloq):
    @property
    def signature(self):
        return Signature.build_from_dtypes(operand=QAny(3))


def test_work_qubits_are_named_by_the_bloq_that_makes_them():
    """What the allocating bloq says, else what the maker's register says, else that it is work."""
    bloq = Borrower()
    circuit = layout(bloq)
    assert {line.holds for line in circuit.lines} == {
        "data",
        "carry[0]",
        "carry[1]",
        "work",
        "angle",
    }
    kets = {symbol for box in circuit.boxes if box.bloq is None for symbol, _ in box.pins}
    assert kets == {"carry[0] |0⟩", "carry[1] |0⟩", "work |0⟩"}


def test_parts_of_a_register_are_wires_of_their_own():
    """Even where no gate separates them; a bit of a part has the part's name and its number."""

    @frozen
    class Named(Bloq):
        wire_names = {"data": (("row", 2), ("column", 3), ("none", 0))}  # noqa: RUF012

        @property
        def signature(self):
            return Signature.build_from_dtypes(data=QAny(5))

        def build_composite_bloq(self, bb, data):
            bits = bb.split(data)
            bits[3] = bb.add(TGate(), q=bits[3])
            return {"data": bb.add(Whole(), data=bb.join(bits))}

    @frozen
    class Whole(Bloq):
        @property
        def signature(self):
            return Signature.build_from_dtypes(data=QAny(5))

    holds = [(line.holds, line.bits) for line in layout(Named()).lines]
    assert holds == [("row", 2), ("column[0]", 1), ("column[1]", 1), ("column[2]", 1)]


def test_names_that_do_not_fit_the_register_are_refused():
    @frozen
    class Wrong(Bloq):
        wire_names = {"data": (("row", 2),)}  # noqa: RUF012

        @property
        def signature(self):
            return Signature.build_from_dtypes(data=QAny(5))

    with pytest.raises(ValueError, match="names 2 wires of its register data, which has 5"):
        trace(Wrong().as_composite_bloq(), Wrong())
