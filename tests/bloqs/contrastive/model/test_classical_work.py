"""Work of a step without qubits, counted gate by gate."""

import pytest

from bloqs.contrastive.model.ansatz_parts import KINDS
from bloqs.contrastive.model.ansatz_sizes import sizes_of
from bloqs.contrastive.model.classical_work import (
    adjoint_flop,
    fused_flop,
    network_flop,
    network_parameters,
)
from bloqs.contrastive.model.gate_order import gate_order


@pytest.mark.parametrize("kind", KINDS)
def test_work_counted_gate_by_gate(kind):
    """28 operations for each pair of amplitudes that a gate mixes, three times, and overlaps."""
    width, layers, batch = 5, 2, 16
    gates, sizes = gate_order(kind, width, layers), sizes_of(kind, width, layers)
    pairs = {"CX": 0, "CRX": 2**width // 4, "CRZ": 2**width // 4}
    mixed = sum(pairs.get(gate.name, 2**width // 2) for gate in gates)
    angles = sum(gate.angle is not None for gate in gates)
    encoding = width * 2**width // 2
    states = 3 * 28 * (mixed + encoding) + 8 * 2**width * (angles + width)
    assert adjoint_flop(batch, width, sizes) == 2 * batch * states
    columns = 2**width * (3 * 28 * mixed + 8 * 2**width * angles)
    assert fused_flop(batch, width, sizes) == columns + 2 * batch * 3 * 8 * 4**width


def test_the_published_network():
    """Two layers of width 8 have 144 weights; products and sums, three times."""
    assert network_parameters(8) == 144
    assert network_flop(1, 8) == 2 * 2 * (6 * 64 + 4 * 8)
