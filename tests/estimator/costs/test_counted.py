"""Depth gate by gate: by hand on small circuits, and never above the depth that parts give."""

import cirq
import numpy as np
import pytest
from qualtran import BloqBuilder, QUInt
from qualtran.bloqs.arithmetic import Add
from qualtran.bloqs.basic_gates import CNOT, Toffoli
from qualtran.resource_counting import get_cost_value

from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.kernel import Kernel, Padding
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from estimator.costs.circuit import Circuit, circuit_of
from estimator.costs.cost import Cost
from estimator.costs.counted import Counted, Reading, packed, said_of, toffoli_layers
from estimator.costs.gate_sets import is_countable
from estimator.costs.keys import ToffoliDepth
from estimator.costs.script import Placed


def chain(places):
    """Toffolis on three of five qubits each, with a CNOT after every one."""
    builder = BloqBuilder()
    wires = [builder.add_register(f"q{i}", 1) for i in range(5)]
    for a, b, c in places:
        (wires[a], wires[b]), wires[c] = builder.add(
            Toffoli(), ctrl=np.array([wires[a], wires[b]]), target=wires[c]
        )
        wires[c], wires[a] = builder.add(CNOT(), ctrl=wires[c], target=wires[a])
    return builder.finalize(**{f"q{i}": wire for i, wire in enumerate(wires)})


@pytest.mark.parametrize(
    ("places", "layers"),
    [
        ([(0, 1, 2)], 1),
        ([(0, 1, 2), (0, 1, 2)], 2),
        ([(0, 1, 2), (2, 3, 4)], 2),
        ([(0, 1, 2), (3, 4, 2), (0, 1, 3)], 3),
    ],
)
def test_layers_by_hand(places, layers):
    assert toffoli_layers(circuit_of(chain(places), is_countable)) == layers


def test_an_adder_has_a_layer_a_carry():
    """Uncomputing a carry is a measurement and takes none."""
    assert toffoli_layers(circuit_of(Add(QUInt(5)), is_countable)) == 4


@pytest.mark.parametrize("padding", [Padding.SAME, Padding.CIRCULAR])
@pytest.mark.parametrize("construction", [AdderConvolution, MultiplexedConvolution])
def test_the_depth_of_a_convolution_is_a_close_bound(construction, padding):
    """The critical path is below what the parts give, by the layers of a shift or two."""
    for c, d, m, b in ((1, 1, 3, 5), (2, 1, 4, 6), (1, 2, 3, 5)):
        kernel = Kernel.of(np.ones((2**c, 2**c, 2**d, 2**d)), padding)
        for rotation in Rotation:
            conv = construction(kernel, m, b, QROMLoader(), rotation)
            for form in (conv, conv.adjoint(), conv.controlled()):
                bound = get_cost_value(form, ToffoliDepth())
                path = toffoli_layers(circuit_of(form, is_countable))
                assert path <= bound <= 1.15 * path + 2 * m


def test_packing_waits_for_measured_bits():
    """A turn by a measured bit comes after it, on whichever qubit; measuring takes no layer."""
    q = cirq.LineQubit.range(3)
    gates = [
        cirq.H(q[0]),
        cirq.CNOT(q[0], q[1]),
        cirq.measure(q[0], key="m"),
        cirq.X(q[2]).with_classical_controls("m"),
        cirq.H(q[1]),
    ]
    circuit = Circuit(tuple(map(Placed.of, gates)), tuple(q), tuple(q), (), 3)
    assert packed(circuit, lambda each: int(each.gate in (cirq.H, cirq.X, cirq.CNOT))) == 3
    assert packed(circuit, lambda each: int(each.gate == cirq.CNOT)) == 1
    free = circuit.placed[:2] + circuit.placed[3:]
    alone = Circuit(tuple(x._replace(conditions=()) for x in free), tuple(q), tuple(q), (), 3)
    assert packed(alone, lambda each: 1) == 3


@pytest.mark.parametrize(
    ("found", "reading", "said"),
    [
        (Counted(why="too large"), Reading.STATED, "there was no circuit to count them in: too l"),
        (Counted(why="odd", is_broken=True), Reading.STATED, "cannot be written down: odd"),
        (Counted(cost=Cost()), Reading.STATED, "they were counted in its circuit as well"),
        (Counted(), Reading.COUNTED, "counted in the circuit: the bloq states none"),
    ],
)
def test_what_is_said_of_a_circuit(found, reading, said):
    assert said in said_of(found, reading)
