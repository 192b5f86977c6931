"""A polynomial about a kernel: operator, control, calls, error, limits."""

import numpy as np
import pytest
import sympy
from qualtran import DecomposeTypeError

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.circuits.kernel_filter import KernelFilter, kernel_phases
from bloqs.linear_systems.model.kernel_polynomial import kernel_polynomial, suppression
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import BLOCKS
from bloqs.simulation.runner import Fidelity, Runner, encoded_matrix
from bloqs.simulation.vector_dilation import VectorDilation
from estimator import symbols
from estimator.costs.cost import cost_by_annotation
from proofs.linear_systems.random_systems import random_system


def transformed(matrix, vector, phases):
    """The even real polynomial of the phases, of the singular values off the vector."""
    kernel = matrix - np.outer(vector, vector.conj() @ matrix)
    _, values, basis = np.linalg.svd(kernel)
    outputs = []
    for x in np.clip(values, 0, 1):
        s, product = np.sqrt(1 - x * x), np.diag(np.exp([1j * phases[0], -1j * phases[0]]))
        for phi in phases[1:]:
            step = np.array([[x, s], [s, -x]]) @ np.diag(np.exp([1j * phi, -1j * phi]))
            product = product @ step
        outputs.append(product[0, 0].real)
    return (basis.conj().T * outputs) @ basis


@pytest.mark.parametrize(("n", "a", "degree"), [(1, 1, 2), (2, 1, 4), (1, 2, 6)])
def test_gate_by_gate(n, a, degree, matrix_leaf, vector_leaf, rng, switches):
    """A complex matrix that is not Hermitian, random phases; the control is one."""
    matrix, vector = matrix_leaf(n, a, 2.0), vector_leaf(n, 0)
    phases = tuple(float(x) for x in rng.uniform(-np.pi, np.pi, degree + 1))
    bloq = KernelFilter(matrix, vector, phases, degree)
    assert Runner.of(bloq).fidelity is Fidelity.GATE_BY_GATE
    wanted = transformed(matrix.matrix / 2, vector.vector, phases)
    np.testing.assert_allclose(encoded_matrix(bloq), wanted, atol=1e-9)
    np.testing.assert_allclose(encoded_matrix(bloq.adjoint()), wanted.conj().T, atol=1e-9)
    switches(bloq)


@pytest.mark.parametrize("shape", ["definite", "indefinite", "general"])
@pytest.mark.parametrize("kind", ["reflection", "projection"])
@pytest.mark.parametrize("size", [2, 8, pytest.param(64, marks=pytest.mark.slow)])
def test_the_kernel_is_the_solution(shape, kind, size):
    """Dilated: P of the singular values in NumPy; the solution stays, the rest is as it should."""
    system, condition, degree = random_system(shape, size, 6.0, size), 6.0, 30
    parts = Dilation.of_matrix(system.matrix), VectorDilation.of_vector(system.vector)
    bloq = KernelFilter.of(*parts, condition, degree, kind)
    found = encoded_matrix(bloq, BLOCKS)
    kernel = system.matrix - np.outer(system.vector, system.vector.conj() @ system.matrix)
    _, values, basis = np.linalg.svd(kernel)
    outputs = kernel_polynomial(condition, degree, kind).evaluate(np.clip(values, 0, 1))
    np.testing.assert_allclose(found, (basis.conj().T * outputs) @ basis, atol=1e-9)
    np.testing.assert_allclose(found @ system.direction, system.direction, atol=1e-9)
    rest = np.eye(size) - np.outer(system.direction, system.direction.conj())
    small = suppression(condition, degree)
    off = np.linalg.norm(found @ rest + (kind == "reflection") * rest, 2)
    assert off <= (4 * small / (1 + small) if kind == "reflection" else small) + 1e-9


@pytest.mark.parametrize("degree", [2, 6])
def test_calls(degree, costs_agree, matrix_leaf, vector_leaf):
    """d of each, none controlled, also under control; the symbolic degree gives the same."""
    matrix, vector = MatrixOracle(3, 2), VectorOracle(3, 1)
    bloq = KernelFilter(matrix, vector, None, degree)
    for form in (bloq, bloq.adjoint(), bloq.controlled()):
        assert cost_by_annotation(form).queries == {"matrix": degree, "vector": degree}
    cost = cost_by_annotation(bloq)
    assert cost.rotations == degree + 1
    assert cost.toffoli == (degree // 2 + 1) * (2 - 1) + degree // 2 * (2 + 3 + 1 - 1)
    symbolic = KernelFilter(matrix, vector, None, symbols.degree)
    for form, same in ((bloq, symbolic), (bloq.controlled(), symbolic.controlled())):
        assert cost_by_annotation(same).subs({symbols.degree: degree}) == cost_by_annotation(form)
    phases = (0.1,) * (degree + 1)
    costs_agree(KernelFilter(matrix_leaf(1, 1, 1.0), vector_leaf(1, 0), phases, degree))


def test_error_claimed_is_not_exceeded(perturbed):
    """A matrix and a vector that are off: the operator moves by less than is claimed."""
    degree, ratios = 4, []
    for seed in range(40):
        system = random_system("general", 4, 3.0, seed)
        matrix = perturbed(0.9 * system.matrix, 0.1)
        vector = perturbed(system.vector, 0.05)
        vector = vector / np.linalg.norm(vector)
        off = float(np.linalg.norm(matrix - system.matrix, 2))
        moved = float(np.linalg.norm(vector - system.vector))
        phases = tuple(np.random.default_rng(seed).uniform(-np.pi, np.pi, degree + 1))
        difference = transformed(matrix, vector, phases) - transformed(
            system.matrix, system.vector, phases
        )
        bloq = KernelFilter(
            MatrixOracle(2, 1, 1.0, off), VectorOracle(2, 0, moved), None, degree, error=0.25
        )
        ratios.append(np.linalg.norm(difference, 2) / (float(bloq.epsilon) - 0.25))
    assert 0 < max(ratios) <= 1
    flagged = KernelFilter(MatrixOracle(2, 1), VectorOracle(2, 1, 0.02), None, 2)
    assert float(flagged.epsilon) == pytest.approx(4 * 2 * np.sqrt(np.sqrt(2 * 0.02)))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"degree": 3}, "a kernel filter needs an even degree >= 2, got 3"),
        ({"degree": 0}, "a kernel filter needs an even degree >= 2, got 0"),
        ({"phases": (0.1, 0.2)}, "degree 2 needs 3 phases, got 2"),
        ({"phases": (0.1, np.nan, 0.2)}, "needs finite real phases, got nan for number 1"),
        ({"degree": 2.0}, r"kernel filter needs a whole number as its degree, got 2\.0"),
        ({"error": -0.1}, "kernel filter needs error >= 0, got error=-0.1"),
        ({"vector": UniformVector(3)}, "parts of equal size, got 2 and 3 system qubits"),
        ({"encoding": MatrixOracle(2, 0)}, "has no ancilla; a kernel filter needs at least one"),
        ({"encoding": MatrixOracle(2, 1, is_controlled=True)}, "has a control"),
        (
            {"vector": VectorDilation((0.5, 0.0, 0.0, 0.0), 2.0)},
            "needs a vector with alpha = 1, got alpha=2",
        ),
    ],
)
def test_refusals(change, message):
    given = {"encoding": MatrixOracle(2, 1), "vector": UniformVector(2), "phases": None}
    with pytest.raises(ValueError, match=message):
        KernelFilter(**{**given, "degree": 2, **change})


def test_no_circuit_without_phases_nor_phases_for_a_huge_degree():
    bloq = KernelFilter(MatrixOracle(2, 1), UniformVector(2), None, 20_000)
    with pytest.raises(DecomposeTypeError, match="has no phases, so it has no circuit"):
        bloq.decompose_bloq()
    with pytest.raises(ValueError, match="found up to degree 15000, got 20000"):
        kernel_phases(1e4, 20_000, "reflection")
    assert sympy.sympify(bloq.epsilon) == 0
