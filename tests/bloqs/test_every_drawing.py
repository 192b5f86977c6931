"""Drawings of every `@bloq_example` and of every question: what they say, and that it fits."""

import itertools
import re
from functools import cache

import pytest
from matplotlib.patches import FancyBboxPatch
from qualtran import BloqExample

import bloqs
from estimator import api
from estimator.ask.question import COST
from estimator.discover import instances_of
from estimator.drawing.callgraph import draw_callgraph
from estimator.drawing.circuit import draw_circuit
from estimator.drawing.drawn_report import drawing_title
from estimator.drawing.opening import opened
from estimator.drawing.outline import Outline
from estimator.drawing.outline_layout import outline_layout
from estimator.drawing.score_layout import circuit_layout
from estimator.drawing.wire_names import parts_of
from estimator.drawing.wire_trace import KET_ZERO, trace

BLOQS = {name: each.make() for name, each in instances_of(BloqExample, bloqs).items()}
SYMBOLIC = {name: bloq for name, bloq in BLOQS.items() if "symbolic" in name}
QUESTIONS = {
    found.question.name: found.question
    for found in api.questions(COST)
    if found.question.name
    not in ("circuit-file", "convolution-at-image", "communication-file", "network")  # of files
    and not found.question.target  # or a bloq
}
ANONYMOUS = re.compile(r"(reg|register|var|wire|bits?|x|sub|ancilla|system)?\d*|[a-z]")
"""What says nothing about what a wire holds."""

SINGLE = {
    *("_ideal_qram", "_vector_oracle", "_matrix_oracle", "_matrix_oracle_hermitian"),
    *("_measured_unload", "_measured_unload_controlled", "_qroam_clean_unload", "_class_sampler"),
    *("_phase_rotation", "_phase_shift", "_turn_about_y", "_nonzero_flag_of_one"),
    *("_turn_about_x", "_turn_about_z"),
    *("_send", "_send_teleported", "_send_with_rider"),
    *("_pauli_read", "_pauli_read_of_bits", "_hyper_stab_read", "_matching_query", "_shift_query"),
    *("_hrnn_cell", "_hrnn_cell_field", "_hrnn_cell_pauli", "_hrnn_cell_read"),
    *("_exclusion_measurement", "_exclusion_measurement_field"),
    *("_hrnn_cell_trainable", "_measured_field_product", "_measured_field_product_controlled"),
    *("_shift_of_one_bit", "_hyperedge_phase_of_one", "_earlier_vector"),
}
"""Oracles; circuits with measurements in them, which no sub-bloqs make up; single gates."""


def short(name):
    return name.split(":")[1]


def layout(bloq):
    found = opened(bloq)
    if isinstance(found.content, Outline):
        return outline_layout(found.content)
    return circuit_layout(trace(found.content, bloq, found.inner))


def has_circuit(bloq):
    try:
        opened(bloq)
    except ValueError:
        return False
    return True


@cache
def layout_of(name):
    """The layout of an example, made once."""
    return layout(CIRCUITS[name])


CIRCUITS = {name: bloq for name, bloq in BLOQS.items() if has_circuit(bloq)}


@pytest.fixture
def figure_of(monkeypatch):
    """From a drawing function, a bloq and a title to the figure that would be written."""
    figures = []
    keep = lambda path, figure, fmt: figures.append(figure)  # noqa: E731
    monkeypatch.setattr("estimator.report.ink.write_figure", keep)

    def made(draw, bloq, title=None):
        draw(bloq, "not written", "png", title)
        (figure,) = figures
        return figure

    return made


def misplaced(figure):
    """Texts that stick out of a box or of the picture, or lie on another text. Unit: pixels."""
    (axes,) = figure.axes
    figure.draw_without_rendering()
    shown = [text for text in axes.texts if text.get_text().strip()]
    texts = [(text.get_text(), text.get_window_extent()) for text in shown]
    boxes = [each.get_window_extent() for each in axes.patches if isinstance(each, FancyBboxPatch)]
    assert texts
    found = []
    for text, at in texts:
        found += [f"{text}, box" for box in boxes if overlap(at, box) and not within(at, box)]
        found += [] if within(at, figure.bbox) else [f"{text}, picture"]
    for (one, at), (other, there) in itertools.combinations(texts, 2):
        found += [f"{one}, {other}"] if overlap(at, there, 1.0) else []
    return found


def overlap(one, other, most=0.0):
    """Whether two boxes overlap by more than so many pixels both ways."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    return width > most and min(one.y1, other.y1) - max(one.y0, other.y0) > most


def within(one, other):
    across = other.x0 <= one.x0 and one.x1 <= other.x1
    return across and other.y0 <= one.y0 and one.y1 <= other.y1


def sampled(names):
    """Those of the symbolic examples; the others are many, and slow."""
    return [
        pytest.param(name, marks=() if name in SYMBOLIC else pytest.mark.slow) for name in names
    ]


@pytest.mark.parametrize("name", sampled(BLOQS))
def test_call_graphs_fit(name, figure_of):
    """No name, price or number of calls sticks out of its box or lies on another text."""
    assert not misplaced(figure_of(draw_callgraph, BLOQS[name]))


@pytest.mark.parametrize("name", sampled(CIRCUITS))
def test_circuits_fit(name, figure_of):
    """No name sticks out of its box, and no name of a wire or a box lies on another."""
    assert not misplaced(figure_of(draw_circuit, CIRCUITS[name]))


@pytest.mark.parametrize("kind", ["callgraph", "circuit"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_without_parameters_is_drawn_or_refused(name, kind, figure_of):
    """A picture that fits, title included; or one sentence that asks for sizes."""
    report = api.cost(name)
    draw = draw_callgraph if kind == "callgraph" else draw_circuit
    if kind == "circuit" and name.startswith(
        ("convolution", "vector-loading", "communication", "graph-network", "ntk")
    ):
        with pytest.raises(ValueError, match=r"A circuit needs a number .*; give numbers"):
            draw(report.bloq, "not written", "png")
        return
    figure = figure_of(draw, report.bloq, drawing_title(report))
    assert not misplaced(figure)
    assert max(figure.get_size_inches()) < 27


@pytest.mark.parametrize("name", CIRCUITS, ids=short)
def test_wires_are_named_by_what_they_hold(name):
    """Inputs, outputs, and qubits made on the way, be it by allocation or by a gate."""
    circuit = layout_of(name)
    names = [line.holds for line in circuit.lines]
    names += [line.output for line in circuit.lines if line.output]
    symbols = [symbol for box in circuit.boxes if box.bloq is None for symbol, _ in box.pins]
    names += [each.removesuffix(KET_ZERO).strip() for each in symbols if each.endswith(KET_ZERO)]
    assert names
    for each in names:
        assert not ANONYMOUS.fullmatch(re.sub(r"\[.*?\]", "", each)), each


@pytest.mark.parametrize("name", BLOQS, ids=short)
def test_every_wire_of_a_register_is_named_once(name):
    """The parts of each register are as wide as it is, also where widths are symbols."""
    for register in BLOQS[name].signature:
        parts = parts_of(BLOQS[name], register)
        assert len({part.name for part in parts}) == len(parts)


@pytest.mark.parametrize("name", CIRCUITS, ids=short)
def test_more_than_one_box_is_drawn(name):
    """Of all but what cannot be opened."""
    boxes = [box.bloq for box in layout_of(name).boxes if box.bloq is not None]
    assert (len(boxes) == 1) is (short(name) in SINGLE)
