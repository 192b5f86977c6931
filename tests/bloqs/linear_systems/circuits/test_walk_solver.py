"""The walk and its filter: solutions, flags, parity, calls, claims, limits."""

import attrs
import numpy as np
import pytest

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.circuits.kernel_filter import kernel_phases
from bloqs.linear_systems.circuits.walk_solver import WalkSolver
from bloqs.linear_systems.model.kernel_polynomial import kernel_polynomial, margin_of
from bloqs.linear_systems.model.matrix import LinearProblem
from bloqs.linear_systems.model.walk import PRACTICAL, PROVEN, best_lengths
from bloqs.linear_systems.model.walk_evolution import Outcome, walked
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import run
from bloqs.simulation.runner import Fidelity, Runner, encoded_vector
from bloqs.simulation.vector_dilation import VectorDilation
from estimator import symbols
from estimator.costs.cost import cost_by_annotation
from proofs.forms import vector_forms, vector_specified
from proofs.leaves import HermitianLeaf, VectorLeaf
from proofs.linear_systems.random_systems import LinearSystem, random_system

SHAPES = pytest.mark.parametrize(
    ("spectrum", "shape"),
    [("definite", "definite"), ("indefinite", "general"), ("general", "general")],
)


def expected(system, steps, degree, shape):
    """In NumPy: the walk's state where its flags are zero, and the projection of it."""
    state = walked(system.matrix, system.vector, system.condition, steps, shape)
    kernel = system.matrix - np.outer(system.vector, system.vector.conj() @ system.matrix)
    _, values, basis = np.linalg.svd(kernel)
    polynomial = kernel_polynomial(system.condition, degree, "projection")
    outputs = (1 - margin_of(degree)) * polynomial.evaluate(np.clip(values, 0, 1))
    found = state[0, 1 if shape == "general" else 0, 0, 0]
    return (basis.conj().T * outputs) @ (basis @ found)


def test_zero_columns_are_never_met(rng):
    """More equations than unknowns: the walk and the filter stay in the span of the rows."""
    A = rng.normal(size=(8, 3))
    problem = LinearProblem.of(A, A @ rng.normal(size=3))
    alpha = 1.2 * problem.values[0]
    parts = Dilation.of_matrix(problem.matrix, alpha), VectorDilation.of_vector(problem.vector)
    condition, norm = problem.kappa(alpha), problem.norm(alpha)
    found = run(WalkSolver.of(*parts, condition, norm, 0.05, shape="general")).vector
    assert np.linalg.norm(found) ** 2 >= 0.5
    wanted = problem.solution / np.linalg.norm(problem.solution)
    assert np.linalg.norm(found / np.linalg.norm(found) - wanted) <= 0.05


@SHAPES
@pytest.mark.parametrize(
    ("size", "condition", "error"),
    [
        (2, 3.0, 0.1),
        (4, 1.0, 0.1),
        (8, 5.0, 0.01),
        pytest.param(64, 8.0, 0.1, marks=pytest.mark.slow),
        pytest.param(256, 8.0, 0.01, marks=pytest.mark.slow),
    ],
)
def test_solves(spectrum, shape, size, condition, error):
    """Dilated: what NumPy says of the same walk and polynomial; the state errs by less than asked.

    The distance after the walk is no bound but a mean; so the claims are seen for the distance
    that is measured.
    """
    system = random_system(spectrum, size, condition, size)
    parts = Dilation.of_matrix(system.matrix), VectorDilation.of_vector(system.vector)
    bloq = WalkSolver.of(*parts, condition, system.norm, error, shape=shape)
    found = run(bloq).vector
    wanted = expected(system, bloq.steps, bloq.degree, shape)
    np.testing.assert_allclose(found, wanted, atol=1e-9)
    away = np.linalg.norm(found / np.linalg.norm(found) - system.direction)
    assert away <= error
    state = walked(system.matrix, system.vector, condition, bloq.steps, shape)
    outcome = Outcome.of(state, system.matrix, system.vector)
    assert abs(np.linalg.norm(found) ** 2 - outcome.overlap**2) < error
    kept = attrs.evolve(bloq, distance=max(outcome.whole, 1e-6))
    assert away <= float(kept.state_error) + 1e-9
    off = np.linalg.norm(float(kept.alpha) * found - system.direction)
    assert off <= float(kept.epsilon) + 1e-9


def test_definite_walk_of_eight_unknowns_gate_by_gate():
    """Eight steps and a filter, every gate of them; one call of A a step."""
    leaf, vector = HermitianLeaf(4, 1.0, 3, 1), VectorLeaf(0, 3)
    matrix = leaf.matrix
    condition = float(1 / np.linalg.eigvalsh(matrix).min())
    assert condition > 4
    system = LinearSystem(matrix, vector.vector, condition)
    phases = kernel_phases(condition, 6, "projection")
    bloq = WalkSolver(leaf, vector, condition, system.norm, phases, 6, steps=8, distance=0.5)
    runner = Runner.of(bloq)
    assert runner.fidelity is Fidelity.GATE_BY_GATE
    found = encoded_vector(bloq) / float(bloq.alpha)
    np.testing.assert_allclose(found, expected(system, 8, 6, "definite"), atol=1e-9)
    away = np.linalg.norm(found / np.linalg.norm(found) - system.direction)
    assert away <= float(bloq.state_error) < 0.3
    cost = cost_by_annotation(
        WalkSolver(*_oracles(3), condition, 2.0, None, 6, steps=8, distance=0.5)
    )
    assert cost.queries == {"matrix": 8 + 6, "vector": 2 * 8 + 6 + 1}


def _oracles(n, is_hermitian=True):
    return MatrixOracle(n, 2, is_hermitian=is_hermitian), VectorOracle(n, 0)


@pytest.mark.parametrize("steps", [2, 4])
@pytest.mark.parametrize("shape", ["definite", "general"])
def test_small_walks_gate_by_gate(steps, shape, costs_agree):
    """Both signs that a walk can end with, plain and controlled, and the cost of every form."""
    leaf, vector = HermitianLeaf(0, 0.4), VectorLeaf(1, 1)
    condition = float(1 / np.linalg.eigvalsh(leaf.matrix).min())
    system = LinearSystem(leaf.matrix, vector.vector, condition)
    phases = kernel_phases(condition, 2, "projection")
    bloq = WalkSolver(
        leaf, vector, condition, system.norm, phases, 2, steps=steps, distance=1.0, shape=shape
    )
    forms, run_ = vector_forms(bloq)
    wanted = float(bloq.alpha) * expected(system, steps, 2, shape)
    np.testing.assert_allclose(forms, vector_specified(wanted), atol=1e-9)
    assert run_.fidelity == Fidelity.GATE_BY_GATE
    costs_agree(bloq)


def test_a_failed_walk_is_not_let_through():
    """What the walk leaves behind its flags is found behind a flag after the filter too."""
    system = random_system("general", 2, 4.0, 0)
    parts = Dilation.of_matrix(system.matrix), VectorDilation.of_vector(system.vector)
    phases = kernel_phases(4.0, 2, "projection")
    bloq = WalkSolver(*parts, 4.0, system.norm, phases, 2, steps=2, distance=1.2, shape="general")
    found = run(bloq).vector
    np.testing.assert_allclose(found, expected(system, 2, 2, "general"), atol=1e-9)
    state = walked(system.matrix, system.vector, 4.0, 2, "general")
    assert Outcome.of(state, system.matrix, system.vector).flag_probability < 0.6


@pytest.mark.parametrize(("is_hermitian", "calls"), [(True, 1), (False, 2)])
@pytest.mark.parametrize("shape", ["definite", "general"])
def test_calls(is_hermitian, calls, shape):
    """T + d of A, 2 T + d + 1 of b; the lengths are those of the model; in symbols the same."""
    parts = _oracles(3, is_hermitian)
    bloq = WalkSolver.sized(*parts, 20, symbols.norm, 0.01, shape=shape)
    found = best_lengths(20, 0.01, PRACTICAL[shape].value)
    assert (bloq.steps, bloq.degree) == (found.steps, found.degree)
    queries = {
        "matrix": calls * found.steps + found.degree,
        "vector": 2 * found.steps + found.degree + 1,
    }
    for form in (bloq, bloq.adjoint(), bloq.controlled()):
        assert cost_by_annotation(form).queries == queries
    assert bloq.ancilla_bitsize == 2 + 3 + int(shape == "general")
    proved = WalkSolver.sized(*parts, 20, symbols.norm, 0.01, shape="general", constant=PROVEN)
    assert proved.steps > 300 * found.steps
    symbolic = WalkSolver(
        *parts,
        symbols.kappa,
        2,
        None,
        symbols.degree,
        steps=symbols.steps,
        distance=0.5,
        shape=shape,
    )
    at = {symbols.degree: found.degree, symbols.steps: found.steps}
    assert {k: v.subs(at) for k, v in cost_by_annotation(symbolic).queries.items()} == queries


def test_claims_in_symbols_are_those_in_numbers():
    """For exact parts; with parts that err, the condition number is in the claim."""
    parts = _oracles(3)
    bloq = WalkSolver(*parts, 10, 2.0, None, 40, steps=8, distance=0.5)
    symbolic = WalkSolver(*parts, 10, 2.0, None, 40, steps=8, distance=symbols.delta)
    for name in ("alpha", "epsilon", "state_error"):
        claimed = getattr(symbolic, name).subs({symbols.delta: 0.5})
        assert float(claimed) == pytest.approx(float(getattr(bloq, name)), rel=1e-9)
    matrix = MatrixOracle(3, 2, 1, 1e-4, is_hermitian=True)
    off = WalkSolver(matrix, parts[1], 10, symbols.norm, None, 40, steps=8, distance=0.5)
    assert 10 * 1e-4 < float(off.state_error) - float(bloq.state_error) < 3 * 10 * 1e-4


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"steps": 7}, "an even number of steps >= 2.*got 7; take 8"),
        ({"steps": 0}, "an even number of steps >= 2.*got 0; take 2"),
        ({"distance": 1.5}, r"a distance in \(0, sqrt\(2\)\) from the solution, got 1.5"),
        ({"distance": 0.0}, r"a distance in \(0, sqrt\(2\)\) from the solution, got 0.0"),
        ({"degree": 3}, "even degree >= 2, got 3"),
        ({"condition": 0.5}, r"needs kappa = alpha \|A\^-1\| >= 1, got 0.5"),
        ({"vector": VectorOracle(3, 0)}, "parts of equal size, got 2 and 3"),
    ],
)
def test_refusals(change, message):
    given = {"encoding": MatrixOracle(2, 1), "vector": VectorOracle(2, 0), "condition": 5.0}
    given |= {"norm": 2.0, "phases": None, "degree": 2, "steps": 2, "distance": 0.5, **change}
    with pytest.raises(ValueError, match=message):
        WalkSolver(**given)
