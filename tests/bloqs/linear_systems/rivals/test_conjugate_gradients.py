"""Conjugate gradients against SciPy, against the bound from both sides, and refusals."""

import numpy as np
import pytest
import scipy.sparse
import scipy.sparse.linalg

from bloqs.linear_systems.rivals.conjugate_gradients import (
    flop_of,
    run,
    steps_bound,
)


def poisson(n):
    return scipy.sparse.diags([-1.0, 2.0, -1.0], [-1, 0, 1], shape=(n, n), format="csr")


def spread(kind, n, condition, seed=0):
    """Chebyshev points as singular values: the spectrum for which the bound is nearly attained."""
    rng = np.random.default_rng(seed)
    left, _ = np.linalg.qr(rng.normal(size=(n, n)))
    right, _ = np.linalg.qr(rng.normal(size=(n, n)))
    low = 1 / condition
    if kind == "definite":
        values = (1 + low) / 2 + (1 - low) / 2 * np.cos(np.pi * (np.arange(n) + 0.5) / n)
        return left @ np.diag(values) @ left.T
    squares = (1 + low**2) / 2 + (1 - low**2) / 2 * np.cos(np.pi * (np.arange(n) + 0.5) / n)
    return left @ np.diag(np.sqrt(squares)) @ right


@pytest.mark.parametrize("kind", ["definite", "general"])
@pytest.mark.parametrize(("condition", "error"), [(2, 1e-2), (10, 1e-3), (50, 1e-6)])
def test_runs_need_between_a_third_of_the_bound_and_all_of_it(kind, condition, error):
    """The bound holds for every right-hand side, and a hard one comes near it."""
    A = spread(kind, 256, condition)
    rng = np.random.default_rng(1)
    bound = steps_bound(condition, error, kind == "definite")
    steps = []
    for _ in range(3):
        b = rng.normal(size=256)
        found = run(A, b, np.linalg.solve(A, b), error, kind == "definite")
        assert found.error <= error
        steps.append(found.steps)
    assert bound / 3 <= max(steps) <= bound


def test_the_iterates_are_those_of_scipy():
    A, b = poisson(64), np.random.default_rng(2).normal(size=64)
    exact = scipy.sparse.linalg.spsolve(A.tocsc(), b)
    found = run(A, b, exact, 1e-6, is_definite=True)
    theirs, _ = scipy.sparse.linalg.cg(A, b, rtol=0, atol=0, maxiter=found.steps)
    assert np.linalg.norm(theirs / np.linalg.norm(theirs) - exact / np.linalg.norm(exact)) <= 1e-6
    assert found.flop == found.steps * (2 * A.nnz + 10 * 64)
    assert found.products == found.steps
    assert found.residual == pytest.approx(np.linalg.norm(b - A @ theirs) / np.linalg.norm(b))


def test_two_products_a_step_without_definiteness():
    assert flop_of(3, 100, 10, is_definite=False) == 3 * (400 + 100)


def test_says_when_rounding_forbids_the_error():
    A = spread("definite", 16, 1e14)
    b = np.random.default_rng(3).normal(size=16)
    with pytest.raises(ValueError, match="do not reach an error of 1e-12"):
        run(A, b, np.ones(16), 1e-12, is_definite=True)
