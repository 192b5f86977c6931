"""The kernel reflection in plain NumPy: degree, success and error at every length and guess."""

import numpy as np
import pytest
import sympy

from bloqs.linear_systems.model.kernel_polynomial import kernel_polynomial, suppression
from bloqs.linear_systems.model.plan import Provenance
from bloqs.linear_systems.model.shortcut import (
    error_with,
    least_success,
    plan,
    shortcut_alpha,
    shortcut_degree,
    shortcut_degree_expression,
    shortcut_error,
)
from proofs.linear_systems.random_systems import random_system


def reflected(matrix, vector, guess, condition, degree):
    """The polynomial of the augmented system applied to the new unknown; the old unknowns of it."""
    size = len(matrix)
    whole = np.zeros((size + 1, size + 1), dtype=complex)
    whole[:size, :size], whole[size, size] = matrix, 1 / guess
    right = np.append(vector, 1.0) / np.sqrt(2)
    kernel = whole - np.outer(right, right.conj() @ whole)
    _, values, basis = np.linalg.svd(kernel)
    outputs = kernel_polynomial(condition, degree, "reflection").evaluate(np.clip(values, 0, 1))
    return (basis.conj().T * outputs) @ basis[:, size], size


@pytest.mark.parametrize("shape", ["definite", "indefinite", "general"])
@pytest.mark.parametrize(
    ("size", "condition", "error"), [(2, 1.5, 0.2), (4, 5, 0.1), (8, 30, 1e-3)]
)
def test_the_solution_comes_out(shape, size, condition, error):
    """Within the error that was asked for, as often as is said, in the claimed length."""
    degree = shortcut_degree(condition, error)
    small = suppression(condition, degree)
    for seed in range(20):
        system = random_system(shape, size, condition, seed)
        found, _ = reflected(system.matrix, system.vector, system.norm, condition, degree)
        found, x = found[:size], system.direction
        norm = system.norm
        assert np.linalg.norm(found / np.linalg.norm(found) - x) <= error
        assert np.linalg.norm(found) ** 2 >= least_success(small, norm, norm) - 1e-12
        alpha = shortcut_alpha(small, norm, norm)
        assert np.linalg.norm(alpha * found - x) <= shortcut_error(small, norm, norm) + 1e-12


@pytest.mark.parametrize("ratio", [0.1, 0.5, 0.9, 2.0, 10.0])
def test_a_wrong_guess_costs_success(ratio):
    """Amplitude sin 2 theta, tan theta = guess / norm; the error stays as claimed."""
    for seed in range(10):
        system = random_system("general", 8, 200.0, seed)
        guess = float(np.clip(ratio * system.norm, 1, 200))
        for degree in (600, 1400):
            small = suppression(200, degree)
            found, _ = reflected(system.matrix, system.vector, guess, 200, degree)
            found = found[:8]
            alpha = shortcut_alpha(small, system.norm, guess)
            off = np.linalg.norm(alpha * found - system.direction)
            assert off <= shortcut_error(small, system.norm, guess) + 1e-10
            assert np.linalg.norm(found) ** 2 >= least_success(small, system.norm, guess) - 1e-10


def test_the_error_is_nearly_attained():
    """All of the solution but a little on two singular values at which K is extreme."""
    condition, degree, worst = 20.0, 40, 0.0
    small = suppression(condition, degree)
    for seed in range(300):
        system = random_system("general", 3, condition, seed)
        found, size = reflected(system.matrix, system.vector, system.norm, condition, degree)
        found = found[:size] / np.linalg.norm(found[:size])
        worst = max(worst, np.linalg.norm(found - system.direction))
    assert 0.7 * np.sqrt(2) * small < worst <= np.sqrt(2) * small


@pytest.mark.parametrize(
    ("condition", "error", "degree"),
    [
        (1.0, 1e-2, 2),
        (1.05, 1e-2, 4),
        (2, 1e-2, 12),
        (8, 1e-2, 46),
        (20, 1e-2, 114),
        (20, 1e-6, 298),
        (100, 1e-2, 566),
        (100, 1e-6, 1486),
        (1.3775, 0.1, 4),
        (1.3775, 0.01, 8),
        (1.3775, 1e-4, 12),
    ],
)
def test_degree(condition, error, degree):
    """The smallest one for which sqrt(2) s is at most the error."""
    assert shortcut_degree(condition, error) == degree
    assert np.sqrt(2) * suppression(condition, degree) <= error
    assert degree == 2 or np.sqrt(2) * suppression(condition, degree - 2) > error
    row = plan(condition, error)
    assert (row.matrix_calls, row.vector_calls, row.rounds) == (degree, degree, 0)
    assert row.provenance is Provenance.PROVEN
    if condition > 1:
        symbolic = shortcut_degree_expression(sympy.Float(condition), sympy.Float(error))
        assert int(symbolic) == degree


def test_encodings_that_err():
    """The bound holds for matrices and vectors that are off, and says nothing when they must not.

    The perturbation bends the smallest singular value, where it does most harm.
    """
    condition, degree, ratios = 10.0, 60, []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        system = random_system("general", 4, condition, seed)
        off, state = 10.0 ** rng.uniform(-5, -1.3, 2)
        left, values, right = np.linalg.svd(system.matrix)
        noise = np.linalg.qr(rng.normal(size=(4, 4)))[0]
        if seed % 2:
            noise = -np.outer(left[:, -1], right[-1])
        noise = 0.999 * system.matrix + off * noise
        matrix = noise / max(1.0, np.linalg.norm(noise, 2))
        vector = system.vector + state * np.linalg.qr(rng.normal(size=(4, 1)))[0][:, 0] / 2
        vector /= np.linalg.norm(vector)
        errors = {
            "matrix_error": np.linalg.norm(matrix - system.matrix, 2),
            "state_error": np.linalg.norm(vector - system.vector),
        }
        found, _ = reflected(matrix, vector, system.norm, condition, degree)
        alpha = shortcut_alpha(suppression(condition, degree), system.norm, system.norm)
        claimed = error_with(condition, degree, system.norm, system.norm, **errors)
        ratios.append(np.linalg.norm(alpha * found[:4] - system.direction) / claimed)
        assert values[-1] == pytest.approx(0.1)
    assert 0.3 < max(ratios) <= 1
    assert error_with(condition, degree, 5.0, 5.0, 0.2, 0.0) > 1.9
    exact = error_with(condition, degree, 5.0, 4.0, 0.0, 0.0)
    assert exact == pytest.approx(shortcut_error(suppression(condition, degree), 5.0, 4.0))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0.9, 0.1), "kappa is alpha"),
        ((2.0, 0.0), r"in \(0, 1\), got 0.0"),
        ((2.0, 1.0), r"in \(0, 1\), got 1.0"),
        ((2.0, 0.1, 0.5), "between 1 and kappa=2, got 0.5"),
        ((2.0, 0.1, 2.5), "between 1 and kappa=2, got 2.5"),
    ],
)
def test_refusals(arguments, message):
    with pytest.raises(ValueError, match=message):
        plan(*arguments)
