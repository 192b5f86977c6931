"""Controlled rotations: action at any angle, and a cost that does not look at it."""

import cirq
import numpy as np
import pytest
from qualtran.resource_counting import get_cost_value
from scipy.linalg import block_diag, expm

from bloqs.gates.controlled_turn import CONTROLLED_TURNS
from bloqs.simulation.runner import Runner
from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting
from estimator.costs.counted import flat_cnot_depth, flat_two_qubit_depth
from estimator.costs.keys import CnotDepth, TwoQubitDepth


def matrix(bloq):
    """Of the gates, column by column."""
    size = 2 ** bloq.signature.n_qubits()
    return np.array([Runner.of(bloq).run(np.eye(size)[k]) for k in range(size)]).T


@pytest.mark.parametrize("axis", CONTROLLED_TURNS)
@pytest.mark.parametrize("phi", [0.7, -4.0, 0.0, np.pi / 2, np.pi, 2 * np.pi])
def test_action_and_cost(axis, phi):
    """diag(1, exp(-i phi P / 2)), also inverted and under a further control."""
    bloq = CONTROLLED_TURNS[axis](phi)
    turn = expm(-0.5j * phi * cirq.unitary(getattr(cirq, axis)))
    wanted = block_diag(np.eye(2), turn)
    np.testing.assert_allclose(matrix(bloq), wanted, atol=1e-12)
    np.testing.assert_allclose(matrix(bloq.adjoint()), wanted.conj().T, atol=1e-12)
    twice = bloq.controlled()
    np.testing.assert_allclose(matrix(twice), block_diag(np.eye(6), turn), atol=1e-12)
    for form, ands in ((bloq, 0), (bloq.adjoint(), 0), (twice, 1), (twice.adjoint(), 1)):
        known = Cost(rotations=2, toffoli=ands, measurements=ands, qubits=2 + 2 * ands)
        stated, counted = cost_by_annotation(form), cost_by_counting(form)
        assert stated == counted == known
        assert stated.cnots == counted.cnots == 2
        assert get_cost_value(form, CnotDepth()) == flat_cnot_depth(form) == 2
        assert get_cost_value(form, TwoQubitDepth()) == flat_two_qubit_depth(form) == 1
