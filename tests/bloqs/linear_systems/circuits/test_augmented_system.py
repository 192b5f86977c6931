"""One more unknown: matrix and vector in every form, calls, limits."""

import numpy as np
import pytest

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.circuits.augmented_system import AugmentedMatrix, AugmentedVector
from bloqs.simulation.runner import Fidelity, Runner, encoded_matrix, encoded_vector
from estimator.costs.cost import cost_by_annotation
from proofs.forms import vector_forms, vector_specified


@pytest.mark.parametrize("guess", [1.0, 2.5])
@pytest.mark.parametrize(("n", "a"), [(1, 1), (2, 1), (1, 2)])
def test_matrix(n, a, guess, matrix_leaf, switches, costs_agree):
    """alpha / t on branch zero, A on branch one; every gate, also controlled and inverted."""
    leaf = matrix_leaf(n, a, 3.0)
    bloq = AugmentedMatrix(leaf, guess)
    assert Runner.of(bloq).fidelity is Fidelity.GATE_BY_GATE
    wanted = np.zeros((2 ** (n + 1),) * 2, dtype=complex)
    wanted[: 2**n, : 2**n] = np.eye(2**n) * 3 / guess
    wanted[2**n :, 2**n :] = leaf.matrix
    np.testing.assert_allclose(encoded_matrix(bloq), wanted, atol=1e-9)
    np.testing.assert_allclose(encoded_matrix(bloq.adjoint()), wanted.conj().T, atol=1e-9)
    switches(bloq)
    costs_agree(bloq)


@pytest.mark.parametrize("n", [1, 2])
def test_vector(n, vector_leaf, costs_agree):
    """Half of it is the new unknown, half of it b; also under a control."""
    leaf = vector_leaf(n, 0)
    bloq = AugmentedVector(leaf)
    wanted = np.concatenate([np.eye(2**n)[0], leaf.vector]) / np.sqrt(2)
    np.testing.assert_allclose(encoded_vector(bloq), wanted, atol=1e-9)
    found, _ = vector_forms(bloq)
    np.testing.assert_allclose(found, vector_specified(wanted), atol=1e-9)
    costs_agree(bloq)


def test_calls():
    """One call of each, in every form."""
    matrix, vector = AugmentedMatrix(MatrixOracle(3, 2), 2.0), AugmentedVector(VectorOracle(3, 1))
    for bloq, oracle in ((matrix, "matrix"), (vector, "vector")):
        for form in (bloq, bloq.adjoint(), bloq.controlled()):
            assert cost_by_annotation(form).queries == {oracle: 1}
    assert (matrix.alpha, matrix.ancilla_bitsize, matrix.system_bitsize) == (1, 2, 4)
    off = AugmentedVector(VectorOracle(3, 1, 0.1))
    assert float(off.epsilon) == pytest.approx(0.1 / np.sqrt(2))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: AugmentedMatrix(MatrixOracle(2, 1), 0.5), "needs a guess >= 1, got 0.5"),
        (lambda: AugmentedMatrix(MatrixOracle(2, 0), 2), "has no ancilla; an augmented system"),
        (lambda: AugmentedMatrix(MatrixOracle(2, 1, is_controlled=True), 2), "has a control"),
        (lambda: AugmentedVector(VectorOracle(2, 1, is_controlled=True)), "control the augmented"),
    ],
)
def test_refusals(make, message):
    with pytest.raises(ValueError, match=message):
        make()
