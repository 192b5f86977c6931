"""The iterate against reflections written as matrices."""

import numpy as np
import pytest

from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.readout.grover_iterate import GroverIterate
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation
from proofs.leaves import VectorLeaf


@pytest.mark.parametrize("times", [1, 2, 3])
def test_powers(times, random_state, costs_agree):
    leaf = VectorLeaf(4, 1, 2)
    unitary = Runner.of(leaf).columns(range(8))
    zero, flags = np.eye(8), np.eye(8)
    zero[0, 0] = -1
    flags[[0, 4], [0, 4]] = -1
    step = -unitary @ zero @ unitary.conj().T @ flags
    wanted = np.linalg.matrix_power(step, times)
    bloq = GroverIterate(leaf).power(times)
    np.testing.assert_allclose(Runner.of(bloq).columns(range(8)), wanted, atol=1e-9)
    state = random_state(16)
    after = np.concatenate([state[:8], wanted @ state[8:]])
    np.testing.assert_allclose(Runner.of(bloq.controlled()).run(state), after, atol=1e-9)
    costs_agree(bloq)


def test_its_phases_are_twice_the_angle():
    leaf = VectorLeaf(4, 1, 2)
    step = Runner.of(GroverIterate(leaf)).columns(range(8))
    phases = np.angle(np.linalg.eigvals(step))
    wanted = 2 * np.arcsin(1 / leaf.alpha)
    assert min(abs(phases - wanted)) < 1e-9
    assert min(abs(phases + wanted)) < 1e-9


def test_controls_no_call():
    calls = GroverIterate(VectorOracle(3, 2), times=6).controlled().bloq_counts()
    assert calls[VectorOracle(3, 2)] == calls[VectorOracle(3, 2).adjoint()] == 6
    cost = cost_by_annotation(GroverIterate(VectorOracle(3, 2), times=6).controlled())
    assert cost.queries == {"vector": 12}


def test_refusals():
    with pytest.raises(ValueError, match="no ancilla, so it always succeeds"):
        GroverIterate(VectorOracle(3, 0))
    with pytest.raises(ValueError, match="at least one step, got 0"):
        GroverIterate(VectorOracle(3, 1), times=0)
