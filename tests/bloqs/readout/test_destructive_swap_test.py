"""Overlaps read from two measured states."""

from itertools import product

import cirq
import numpy as np
import pytest

from bloqs.readout.destructive_swap_test import DestructiveSwapTest
from estimator.costs.circuit import circuit_of
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.counted import flat_depth


@pytest.mark.parametrize("n", [1, 2, 3])
def test_the_mean_is_the_overlap(n, rng):
    """Over the exact probabilities of all outcomes, for random states."""
    states = rng.normal(size=(2, 2**n)) + 1j * rng.normal(size=(2, 2**n))
    x, y = states / np.linalg.norm(states, axis=1)[:, None]
    circuit = circuit_of(DestructiveSwapTest(n))
    gates = [op for op in circuit.operations if not isinstance(op.gate, cirq.MeasurementGate)]
    assert len(circuit.operations) - len(gates) == 2 * n
    unitary = cirq.Circuit(gates).unitary(qubit_order=circuit.inputs)
    chances = np.abs(unitary @ np.kron(x, y)) ** 2
    values = [DestructiveSwapTest.value_of(bits) for bits in product((0, 1), repeat=2 * n)]
    assert chances @ values == pytest.approx(abs(np.vdot(x, y)) ** 2, abs=1e-12)


def test_cost():
    """n CNOTs, 2 n measurements, two layers."""
    bloq = DestructiveSwapTest(4)
    cost = cost_by_annotation(bloq)
    assert cost == cost_by_counting(bloq)
    assert (cost.cnots, cost.measurements, cost.qubits, flat_depth(bloq)) == (4, 8, 8, 2)


def test_states_have_qubits():
    with pytest.raises(ValueError, match="at least one qubit, got n=0"):
        DestructiveSwapTest(0)
