"""The walk against reflections written as matrices, and its phases."""

import numpy as np
import pytest

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.linear_systems.circuits.qubitised_walk import QubitisedWalk
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation
from proofs.leaves import HermitianLeaf, MatrixLeaf

LEAVES = (HermitianLeaf(2, system_bitsize=2), HermitianLeaf(4, 1.0, 1, 2), MatrixLeaf(3))


def specified(leaf):
    """One step; a half in front of system and flags where the circuit is not its own inverse."""
    size, flags = 2 ** leaf.signature.n_qubits(), 2**leaf.ancilla_bitsize
    own = Runner.of(leaf).columns(range(size))
    zero = np.kron(np.eye(size // flags), np.diag([1.0, *[-1.0] * (flags - 1)]))
    if leaf.adjoint() == leaf:
        return zero @ own
    raised = np.array([[0.0, 1.0], [0.0, 0.0]])
    return np.kron(np.eye(2), zero) @ (np.kron(raised, own) + np.kron(raised.T, own.conj().T))


@pytest.mark.parametrize("leaf", LEAVES, ids=["its own", "two flags", "not its own"])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_powers(leaf, times, random_state, costs_agree):
    """Gate by gate, on any state, also under a control."""
    wanted = np.linalg.matrix_power(specified(leaf), times)
    size = len(wanted)
    bloq = QubitisedWalk(leaf).power(times)
    np.testing.assert_allclose(Runner.of(bloq).columns(range(size)), wanted, atol=1e-9)
    state = random_state(2 * size)
    after = np.concatenate([state[:size], wanted @ state[size:]])
    np.testing.assert_allclose(Runner.of(bloq.controlled()).run(state), after, atol=1e-9)
    costs_agree(bloq)


@pytest.mark.parametrize("leaf", LEAVES, ids=["its own", "two flags", "not its own"])
def test_phases_are_the_eigenvalues(leaf):
    """Their cosines, or those of the singular values with both signs."""
    size, flags = 2 ** leaf.signature.n_qubits(), 2**leaf.ancilla_bitsize
    halves = 1 if leaf.adjoint() == leaf else 2
    columns = Runner.of(QubitisedWalk(leaf)).columns(range(halves * size))
    phases = np.angle(np.linalg.eigvals(columns))
    block = leaf.matrix / leaf.alpha
    values = np.linalg.eigvalsh(block) if halves == 1 else np.linalg.svd(block, compute_uv=False)
    for value in values if halves == 1 else [*values, *-values]:
        for sign in (1, -1):
            assert min(abs(np.exp(1j * phases) - np.exp(1j * sign * np.arccos(value)))) < 1e-7
    assert size > flags


@pytest.mark.parametrize(("is_hermitian", "calls"), [(True, 1), (False, 2)])
@pytest.mark.parametrize("times", [1, 4, 7])
def test_calls(is_hermitian, calls, times):
    bloq = QubitisedWalk(MatrixOracle(3, 2, is_hermitian=is_hermitian), times=times)
    for form in (bloq, bloq.adjoint(), bloq.controlled()):
        assert cost_by_annotation(form).queries == {"matrix": calls * times}


def test_refusals():
    with pytest.raises(ValueError, match="has no ancilla; a walk needs at least one"):
        QubitisedWalk(MatrixOracle(2, 0))
    with pytest.raises(ValueError, match="at least one step, got 0"):
        QubitisedWalk(MatrixOracle(2, 1), times=0)
