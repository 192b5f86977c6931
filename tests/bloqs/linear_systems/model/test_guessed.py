"""Guesses, their averages, the published total and a better one, and all of it simulated."""

import numpy as np
import pytest

from bloqs.linear_systems.model.condition import sine_of
from bloqs.linear_systems.model.guessed import (
    best_stages,
    errors_with,
    guess_at,
    mean_rest,
    mean_success,
    plan,
    published_plan,
    published_stages,
    stages_for,
)
from bloqs.linear_systems.model.kernel_polynomial import kernel_polynomial
from bloqs.linear_systems.model.plan import Provenance
from proofs.linear_systems.random_systems import random_system

CONDITIONS = [1.0, 1.5, 5.0, 100.0, 1e6]
QUANTILES = (np.arange(4000) + 0.5) / 4000


@pytest.mark.parametrize("condition", CONDITIONS)
def test_guesses(condition):
    """Half a share on each end, and the logarithm of the others uniform between."""
    guesses = np.array([guess_at(x, condition) for x in QUANTILES])
    share = 1 / (np.log(condition) + 1)
    assert (guesses == 1).mean() == pytest.approx(share / 2 if condition > 1 else 1, abs=1e-3)
    if condition > 1:
        assert (guesses == condition).mean() == pytest.approx(share / 2, abs=1e-3)
        between = np.log(guesses[(guesses > 1) & (guesses < condition)]) / np.log(condition)
        np.testing.assert_allclose(between, np.linspace(0, 1, len(between)), atol=2e-3)
    for norm in (1.0, condition**0.3, condition):
        square = guesses**2 / (guesses**2 + norm**2)
        assert mean_success(norm, condition) == pytest.approx(
            (4 * square * (1 - square)).mean(), abs=1e-3
        )
        assert mean_rest(norm, condition) == pytest.approx((1 - square).mean(), abs=1e-3)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_longest_solution_is_the_worst(condition):
    """Least success, and never below 1 / (ln kappa + 1); most of the rest."""
    norms = condition ** np.linspace(0, 1, 201)
    success = np.array([mean_success(x, condition) for x in norms])
    rest = np.array([mean_rest(x, condition) for x in norms])
    assert success.min() == pytest.approx(success[-1])
    assert success.min() >= 1 / (np.log(condition) + 1) - 1e-12
    assert rest.argmax() == 200 or condition == 1


@pytest.mark.parametrize(
    ("condition", "error", "calls"),
    [
        (2, 1e-2, "24"),
        (8, 1e-2, "150"),
        (20, 1e-2, "446"),
        (20, 1e-6, "642"),
        (100, 1e-2, "2.9e+03"),
        (100, 1e-6, "3.9e+03"),
    ],
)
def test_published_total(condition, error, calls):
    """To the digits that are printed; ours is a third cheaper."""
    total = published_plan(condition, error).expected_matrix_calls
    assert (f"{total:.2g}" if "e" in calls else f"{total:.0f}") == calls
    ours = plan(condition, error)
    assert ours.expected_matrix_calls < 0.8 * total
    assert ours.expected_vector_calls == ours.expected_matrix_calls
    assert ours.provenance is published_plan(condition, error).provenance is Provenance.PROVEN


@pytest.mark.parametrize(("condition", "error"), [(1, 0.1), (2, 1e-2), (20, 1e-2), (9.5, 1e-5)])
def test_no_other_degree_is_cheaper(condition, error):
    every = [stages_for(condition, error, d).expected_calls for d in range(2, 1000, 2)]
    assert best_stages(condition, error).expected_calls == pytest.approx(min(every))


def outputs(system, guesses, degrees):
    """In NumPy, for each guess: what the reflection leaves, and what the projection leaves."""
    size, found = len(system.vector), []
    kernel = system.matrix - np.outer(system.vector, system.vector.conj() @ system.matrix)
    _, values, basis = np.linalg.svd(kernel)
    kept = kernel_polynomial(system.condition, degrees[1], "projection")
    project = (basis.conj().T * kept.evaluate(np.clip(values, 0, 1))) @ basis
    reflection = kernel_polynomial(system.condition, degrees[0], "reflection")
    for guess in guesses:
        whole = np.zeros((size + 1, size + 1), dtype=complex)
        whole[:size, :size], whole[size, size] = system.matrix, 1 / guess
        right = np.append(system.vector, 1.0) / np.sqrt(2)
        _, values, basis = np.linalg.svd(whole - np.outer(right, right.conj() @ whole))
        outputs = reflection.evaluate(np.clip(values, 0, 1))
        first = ((basis.conj().T * outputs) @ basis[:, size])[:size]
        found.append((first, project @ first))
    return found


@pytest.mark.parametrize("condition", [1.5, 20.0])
@pytest.mark.parametrize("choose", [best_stages, published_stages])
def test_the_average_is_what_is_proved(condition, choose):
    """Infidelity of the average at most the square of the sine; total at most the expected one."""
    error, guesses = 0.05, [guess_at(x, condition) for x in QUANTILES[10::100]]
    stages = choose(condition, error)
    degrees = stages.reflection, stages.projection
    for seed, shape in enumerate(("definite", "indefinite", "general") * 2):
        system = random_system(shape, 6, condition, seed)
        found = outputs(system, guesses, degrees)
        passed = np.mean([np.linalg.norm(first) ** 2 for first, _ in found])
        success = np.mean([np.linalg.norm(last) ** 2 for _, last in found])
        kept = np.mean([abs(np.vdot(system.direction, last)) ** 2 for _, last in found])
        assert 1 - kept / success <= sine_of(error) ** 2
        assert passed >= stages.success
        assert passed / success <= stages.passes
        total = (degrees[0] + passed * degrees[1]) / success
        assert total <= stages.expected_calls


@pytest.mark.parametrize("off", [0.0, 1e-3, 1e-2])
def test_one_guess(off):
    """Both bounds hold for every guess, with encodings that err; without error they are met."""
    condition, degrees, ratios = 8.0, (40, 20), []
    for seed in range(30):
        rng = np.random.default_rng(seed)
        system = random_system("general", 4, condition, seed)
        noise = 0.99 * off * np.linalg.qr(rng.normal(size=(4, 4)))[0]
        matrix = (system.matrix + noise) / max(1.0, np.linalg.norm(system.matrix + noise, 2))
        moved = type(system)(matrix, system.vector, condition)
        guess = guess_at(float(rng.uniform()), condition)
        ((_, last),) = outputs(moved, [guess], degrees)
        distance = float(np.linalg.norm(matrix - system.matrix, 2))
        whole, direction = errors_with(condition, degrees, system.norm, guess, distance, 0.0)
        alpha = errors_alpha(degrees[0], condition, system.norm, guess)
        assert np.linalg.norm(alpha * last - system.direction) <= whole + 1e-12
        away = np.linalg.norm(last / np.linalg.norm(last) - system.direction)
        assert away <= direction + 1e-12
        ratios.append(away / direction)
    assert max(ratios) > 0.05
    assert errors_with(condition, degrees, 2.0, 2.0, 0.2, 0.0)[1] == 2


def errors_alpha(degree, condition, norm, guess):
    """(1 + s) / sin 2 theta, s by NumPy's Chebyshev polynomial."""
    z = (condition**2 + 1) / (condition**2 - 1)
    s = 1 / np.polynomial.chebyshev.chebval(z, np.eye(degree // 2 + 1)[-1])
    return (1 + s) * (norm**2 + guess**2) / (2 * norm * guess)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: guess_at(1.5, 2.0), r"a quantile lies in \[0, 1\], got 1.5"),
        (lambda: mean_success(3.0, 2.0), "between 1 and kappa=2, got 3"),
        (lambda: plan(0.5, 0.1), "at least 1 and finite, got 0.5"),
        (lambda: published_plan(2, 1.0), r"in \(0, 1\), got 1.0"),
    ],
)
def test_refusals(call, message):
    with pytest.raises(ValueError, match=message):
        call()
