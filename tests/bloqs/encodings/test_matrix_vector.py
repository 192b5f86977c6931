"""Operator times vector: vector, error, control, cost, limits."""

import attrs
import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.encodings.matrix_vector import MatrixVector, matrix_vector_symbolic_example
from bloqs.simulation.runner import encoded_vector
from estimator import symbols

DRAWS = 400


def image(matrix, vector):
    """A psi, from the parts' own NumPy references."""
    return matrix.matrix @ (vector.block * vector.alpha)


def product_of(matrix, vector):
    return MatrixVector(matrix, vector, float(np.linalg.norm(image(matrix, vector))))


@pytest.mark.parametrize(("a", "b"), [(0, 0), (1, 0), (0, 2), (2, 1)])
def test_encodes_the_image(matrix_leaf, vector_leaf, a, b):
    """Gate by gate, complex, with garbage in both ancilla registers; alpha is the product's."""
    matrix, vector = matrix_leaf(2, a, 3.0), vector_leaf(2, b)
    bloq = product_of(matrix, vector)
    wanted = image(matrix, vector)
    np.testing.assert_allclose(encoded_vector(bloq), wanted / np.linalg.norm(wanted), atol=1e-7)
    assert bloq.ancilla_bitsize == a + b
    assert bloq.alpha == pytest.approx(3.0 * vector.alpha / np.linalg.norm(wanted))


def test_squares_a_loaded_vector():
    """The diagonal of a vector times that vector, with angles exact in b = 4 bits."""
    row = np.array([np.cos(np.pi / 8), -np.sin(np.pi / 8)])
    loaded = LoadedVector.of(row, 4, QROMLoader(), Rotation.BITWISE)
    norm = float(np.linalg.norm(row**2))
    bloq = MatrixVector(DiagonalEncoding(loaded), loaded, norm)
    np.testing.assert_allclose(encoded_vector(bloq), row**2 / norm, atol=1e-7)


def test_shared_ancillas_are_wrong(matrix_leaf, vector_leaf):
    """One register for both parts without a flag lets two failures pass as one success."""
    matrix, vector = matrix_leaf(1, 1, 1.0), vector_leaf(1, 1)
    careless = encoded_vector(
        MatrixVector(
            attrs.evolve(matrix, system_bitsize=2, ancilla_bitsize=0),
            attrs.evolve(vector, system_bitsize=2, ancilla_bitsize=0),
            1.0,
        )
    )[::2]
    wanted = matrix.matrix @ vector.block
    assert np.linalg.norm(careless - wanted) > 0.1


def test_control_decides(matrix_leaf, vector_leaf, switches):
    bloq = product_of(matrix_leaf(1, 1, 2.0), vector_leaf(1, 1))
    switches(bloq)
    switches(bloq.adjoint())


def test_claimed_cost_is_counted(matrix_leaf, vector_leaf, costs_agree):
    costs_agree(product_of(matrix_leaf(1, 2, 2.0), vector_leaf(1, 1)))


def test_symbols_stand_for_numbers(substitutes):
    loaded = LoadedVector.of(np.arange(1.0, 9.0), 4, QROMLoader(), Rotation.PHASE_GRADIENT)
    concrete = MatrixVector(DiagonalEncoding(loaded), loaded, 0.5)
    values = {symbols.n: 3, symbols.b: 4, symbols.norm: 0.5}
    symbolic = matrix_vector_symbolic_example.make()
    substitutes(symbolic, values, concrete)
    assert symbolic.alpha.subs(values) == pytest.approx(concrete.alpha)
    assert float(symbolic.epsilon.subs(values)) == pytest.approx(float(concrete.epsilon))


def test_error_is_a_bound(rng, numbers, perturbed, random_matrix):
    """Any operator of norm <= alpha within e_0 of A and any vector within e_1 of psi."""
    largest, twin = 0.0, 0.0
    for _ in range(DRAWS):
        alpha, beta = (float(x) for x in rng.uniform(1, 5, 2))
        errors = [float(x) for x in rng.uniform(0, 0.5, 2)]
        exact = random_matrix(4, alpha - errors[0] * rng.integers(2))
        psi = random_matrix(4, 1.0)[:, 0]
        psi /= np.linalg.norm(psi)
        norm = float(np.linalg.norm(exact @ psi))
        bloq = MatrixVector(numbers(alpha, errors[0]), numbers(beta, errors[1]), norm)
        operator = perturbed(exact, errors[0])
        operator *= min(1.0, alpha / np.linalg.norm(operator, 2))
        if np.linalg.norm(operator - exact, 2) > errors[0]:
            continue
        error = np.linalg.norm(operator @ perturbed(psi, errors[1]) - exact @ psi) / norm
        largest = max(largest, error / float(bloq.epsilon))
        twin = max(twin, error / ((alpha * errors[0] + errors[1]) / norm))
    assert 0.99 < largest <= 1 + 1e-9
    assert twin > 1, "the roles of the two errors exchanged would be refuted"


def test_refuses(matrix_leaf, vector_leaf):
    matrix, vector = matrix_leaf(1, 1, 2.0), vector_leaf(1, 1)
    with pytest.raises(ValueError, match=r"product has a norm of at most 2\.0, got 2\.5"):
        MatrixVector(matrix, vector, 2.5)
    with pytest.raises(ValueError, match="product needs a norm > 0, got 0"):
        MatrixVector(matrix, vector, 0)
    with pytest.raises(ValueError, match="parts of equal size, got 1 and 2 system qubits"):
        MatrixVector(matrix, vector_leaf(2, 0), 1.0)
    with pytest.raises(ValueError, match="has a control; control the product instead"):
        MatrixVector(attrs.evolve(matrix, is_controlled=True), vector, 1.0)
    with pytest.raises(ValueError, match=r"product needs errors >= 0, got epsilon=-0\.1"):
        MatrixVector(attrs.evolve(matrix, epsilon=-0.1), vector, 1.0)
