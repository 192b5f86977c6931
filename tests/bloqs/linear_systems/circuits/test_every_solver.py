"""Every solver with one polynomial against NumPy: the direction, the claimed error, the success.

Matrix and vector are dilated and rotations by a table are one gate; what is around them is gate by
gate.
"""

from functools import partial

import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.linear_systems.circuits.cks_solver import ChebyshevSolver
from bloqs.linear_systems.circuits.perturbation_solver import PerturbationSolver
from bloqs.linear_systems.circuits.transform_solver import TransformSolver
from bloqs.linear_systems.model.condition import sine_of
from bloqs.linear_systems.model.inverse import (
    KINDS,
    chebyshev_weights,
    inverse_of,
    inverse_plan,
)
from bloqs.linear_systems.model.perturbation import perturbation_plan
from bloqs.linear_systems.model.window import Window, window_plan
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import encoded_vector
from bloqs.simulation.vector_dilation import VectorDilation

BITS = 16
BLOCKS = {**STAND_INS, RotationLevel: as_one_gate}


def problem(kind, n, condition, seed):
    """A matrix with singular values in [1/condition, 1], both ends among them, and a unit b."""
    rng = np.random.default_rng(seed)
    left, _ = np.linalg.qr(rng.normal(size=(2**n, 2**n)))
    right, _ = np.linalg.qr(rng.normal(size=(2**n, 2**n)))
    values = np.concatenate([[1, 1 / condition], rng.uniform(1 / condition, 1, 2**n - 2)])
    if kind == "definite":
        right = left
    if kind == "indefinite":
        right = left * np.where(np.arange(2**n) % 2, -1, 1)
    b = rng.normal(size=2**n)
    return left @ np.diag(values) @ right.T, b / np.linalg.norm(b)


def chebyshev(matrix, vector, condition, norm, error):
    return ChebyshevSolver.of(
        matrix, vector, condition, norm, error, BITS, QROMLoader(), Rotation.BITWISE
    )


SOLVERS = {kind: partial(TransformSolver.of, kind=kind) for kind in KINDS} | {"cks": chebyshev}


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("kind", ["definite", "indefinite", "general"])
@pytest.mark.parametrize(
    ("n", "condition", "error"),
    [
        (1, 1, 0.1),
        (1, 3, 0.05),
        (2, 2, 1e-2),
        pytest.param(3, 6, 1e-3, marks=pytest.mark.slow),
        pytest.param(4, 10, 1e-2, marks=pytest.mark.slow),
    ],
)
def test_the_solution_is_within_the_error(solver, kind, n, condition, error):
    A, b = problem(kind, n, condition, seed=n)
    x = np.linalg.solve(A, b)
    norm = float(np.linalg.norm(x))
    bloq = SOLVERS[solver](Dilation.of_matrix(A), VectorDilation.of_vector(b), condition, norm,
                           error)  # fmt: skip
    found = encoded_vector(bloq, BLOCKS)
    assert np.linalg.norm(x / norm - found) <= float(bloq.epsilon)
    state = found / np.linalg.norm(found)
    rounding = float(bloq.epsilon) - float(bloq.error)
    assert np.linalg.norm(x / norm - state) <= error + 2 * rounding


@pytest.mark.parametrize(("lower", "upper", "error"), [(0.5, 0.5, 0.1), (0.3, 0.4, 1e-2)])
def test_a_window_is_all_that_is_promised(lower, upper, error):
    """Singular values in the window, and far fewer calls than for all down to its lower end."""
    rng = np.random.default_rng(4)
    left, _ = np.linalg.qr(rng.normal(size=(4, 4)))
    right, _ = np.linalg.qr(rng.normal(size=(4, 4)))
    A = left @ np.diag([lower, upper, *rng.uniform(lower, upper, 2)]) @ right
    b = rng.normal(size=4)
    b /= np.linalg.norm(b)
    x = np.linalg.solve(A, b)
    norm = float(np.linalg.norm(x))
    bloq = TransformSolver.in_window(
        Dilation.of_matrix(A), VectorDilation.of_vector(b), Window(lower, upper), norm, error
    )
    found = encoded_vector(bloq, BLOCKS)
    assert np.linalg.norm(x / norm - found) <= float(bloq.epsilon) + 1e-9
    assert np.linalg.norm(x / norm - found / np.linalg.norm(found)) <= error
    wide, promised = (
        inverse_plan("relative", 1 / lower, error, norm),
        window_plan(Window(lower, upper), error, norm),
    )
    assert promised.expected_matrix_calls < wide.expected_matrix_calls


@pytest.mark.parametrize(
    ("strength", "error"), [(1e-3, 1e-2), (0.1, 1e-2), (0.1, 1e-6), (0.5, 1e-4)]
)
def test_a_perturbed_identity(strength, error):
    rng = np.random.default_rng(6)
    B = rng.normal(size=(4, 4))
    B = B + B.T
    B /= np.linalg.norm(B, 2)
    b = rng.normal(size=4)
    b /= np.linalg.norm(b)
    x = np.linalg.solve(np.eye(4) + strength * B, b)
    norm = float(np.linalg.norm(x))
    bloq = PerturbationSolver.of(
        Dilation.of_matrix(B), VectorDilation.of_vector(b), strength, norm, error
    )
    found = encoded_vector(bloq, BLOCKS)
    assert np.linalg.norm(x / norm - found) <= float(bloq.epsilon) + 1e-9
    assert np.linalg.norm(x / norm - found / np.linalg.norm(found)) <= error
    success = np.linalg.norm(found / float(bloq.alpha)) ** 2
    assert success == pytest.approx(perturbation_plan(strength, error, norm).success, abs=error)


@pytest.mark.parametrize("kind", KINDS)
def test_success_is_that_of_the_polynomial(kind):
    """The same polynomial of the singular values in NumPy, and b through it."""
    A, b = problem("general", 2, 4, seed=5)
    norm = float(np.linalg.norm(np.linalg.solve(A, b)))
    bloq = TransformSolver.of(
        Dilation.of_matrix(A), VectorDilation.of_vector(b), 4, norm, 0.01, kind
    )
    polynomial = inverse_of(kind, 4.0, sine_of(0.01)).bounded()
    left, values, right = np.linalg.svd(A)
    wanted = right.T @ (polynomial.evaluate(values) * (left.T @ b))
    found = encoded_vector(bloq, BLOCKS) / float(bloq.alpha)
    np.testing.assert_allclose(found, wanted, atol=1e-9)


def test_the_linear_combination_is_that_of_the_weights():
    """Against cosines of multiples of the angle, which is what Chebyshev polynomials are."""
    A, b = problem("general", 2, 2, seed=8)
    norm = float(np.linalg.norm(np.linalg.solve(A, b)))
    bloq = chebyshev(Dilation.of_matrix(A), VectorDilation.of_vector(b), 2, norm, 0.01)
    weights = chebyshev_weights(2.0, sine_of(0.01))
    left, values, right = np.linalg.svd(A)
    angles = np.arccos(np.minimum(values, 1))
    series = sum(w * np.cos((2 * j + 1) * angles) for j, w in enumerate(weights))
    wanted = right.T @ (series * (left.T @ b)) / np.abs(weights).sum()
    found = encoded_vector(bloq, BLOCKS) / float(bloq.alpha)
    np.testing.assert_allclose(found, wanted, atol=2 * float(bloq.prepare.epsilon))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"condition": 0.5}, r"kappa = alpha \|A\^-1\| >= 1, got 0.5"),
        ({"norm": 0.5}, r"norm = \|\(A/alpha\)\^-1 b\| >= 1, got 0.5"),
        ({"norm": 9.0}, "<= kappa = 4, got 9"),
        ({"maximum": 0.0}, "a maximum > 0, got 0.0"),
        ({"error": -0.1}, "error >= 0"),
    ],
)
def test_refuses_what_is_no_linear_system(change, message):
    A, b = problem("general", 1, 4, seed=5)
    given = {
        "encoding": Dilation.of_matrix(A),
        "vector": VectorDilation.of_vector(b),
        "condition": 4,
        "norm": 2,
        "phases": None,
        "degree": 3,
        "maximum": 4.0,
        "error": 0.1,
    }
    with pytest.raises(ValueError, match=message):
        TransformSolver(**(given | change))


def test_a_size_without_phases_costs_the_same():
    """What is known of a large solver without its phases is what its circuit costs."""
    A, b = problem("general", 1, 4, seed=5)
    one, two = (
        TransformSolver.of(
            Dilation.of_matrix(A), VectorDilation.of_vector(b), 4, 2, 0.1, with_phases=given
        )
        for given in (True, False)
    )
    assert one.degree == two.degree
    assert one.epsilon == two.epsilon
