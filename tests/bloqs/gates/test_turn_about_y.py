"""A rotation about Y: action, and a cost that does not look at the angle."""

import numpy as np
import pytest
from qualtran.bloqs.basic_gates import Ry
from qualtran.resource_counting import QECGatesCost, get_cost_value

from bloqs.gates.turn_about_y import TurnAboutY
from bloqs.simulation.runner import Runner
from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting


@pytest.mark.parametrize("phi", [0.3, -2.0, np.pi / 2, np.pi, 0.0, 2.0**-40])
def test_action_and_cost(phi):
    """(cos phi/2, sin phi/2) from zero; one rotation, there and back."""
    bloq, wanted = TurnAboutY(phi), [np.cos(phi / 2), np.sin(phi / 2)]
    np.testing.assert_allclose(Runner.of(bloq).run(), wanted, atol=1e-9)
    np.testing.assert_allclose(Runner.of(bloq.adjoint()).run(wanted), [1, 0], atol=1e-9)
    for form in (bloq, bloq.adjoint()):
        assert cost_by_annotation(form) == cost_by_counting(form) == Cost(rotations=1, qubits=1)


def test_a_fine_angle_needs_it():
    """The same angle in Qualtran's gate costs a rotation only while it is not too small."""
    counted = [get_cost_value(Ry(2.0**-k), QECGatesCost()).rotation for k in (30, 50)]
    assert counted == [1, 0]
    assert cost_by_annotation(TurnAboutY(2.0**-50)).rotations == 1
