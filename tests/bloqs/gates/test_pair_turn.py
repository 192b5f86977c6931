"""Rotations of a pair: action at any angle, and a cost that does not look at it."""

import cirq
import numpy as np
import pytest
from qualtran.resource_counting import get_cost_value
from scipy.linalg import block_diag, expm

from bloqs.gates.pair_turn import RXX, RZX
from bloqs.simulation.runner import Runner
from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting
from estimator.costs.counted import flat_cnot_depth, flat_two_qubit_depth
from estimator.costs.keys import CnotDepth, TwoQubitDepth

PAULI = {
    RXX: np.kron(*[cirq.unitary(cirq.X)] * 2),
    RZX: np.kron(*map(cirq.unitary, (cirq.Z, cirq.X))),
}


def matrix(bloq):
    """Of the gates, column by column."""
    size = 2 ** bloq.signature.n_qubits()
    return np.array([Runner.of(bloq).run(np.eye(size)[k]) for k in range(size)]).T


@pytest.mark.parametrize("kind", PAULI)
@pytest.mark.parametrize("phi", [0.7, -4.0, 0.0, np.pi / 2, np.pi])
def test_action_and_cost(kind, phi):
    """exp(-i phi P / 2), also inverted and under a control."""
    bloq, wanted = kind(phi), expm(-0.5j * phi * PAULI[kind])
    np.testing.assert_allclose(matrix(bloq), wanted, atol=1e-12)
    np.testing.assert_allclose(matrix(bloq.adjoint()), wanted.conj().T, atol=1e-12)
    once = bloq.controlled()
    np.testing.assert_allclose(matrix(once), block_diag(np.eye(4), wanted), atol=1e-12)
    for form, more in ((bloq, 0), (bloq.adjoint(), 0), (once, 1), (once.adjoint(), 1)):
        known = Cost(rotations=1 + more, qubits=2 + more)
        stated, counted = cost_by_annotation(form), cost_by_counting(form)
        assert stated == counted == known
        assert stated.cnots == counted.cnots == 2 + 2 * more
        assert get_cost_value(form, TwoQubitDepth()) == flat_two_qubit_depth(form) == 1
        assert flat_cnot_depth(form) <= get_cost_value(form, CnotDepth()) == 2 + 2 * more
