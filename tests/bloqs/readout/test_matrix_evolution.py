"""Evolutions of encoded matrices: error, powers, calls, control."""

import numpy as np
import pytest
import scipy.linalg

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.readout.matrix_evolution import MatrixEvolution
from bloqs.readout.phase_estimation import PhaseEstimation
from bloqs.simulation.runner import encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_annotation
from proofs.leaves import HermitianLeaf


@pytest.mark.parametrize(("time", "error"), [(0.5, 0.5), (1.5, 1e-2), (6.0, 1e-5)])
def test_evolves(time, error):
    """Within the error that is stated, and not far within: the slack is what is squared."""
    leaf = HermitianLeaf(2, 0.7, 1, 2)
    bloq = MatrixEvolution(leaf, time, error)
    wanted = scipy.linalg.expm(1j * time * leaf.matrix)
    off = np.linalg.norm(encoded_matrix(bloq) - wanted, 2)
    assert error / 4 <= off <= float(bloq.epsilon) == error
    twice = encoded_matrix(bloq.power(2))
    assert np.linalg.norm(twice - wanted @ wanted, 2) <= error


def test_costs_and_control(switches, costs_agree):
    bloq = MatrixEvolution(HermitianLeaf(2), 0.5, 0.3)
    costs_agree(bloq)
    switches(bloq)


def test_calls():
    """Three halves; of all powers of an estimate no more than in symbols."""
    matrix = MatrixOracle(5, 2, 4.0, 0.02, is_hermitian=True)
    bloq = MatrixEvolution(matrix, 2.0, 1e-3)
    assert cost_by_annotation(bloq).queries == {"matrix": bloq.matrix_calls}
    assert float(bloq.epsilon) == pytest.approx(1e-3 + 2 * 0.005)
    estimate = PhaseEstimation(bloq, 6)
    calls = sum(bloq.power(2**k).matrix_calls for k in range(6))
    assert cost_by_annotation(estimate).queries == {"matrix": calls}
    general = PhaseEstimation(bloq, symbols.m)
    asked = cost_by_annotation(general).queries["matrix"]
    assert calls <= int(asked.subs({symbols.m: 6})) <= 1.7 * calls
