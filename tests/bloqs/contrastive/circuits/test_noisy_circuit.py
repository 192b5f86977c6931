"""Noisy outputs beside a density matrix that is written out here, and beside the law."""

import cirq
import numpy as np
import pytest

from bloqs.contrastive.circuits.noisy_circuit import (
    NoiseParts,
    noisy_circuit,
    noisy_means,
    placed_circuit,
)
from bloqs.contrastive.circuits.representation_circuit import RepresentationCircuit
from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.model.device_calibration import Calibration, PairRates, QubitRates
from bloqs.contrastive.model.shrinkage_law import contraction, depolarising, fitted

RANDOM = np.random.default_rng(9)
SINGLE, PAIR = 5.8e-4, 1.57e-2


def uniform(qubits, *, readout=(0.0, 0.0), T1=80.0, T2=60.0, pair=PAIR, single=SINGLE):
    """Every pair is an edge, and all rates are the same."""
    edges = [(i, j) for i in range(qubits) for j in range(i + 1, qubits)]
    return Calibration(
        device="uniform",
        date="2026-01-01",
        source="made up",
        qubits=(QubitRates(single, 35.0, *readout, 4000.0, T1, T2),) * qubits,
        pairs={edge: PairRates(pair, 430.0) for edge in edges},
    )


def bloq_of(kind, width, layers, inputs, angles):
    return RepresentationCircuit(kind, width, layers, tuple(inputs), tuple(angles))


def applied(rho, op, kraus, width):
    """A channel on some qubits, one matrix after another, by whole matrices."""
    found = np.zeros_like(rho)
    for matrix in kraus:
        tensor = matrix.reshape((2,) * (2 * len(op)))
        state = cirq.targeted_left_multiply(tensor, rho.reshape((2,) * (2 * width)), list(op))
        state = cirq.targeted_left_multiply(
            tensor.conj(), state, [width + q for q in op]
        )  # fmt: skip
        found += state.reshape(rho.shape)
    return found


PAULIS = [np.eye(2), np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1, -1])]


def mixed(weight, qubits):
    """(1 - w) rho + w 1/d as an equal mixture of all Pauli words."""
    words = PAULIS if qubits == 1 else [np.kron(a, b) for a in PAULIS for b in PAULIS]
    shares = [1 - weight * (1 - 1 / len(words))] + [weight / len(words)] * (len(words) - 1)
    return [np.sqrt(p) * word for p, word in zip(shares, words, strict=True)]


@pytest.mark.parametrize("kind", ["ring", "all-to-all"])
@pytest.mark.parametrize("decay", [False, True])
def test_means_are_those_of_a_density_matrix_written_out(kind, decay):
    width = 3
    angles = RANDOM.uniform(-np.pi, np.pi, Engine(kind=kind, width=width, layers=1).angles)
    bloq = bloq_of(kind, width, 1, RANDOM.uniform(0, np.pi, width), angles)
    device = uniform(width, readout=(0.02, 0.05))
    circuit = placed_circuit(bloq, range(width))
    rho = np.zeros((8, 8), complex)
    rho[0, 0] = 1
    for moment in circuit:
        for op in moment:
            on = [q.x for q in op.qubits]
            rho = applied(rho, on, [cirq.unitary(op)], width)
            if not isinstance(op.gate, cirq.Rz):
                error = PAIR if len(on) == 2 else SINGLE
                rho = applied(rho, on, mixed(depolarising(error, len(on)), len(on)), width)
        if not decay:
            continue
        ns = max(
            0.0 if isinstance(op.gate, cirq.Rz) else {1: 35.0, 2: 430.0}[len(op.qubits)]
            for op in moment
        )
        for qubit in range(width):
            lost = 1 - np.exp(-ns / 80_000)
            kept = np.exp(-ns / 60_000) / np.sqrt(1 - lost)
            rho = applied(
                rho, [qubit],
                [np.diag([1, np.sqrt(1 - lost)]), np.array([[0, np.sqrt(lost)], [0, 0]])], width,
            )  # fmt: skip
            rho = applied(
                rho, [qubit],
                [np.sqrt((1 + kept) / 2) * np.eye(2), np.sqrt((1 - kept) / 2) * PAULIS[3]], width,
            )  # fmt: skip
    bits = np.arange(8)[:, None] >> np.arange(3)[::-1] & 1
    ones = np.diag(rho).real @ bits
    seen = 1 - 2 * (ones * (1 - 0.05) + (1 - ones) * 0.02)
    found = noisy_means(circuit, range(width), device, NoiseParts(decay=decay))
    assert found == pytest.approx(seen, abs=1e-8)


def test_without_noise_it_is_the_engine():
    engine = Engine(kind="14", width=4, layers=1)
    inputs = RANDOM.uniform(0, np.pi, 4)
    angles = RANDOM.uniform(-np.pi, np.pi, engine.angles)
    circuit = placed_circuit(bloq_of("14", 4, 1, inputs, angles), [3, 0, 2, 1])
    off = NoiseParts(gates=False, decay=False, readout=False)
    found = noisy_means(circuit, [3, 0, 2, 1], uniform(4), off)
    assert found == pytest.approx(engine.outputs(inputs[None], angles)[0], abs=1e-10)


@pytest.mark.parametrize(
    ("spread", "low", "high", "largest"),
    [("initial", 0.832, 0.840, 0.03), ("uniform", 0.790, 0.825, 0.08)],
)
def test_lines_of_the_ring_beside_the_law(spread, low, high, largest):
    """Slopes as derived with other code: .835 to .837 at the start, .807 for uniform angles."""
    engine = Engine(kind="ring", width=3, layers=2)
    device, exact, noisy = uniform(3), [], []
    for _ in range(24):
        angles = (
            RANDOM.normal(0, 3**-0.5, engine.angles)
            if spread == "initial"
            else RANDOM.uniform(-np.pi, np.pi, engine.angles)
        )
        inputs = RANDOM.uniform(0, np.pi, 3)
        circuit = placed_circuit(bloq_of("ring", 3, 2, inputs, angles), range(3))
        exact.append(engine.outputs(inputs[None], angles)[0])
        noisy.append(noisy_means(circuit, range(3), device, NoiseParts()))
    line = fitted(exact, noisy)
    law = contraction(2, depolarising(PAIR, 2), depolarising(SINGLE, 1))
    assert law == pytest.approx(0.838, abs=7e-4)
    assert low < line.slopes.mean() < high
    assert line.residuals.max() < largest
    assert np.abs(line.rescaled(noisy) - exact).max() < np.abs(np.subtract(noisy, exact)).max()
    assert line.prices == pytest.approx(1 / line.slopes**2)


def test_refusals():
    circuit = placed_circuit(bloq_of("ring", 2, 1, (0.1, 0.2), (0.1,) * 4), [0, 1])
    apart = Calibration(
        device="line", date="", source="", qubits=uniform(3).qubits,
        pairs={(0, 2): PairRates(0.1, 400), (1, 2): PairRates(0.1, 400)},
    )  # fmt: skip
    with pytest.raises(ValueError, match="no edge between qubits 0 and 1; route the circuit"):
        noisy_means(circuit, [0, 1], apart, NoiseParts())
    with pytest.raises(ValueError, match="noise is known for CNOTs"):
        noisy_circuit(
            cirq.Circuit(cirq.CZ(*cirq.LineQubit.range(2))), uniform(2), NoiseParts()
        )  # fmt: skip
    with pytest.raises(ValueError, match="2 wires need as many different qubits"):
        placed_circuit(bloq_of("ring", 2, 1, (0.1, 0.2), (0.1,) * 4), [1, 1])
    measured = RepresentationCircuit("ring", 3, 1, (0.1,) * 3, (0.1,) * 6, form="measured")
    with pytest.raises(ValueError, match="wait for outcomes"):
        placed_circuit(measured, range(3))
