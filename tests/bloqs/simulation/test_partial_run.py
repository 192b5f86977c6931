"""Stand-ins: the corner they have, that they are unitary, and that they cost nothing by refusal."""

from itertools import product

import cirq
import numpy as np
import pytest
from qualtran import DecomposeTypeError
from qualtran.bloqs.basic_gates import Toffoli
from qualtran.resource_counting import SympySymbolAllocator

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.encodings.matrix_vector import MatrixVector
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import STAND_INS, as_matrix
from bloqs.simulation.runner import Fidelity, Runner, encoded_matrix, encoded_vector
from bloqs.simulation.stand_in import lowest_fidelity
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.costs.cost import cost_by_annotation, cost_by_counting

MATRIX = Dilation.of_matrix(np.array([[0.5, 0.25j], [0.0, -0.5]]))
VECTOR = VectorDilation.of_vector(np.array([0.6, 0.0, 0.0, 0.8j]), alpha=2.0)


@pytest.fixture
def contraction(rng):
    """`contraction(size, norm, kind)`: a random matrix of that spectral norm."""

    def draw(size, norm, kind):
        A = rng.normal(size=(size, size)) + (kind == "complex") * 1j * rng.normal(size=(size, size))
        if kind == "Hermitian":
            A = A + A.conj().T
        if kind == "singular":
            A[:, 0] = 0
        return norm * A / np.linalg.norm(A, 2)

    return draw


def columns(bloq):
    """The unitary of a stand-in, column by column."""
    runner = Runner.of(bloq, STAND_INS)
    return np.stack([runner.run(k) for k in range(2**runner.qubits)], axis=1)


@pytest.mark.parametrize("size", [2, 4, 8])
def test_a_dilation_is_unitary_with_the_matrix_in_its_corner(size, contraction):
    for kind, norm in product(("real", "complex", "Hermitian", "singular"), (0.3, 1.0)):
        A = 3 * contraction(size, norm, kind)
        bloq = Dilation.of_matrix(A, alpha=3.0)
        np.testing.assert_allclose(
            encoded_matrix(bloq, STAND_INS), A, atol=1e-12, err_msg=f"{kind=}, {norm=}"
        )
        np.testing.assert_allclose(
            encoded_matrix(bloq.adjoint(), STAND_INS),
            A.conj().T,
            atol=1e-12,
            err_msg=f"{kind=}, {norm=}",
        )
        U = columns(bloq)
        np.testing.assert_allclose(
            U.conj().T @ U, np.eye(2 * size), atol=1e-12, err_msg=f"{kind=}, {norm=}"
        )
        np.testing.assert_allclose(
            columns(bloq.adjoint()), U.conj().T, atol=1e-12, err_msg=f"{kind=}, {norm=}"
        )


@pytest.mark.parametrize("size", [2, 8])
def test_a_vector_is_prepared_by_a_unitary(size, rng):
    """Also where the first entry is zero, tiny, negative or all there is."""
    for first, alpha in product((0.0, 0.2, 1.0, -1.0, 1e-12, 0.3j), (1.0, 2.5)):
        v = rng.normal(size=size) + 1j * rng.normal(size=size)
        v[0] = 0
        v *= np.sqrt(max(0, 1 - abs(first) ** 2)) / np.linalg.norm(v)
        v[0] = first
        bloq = VectorDilation.of_vector(v, alpha)
        np.testing.assert_allclose(
            encoded_vector(bloq, STAND_INS), v, atol=1e-12, err_msg=f"{first=}, {alpha=}"
        )
        U = columns(bloq)
        assert np.linalg.norm(U[::2, 0]) == pytest.approx(1 / alpha, abs=1e-12), (
            f"{first=}, {alpha=}"
        )
        np.testing.assert_allclose(
            U.conj().T @ U, np.eye(2 * size), atol=1e-12, err_msg=f"{first=}, {alpha=}"
        )
        np.testing.assert_allclose(
            columns(bloq.adjoint()), U.conj().T, atol=1e-12, err_msg=f"{first=}, {alpha=}"
        )


@pytest.mark.parametrize("bloq", [MATRIX, VECTOR], ids=str)
def test_control_decides_between_it_and_the_identity(bloq):
    """With its phase; the inverse of the controlled form as well."""
    U = columns(bloq)
    one, zero = np.eye(len(U)), np.zeros_like(U)
    np.testing.assert_allclose(
        columns(bloq.controlled()), np.block([[one, zero], [zero, U]]), atol=1e-12
    )
    np.testing.assert_allclose(
        columns(bloq.controlled().adjoint()),
        np.block([[one, zero], [zero, U.conj().T]]),
        atol=1e-12,
    )


def test_a_stand_in_for_a_circuit_encodes_what_the_circuit_does(matrix_leaf, vector_leaf):
    """Complex, with garbage behind two flags; alpha and epsilon are taken over."""
    matrix, vector = matrix_leaf(2, 2, 3.0, 0.25), vector_leaf(2, 2, 0.125)
    for found, wanted, encoded in (
        (Dilation.of(matrix), matrix, encoded_matrix),
        (VectorDilation.of(vector), vector, encoded_vector),
    ):
        np.testing.assert_allclose(encoded(found, STAND_INS), encoded(wanted), atol=1e-9)
        assert (found.alpha, found.epsilon) == (pytest.approx(wanted.alpha), wanted.epsilon)
        assert (found.system_bitsize, found.ancilla_bitsize) == (2, 1)


def test_it_serves_inside_a_composition(matrix_leaf, vector_leaf):
    """Matrix times vector, each part in turn replaced, and the diagonal of a vector."""
    matrix, vector = matrix_leaf(2, 1, 1.5), vector_leaf(2, 1)
    wanted = matrix.matrix @ vector.block * vector.alpha
    norm = float(np.linalg.norm(wanted))
    fidelities = []
    for A in (matrix, Dilation.of(matrix)):
        for v in (vector, VectorDilation.of(vector)):
            bloq = MatrixVector(A, v, norm)
            np.testing.assert_allclose(encoded_vector(bloq, STAND_INS), wanted / norm, atol=1e-9)
            fidelities.append(Runner.of(bloq, STAND_INS).fidelity)
    assert fidelities == ["gate by gate", "vector", "dilated", "vector"]
    diagonal = DiagonalEncoding(VectorDilation.of(vector))
    wanted = np.diag(vector.block * vector.alpha)
    np.testing.assert_allclose(encoded_matrix(diagonal, STAND_INS), wanted, atol=1e-9)


def test_the_lowest_rung_names_the_run():
    """Order of arguments is of no importance."""
    assert lowest_fidelity([]) is Fidelity.GATE_BY_GATE
    assert lowest_fidelity([Toffoli]) is Fidelity.BLOCK_BY_BLOCK
    for classes in ([Toffoli, Dilation], [Dilation, Toffoli]):
        assert lowest_fidelity(classes) is Fidelity.DILATED
    for classes in ([VectorDilation, Dilation], [Dilation, VectorDilation, Toffoli]):
        assert lowest_fidelity(classes) is Fidelity.VECTOR


def test_a_long_vector_takes_no_matrix(rng):
    """2**16 entries, where a matrix would fill 256 GiB."""
    v = rng.normal(size=2**16)
    v /= np.linalg.norm(v)
    found = encoded_vector(VectorDilation.of_vector(v), STAND_INS)
    np.testing.assert_allclose(found, v, atol=1e-12)


@pytest.mark.parametrize(
    "bloq",
    [MATRIX, VECTOR, MATRIX.adjoint(), VECTOR.controlled()],
    ids=["matrix", "vector", "inverse", "controlled"],
)
def test_it_has_no_circuit_and_refuses_a_cost(bloq):
    """Zero would be the worst answer; a composition that holds one has no cost either."""
    with pytest.raises(DecomposeTypeError, match="stands in for a circuit and has none of its own"):
        bloq.decompose_bloq()
    with pytest.raises(DecomposeTypeError, match="has no circuit and is not a gate"):
        Runner.of(bloq)
    with pytest.raises(ValueError, match="in simulation and has no cost; ask the circuit"):
        bloq.build_call_graph(SympySymbolAllocator())
    with pytest.raises(ValueError, match="in simulation and has no cost; ask the circuit"):
        cost_by_annotation(bloq)
    with pytest.raises(DecomposeTypeError):
        cost_by_counting(bloq)


def test_a_composition_with_a_stand_in_has_no_cost():
    whole = MatrixVector(MATRIX, VectorDilation.of_vector(np.array([0.6, 0.8])), norm=0.2)
    with pytest.raises(ValueError, match="stands in for a circuit in simulation and has no cost"):
        cost_by_annotation(whole)


@pytest.mark.parametrize(
    ("matrix", "alpha", "epsilon", "message"),
    [
        (np.eye(3), 1.0, 0.0, "a power of two >= 2 rows, got 3 rows"),
        (np.eye(1), 1.0, 0.0, "a power of two >= 2 rows, got 1 rows"),
        (np.ones((4, 2)), 4.0, 0.0, r"square matrix .* got 4 rows of length 2"),
        (np.ones(4), 4.0, 0.0, r"needs a matrix, got an array of shape \(4,\)"),
        (np.ones((2, 2)), 1.0, 0.0, "a matrix of norm at most alpha, got 2.0"),
        (np.eye(2) * np.nan, 1.0, 0.0, "a dilation needs finite entries"),
        (np.eye(2), 0.0, 0.0, "alpha > 0 and epsilon >= 0, got alpha=0.0 and epsilon=0.0"),
        (np.eye(2), 1.0, -0.1, "alpha > 0 and epsilon >= 0, got alpha=1.0 and epsilon=-0.1"),
    ],
)
def test_refuses_what_is_no_block_encoding(matrix, alpha, epsilon, message):
    with pytest.raises(ValueError, match=message):
        Dilation.of_matrix(matrix, alpha, epsilon)


@pytest.mark.parametrize(
    ("vector", "alpha", "epsilon", "message"),
    [
        (np.ones(3) / 2, 1.0, 0.0, "a power of two >= 2 entries, got 3 entries"),
        (np.ones(1), 1.0, 0.0, "a power of two >= 2 entries, got 1 entries"),
        (np.ones((2, 2)) / 2, 1.0, 0.0, r"needs a vector, got an array of shape \(2, 2\)"),
        (np.ones(4), 1.0, 0.0, "a vector of length at most alpha, got 2.0"),
        (np.array([np.inf, 0]), 1.0, 0.0, "a vector's dilation needs finite entries"),
        (np.array([1.0, 0]), 0.5, 0.0, "alpha >= 1 and epsilon >= 0, got alpha=0.5"),
        (np.array([1.0, 0]), 1.0, -0.1, "alpha >= 1 and epsilon >= 0, got alpha=1.0 and epsilon"),
    ],
)
def test_refuses_what_is_no_vector_encoding(vector, alpha, epsilon, message):
    with pytest.raises(ValueError, match=message):
        VectorDilation.of_vector(vector, alpha, epsilon)


@pytest.mark.parametrize("is_adjoint", [False, True])
@pytest.mark.parametrize("rotation", Rotation)
def test_a_part_as_one_matrix_is_its_circuit(rotation, is_adjoint):
    encoding = LoadedVector.of(np.array([0.5, -0.5, 0.5, 0.5]), 4, QROMLoader(), rotation)
    bloq = encoding.adjoint() if is_adjoint else encoding
    found = cirq.unitary(as_matrix(bloq))
    np.testing.assert_allclose(found, Runner.of(bloq).columns(range(len(found))), atol=1e-12)


def test_a_part_that_is_too_large_for_one_matrix_is_refused():
    encoding = LoadedVector.of(np.ones(2**11) / 2**5.5, 4, QROMLoader(), Rotation.BITWISE)
    with pytest.raises(ValueError, match="more than the 10 of a part that is one gate"):
        as_matrix(encoding)
