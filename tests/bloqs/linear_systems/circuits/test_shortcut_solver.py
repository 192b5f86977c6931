"""The shortcut: solutions of every kind of system, calls, claims, limits."""

import numpy as np
import pytest
import sympy

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.circuits.shortcut_solver import ShortcutSolver
from bloqs.linear_systems.model.kernel_polynomial import kernel_polynomial, margin_of
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import run
from bloqs.simulation.runner import Fidelity, Runner, encoded_vector
from bloqs.simulation.vector_dilation import VectorDilation
from estimator import symbols
from estimator.costs.cost import cost_by_annotation
from proofs.forms import vector_forms, vector_specified
from proofs.linear_systems.random_systems import random_system


def dilated(system):
    """Stand-ins for the encodings of a system."""
    return Dilation.of_matrix(system.matrix), VectorDilation.of_vector(system.vector)


def expected(system, guess, degree):
    """In NumPy: the polynomial about the kernel, of the new unknown; the old unknowns of it."""
    size = len(system.vector)
    whole = np.zeros((size + 1, size + 1), dtype=complex)
    whole[:size, :size], whole[size, size] = system.matrix, 1 / guess
    right = np.append(system.vector, 1.0) / np.sqrt(2)
    _, values, basis = np.linalg.svd(whole - np.outer(right, right.conj() @ whole))
    polynomial = kernel_polynomial(system.condition, degree, "reflection")
    outputs = (1 - margin_of(degree)) * polynomial.evaluate(np.clip(values, 0, 1))
    return ((basis.conj().T * outputs) @ basis[:, size])[:size]


@pytest.mark.parametrize("shape", ["definite", "indefinite", "general"])
@pytest.mark.parametrize(
    ("size", "condition", "error"),
    [
        (2, 1.5, 0.2),
        (4, 5.0, 0.05),
        (8, 20.0, 0.01),
        (64, 10.0, 0.1),
        pytest.param(256, 20.0, 0.01, marks=pytest.mark.slow),
    ],
)
def test_solves(shape, size, condition, error):
    """Dilated: what NumPy says of the same polynomial, within the claims of alpha and epsilon."""
    system = random_system(shape, size, condition, size)
    bloq = ShortcutSolver.of(*dilated(system), condition, system.norm, error)
    found = run(bloq).vector
    np.testing.assert_allclose(found, expected(system, system.norm, bloq.degree), atol=1e-9)
    assert np.linalg.norm(found / np.linalg.norm(found) - system.direction) <= error
    off = np.linalg.norm(float(bloq.alpha) * found - system.direction)
    assert off <= float(bloq.epsilon) == float(bloq.state_error) <= error


@pytest.mark.parametrize("ratio", [0.4, 1.8])
def test_a_guess_in_place_of_the_norm(ratio):
    """alpha is one over sin 2 theta, and the direction is as good."""
    system = random_system("general", 4, 12.0, 0)
    guess = ratio * system.norm
    known = ShortcutSolver.of(*dilated(system), 12.0, system.norm, 0.02)
    bloq = ShortcutSolver(
        known.encoding, known.vector, 12.0, system.norm, known.phases, known.degree, guess=guess
    )
    found = run(bloq).vector
    np.testing.assert_allclose(found, expected(system, guess, bloq.degree), atol=1e-9)
    off = np.linalg.norm(float(bloq.alpha) * found - system.direction)
    assert off <= float(bloq.epsilon) < float(bloq.state_error)
    assert np.linalg.norm(found / np.linalg.norm(found) - system.direction) < bloq.state_error
    assert float(bloq.alpha) == pytest.approx((1 + ratio**2) / (2 * ratio), rel=0.02)


@pytest.mark.parametrize(("n", "a"), [(1, 1), (2, 1)])
def test_gate_by_gate(n, a, matrix_leaf, vector_leaf, costs_agree):
    """Every gate of a whole inversion, plain and controlled, of a matrix that is not Hermitian."""
    leaf, vector = matrix_leaf(n, a, 1.0), vector_leaf(n, 0)
    x = np.linalg.solve(leaf.matrix, vector.vector)
    norm = float(np.linalg.norm(x))
    condition = float(np.linalg.norm(np.linalg.inv(leaf.matrix), 2))
    bloq = ShortcutSolver.of(leaf, vector, condition, norm, 0.5)
    assert Runner.of(bloq).fidelity is Fidelity.GATE_BY_GATE
    found = encoded_vector(bloq)
    assert np.linalg.norm(found - x / norm) <= float(bloq.epsilon) <= 0.5
    forms, _ = vector_forms(bloq)
    np.testing.assert_allclose(forms, vector_specified(found), atol=1e-9)
    costs_agree(bloq)


def test_one_call_of_b_for_each_of_a():
    """kappa = 20, epsilon = 0.01: 114 of each, and every one of them controlled by the branch."""
    matrix, vector = MatrixOracle(3, 2), VectorOracle(3, 0)
    bloq = ShortcutSolver.sized(matrix, vector, 20, 3.0, 0.01)
    for form in (bloq, bloq.adjoint(), bloq.controlled()):
        assert cost_by_annotation(form).queries == {"matrix": 114, "vector": 114}
    assert (bloq.degree, bloq.ancilla_bitsize) == (114, 4)
    assert float(bloq.epsilon) <= 0.01
    symbolic = ShortcutSolver.sized(matrix, vector, symbols.kappa, symbols.norm, symbols.epsilon)
    at = {symbols.kappa: 20, symbols.epsilon: sympy.Rational(1, 100)}
    queries = cost_by_annotation(symbolic).queries
    assert {name: int(calls.subs(at)) for name, calls in queries.items()} == {
        "matrix": 114,
        "vector": 114,
    }


def test_condition_one():
    """A unitary matrix: degree 2, no error."""
    system = random_system("general", 4, 1.0, 3)
    bloq = ShortcutSolver.of(*dilated(system), 1.0, 1.0, 0.01)
    assert bloq.degree == 2
    np.testing.assert_allclose(run(bloq).vector, system.direction, atol=1e-9)
    assert float(bloq.epsilon) == pytest.approx(0, abs=1e-12)


def test_errors_of_the_parts_are_in_the_claim():
    """In numbers by the perturbed system, in symbols by the general bound, which is far larger."""
    exact = ShortcutSolver.sized(MatrixOracle(3, 1), VectorOracle(3, 0), 20, 3.0, 0.01)
    matrix, vector = MatrixOracle(3, 1, 2, 2e-5), VectorOracle(3, 0, 1e-5)
    off = ShortcutSolver.sized(matrix, vector, 20, 3.0, 0.01)
    added = float(off.epsilon) - float(exact.epsilon)
    assert 20 * 1e-5 < added < 4 * 20 * 2e-5
    symbolic = ShortcutSolver(
        MatrixOracle(3, 1, 2, symbols.e_0), vector, 20, 3.0, None, exact.degree
    )
    general = float(symbolic.epsilon.subs({symbols.e_0: 2e-5}))
    assert general > float(off.epsilon)
    assert float(symbolic.epsilon.subs({symbols.e_0: 0})) > float(exact.epsilon)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"condition": 0.5}, "needs kappa = alpha |A^-1| >= 1, got 0.5"),
        ({"norm": 0.5}, ">= 1, got 0.5"),
        ({"norm": 7.0}, "<= kappa = 5, got 7"),
        ({"guess": 7.0}, "between 1 and kappa=5, got 7"),
        ({"guess": 0.5}, "between 1 and kappa=5, got 0.5"),
        ({"degree": 3}, "even degree >= 2, got 3"),
        ({"vector": VectorOracle(3, 0)}, "parts of equal size, got 2 and 3"),
        ({"vector": VectorDilation((0.5, 0.0, 0.0, 0.0), 2.0)}, "with alpha = 1, got alpha=2"),
    ],
)
def test_refusals(change, message):
    given = {"encoding": MatrixOracle(2, 1), "vector": VectorOracle(2, 0), "condition": 5.0}
    given |= {"norm": 2.0, "phases": None, "degree": 2, **change}
    with pytest.raises(ValueError, match=message.replace("|", r"\|").replace("^", r"\^")):
        ShortcutSolver(**given)
