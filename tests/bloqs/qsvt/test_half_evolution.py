"""Cosine and i times sine of a matrix in one sequence."""

import numpy as np
import pytest
import scipy.linalg
from qualtran import DecomposeTypeError

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.qsvt.half_evolution import LARGEST_DEGREE, HalfEvolution
from bloqs.simulation.runner import encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_annotation
from proofs.leaves import HermitianLeaf, MatrixLeaf


@pytest.mark.parametrize(("time", "error"), [(0.5, 0.1), (1.5, 1e-3), (6.0, 1e-5)])
def test_evolves(time, error):
    """Within the error that is stated, every gate; over the alpha that is stated."""
    leaf = HermitianLeaf(2, 0.7, 1, 2)
    bloq = HalfEvolution(leaf, time, error, 3 * error)
    wanted = scipy.linalg.expm(1j * time * leaf.matrix)
    assert np.linalg.norm(encoded_matrix(bloq) - wanted, 2) <= float(bloq.epsilon) == error
    assert float(bloq.alpha) == pytest.approx(2 + 6 * error)
    back = encoded_matrix(bloq.adjoint())
    assert np.linalg.norm(back - wanted.conj().T, 2) <= error


def test_costs_and_control(switches, costs_agree):
    for time in (0.5, 1.5):
        bloq = HalfEvolution(HermitianLeaf(2), time, 0.1, 0.1)
        costs_agree(bloq)
        switches(bloq)


def test_calls():
    """One for each degree, in numbers of any size; its error grows with the time."""
    for time in (2.0, 1e6):
        bloq = HalfEvolution(MatrixOracle(5, 2, 4.0, 0.02, is_hermitian=True), time, 1e-3, 1e-2)
        assert cost_by_annotation(bloq).queries == {"matrix": bloq.degree}
        assert time < bloq.degree < 1.2 * time + 20
        assert float(bloq.epsilon) == pytest.approx(1e-3 + time * 0.005)
    with pytest.raises(DecomposeTypeError, match=f"more than {LARGEST_DEGREE} calls"):
        bloq.decompose_bloq()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"encoding": MatrixLeaf(1)}, "its own inverse.*HermitianDilation"),
        ({"encoding": MatrixOracle(2, 0, is_hermitian=True)}, "has no ancilla"),
        ({"time": -1.0}, "time > 0, got t=-1"),
        ({"error": 1.5, "slack": 2.0}, "epsilon"),
        ({"slack": 0.01}, "slack >= error"),
    ],
)
def test_refusals(change, message):
    given = {"encoding": HermitianLeaf(2), "time": 1.0, "error": 0.1, "slack": 0.1}
    with pytest.raises(ValueError, match=message):
        HalfEvolution(**(given | change))


def test_symbols():
    matrix = MatrixOracle(symbols.n, symbols.a, is_hermitian=True)
    bloq = HalfEvolution(matrix, symbols.tau, symbols.epsilon, symbols.delta)
    calls = cost_by_annotation(bloq).queries["matrix"]
    values = {symbols.tau: 30.0, symbols.epsilon: 1e-3}
    assert HalfEvolution(HermitianLeaf(1), 30.0, 1e-3, 1e-3).degree <= int(calls.subs(values))
