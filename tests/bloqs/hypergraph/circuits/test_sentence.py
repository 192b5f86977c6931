"""A sentence is its cells, on one ancilla that is used again."""

import cirq
import numpy as np
import pytest
import sympy

from bloqs.hypergraph.circuits.cell import HRNNCell
from bloqs.hypergraph.circuits.sentence import HRNNSentence
from bloqs.hypergraph.symbols import k, n, reads, writes
from estimator.costs.circuit import circuit_of
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.drawing.outline_layout import TIMES, outline_layout


def test_stabilizers_of_what_was_written():
    """One edge of order three: each of its stabilizers is found with certainty, on one ancilla."""
    edge = (0, 2, 3)
    asked = [(v, *(u for u in edge if u != v)) for v in edge]
    cells = [HRNNCell(4, "W", edge), *(HRNNCell(4, "MK", each) for each in asked * 2)]
    cells.append(HRNNCell(4, "MP", (1,), "X"))
    circuit = circuit_of(HRNNSentence(4, tuple(cells)))
    order = [*circuit.inputs, *circuit.work]
    start = [cirq.H(qubit) for qubit in circuit.inputs]
    run = cirq.Simulator(seed=3, dtype=np.complex128).simulate(
        cirq.Circuit([start, *circuit.operations]), qubit_order=order
    )
    assert [int(run.measurements[f"read {j}"][0]) for j in range(7)] == [0] * 7
    assert circuit.peak == 4 + 2


def test_symbols_and_numbers_say_the_same():
    kinds = tuple(HRNNCell(n, kind, None, k=k) for kind in ("W", "MK"))
    stated = cost_by_annotation(HRNNSentence(n, kinds, times=(writes, reads)))
    for size, order, wrote, read in ((3, 2, 1, 2), (5, 3, 3, 1), (6, 4, 2, 2)):
        places = tuple(range(order))
        cells = [HRNNCell(size, "W", places)] * wrote + [HRNNCell(size, "MK", places)] * read
        found = cost_by_counting(HRNNSentence(size, tuple(cells)))
        at = stated.subs({n: size, k: order, writes: wrote, reads: read})
        for column in ("toffoli", "measurements", "qubits", "rotations", "t"):
            assert sympy.sympify(getattr(at, column)) == getattr(found, column), column


def test_refusals():
    with pytest.raises(ValueError, match="n=3, m=1 has a cell"):
        HRNNSentence(3, (HRNNCell(4, "W", (0, 1)),))
    with pytest.raises(ValueError, match="1 cells need as many numbers"):
        HRNNSentence(3, (HRNNCell(3, "W", (0, 1)),), times=(1, 2))
    with pytest.raises(ValueError, match="measures, so it has no inverse"):
        HRNNSentence(3, (HRNNCell(3, "W", (0, 1)),)).adjoint()


@pytest.mark.parametrize("is_counted", [False, True])
def test_a_drawing_says_how_it_is_read(is_counted):
    """The sign above the boxes is explained, and an order is told where there is one."""
    cells = (HRNNCell(2, "W", (0, 1)), HRNNCell(2, "MK", (0, 1)))
    bloq = HRNNSentence(2, cells, times=(3, 2) if is_counted else ())
    titles = [box.title for box in outline_layout(bloq.outline).boxes]
    assert titles == ([f"{TIMES} 3", f"{TIMES} 2"] if is_counted else ["", ""])
    assert f"{TIMES} how often" in bloq.outline.note
    assert ("in any order" in bloq.outline.note) is is_counted
