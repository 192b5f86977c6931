"""Schedule, lengths and totals of the walk, and what is promised of its errors."""

import numpy as np
import pytest
import sympy

from bloqs.linear_systems.model.kernel_polynomial import kernel_polynomial, suppression
from bloqs.linear_systems.model.plan import Provenance
from bloqs.linear_systems.model.walk import (
    PRACTICAL,
    PROVEN,
    PUBLISHED,
    Constant,
    alpha_of,
    angles,
    best_lengths,
    errors_with,
    lengths_expression,
    lengths_for,
    plan,
    schedule,
)
from bloqs.linear_systems.model.walk_evolution import walked
from proofs.linear_systems.random_systems import random_system


@pytest.mark.parametrize("condition", [1.0, 1.0001, 5.0, 1e6])
def test_schedule(condition):
    """From 0 to 1, rising; its slope is a power of the gap 1 - f + f / kappa, as for each p."""
    s = np.linspace(0, 1, 4001)
    f = np.array([schedule(x, condition) for x in s])
    assert f[0] == 0
    assert f[-1] == pytest.approx(1)
    assert np.all(np.diff(f) > 0)
    slope = np.gradient(f, s)[1:-1]
    gap = (1 - f + f / condition)[1:-1]
    if condition < 100:
        np.testing.assert_allclose(slope / slope[0], (gap / gap[0]) ** 1.4, rtol=2e-2)


def test_angles_belong_to_the_schedule():
    """The first coin is in zero, and sine over cosine is f / (1 - f)."""
    found = angles(5.0, 8)
    f = np.array([schedule(k / 8, 5.0) for k in range(8)])
    np.testing.assert_allclose(np.tan(found) * (1 - f), f, atol=1e-12)
    assert found[0] == 0
    assert len(found) == 8


@pytest.mark.parametrize("constant", [0.4, 1.84, 4.0])
@pytest.mark.parametrize(("condition", "error"), [(1, 0.1), (1.05, 0.01), (8, 0.01), (20, 1e-6)])
def test_no_other_length_is_cheaper(condition, error, constant):
    least = int(constant * condition / np.sqrt(2))
    every = [
        lengths_for(condition, error, constant, steps).expected
        for steps in range(4, 60 * least + 20, 2)
        if steps * np.sqrt(2) > 1.0001 * constant * condition
    ]
    assert best_lengths(condition, error, constant).expected == pytest.approx(min(every))


@pytest.mark.parametrize("condition", [1.0, 1.05, 1.5, 2.0])
@pytest.mark.parametrize("error", [0.3, 0.05])
def test_a_walk_at_a_small_kappa_is_long_enough(condition, error, rng):
    """The shortest definite walks leave the solution at most twice where the law says."""
    found = best_lengths(condition, error, PRACTICAL["definite"].value)
    for _ in range(5):
        Q = np.linalg.qr(rng.normal(size=(4, 4)))[0]
        A = (Q * [1, 1 / condition, *rng.uniform(1 / condition, 1, 2)]) @ Q.T
        b = Q[:, :2].sum(axis=1) / np.sqrt(2)
        state = walked(A, b, condition, found.steps, "definite")[0, -1, 0, 0]
        x = np.linalg.solve(A, b)
        missed = np.sqrt(2 - 2 * abs(x @ state) / np.linalg.norm(x))
        assert missed <= 2 * max(found.distance, 0.2)


@pytest.mark.parametrize(
    ("condition", "error", "totals"),
    [
        (1.05, 1e-2, (6.1, 10, 15)),
        (2, 1e-2, (12.6, 21, 32)),
        (8, 1e-2, (47, 86, 125)),
        (20, 1e-2, (119, 214, 312)),
        (20, 1e-6, (312, 427, 536)),
        (100, 1e-2, (591, 1.1e3, 1.6e3)),
        (100, 1e-6, (1.6e3, 2.1e3, 2.7e3)),
    ],
)
def test_totals_beside_those_of_a_coarse_search(condition, error, totals):
    """For c = .4, 1.84 and 3.6: never above the printed ones, below by at most a thirtieth."""
    for constant, printed in zip((0.4, 1.84, 3.6), totals, strict=True):
        found = best_lengths(condition, error, constant).expected
        assert 0.965 * printed <= found <= 1.035 * printed


def test_a_huge_system_takes_no_time():
    """Millions and billions of steps; the total is that of the lengths."""
    for constant in (0.4, 2305.0):
        found = best_lengths(1e6, 1e-6, constant)
        again = lengths_for(1e6, 1e-6, constant, found.steps)
        assert again == found
        assert found.steps % 2 == found.degree % 2 == 0


def test_the_filter_makes_up_for_what_the_walk_leaves():
    """tan of the final angle is at most the error, for any state that far away."""
    for steps in (40, 60, 200):
        found = lengths_for(20, 0.01, 1.84, steps)
        failure = found.distance**2 - found.distance**4 / 4
        left = suppression(20, found.degree) * np.sqrt(failure / (1 - failure))
        assert left <= 0.01
        assert found.success >= 1 - failure
    steps, degree = lengths_expression(sympy.Integer(20), sympy.Rational(1, 100), 1.84)
    assert int(steps) == 74
    assert int(degree) == lengths_for(20, 0.01, 0.5 * 74 / 20, 74).degree


@pytest.mark.parametrize("shape", ["definite", "general"])
def test_plan(shape):
    row = plan(20, 0.01, shape)
    found = best_lengths(20, 0.01, PRACTICAL[shape].value)
    assert row.matrix_calls == found.steps + found.degree
    assert row.vector_calls == 2 * found.steps + 1 + found.degree
    assert row.expected_matrix_calls == pytest.approx(found.expected)
    assert row.degrees == {"steps": found.steps, "filter degree": found.degree}
    assert row.provenance is Provenance.PRACTICAL
    twice = plan(20, 0.01, shape, calls_a_step=2)
    assert twice.matrix_calls == 2 * found.steps + found.degree


def test_constants_are_rows_apart():
    """The proved one is marked as unclear, and is a thousand times the published measured one."""
    proved, published = (plan(20, 0.01, "general", each) for each in (PROVEN, PUBLISHED))
    assert proved.provenance is Provenance.UNCLEAR
    assert "not settled" in proved.note
    assert "block-encoding flags" in published.note
    assert proved.expected_matrix_calls > 300 * published.expected_matrix_calls
    with pytest.raises(ValueError, match="of definite matrices says nothing of general ones"):
        plan(20, 0.01, "general", PRACTICAL["definite"])
    assert isinstance(PRACTICAL["definite"], Constant)


@pytest.mark.parametrize("off", [0.0, 1e-3])
def test_errors_promised(off):
    """Any state at the promised distance, filtered with an encoding that errs, is within both."""
    condition, degree, distance, ratios = 6.0, 16, 0.6, []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        system = random_system("general", 5, condition, seed)
        noise = 0.99 * off * np.linalg.qr(rng.normal(size=(5, 5)))[0]
        matrix = (system.matrix + noise) / max(1.0, np.linalg.norm(system.matrix + noise, 2))
        kernel = matrix - np.outer(system.vector, system.vector.conj() @ matrix)
        _, values, basis = np.linalg.svd(kernel)
        outputs = kernel_polynomial(condition, degree, "projection").evaluate(values)
        project = (basis.conj().T * outputs) @ basis
        x = np.linalg.solve(matrix, system.vector)
        x /= np.linalg.norm(x)
        other = rng.normal(size=5) + 1j * rng.normal(size=5)
        other -= np.vdot(x, other) * x
        failure = distance**2 - distance**4 / 4
        state = (1 - distance**2 / 2) * x + np.sqrt(failure) * other / np.linalg.norm(other)
        assert np.linalg.norm(state - x) == pytest.approx(distance)
        found = project @ state
        error = float(np.linalg.norm(matrix - system.matrix, 2))
        whole, direction = errors_with(condition, degree, system.norm, distance, error, 0.0)
        assert np.linalg.norm(alpha_of(distance) * found - system.direction) <= whole + 1e-9
        away = np.linalg.norm(found / np.linalg.norm(found) - system.direction)
        assert away <= direction + 1e-9
        ratios.append(away / direction)
    assert max(ratios) > 0.2
    assert errors_with(condition, degree, 2.0, distance, 0.5, 0.0)[1] == 2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: angles(5.0, 7), "an even number of steps >= 2.*got 7; take 8"),
        (lambda: angles(5.0, 0), "an even number of steps >= 2.*got 0; take 2"),
        (lambda: lengths_for(20, 0.01, 4.0, 40), "needs more than 56.5685 steps, got 40"),
        (lambda: best_lengths(0.5, 0.01, 4.0), "at least 1 and finite, got 0.5"),
        (lambda: best_lengths(5.0, 1.0, 4.0), r"in \(0, 1\), got 1.0"),
    ],
)
def test_refusals(call, message):
    with pytest.raises(ValueError, match=message):
        call()
