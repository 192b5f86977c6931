"""The phase of one: action, cost."""

import numpy as np
import pytest
import sympy
from qualtran.bloqs.basic_gates import ZGate

from bloqs.gates.phase_shift import PhaseShift, gates_of_phase, phase_of
from bloqs.simulation.runner import Runner
from estimator import symbols
from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting


@pytest.mark.parametrize("phi", [0.3, -2.0, np.pi / 2, np.pi, 0.0])
def test_action_and_cost(phi):
    """Zero is left alone; the cost does not look at the phase."""
    bloq, plus = PhaseShift(phi), np.sqrt([0.5, 0.5])
    wanted = np.sqrt(0.5) * np.array([1, np.exp(1j * phi)])
    np.testing.assert_allclose(Runner.of(bloq).run(plus), wanted, atol=1e-9)
    np.testing.assert_allclose(Runner.of(bloq.adjoint()).run(wanted), plus, atol=1e-9)
    for form in (bloq, bloq.adjoint()):
        assert cost_by_annotation(form) == cost_by_counting(form) == Cost(rotations=1, qubits=1)


def test_gates_of_phases():
    """Nothing, a Z, or a rotation: the phase of each number, exact for real ones."""
    numbers = [2.0, 0.0, -0.0, -3.0, 1.0j, -1.0 + 0.1j, symbols.gamma, -symbols.gamma]
    gates = [gates_of_phase(phase_of(number)) for number in numbers]
    wanted = [[], [], [], [ZGate()], [PhaseShift(np.pi / 2)]]
    assert gates == [*wanted, [PhaseShift(np.angle(-1.0 + 0.1j))], [], [ZGate()]]
    unknown = sympy.Symbol("z")
    assert gates_of_phase(phase_of(unknown)) == [PhaseShift(sympy.arg(unknown))]
