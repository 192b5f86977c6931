"""One phase: action and a cost that does not look at the angle."""

import numpy as np
import pytest

from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.simulation.runner import Runner
from estimator import symbols
from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting


@pytest.mark.parametrize("phi", [0.3, -2.0, np.pi / 4, np.pi / 2, np.pi, 0.0])
def test_turns_zero_and_one_in_opposite_senses(phi):
    """exp(-i phi Z), no half; the inverse undoes it."""
    plus = np.sqrt([0.5, 0.5])
    wanted = np.sqrt(0.5) * np.exp([-1j * phi, 1j * phi])
    np.testing.assert_allclose(Runner.of(PhaseRotation(phi)).run(plus), wanted, atol=1e-9)
    np.testing.assert_allclose(Runner.of(PhaseRotation(phi).adjoint()).run(wanted), plus, atol=1e-9)


@pytest.mark.parametrize("phi", [0.3, np.pi / 8, np.pi / 4, np.pi / 2, np.pi, 0.0])
def test_counts_as_a_rotation_whatever_the_angle(phi):
    for form in (PhaseRotation(phi), PhaseRotation(phi).adjoint()):
        assert cost_by_annotation(form) == cost_by_counting(form) == Cost(rotations=1, qubits=1)
    form = PhaseRotation(symbols.theta)
    assert cost_by_annotation(form) == cost_by_counting(form) == Cost(rotations=1, qubits=1)
