"""A rotation about X: action, and a cost that does not look at the angle."""

import cirq
import numpy as np
import pytest
from scipy.linalg import expm

from bloqs.gates.turn_about_x import TurnAboutX
from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting


@pytest.mark.parametrize("phi", [0.3, -2.0, np.pi / 2, np.pi, 0.0])
def test_action_and_cost(phi):
    """exp(-i phi X / 2); one rotation, there and back."""
    bloq, wanted = TurnAboutX(phi), expm(-0.5j * phi * cirq.unitary(cirq.X))
    np.testing.assert_allclose(bloq.tensor_contract(), wanted, atol=1e-12)
    np.testing.assert_allclose(bloq.adjoint().tensor_contract(), wanted.conj().T, atol=1e-12)
    for form in (bloq, bloq.adjoint()):
        assert cost_by_annotation(form) == cost_by_counting(form) == Cost(rotations=1, qubits=1)
