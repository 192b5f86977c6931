"""Reflection for a guess, then projection: solutions, claims, calls, limits."""

import numpy as np
import pytest

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.circuits.guessed_solver import GuessedSolver
from bloqs.linear_systems.model.guessed import best_stages
from bloqs.linear_systems.model.kernel_polynomial import kernel_polynomial, margin_of
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import run
from bloqs.simulation.runner import Fidelity, Runner, encoded_vector
from bloqs.simulation.vector_dilation import VectorDilation
from estimator import symbols
from estimator.costs.cost import cost_by_annotation
from proofs.forms import vector_forms, vector_specified
from proofs.linear_systems.random_systems import random_system


def expected(system, guess, degrees):
    """In NumPy: both polynomials, of the new unknown."""
    size = len(system.vector)
    whole = np.zeros((size + 1, size + 1), dtype=complex)
    whole[:size, :size], whole[size, size] = system.matrix, 1 / guess
    right, state = np.append(system.vector, 1.0) / np.sqrt(2), np.eye(size + 1)[size]
    kernels = (
        (whole - np.outer(right, right.conj() @ whole), "reflection"),
        (
            system.matrix - np.outer(system.vector, system.vector.conj() @ system.matrix),
            "projection",
        ),
    )
    for (kernel, kind), degree in zip(kernels, degrees, strict=True):
        _, values, basis = np.linalg.svd(kernel)
        polynomial = kernel_polynomial(system.condition, degree, kind)
        outputs = (1 - margin_of(degree)) * polynomial.evaluate(np.clip(values, 0, 1))
        state = (basis.conj().T * outputs) @ (basis @ state[: len(basis)])
    return state[:size]


@pytest.mark.parametrize("shape", ["definite", "indefinite", "general"])
@pytest.mark.parametrize(
    ("size", "condition", "guess"), [(2, 1.5, 1.1), (4, 1.0, 1.0), (8, 8.0, 5.0), (8, 8.0, 1.5)]
)
def test_solves(shape, size, condition, guess):
    """Dilated: what NumPy says, and within every claim; a failed reflection is not let through."""
    system = random_system(shape, size, condition, size)
    parts = Dilation.of_matrix(system.matrix), VectorDilation.of_vector(system.vector)
    bloq = GuessedSolver.of(*parts, condition, system.norm, 0.05, guess=guess)
    found = run(bloq).vector
    degrees = bloq.degree, bloq.projection_degree
    wanted = expected(system, guess, degrees)
    np.testing.assert_allclose(found, wanted, atol=1e-9)
    off = np.linalg.norm(float(bloq.alpha) * found - system.direction)
    assert off <= float(bloq.epsilon) + 1e-9
    away = np.linalg.norm(found / np.linalg.norm(found) - system.direction)
    assert away <= float(bloq.state_error) + 1e-9
    assert bloq.state_error < bloq.epsilon or condition == 1


def test_gate_by_gate(matrix_leaf, vector_leaf, costs_agree):
    """Every gate of both stages, plain and controlled."""
    leaf, vector = matrix_leaf(1, 1, 1.0), vector_leaf(1, 0)
    norm = float(np.linalg.norm(np.linalg.solve(leaf.matrix, vector.vector)))
    condition = float(np.linalg.norm(np.linalg.inv(leaf.matrix), 2))
    bloq = GuessedSolver.of(leaf, vector, condition, norm, 0.5, guess=condition)
    assert Runner.of(bloq).fidelity is Fidelity.GATE_BY_GATE
    found = encoded_vector(bloq) / float(bloq.alpha)
    x = np.linalg.solve(leaf.matrix, vector.vector) / norm
    assert np.linalg.norm(found / np.linalg.norm(found) - x) <= float(bloq.state_error)
    forms, _ = vector_forms(bloq)
    np.testing.assert_allclose(forms, vector_specified(float(bloq.alpha) * found), atol=1e-9)
    costs_agree(bloq)


def test_calls():
    """One of b for each of A, as many as both degrees."""
    matrix, vector = MatrixOracle(3, 2), VectorOracle(3, 1)
    bloq = GuessedSolver.sized(matrix, vector, 20, symbols.norm, 0.01, guess=4.0)
    stages = best_stages(20, 0.01)
    total = stages.reflection + stages.projection
    for form in (bloq, bloq.adjoint(), bloq.controlled()):
        assert cost_by_annotation(form).queries == {"matrix": total, "vector": total}
    assert bloq.ancilla_bitsize == 2 + 1 + 3
    assert float(bloq.alpha.subs({symbols.norm: 4})) == pytest.approx(1, abs=0.1)


def test_errors_in_symbols_are_those_in_numbers():
    """For exact parts; of parts that err, more is claimed in symbols."""
    parts = MatrixOracle(3, 1), VectorOracle(3, 0)
    bloq = GuessedSolver(*parts, 20, 3.0, None, 60, 40, guess=4.0)
    symbolic = GuessedSolver(*parts, 20, symbols.norm, None, 60, 40, guess=4.0)
    for name in ("epsilon", "state_error", "alpha"):
        claimed = getattr(symbolic, name).subs({symbols.norm: 3.0})
        assert float(claimed) == pytest.approx(float(getattr(bloq, name)), rel=1e-3)
    off = MatrixOracle(3, 1, 1, 1e-4), VectorOracle(3, 0)
    bloq = GuessedSolver(*off, 20, 3.0, None, 60, 40, guess=4.0)
    symbolic = GuessedSolver(*off, 20, symbols.norm, None, 60, 40, guess=4.0)
    assert 20 * 1e-4 < float(bloq.state_error) < float(symbolic.state_error.subs({symbols.norm: 3}))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"guess": 6.0}, "between 1 and kappa=5, got 6"),
        ({"guess": 0.9}, "between 1 and kappa=5, got 0.9"),
        ({"projection_degree": 3}, "even degree >= 2, got 3"),
        ({"degree": 1}, "even degree >= 2, got 1"),
        ({"phases": ((0.1,), (0.1,))}, "degree 2 needs 3 phases, got 1"),
    ],
)
def test_refusals(change, message):
    given = {"encoding": MatrixOracle(2, 1), "vector": VectorOracle(2, 0), "condition": 5.0}
    given |= {"norm": 2.0, "phases": None, "degree": 2, "projection_degree": 2, "guess": 2.0}
    with pytest.raises(ValueError, match=message):
        GuessedSolver(**{**given, **change})
