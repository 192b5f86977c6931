"""Routed circuits are on edges, do what they did, and have the CNOTs that are known of them."""

import cirq
import networkx
import numpy as np
import pytest

from bloqs.contrastive.circuits.device_routing import routed
from bloqs.contrastive.circuits.noisy_circuit import NoiseParts, noisy_means
from bloqs.contrastive.circuits.representation_circuit import RepresentationCircuit
from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.model.device_calibration import PARIS, read_calibration


@pytest.mark.parametrize(
    ("kind", "width", "layers", "before", "after"),
    [
        ("ring", 8, 2, 32, 71),
        ("all-to-all", 8, 3, 84, 360),
        ("line", 8, 3, 21, 21),
        ("farhi", 3, 2, 16, 16),  # Cirq's router has no swap to choose from at some placements
    ],
)
def test_cnots_on_the_published_device(kind, width, layers, before, after):
    device = read_calibration(PARIS)
    engine = Engine(kind=kind, width=width, layers=layers)
    rng = np.random.default_rng(2)
    inputs, angles = rng.uniform(0, np.pi, width), rng.normal(size=engine.angles)
    bloq = RepresentationCircuit(kind, width, layers, tuple(inputs), tuple(angles))
    found = routed(bloq, device)
    assert found.is_whole
    assert found.before == before
    assert found.after <= after
    operations = list(found.circuit.all_operations())
    edges = [tuple(q.x for q in op.qubits) for op in operations if len(op.qubits) == 2]
    assert all(device.graph.has_edge(*edge) for edge in edges)
    order = sorted(found.circuit.all_qubits())
    state = found.circuit.final_state_vector(qubit_order=order, dtype=np.complex128)
    chances, strings = np.abs(state) ** 2, np.arange(len(state))
    means = [
        chances @ (1 - 2 * (strings >> len(order) - 1 - order.index(cirq.LineQubit(k)) & 1))
        for k in found.read
    ]
    assert means == pytest.approx(engine.outputs(inputs[None], angles)[0], abs=1e-10)


def test_the_measured_ring_takes_half_of_the_cnots():
    """36 of 71, as counted with other code."""
    device, rng = read_calibration(PARIS), np.random.default_rng(3)
    engine = Engine(kind="ring", width=8, layers=2)
    inputs, angles = rng.uniform(0, np.pi, 8), rng.normal(size=engine.angles)
    bloq = RepresentationCircuit("ring", 8, 2, tuple(inputs), tuple(angles), form="measured")
    found = routed(bloq, device)
    assert (found.before, found.after) == (18, 36)
    assert not found.is_whole


def test_a_routed_circuit_is_noisier():
    device = read_calibration(PARIS)
    bloq = RepresentationCircuit("ring", 4, 1, (0.1, 0.2, 0.3, 0.4), (0.1,) * 8)
    found = routed(bloq, device)
    noisy = noisy_means(found.circuit, found.read, device, NoiseParts(decay=True))
    exact = Engine(kind="ring", width=4, layers=1).outputs([[0.1, 0.2, 0.3, 0.4]], [0.1] * 8)[0]
    assert (noisy / exact > 0.5).all()
    assert (noisy < exact).all()


def test_too_wide_a_circuit_is_refused():
    device = read_calibration(PARIS)
    assert networkx.is_connected(device.graph)
    wide = RepresentationCircuit("line", 28, 1, (0.1,) * 28, (0.1,) * 56)
    with pytest.raises(ValueError, match="ibmq_paris has 27 qubits, and the circuit needs 28"):
        routed(wide, device)
