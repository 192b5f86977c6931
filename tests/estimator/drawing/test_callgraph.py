import re
import subprocess
import xml.etree.ElementTree as ET

import pytest
import sympy
from attrs import frozen
from qualtran import Bloq, QUInt, Signature
from qualtran.bloqs.arithmetic import Add
from qualtran.bloqs.basic_gates import CNOT, Rz, TGate, Toffoli
from qualtran.bloqs.block_encoding.lcu_block_encoding import _lcu_block
from qualtran.bloqs.cryptography.rsa.rsa_phase_estimate import _rsa_pe
from qualtran.resource_counting import QECGatesCost, get_cost_value

from estimator.drawing.call_summary import MOST_NODES, summary
from estimator.drawing.callgraph import draw_callgraph
from estimator.drawing.circuit import draw_circuit
from estimator.drawing.layered_layout import layered_layout

n = sympy.Symbol("n", integer=True, positive=True)


@frozen
class Part(Bloq):
    """A bloq with a name that calls what it is told to; `None` refuses to say what."""

    name: str
    calls: tuple[tuple[Bloq, int | sympy.Expr], ...] | None

    @property
    def signature(self):
        return Signature.build(q=1)

    def build_call_graph(self, ssa):
        if self.calls is None:
            raise TypeError("sizes of this bloq are a secret")
        return dict(self.calls)

    def __str__(self):
        return self.name


def part(name, *calls):
    return Part(name, calls)


GEM = part("Gem", (TGate(), 30), (CNOT(), 500))
COARSE = part("Coarse", (GEM, 1), (Toffoli(), 2))  # 38 T
FINE = part("Fine", (Toffoli(), 5), (Rz(0.1), 2))  # 20 T + 2 rotations
DUST = tuple((part(f"Dust{i}", (TGate(), 1)), 1) for i in range(3))
ROOT = part("Root", (COARSE, 10), (FINE, 3), *DUST)  # 380 + 60 + 3 T and 6 rotations


def by_name(found):
    return {node.name: node for node in found.nodes}


def test_prices_and_shares_are_those_counted_by_hand():
    """Price per call and share over all calls are the sums of the gates written above."""
    nodes = by_name(summary(ROOT))
    assert [str(nodes[name].price) for name in ("Root", "Coarse", "Gem", "Fine")] == [
        "443 T + 6 rotations",
        "38 T",
        "30 T",
        "20 T + 2 rotations",
    ]
    assert nodes["Gem"].share == pytest.approx(300 / 449, abs=1e-12)
    assert nodes["Fine"].share == pytest.approx(66 / 449, abs=1e-12)


def test_the_expensive_path_follows_calls_times_price():
    """Ten calls of 38 T beat a dearer single one; the path ends where gates cost most."""
    dear = part("Dear", (TGate(), 200))
    found = summary(part("Root", (COARSE, 10), (dear, 1)))
    assert [found.nodes[i].name for i in found.path] == ["Root", "Coarse", "Gem"]
    assert [node.name for node in found.nodes if node.on_path] == ["Root", "Coarse", "Gem"]


def test_small_bloqs_share_one_node_per_caller():
    """Three callees of one T each, under 2 percent, become one node of three T."""
    found = summary(ROOT)
    (fold,) = [node for node in found.nodes if node.folded]
    assert (fold.name, fold.folded, str(fold.price)) == ("… 3 smaller bloqs", 3, "3 T")
    assert not any(node.name.startswith("Dust") for node in found.nodes)


def test_gates_are_not_nodes():
    """Elementary gates, and bloqs made of Cliffords only, stay inside their caller."""
    free = part("Free", (CNOT(), 7))
    found = summary(part("Root", (TGate(), 5), (CNOT(), 7), (free, 2), (FINE, 1)))
    assert sorted(by_name(found)) == ["Fine", "Root"]


def test_a_wide_graph_fits_on_a_screen():
    """Forty equal callees show at most 25 nodes, and the rest is folded, not dropped."""
    wide = part("Wide", *((part(f"P{i}", (TGate(), 9)), 1) for i in range(40)))
    found = summary(wide)
    assert len(found.nodes) == MOST_NODES
    (fold,) = [node for node in found.nodes if node.folded]
    assert fold.folded + len(found.nodes) - 2 == 40
    assert sum(node.share for node in found.nodes[1:]) == pytest.approx(1, abs=1e-9)


def test_a_node_says_how_many_bloqs_it_hides():
    """Beside its share: those folded beside others that are shown, and those inside a leaf."""
    leaf = part("Leaf", *DUST)
    found = by_name(summary(part("Root", (leaf, 10), (FINE, 3), (COARSE, 30), *DUST)))
    assert (found["Leaf"].closed, found["Coarse"].closed, found["Gem"].closed) == (3, 0, 0)
    assert found["… 3 smaller bloqs"].folded == 3
    assert found["Leaf"].share == pytest.approx(30 / (30 + 66 + 30 * 38 + 3), abs=1e-12)


@frozen
class Turn(Bloq):
    """A bloq with an inverse of its own, which may cost something else."""

    inverse_price: int = 5
    is_adjoint: bool = False

    @property
    def signature(self):
        return Signature.build(q=1)

    def adjoint(self):
        return Turn(self.inverse_price, not self.is_adjoint)

    def build_call_graph(self, ssa):
        return {TGate(): self.inverse_price if self.is_adjoint else 5}

    def __str__(self):
        return f"Turn{'†' if self.is_adjoint else ''}"


def test_a_bloq_and_its_inverse_of_the_same_price_are_one_node(tmp_path):
    """Their calls add up, so that the path goes where most is spent; otherwise they are two."""
    both = part("Both", (Turn().adjoint(), 4), (Turn(), 3), (part("Single", (TGate(), 30)), 1))
    found = summary(both)
    assert [node.name for node in found.nodes] == ["Both", "Turn", "Single"]
    assert [node.with_inverse for node in found.nodes] == [False, True, False]
    assert found.calls[0, 1] == 7
    assert found.path == (0, 1)
    draw_callgraph(both, tmp_path / "both.txt", "txt")
    assert "7 \N{MULTIPLICATION SIGN} Turn and †  5 T  54%" in (tmp_path / "both.txt").read_text()
    apart = summary(part("Apart", (Turn(6).adjoint(), 4), (Turn(6), 3)))
    assert [(node.name, node.with_inverse) for node in apart.nodes] == [
        *(("Apart", False), ("Turn†", False), ("Turn", False))
    ]


def test_what_only_wraps_shares_a_node():
    """A bloq that calls one other, once and for its own price; not one with gates of its own."""
    inner = part("Inner", (GEM, 2), (FINE, 1))
    found = summary(part("Root", (part("Wrap", (part("Middle", (inner, 1)), 1), (CNOT(), 3)), 2)))
    (wrap,) = [node for node in found.nodes if node.name == "Wrap"]
    assert wrap.wrapped == ("Middle", "Inner")
    assert {node.name for node in found.nodes} == {"Root", "Wrap", "Gem", "Fine"}
    assert str(wrap.price) == str(summary(inner).nodes[0].price)
    shared = part("Root", (part("Wrap", (inner, 1)), 2), (inner, 1))
    assert {node.name for node in summary(shared).nodes} == {"Root", "Wrap", "Inner", "Gem", "Fine"}
    twice = part("Root", (part("Wrap", (inner, 1), (TGate(), 1)), 1))
    assert "Inner" in by_name(summary(twice))


def test_a_rotation_weighs_what_it_is_said_to():
    """30 T outweigh 2 rotations of 1 T and not of 23 T; the caption says which it is."""
    turning, still = part("Turning", (Rz(0.1), 2)), part("Still", (TGate(), 30))
    root = part("Root", (turning, 1), (still, 1))
    light, heavy = summary(root), summary(root, per_rotation=23)
    assert [light.nodes[i].name for i in light.path] == ["Root", "Still"]
    assert [heavy.nodes[i].name for i in heavy.path] == ["Root", "Turning"]
    assert by_name(heavy)["Turning"].share == pytest.approx(46 / 76, abs=1e-12)
    assert "a rotation weighing 23 T" in heavy.caption()


def test_symbolic_shares_are_compared_at_a_stated_size():
    """With n = 12 the exponential part costs most, and the caption says at which n."""
    exponential = part("Exponential", (TGate(), 4**n))
    linear = part("Linear", (TGate(), 1000 * n))
    found = summary(part("Root", (exponential, 1), (linear, n**2)))
    assert [found.nodes[i].name for i in found.path] == ["Root", "Exponential"]
    assert "n = 12" in found.caption()


def test_undecidable_costs_are_drawn(tmp_path):
    """Functions without a value and imaginary calls leave no share, and no crash."""
    unknown = sympy.Function("f")(n)
    odd = part("Odd", (FINE, unknown), (GEM, sympy.I * n))
    draw_callgraph(odd, tmp_path / "odd.txt", "txt")
    assert "Fine" in (tmp_path / "odd.txt").read_text()


@pytest.mark.parametrize("fmt", ["svg", "txt"])
def test_an_unknown_cost_is_said(fmt, tmp_path):
    """A bloq that fails to say what it is made of shows as unknown, its callers as bounds."""
    root = part("Root", (Part("Secret", None), 2), (FINE, 1))
    draw_callgraph(root, tmp_path / "out", fmt)
    text = (tmp_path / "out").read_text()
    assert "Secret" in text
    assert "cost unknown" in text
    assert "at least 20 T + 2 rotations" in text


def test_a_bloq_that_calls_itself_is_drawn(tmp_path):
    """A call graph with a loop has no cost, but a picture."""

    @frozen
    class Loop(Bloq):
        @property
        def signature(self):
            return Signature.build(q=1)

        def build_call_graph(self, ssa):
            return {Loop(): 1, FINE: 1}

    draw_callgraph(Loop(), tmp_path / "loop.svg", "svg")
    assert "Fine" in (tmp_path / "loop.svg").read_text()


@pytest.mark.parametrize("bloq", [_lcu_block.make(), _rsa_pe.make(), Add(QUInt(n))], ids=str)
def test_the_root_shows_what_qualtran_counts(bloq):
    """The root's numbers equal Qualtran's gate counts, also for symbolic sizes."""
    counts = get_cost_value(bloq, QECGatesCost())
    root = summary(bloq).nodes[0].price
    expected = counts.t + 4 * (counts.toffoli + counts.and_bloq + counts.cswap)
    assert sympy.expand(root.t - expected) == 0
    assert sympy.expand(root.rotations - counts.rotation) == 0


def test_svg_is_xml_with_the_costly_names_as_text(tmp_path, monkeypatch):
    """The picture is well-formed, names the costly bloqs, and starts no other program."""

    def refuse(*_, **__):
        raise AssertionError("a drawing started another program")

    for name in ("run", "Popen", "check_output", "call", "check_call"):
        monkeypatch.setattr(subprocess, name, refuse)
    draw_callgraph(_lcu_block.make(), tmp_path / "lcu.svg", "svg")
    texts = [each.text for each in ET.parse(tmp_path / "lcu.svg").iter() if each.text]
    assert {"LCUBlockEncoding", "SelectHubbard(3, 3)", "PrepareHubbard"} <= set(texts)


def test_every_drawing_of_one_bloq_is_the_same(tmp_path):
    """The same bloq gives the same bytes, so that pictures can be compared."""
    for name in ("a", "b"):
        draw_callgraph(ROOT, tmp_path / name, "svg")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("draw", [draw_callgraph, draw_circuit])
@pytest.mark.parametrize(("fmt", "start"), [("png", b"\x89PNG\r\n\x1a\n"), ("pdf", b"%PDF-")])
def test_a_file_begins_as_its_kind_begins(draw, fmt, start, tmp_path):
    """With the bytes that every such file begins with."""
    draw(CNOT(), tmp_path / "bloq", fmt)
    assert (tmp_path / "bloq").read_bytes().startswith(start)


def test_text_marks_the_path_and_has_no_terminal_codes(tmp_path):
    """The tree is indented plain text whose marked lines are the expensive path."""
    draw_callgraph(ROOT, tmp_path / "root.txt", "txt")
    text = (tmp_path / "root.txt").read_text()
    assert "\x1b" not in text
    tree = text.split("\n\n")[0]
    assert re.findall(r"▶ (?:[\d,]+ . )?(\w+)", tree) == ["Root", "Coarse", "Gem"]


def test_bad_input_is_refused_in_one_sentence(tmp_path):
    """An unknown format, a thing that is no bloq and a missing folder are named; no file."""
    with pytest.raises(ValueError, match="writes svg, png, pdf, txt, got fmt='gif'"):
        draw_callgraph(ROOT, tmp_path / "out", "gif")
    with pytest.raises(ValueError, match="needs a Qualtran bloq, got 3"):
        draw_callgraph(3, tmp_path / "out", "svg")
    with pytest.raises(ValueError, match=re.escape(str(tmp_path / "missing" / "out"))):
        draw_callgraph(ROOT, tmp_path / "missing" / "out", "svg")
    assert not list(tmp_path.iterdir())


def test_the_layout_keeps_nodes_apart(rng):
    """In random graphs edges point right and nodes of a layer never touch."""
    for _ in range(20):
        size = int(rng.integers(2, 25))
        heights = list(rng.uniform(0.3, 1.5, size))
        edges = [(int(rng.integers(0, b)), b) for b in range(1, size)]
        edges += [(a, b) for a, b in rng.integers(0, size, (size, 2)).tolist() if a < b]
        layout = layered_layout(heights, sorted(set(edges)), gap=0.2)
        assert all(layout.layer[a] < layout.layer[b] for a, b in edges)
        for a in range(size):
            for b in range(a):
                if layout.layer[a] == layout.layer[b]:
                    apart = abs(layout.y[a] - layout.y[b])
                    assert apart >= (heights[a] + heights[b]) / 2 + 0.2 - 1e-9
